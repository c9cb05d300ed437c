package oidc

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// What can go wrong, by the last part of its code: connector.oidc.<what> and
// connector.sso.<what>.
const (
	badConfig = "config"

	discoveryStatus     = "discovery_status"
	discoveryUnreadable = "discovery_unreadable"
	discoveryIncomplete = "discovery_incomplete"

	upstreamRefused = "upstream_refused" // the callback carries an error
	noCode          = "no_code"          // nor even that

	tokenClient     = "token_invalid_client"
	tokenGrant      = "token_invalid_grant"
	tokenPKCE       = "token_pkce"
	tokenEncoding   = "token_encoding" // the Basic header is not form-encoded
	tokenRefused    = "token_refused"  // any other OAuth error
	tokenStatus     = "token_status"   // no success, and no OAuth error
	tokenUnreadable = "token_unreadable"
	tokenShape      = "token_shape"
	noIDToken       = "token_no_id_token"
	noAccessToken   = "token_no_access_token"

	keysStatus     = "keys_status"
	keysUnreadable = "keys_unreadable"
	keyMissing     = "key_missing"
	keyAmbiguous   = "key_ambiguous"

	tokenMalformed    = "id_token_malformed"
	tokenAlgorithm    = "id_token_algorithm"
	tokenSignature    = "id_token_signature"
	tokenCritical     = "id_token_critical"
	tokenType         = "id_token_typ"
	claimAbsent       = "id_token_claim_absent"
	issuerDifferent   = "id_token_issuer"
	audienceDifferent = "id_token_audience"
	subjectDifferent  = "id_token_subject"
	notYetValid       = "id_token_not_yet"
	expired           = "id_token_expired"
	tooOld            = "id_token_too_old"
	issuedElsewhen    = "id_token_iat"
	claimType         = "id_token_claim_type"
	nonceDifferent    = "id_token_nonce"

	userInfoStatus     = "userinfo_status"
	userInfoUnreadable = "userinfo_unreadable"
	userInfoClaimType  = "userinfo_claim_type"

	// Warnings: Logto goes on, and a developer should know.
	issuerUnchecked = "warning_issuer_unchecked"
	issuerOther     = "warning_discovered_issuer"
	emailUnverified = "warning_email_unverified"
	emailUnstated   = "warning_email_unstated"
	emailReplaced   = "warning_email_replaced"
	emailAbsent     = "warning_email_absent"
	phoneUnverified = "warning_phone_unverified"
	phoneName       = "warning_phone_name"
	subjectOther    = "warning_userinfo_sub"
)

// socialOnly and enterpriseOnly are what only one of the two can run into.
var (
	socialOnly     = []string{tokenCritical, tokenType, subjectDifferent, tooOld, issuerUnchecked}
	enterpriseOnly = []string{
		discoveryStatus, discoveryUnreadable, discoveryIncomplete, noAccessToken, issuedElsewhen,
		userInfoStatus, userInfoUnreadable, userInfoClaimType, issuerOther, subjectOther, emailReplaced,
	}
)

func codes(kind connector.Kind) []fault.Code {
	other := enterpriseOnly
	if kind == connector.SSO {
		other = socialOnly
	}
	var out []fault.Code
	for _, what := range slices.Concat([]string{
		badConfig, upstreamRefused, noCode,
		tokenClient, tokenGrant, tokenPKCE, tokenEncoding, tokenRefused, tokenStatus, tokenUnreadable, tokenShape, noIDToken,
		keysStatus, keysUnreadable, keyMissing, keyAmbiguous,
		tokenMalformed, tokenAlgorithm, tokenSignature, claimAbsent, issuerDifferent, audienceDifferent,
		notYetValid, expired, claimType, nonceDifferent,
		emailUnverified, emailUnstated, emailAbsent, phoneUnverified, phoneName,
	}, socialOnly, enterpriseOnly) {
		if !slices.Contains(other, what) {
			out = append(out, codeOf(kind, what))
		}
	}
	return out
}

