package flows

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"time"

	"signbench/flows/connector"
	"signbench/flows/connector/oidc"
	"signbench/flows/fault"
	"signbench/flows/loopback"
	"signbench/flows/oauth"
	"signbench/flows/probe"
)

// benches has the bench of each kind of connector.
var benches = map[connector.Kind]connector.Bench{
	connector.OIDC: oidc.Social{},
	connector.SSO:  oidc.Enterprise{},
}

// Bench is the bench for that kind; nil where there is none.
func Bench(kind connector.Kind) connector.Bench { return benches[kind] }

// Benched says what a run on a connector bench examines. It holds no secret.
type Benched struct {
	Kind        connector.Kind
	Config      json.RawMessage // as Logto shows it, without its secrets
	ConnectorID string
	Origin      string
	RedirectURI string
	Domains     []string
	Addresses   map[string]string // base addresses that are not the vendor's
}

// Mapped is what Logto would make of the user who signed in at the upstream.
type Mapped struct{ Profile connector.Profile }

func (Benched) body() {}
func (Mapped) body()  {}

// CheckConnector starts what can be known of a connector's set-up without a user.
func (e *Engine) CheckConnector(ctx context.Context, s connector.Setup) *Run {
	return e.startBench(ctx, oauth.ScenarioBench, s, func(ctx context.Context, r *Run, b connector.Bench) error {
		return checkConnector(ctx, r, b, s)
	})
}

// SignInUpstream starts a sign-in at the provider behind a connector, exactly as
// Logto would make it.
func (e *Engine) SignInUpstream(ctx context.Context, s connector.Setup) *Run {
	return e.startBench(ctx, oauth.ScenarioUpstream, s, func(ctx context.Context, r *Run, b connector.Bench) error {
		signer, ok := b.(connector.SignIner)
		if !ok {
			return errNoSignIn
		}
		return signInUpstream(ctx, r, signer, s)
	})
}

var (
	errNoBench  = errors.New("there is no bench for this kind of connector")
	errNoSignIn = errors.New("a connector of this kind signs nobody in")
)

func (e *Engine) startBench(
	ctx context.Context, scenario oauth.Scenario, s connector.Setup, flow func(context.Context, *Run, connector.Bench) error,
) *Run {
	return e.start(ctx, scenario, Request{Profile: benchProfile(s)}, func(ctx context.Context, r *Run) error {
		bare, secrets := s.Config.WithoutSecrets()
		for _, secret := range secrets {
			r.guard(secret)
		}
		replaced := map[string]string{}
		for _, a := range s.Replaced() {
			replaced[a.Name] = a.Default
		}
		r.emit(Benched{
			Kind: s.Kind, Config: json.RawMessage(bare.JSON().Reveal()), ConnectorID: s.ConnectorID, Origin: s.Origin,
			RedirectURI: s.RedirectURI, Domains: s.Domains, Addresses: replaced,
		})
		if b := benches[s.Kind]; b != nil {
			return flow(ctx, r, b)
		}
		return errNoBench
	})
}

// benchProfile is the set-up as lists of runs and reports know one: Logto as the
// client of the upstream.
func benchProfile(s connector.Setup) oauth.Profile {
	text := func(paths ...string) string {
		for _, path := range paths {
			if v := s.Config.Text(path); v != "" {
				return v
			}
		}
		return ""
	}
	return oauth.Profile{
		ID: s.ID, Name: s.Name, Kind: oauth.KindOIDC,
		Issuer: text("issuer", "idTokenVerificationConfig.issuer", "authorizationEndpoint"),
		Client: oauth.Client{
			ID: text("clientId", "appId", "accountSID"), AuthMethod: oauth.AuthMethod(text("tokenEndpointAuthMethod")), RedirectURI: s.RedirectURI,
		},
		Scopes: strings.Fields(text("scope")),
	}
}

// desk is what the run lends a bench.
func (r *Run) desk(emit func(probe.Row), enter func(oauth.Step)) connector.Desk {
	return connector.Desk{
		Client: r.client, Now: r.cfg.Now, Emit: emit, Enter: enter,
		Found: func(doc oauth.Metadata) { r.emit(Discovered{Metadata: doc}) },
	}
}

