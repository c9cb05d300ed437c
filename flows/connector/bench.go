package connector

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/probe"
)

// Bench examines set-ups of one kind. Its texts are in a file of their own,
// translations/<language>/connector_<bench>.json: those of its rows under
// probe.connector.<bench>, those of its faults under fault.connector.<bench>.
type Bench interface {
	// Rows declares every row that Check emits, in the order in which they are shown.
	Rows() Catalog

	// Faults lists every code that is this bench's own.
	Faults() []fault.Code

	// Check asks what can be known without a user, and emits each row once. When ctx
	// ends it returns, and the rows that are still open are said to be cancelled by
	// whoever called.
	Check(ctx context.Context, d Desk, s Setup)
}

// Desk is what a bench is lent for one run. Its requests go through Send, so that
// they are recorded.
type Desk struct {
	Client *http.Client // the run's own: it records, and redirects no POST
	Now    func() time.Time
	Emit   func(probe.Row)

	// Enter says that a sign-in has come to that step. The engine enters StepAuthorize
	// and StepCallback itself. Nil where nobody listens.
	Enter func(oauth.Step)

	// Found hands on a discovery document of the upstream. Nil where nobody wants it.
	Found func(oauth.Metadata)

	// Seen is told each state of a message that was sent, and Pause waits between two
	// looks at it; its error is that of the context. Both are nil where a bench sends
	// nothing.
	Seen  func(Delivery)
	Pause func(ctx context.Context, d time.Duration) error
}

// Reach is Enter where somebody listens.
func (d Desk) Reach(step oauth.Step) {
	if d.Enter != nil {
		d.Enter(step)
	}
}

// Discovered is Found where somebody wants it.
func (d Desk) Discovered(doc oauth.Metadata) {
	if d.Found != nil {
		d.Found(doc)
	}
}

// SignIner is a bench whose connector signs users in. The two halves have the
// browser between them.
type SignIner interface {
	Bench

	// Depart does what Logto does before the browser leaves, and builds the address to
	// which it would send it. The error is a *Stopped, or that of ctx.
	Depart(ctx context.Context, d Desk, s Setup, redirectURI string, state oauth.Secret) (Departure, error)

	// Return does with the callback's parameters what Logto does. The error is a
	// *Stopped, or that of ctx. What came before it stopped is in the Arrival.
	Return(ctx context.Context, d Desk, s Setup, from Departure, callback url.Values) (Arrival, error)
}

// Ticker is a SignIner that ticks off, while a user signs in, what Logto asks of the
// answers. These rows come from Return, and not from Check.
type Ticker interface {
	SignIner

	// Ticks declares them, in the order in which they are shown.
	Ticks() Catalog
}

// Departure is a sign-in on its way.
type Departure struct {
	URL         oauth.Secret // holds state and nonce
	RedirectURI string
	State       oauth.Secret
	Nonce       oauth.Secret   // empty where the connector sends none
	Discovered  oauth.Metadata // where the connector discovers its provider
}

// Arrival is what a sign-in brought.
type Arrival struct {
	Tokens   oauth.TokenSet // not verified unless Profile is there
	UserInfo []byte         // as it came
	Profile  *Profile       // nil when Logto would have refused
	Warnings []fault.Fault  // what Logto does not mind, and a developer would
}

// Stopped says why Logto would not go on. Faults come with the upstream's own words
// in Params, and with what Logto would answer in Params["LogtoStatus"],
// Params["LogtoCode"] and Params["LogtoMessage"].
type Stopped struct {
	Step   oauth.Step
	Faults []fault.Fault
}

// Error implements error with codes only.
func (s *Stopped) Error() string { return string(s.Step) + ": " + string(s.Faults[0].Code) }

// LogtoSays adds to a fault what Logto's API would answer for it, which is all that
// a developer sees without Signbench: the status, the code ("" where there is none)
// and the message.
func LogtoSays(f fault.Fault, status, code, message string) fault.Fault {
	f.Params["LogtoStatus"], f.Params["LogtoCode"], f.Params["LogtoMessage"] = status, code, message
	return f
}
