// Package probe is what can be known of a set-up without a user: the engine of
// Check setup. It asks the provider a bounded number of questions side by side,
// three network round trips deep at most, and returns one row for each thing that
// it found out. Nobody signs in, no real code or token is ever used, and no row
// holds a secret.
//
// The number of requests is at most MaxRequests. In detail:
//
//   - first, at once: the discovery document, and for Logto the sign-in experience;
//   - then, side by side: the key set, three authorization requests (the profile's,
//     one without PKCE, one with plain), a token request with a code that cannot
//     exist, an end-session request, for Logto the settings of the Account Center;
//   - last, only where the second round leaves a question: at most 8 variants of a
//     redirect URI that is not registered or one that nobody can have registered,
//     at most 3 other ways to authenticate, and one wrong secret when asked for;
//   - when there is no discovery document, the second round is the other places
//     where it may be (at most 8), and there is no third;
//   - at most 3 redirects of each of the documents are followed.
//
// The profile's own secret is sent at most three times when it turns out to be
// refused; a deliberately wrong one once, and only when Setup.AskWrongSecret is set.
package probe

import (
	"context"
	"time"

	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// The steps of Check setup that are not steps of a flow.
const (
	StepReach            oauth.Step = "reach" // where else the provider may be
	StepSignInExperience            = oauth.StepSignInExperience
)

// UserAgent is how the requests introduce themselves to whoever reads the
// provider's log.
const UserAgent = "Signbench (Check setup)"

// MaxRequests is the most that a run sends: two at first, seven side by side, and
// twelve that answer what these left open. Redirects of the four documents that
// are followed (at most 3 each) come on top.
const MaxRequests = 21

// Verdict is what a row says.
type Verdict string

// The verdicts. Unknown is no kind of failure: the question could not be answered,
// and the reason says why.
const (
	Pass    Verdict = "pass"
	Warn    Verdict = "warn"
	Fail    Verdict = "fail"
	Unknown Verdict = "unknown"
)

// Group is what a row is about.
type Group string

// The groups, in the order in which they are shown.
const (
	Reach     Group = "reach"
	Discovery Group = "discovery"
	Clock     Group = "clock"
	Keys      Group = "keys"
	Client    Group = "client"
	Secret    Group = "secret"
	SignOut   Group = "sign_out"
	Local     Group = "machine"
	Logto     Group = "logto"
)

// Groups lists the groups in the order in which they are shown.
func Groups() []Group {
	return []Group{Reach, Discovery, Clock, Keys, Client, Secret, SignOut, Local, Logto}
}

// Row is one thing that was found out. Want, Got and Params are values as they
// stand on the wire, never secrets and never sentences.
type Row struct {
	ID       string            `json:"id"` // "redirect_uri.registered"; sentences are under probe.<id>
	Group    Group             `json:"group"`
	Verdict  Verdict           `json:"verdict"`
	Reason   string            `json:"reason"`           // a stable word, one of Reasons(ID)
	Params   map[string]string `json:"params,omitempty"` // what the sentences mention, Want and Got among them
	Want     string            `json:"want,omitempty"`
	Got      string            `json:"got,omitempty"`
	Spec     string            `json:"spec,omitempty"`
	Remedy   fault.Remedy      `json:"remedy,omitempty"`   // what a press can do about it
	Evidence []int             `json:"evidence,omitempty"` // IDs of trace exchanges
	Took     time.Duration     `json:"took"`               // of the slowest request behind it
}

// Setup is what is checked.
type Setup struct {
	Profile oauth.Profile
	Secret  oauth.Secret

	// AskWrongSecret allows one token request with a wrong secret. It tells whether
	// the provider looks at the secret before it looks at the code.
	AskWrongSecret bool
}

// Machine is what this machine can do. A nil function leaves its row out.
type Machine struct {
	// Port says whether the loopback can be opened for a redirect URI: nil, a
	// *PortError, or another error whose text is shown.
	Port func(ctx context.Context, redirectURI string) error

	// Browser names the browser that would be opened.
	Browser func() (name string, ok bool)

	// Keychain names the state of the keychain in a word.
	Keychain func() (state string, ok bool)
}

// Why a loopback cannot be opened.
const (
	PortTaken       = "taken"        // another program listens there
	PortNotLoopback = "not_loopback" // the redirect URI is not on this machine: the callback is pasted
)

// PortError says why the loopback cannot be opened.
type PortError struct {
	Reason string // PortTaken or PortNotLoopback
	Holder string // the program that has the port, where the system says
	Free   int    // a port that is free, or 0
}

// Error implements error.
func (e *PortError) Error() string {
	if e.Holder != "" {
		return e.Reason + " by " + e.Holder
	}
	return e.Reason
}
