package flows

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"

	"signbench/flows/connector"
	"signbench/flows/connector/feishu"
	"signbench/flows/connector/oidc"
	"signbench/flows/connector/twilio"
	"signbench/flows/oauth"
	"signbench/flows/probe"
)

// benches has the bench of each kind of connector.
var benches = map[connector.Kind]connector.Bench{
	connector.OIDC:   oidc.Social{},
	connector.SSO:    oidc.Enterprise{},
	connector.Feishu: feishu.Bench{},
	connector.Twilio: twilio.Bench{},
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
	To          string            // the number that messages are to reach
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
			RedirectURI: s.RedirectURI, Domains: s.Domains, Addresses: replaced, To: s.To,
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
