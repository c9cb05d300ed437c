package flows

import (
	"time"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// Event is one thing that happened in a run. Events are immutable; their order in
// the log is the order in which they happened. The log of a run is at once its
// trace, the window's input and a test's fixture.
type Event struct {
	Run     oauth.RunID
	Profile oauth.ProfileID
	Seq     int // from 0, without gaps
	At      time.Time
	Body    Body
}

// Body is what happened: one of the types below.
type Body interface{ body() }

// Started is the first event of every run.
type Started struct {
	Scenario oauth.Scenario
	Profile  oauth.Profile
	Allowed  []oauth.Allowance // the rules without which it may go on
	Beside   bool              // a check of the set-up made while another run of the profile waits
}

// StepStarted says that the run reached a step.
type StepStarted struct{ Step oauth.Step }

// StepEnded says how a step went.
type StepEnded struct {
	Step    oauth.Step
	Outcome Outcome
	Took    time.Duration
}

// Outcome is how a step or a run ended.
type Outcome string

// The outcomes. A step is Skipped when the provider does not offer it or the
// profile does not ask for it.
const (
	OK        Outcome = "ok"
	Warned    Outcome = "warned"
	Failed    Outcome = "failed"
	Skipped   Outcome = "skipped"
	Cancelled Outcome = "cancelled" // by the user: not a fault
)

// Exchanged is one finished HTTP exchange or front channel hop.
type Exchanged struct{ Exchange *trace.Exchange }

// Discovered carries the provider's metadata.
type Discovered struct{ Metadata oauth.Metadata }

// Waiting says that the browser has been sent to the provider and the run waits
// for it to come back.
type Waiting struct {
	Step      oauth.Step   // StepCallback or StepReturn
	URL       oauth.Secret // what the browser was given: holds state and nonce
	ReturnURI string       // where it must come back
	Listening []string     // addresses bound; empty when only a pasted URL can answer
	Deadline  time.Time
}

// BrowserFailed says that no browser could be opened: the URL must be opened by
// hand.
type BrowserFailed struct {
	Step oauth.Step
	Err  error
}

// Overdue says that the browser has been away for longer than a redirect takes:
// the user is typing a password, or looking at an error page of the provider.
type Overdue struct{ Step oauth.Step }

// CallbackSeen is a request to the loopback, accepted or not. One that is not
// accepted never ends the wait.
type CallbackSeen struct {
	Step     oauth.Step
	Accepted bool
	Kind     string // loopback.Kind
	Via      string // loopback.Via
	Host     string
	Path     string // without the query
}

// Checked is a finished list of checks; Subject says of what: "discovery",
// "authorization_response", "token_response", "id_token", "userinfo".
type Checked struct {
	Subject string
	Report  check.Report
}

// SignedIn carries the session that a sign-in or a refresh has brought.
type SignedIn struct {
	Session oauth.Session
	Decoded Decoded
}

// TokensReceived carries a token response before it has been verified: decoded,
// not to be trusted, shown also when verification fails afterwards.
type TokensReceived struct {
	Tokens  oauth.TokenSet
	Decoded Decoded
}

// Decoded is a token set taken apart. It is done where the tokens arrive: decoding
// a large token takes longer than the window's thread has.
type Decoded struct {
	ID     jose.Token
	Access jose.Token
}

// Decode takes the tokens of a set apart.
func Decode(t oauth.TokenSet) Decoded {
	return Decoded{ID: jose.Decode(t.IDToken.Reveal()), Access: jose.Decode(t.AccessToken.Reveal())}
}

// UserInfoReceived carries the answer of the UserInfo endpoint.
type UserInfoReceived struct{ UserInfo oauth.UserInfo }

// SignedOut says that the local session is gone: tokens are to be forgotten, in
// memory and in the keychain.
type SignedOut struct{}

// Returned says how the provider came back after the end-session request.
type Returned struct{ State StateMatch }

// StateMatch is the state parameter that came back from the end-session endpoint
// against the one that was sent.
type StateMatch string

// The matches.
const (
	StateEqual     StateMatch = "equal"
	StateDifferent StateMatch = "different"
	StateAbsent    StateMatch = "absent"
)

// Ended is the last event of every run. Faults are in the order in which they
// should be read: the one that stopped the run first.
type Ended struct {
	Outcome Outcome
	Step    oauth.Step // where it ended, when it did not end well
	Faults  []fault.Fault
}

func (Started) body()          {}
func (StepStarted) body()      {}
func (StepEnded) body()        {}
func (Exchanged) body()        {}
func (Discovered) body()       {}
func (Waiting) body()          {}
func (BrowserFailed) body()    {}
func (Overdue) body()          {}
func (CallbackSeen) body()     {}
func (Checked) body()          {}
func (TokensReceived) body()   {}
func (UserInfoReceived) body() {}
func (SignedIn) body()         {}
func (SignedOut) body()        {}
func (Returned) body()         {}
func (Ended) body()            {}
