// Package flows runs sign-in flows: the Engine starts runs, a Run takes its steps
// and appends what happens to its Log. One file holds one step.
package flows

import (
	"context"
	"net/http"
	"time"

	"signbench/flows/fault"
	"signbench/flows/loopback"
	"signbench/flows/oauth"
	"signbench/flows/probe"
)

// Tenant is the demo tenant as the engine sees it: something that listens while
// it is needed.
type Tenant interface {
	// Acquire starts listening if need be and returns the endpoint.
	Acquire(ctx context.Context) (endpoint string, release func(), err error)
}

// Config is what an Engine needs of the world.
type Config struct {
	Browser   func(ctx context.Context, url string) error // opens the system's browser
	Pages     loopback.Pages                              // what the browser is shown on the loopback
	Tenant    Tenant                                      // the demo tenant; nil where there is none
	Transport http.RoundTripper                           // what really sends; nil for a transport of the engine's own
	Now       func() time.Time                            // nil for time.Now
	Limits    Limits
	Machine   probe.Machine // what this machine can do, for Check setup; its Port is the engine's own

	// Pause waits between two looks at a test message; nil for a timer. Its error is
	// that of the context.
	Pause func(ctx context.Context, d time.Duration) error

	earlier *earlierStates // shared by every engine that was made of one
}

// Limits are the times that the engine waits, and how far clocks may differ. Zero
// values take the defaults.
type Limits struct {
	Request  time.Duration  // one back channel request, default 15 s
	Callback time.Duration  // the user at the provider, default 5 min
	Return   time.Duration  // the browser at the end-session endpoint, default 1 min
	Overdue  time.Duration  // until the user is told what to look for, default 8 s
	Stray    time.Duration  // for a better callback after one whose state is wrong; 0: all of Callback
	Skew     *time.Duration // clock tolerance of the checks; nil: 60 s, as 0 tolerates nothing
}

func (l Limits) withDefaults() Limits {
	def := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	def(&l.Request, 15*time.Second)
	def(&l.Callback, 5*time.Minute)
	def(&l.Return, time.Minute)
	def(&l.Overdue, 8*time.Second)
	if l.Skew == nil {
		l.Skew = new(time.Minute)
	}
	return l
}

// Engine starts runs. It keeps nothing between them but idle connections and the
// states of earlier journeys: each run has its own client, transport, key set and log.
type Engine struct {
	cfg Config
}

// New returns an engine.
func New(cfg Config) *Engine {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Transport == nil {
		cfg.Transport = newTransport()
	}
	if cfg.Pause == nil {
		cfg.Pause = pause
	}
	cfg.Limits = cfg.Limits.withDefaults()
	cfg.earlier = &earlierStates{}
	return &Engine{cfg: cfg}
}

// WithLimits returns an engine that shares everything with e but its limits.
func (e *Engine) WithLimits(l Limits) *Engine {
	cfg := e.cfg
	cfg.Limits = l.withDefaults()
	return &Engine{cfg: cfg}
}

// WithBrowser returns an engine that shares everything with e but how a browser is
// opened.
func (e *Engine) WithBrowser(open func(ctx context.Context, url string) error) *Engine {
	cfg := e.cfg
	cfg.Browser = open
	return &Engine{cfg: cfg}
}

// Request is what a run is started with.
type Request struct {
	Profile oauth.Profile
	Secret  oauth.Secret   // the client secret; empty for public clients
	Session *oauth.Session // the session to refresh or to end

	// Allow are the rules without which this run may go on. What breaks one of them
	// is a warning then, and nothing of the run counts as verified.
	Allow []oauth.Allowance

	// AskWrongSecret lets CheckSetup send one wrong secret (probe.Setup).
	AskWrongSecret bool

	// Beside lets CheckSetup leave the loopback alone: a sign-in of the same profile
	// is listening there.
	Beside bool
}

// SignIn starts the authorization code flow.
func (e *Engine) SignIn(ctx context.Context, req Request) *Run {
	return e.start(ctx, oauth.ScenarioSignIn, req, signIn)
}

// Begin starts a sign-in of that scenario, one of oauth.SignIns.
func (e *Engine) Begin(ctx context.Context, scenario oauth.Scenario, req Request) *Run {
	flow := signIn
	if mistake, ok := mistakes[scenario]; ok {
		flow = mistake
	}
	return e.start(ctx, scenario, req, flow)
}

// Refresh redeems the session's refresh token and checks what comes back.
func (e *Engine) Refresh(ctx context.Context, req Request) *Run {
	return e.start(ctx, oauth.ScenarioRefresh, req, refresh)
}

// SignOut revokes what can be revoked, forgets the local tokens and ends the
// provider's session in the browser.
func (e *Engine) SignOut(ctx context.Context, req Request) *Run {
	return e.start(ctx, oauth.ScenarioSignOut, req, signOut)
}

// Prove asks for a sign-in without a user (prompt=none), which a provider that
// has ended its session must answer with login_required.
func (e *Engine) Prove(ctx context.Context, req Request) *Run {
	return e.start(ctx, oauth.ScenarioProof, req, prove)
}

func (e *Engine) start(ctx context.Context, scenario oauth.Scenario, req Request, flow func(context.Context, *Run) error) *Run {
	ctx, cancel := context.WithCancel(ctx)
	run := newRun(e.cfg, scenario, req, cancel)
	run.emit(Started{Scenario: scenario, Profile: run.profile, Allowed: req.Allow, Beside: req.Beside})
	go run.drive(ctx, flow)
	return run
}

// Failure is the error with which a step stops its run. Its faults say why.
type Failure struct {
	Step   oauth.Step
	Faults []fault.Fault
}

// Error implements error with codes only: the sentences are translations, and the
// parameters may be long.
func (f *Failure) Error() string {
	if len(f.Faults) == 0 {
		return string(f.Step) + " failed"
	}
	return string(f.Step) + ": " + string(f.Faults[0].Code)
}

func failure(f ...fault.Fault) *Failure {
	return &Failure{Step: f[0].Step, Faults: f}
}