func codeOf(kind connector.Kind, what string) fault.Code {
	return fault.Code("connector." + kind.Bench() + "." + what)
}

// shown is what Logto's API answers, and what its audit log holds.
type shown struct{ status, code, message string }

const internalError = "Internal server error."

// shownBySocial is by what goes wrong; anything else is an exception that the
// connector does not catch.
func shownBySocial(what string) shown {
	switch what {
	case badConfig:
		return shown{"400", "connector.invalid_config", ""}
	case upstreamRefused, noCode:
		return shown{"400", "connector.general", "the parameters of the callback"}
	case tokenClient, tokenGrant, tokenPKCE, tokenEncoding, tokenRefused, tokenStatus:
		return shown{"400", "connector.general", `{"message":"{}"}`}
	case tokenUnreadable, tokenShape, noIDToken:
		return shown{"400", "connector.invalid_response", ""}
	case claimType, nonceDifferent:
		return shown{"401", "connector.social_invalid_id_token", ""}
	}
	return shown{"500", "", internalError}
}

// shownByEnterprise is the same for single sign-on, where every error of the
// connector comes out as 500, with the reason in its data.
func shownByEnterprise(what string) shown {
	message := map[string]string{
		badConfig: "invalid_connector_config", discoveryStatus: "fail_to_fetch_config", discoveryUnreadable: "fail_to_fetch_config",
		discoveryIncomplete: "invalid_config_response", tokenClient: "Fail to fetch token", tokenGrant: "Fail to fetch token",
		tokenPKCE: "Fail to fetch token", tokenEncoding: "Fail to fetch token", tokenRefused: "Fail to fetch token", tokenStatus: "Fail to fetch token",
		tokenUnreadable: "Fail to fetch token", tokenShape: "Invalid token response", noIDToken: "Invalid token response",
		noAccessToken: "The access token is missing from the response.", issuedElsewhen: "id_token is expired",
		claimType: "invalid id_token", nonceDifferent: "nonce does not match",
		userInfoStatus: "Fail to fetch user info", userInfoUnreadable: "Invalid user info response", userInfoClaimType: "Invalid user info response",
	}
	switch what {
	case badConfig, discoveryStatus, discoveryUnreadable, discoveryIncomplete:
		return shown{"500", "connector.invalid_config", message[what]}
	case upstreamRefused, noCode:
		return shown{"500", "connector.invalid_request_parameters", "the parameters of the callback"}
	}
	return shown{"500", "connector.authorization_failed", or(message[what], "Fail to verify id_token")}
}

// hop is one sign-in, or one check, on its way.
type hop struct {
	connector.Desk
	setup connector.Setup
	provider
	redeemed []int // the token request: the evidence of everything about the ID token
}

// fault names something that went wrong. Params are pairs of names and values.
func (h *hop) fault(step oauth.Step, what string, evidence []int, params ...string) fault.Fault {
	f := fault.Fault{
		Code: codeOf(h.kind, what), Severity: fault.Error, Step: step, Evidence: evidence, Spec: clauses[what],
		Params: map[string]string{"ClientID": h.clientID(), "Method": h.method},
	}
	for i := 0; i+1 < len(params); i += 2 {
		f.Params[params[i]] = h.config.Quote(params[i+1])
	}
	logto := shownBySocial(what)
	if h.kind == connector.SSO {
		logto = shownByEnterprise(what)
	}
	return connector.LogtoSays(f, logto.status, logto.code, logto.message)
}

// warning is the same for what Logto does not mind.
func (h *hop) warning(step oauth.Step, what string, params ...string) fault.Fault {
	f := fault.Fault{
		Code: codeOf(h.kind, what), Severity: fault.Warning, Step: step, Spec: clauses[what],
		Params: map[string]string{},
	}
	for i := 0; i+1 < len(params); i += 2 {
		f.Params[params[i]] = h.config.Quote(params[i+1])
	}
	return f
}

func (h *hop) stop(step oauth.Step, what string, evidence []int, params ...string) error {
	return stopped(h.fault(step, what, evidence, params...))
}