// checkConnector asks what the bench asks, and says of the rows that were overtaken
// by the end of the run that they were.
func checkConnector(ctx context.Context, r *Run, b connector.Bench, s connector.Setup) error {
	var mu sync.Mutex
	failed, said := false, map[string]bool{}
	emit := func(row probe.Row) {
		mu.Lock()
		defer mu.Unlock()
		failed, said[row.ID] = failed || row.Verdict == probe.Fail, true
		r.emit(Probed{Row: row})
	}
	b.Check(ctx, r.desk(emit, nil), s)
	for _, id := range b.Rows().IDs() {
		if !said[id] {
			emit(b.Rows().Row(id, connector.Cancelled, nil))
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if failed {
		return &Failure{Step: oauth.StepPrepare} // the rows say what
	}
	return nil
}

// stages are the steps of a sign-in upstream as they are entered, one at a time.
type stages struct {
	run    *Run
	step   oauth.Step
	begun  time.Time
	passed map[oauth.Step]bool
}

func (s *stages) enter(step oauth.Step) {
	if step == s.step {
		return
	}
	s.leave(OK)
	s.step, s.begun, s.passed[step] = step, time.Now(), true
	s.run.emit(StepStarted{Step: step})
}

func (s *stages) leave(o Outcome) {
	if s.step != "" {
		s.run.emit(StepEnded{Step: s.step, Outcome: o, Took: time.Since(s.begun)})
	}
	s.step = ""
}

// end closes the step under way, and names the steps that the connector does not
// take.
func (s *stages) end(ctx context.Context, err error) {
	switch {
	case ctx.Err() != nil:
		s.leave(Cancelled)
		return
	case err != nil:
		s.leave(Failed)
		return
	}
	s.leave(OK)
	for _, step := range oauth.ScenarioUpstream.Steps() {
		if !s.passed[step] {
			s.run.emit(StepEnded{Step: step, Outcome: Skipped})
		}
	}
}

// signInUpstream is a connector's sign-in between its two halves: the browser is
// sent away and comes back to an address of this machine, or its callback is pasted.
func signInUpstream(ctx context.Context, r *Run, b connector.SignIner, s connector.Setup) (err error) {
	at := &stages{run: r, passed: map[oauth.Step]bool{}}
	defer func() { at.end(ctx, err) }()
	desk := r.desk(func(probe.Row) {}, at.enter)
	at.enter(connector.StepAuthorize)
	from, journey, err := r.departUpstream(ctx, b, desk, s)
	if err != nil {
		return err
	}
	defer func() { _ = journey.listener.Close() }()
	at.enter(connector.StepCallback)
	callback, err := r.await(ctx, journey)
	if err != nil {
		return err
	}
	in, err := b.Return(ctx, desk, s, from, callback.Params)
	r.arrived(in)
	if err != nil {
		return r.stoppedUpstream(err)
	}
	r.warn(in.Warnings...)
	return nil
}

func (r *Run) departUpstream(
	ctx context.Context, b connector.SignIner, desk connector.Desk, s connector.Setup,
) (connector.Departure, visit, error) {
	state := random()
	listener, err := r.listen(ctx, connector.StepAuthorize, loopback.Config{RedirectURI: s.RedirectURI, State: state.Reveal()})
	if err != nil {
		return connector.Departure{}, visit{}, err
	}
	from, err := b.Depart(ctx, desk, s, listener.RedirectURI(), state)
	if err != nil {
		_ = listener.Close()
		return from, visit{}, r.stoppedUpstream(err)
	}
	r.guard(state)
	desk.Reach(connector.StepAuthorize)
	timeout := r.callbackTimeout(from.RedirectURI)
	journey := visit{
		leave: connector.StepAuthorize, back: connector.StepCallback, url: from.URL.Reveal(), listener: listener,
		opened: make(chan error, 1), limit: r.cfg.Limits.Callback,
		timeout: func(knocked loopback.Kind) fault.Fault {
			f := timeout(knocked)
			f.Step = connector.StepCallback
			return f
		},
	}
	r.open(ctx, journey)
	return from, journey, nil
}

// arrived publishes what the sign-in brought, however it ended.
func (r *Run) arrived(in connector.Arrival) {
	r.guard(in.Tokens.AccessToken, in.Tokens.RefreshToken, in.Tokens.IDToken)
	if !in.Tokens.IDToken.Empty() || !in.Tokens.AccessToken.Empty() {
		r.emit(TokensReceived{Tokens: in.Tokens, Decoded: Decode(in.Tokens)})
	}
	if in.UserInfo != nil {
		r.emit(UserInfoReceived{UserInfo: oauth.UserInfo{Subject: subjectOf(in), Claims: in.UserInfo}})
	}
	if in.Profile != nil {
		r.emit(Mapped{Profile: *in.Profile})
	}
}

func subjectOf(in connector.Arrival) string {
	if in.Profile == nil {
		return ""
	}
	return in.Profile.Field("id").Value
}

// stoppedUpstream makes a failure of what stopped the bench. Where it names no
// exchange, those of its step are the evidence.
func (r *Run) stoppedUpstream(err error) error {
	var stop *connector.Stopped
	if !errors.As(err, &stop) {
		return err
	}
	for i := range stop.Faults {
		if stop.Faults[i].Evidence == nil {
			stop.Faults[i].Evidence = r.exchanges(stop.Faults[i].Step)
		}
	}
	return &Failure{Step: stop.Step, Faults: stop.Faults}
}
