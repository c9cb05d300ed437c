// Package fault turns what was observed in a run into faults: a stable code, a
// severity, evidence and remedies. It is data; the sentences are in the
// translations under fault.<code>.{title,cause,remedy}, and where a vendor's console
// has a place for it under fault.<code>.remedy.<vendor>.
package fault

import "signbench/flows/oauth"

// Severity says whether the flow stopped.
type Severity string

// The severities. An Error stopped the flow or makes its result unusable.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Code names a fault for good: "token.invalid_client". It appears in reports,
// exit messages and translations, so it is never renamed.
type Code string

// Fault is one thing that is wrong.
type Fault struct {
	Code     Code              `json:"code"`
	Severity Severity          `json:"severity"`
	Step     oauth.Step        `json:"step"`
	Params   map[string]string `json:"params,omitempty"`   // what the sentences mention; never a secret
	Evidence []int             `json:"evidence,omitempty"` // IDs of trace exchanges
	Checks   []string          `json:"checks,omitempty"`   // IDs of check results
	Remedy   Remedy            `json:"remedy,omitempty"`   // what a press can do about it
	Spec     string            `json:"spec,omitempty"`
	Vendor   Vendor            `json:"vendor,omitempty"`  // in whose console's words the remedy is given
	Because  Code              `json:"because,omitempty"` // the fault that it follows from; empty: it stands by itself

	// Allowance is the rule that was broken, where a run can go on without it. In an
	// Error it was not allowed, in a Warning it was: the check failed all the same.
	Allowance oauth.Allowance `json:"allowance,omitempty"`
}

// Remedy is an action that the window can offer beside the sentence. Its value,
// where it has one, is in Params under the name given here.
type Remedy string

// The remedies.
const (
	NoRemedy        Remedy = ""
	CopyRedirectURI Remedy = "copy_redirect_uri" // Params["redirect_uri"], to paste into the console
	CopyPostLogout  Remedy = "copy_post_logout"  // Params["post_logout_redirect_uri"]
	UsePort         Remedy = "use_port"          // Params["free_port"]: change the redirect URI to it
	EditEndpoint    Remedy = "edit_endpoint"     // put the focus in the endpoint field
	EditClientID    Remedy = "edit_client_id"
	EditSecret      Remedy = "edit_secret"
	EditRedirectURI Remedy = "edit_redirect_uri"
	UseIssuer       Remedy = "use_issuer"      // Params["found_issuer"]: what the server says its issuer is
	UseAuthMethod   Remedy = "use_auth_method" // Params["supported"]: a method the provider supports
	CopyURL         Remedy = "copy_url"        // the authorization URL, to open by hand
)