func stopped(faults ...fault.Fault) error {
	return &connector.Stopped{Step: faults[0].Step, Faults: faults}
}

// unsent is a request to which nothing came back.
func (h *hop) unsent(step oauth.Step, target string, a connector.Answer) error {
	f := fault.Transport(step, target, a.Err)
	f.Evidence = a.IDs
	f.Params["Cause"] = h.config.Quote(f.Params["Cause"])
	logto := shown{"500", "", internalError}
	if h.kind == connector.SSO {
		logto = shownByEnterprise(map[oauth.Step]string{
			connector.StepDiscovery: discoveryStatus, connector.StepToken: tokenStatus, connector.StepUserInfo: userInfoStatus,
		}[step])
	}
	return stopped(connector.LogtoSays(f, logto.status, logto.code, logto.message))
}

// words are what an upstream says in an answer that is no success: the OAuth error,
// the text of a page, or the beginning of anything else.
func words(a connector.Answer) (code, description string) {
	var e struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
		Message     string `json:"message"`
	}
	body := a.Body()
	if json.Unmarshal(body, &e) == nil && (e.Error != "" || e.Message != "") {
		return e.Error, or(e.Description, e.Message)
	}
	if location := a.Response.Header.Get("Location"); location != "" && a.Status() < 400 {
		where, _, _ := strings.Cut(location, "?")
		return "", "Location: " + where
	}
	if strings.HasPrefix(strings.TrimSpace(string(body[:min(len(body), 256)])), "<") {
		return "", fault.PageText(body)
	}
	return "", string(body[:min(len(body), 2000)])
}

// told is an answer in one line.
func told(a connector.Answer) string {
	code, description := words(a)
	switch {
	case code != "" && description != "":
		return code + ": " + description
	case code+description != "":
		return code + description
	}
	return http.StatusText(a.Status())
}

func statusOf(a connector.Answer) string { return strconv.Itoa(a.Status()) }

var clauses = map[string]string{
	discoveryIncomplete: "OIDC Discovery 1.0, 3", upstreamRefused: "OIDC Core 3.1.2.6", noCode: "OIDC Core 3.1.2.5",
	tokenClient: "RFC 6749 5.2", tokenGrant: "RFC 6749 5.2", tokenPKCE: "RFC 7636 4.4.1", tokenEncoding: "RFC 6749 2.3.1", tokenRefused: "RFC 6749 5.2",
	tokenShape: "RFC 6749 5.1", noIDToken: "OIDC Core 3.1.3.3", noAccessToken: "RFC 6749 5.1",
	keysUnreadable: "RFC 7517 5", keyMissing: "OIDC Core 10.1", keyAmbiguous: "OIDC Core 10.1",
	tokenMalformed: "RFC 7519 7.2", tokenAlgorithm: "OIDC Core 3.1.3.7 (7)", tokenSignature: "OIDC Core 3.1.3.7 (6)",
	tokenCritical: "RFC 7515 4.1.11", issuerDifferent: "OIDC Core 3.1.3.7 (2)", audienceDifferent: "OIDC Core 3.1.3.7 (3)",
	notYetValid: "RFC 7519 4.1.5", expired: "OIDC Core 3.1.3.7 (9)", tooOld: "OIDC Core 3.1.3.7 (10)",
	issuedElsewhen: "OIDC Core 3.1.3.7 (10)", claimType: "OIDC Core 5.1", nonceDifferent: "OIDC Core 3.1.3.7 (11)",
	userInfoUnreadable: "OIDC Core 5.3.2", userInfoClaimType: "OIDC Core 5.1", subjectOther: "OIDC Core 5.3.2",
	issuerUnchecked: "OIDC Core 3.1.3.7 (2)", issuerOther: "OIDC Discovery 1.0, 4.3", emailUnverified: "OIDC Core 5.1", emailUnstated: "OIDC Core 5.1", phoneName: "OIDC Core 5.1",
}
