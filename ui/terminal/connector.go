package terminal

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/oauth"
	"signbench/ui/text"
)

// bench is what the flags of connector say of the set-up, besides its file.
type bench struct {
	config      string
	connectorID string
	endpoint    string
	redirectURI string
	domains     []string
	addresses   []string
	noCheck     bool
	signIn      bool
	number      string
	sendTo      string
	usage       string
}

func (p Program) connectorCommand(open opener) *cobra.Command {
	var o output
	var j journey
	var b bench
	names := benchNames()
	c := &cobra.Command{
		Use: "connector " + strings.Join(names, "|"), Short: text.T("terminal.connector.short"),
		Long:      text.T("terminal.connector.long", text.Params{"Variable": envSecret}),
		Example:   "  signbench connector oidc --config connector.json\n  signbench connector twilio --config sms.json --send-to +15005550006\n  signbench connector feishu --config demo --sign-in",
		Args:      oneBench,
		ValidArgs: names,
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		ctx, stop := interruptible(c.Context())
		defer stop()
		c.SetContext(ctx)
		t, err := p.bare(open, o, j)
		if err != nil {
			return err
		}
		setup, err := p.setup(ctx, t, b, args[0])
		if err != nil {
			return err
		}
		if err := b.possible(setup.Kind); err != nil {
			return err
		}
		t.target.profile = oauth.Profile{Name: setup.Name}
		for _, f := range connector.Examine(setup) {
			t.voice.remarks = append(t.voice.remarks, text.Finding(f.Code, f.Params))
		}
		if !b.noCheck {
			t.run(ctx, func(e *flows.Engine, ctx context.Context) *flows.Run { return e.CheckConnector(ctx, setup) })
		}
		if b.signIn && ctx.Err() == nil {
			t.run(ctx, func(e *flows.Engine, ctx context.Context) *flows.Run { return e.SignInUpstream(ctx, setup) })
		}
		if b.sendTo != "" && ctx.Err() == nil {
			m := connector.Message{To: b.sendTo, UsageType: b.usage}
			t.run(ctx, func(e *flows.Engine, ctx context.Context) *flows.Run { return e.SendTest(ctx, setup, m) })
		}
		return o.finish(p, c, t, "")
	}
	o.flags(c)
	j.flags(c)
	f := c.Flags()
	f.StringVar(&b.config, "config", "", text.T("terminal.flag.connector_config"))
	f.StringVar(&b.connectorID, "connector-id", "", text.T("terminal.flag.connector_id"))
	f.StringVar(&b.endpoint, "endpoint", "", text.T("terminal.flag.endpoint"))
	f.StringVar(&b.redirectURI, "redirect-uri", oauth.DefaultRedirectURI, text.T("terminal.flag.redirect_uri"))
	f.StringArrayVar(&b.domains, "domain", nil, text.T("terminal.flag.domain"))
	f.StringArrayVar(&b.addresses, "address", nil, text.T("terminal.flag.address", text.Params{"Names": strings.Join(addressNames(connector.Kinds()...), ", ")}))
	f.BoolVar(&b.noCheck, "no-check", false, text.T("terminal.flag.no_check"))
	f.StringVar(&b.number, "number", "", text.T("terminal.flag.number"))
	f.BoolVar(&b.signIn, "sign-in", false, text.T("terminal.flag.bench_sign_in"))
	f.StringVar(&b.sendTo, "send-to", "", text.T("terminal.flag.send_to"))
	f.StringVar(&b.usage, "usage-type", "Generic", text.T("terminal.flag.usage_type"))
	return c
}

// oneBench is what the command wants besides its flags.
func oneBench(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage("terminal.connector.which", text.Params{"Names": strings.Join(benchNames(), ", ")})
	}
	return nil
}

// possible reports what the flags ask of a bench that it does not do, or that nothing is
// left to do: a script would take either for a success.
func (b bench) possible(kind connector.Kind) error {
	_, signs := flows.Bench(kind).(connector.SignIner)
	_, sends := flows.Bench(kind).(connector.Messenger)
	switch {
	case b.signIn && !signs:
		return usage("terminal.connector.no_sign_in", text.Params{"Name": kind.Bench()})
	case b.sendTo != "" && !sends:
		return usage("terminal.connector.no_message", text.Params{"Name": kind.Bench()})
	case b.noCheck && !b.signIn && b.sendTo == "":
		return usage("terminal.connector.nothing")
	}
	return nil
}

// benchNames are the short names of the kinds that have a bench.
func benchNames() []string {
	var names []string
	for _, k := range connector.Kinds() {
		names = append(names, k.Bench())
	}
	return names
}

// addressNames are those of the vendor's addresses that these benches use. One that is
// misspelt must not let requests go to the vendor.
func addressNames(kinds ...connector.Kind) []string {
	var names []string
	for _, kind := range kinds {
		for _, a := range connector.Addresses(kind) {
			names = append(names, a.Name)
		}
	}
	return names
}

// setup reads the configuration, or takes that of the demo tenant.
func (p Program) setup(ctx context.Context, t *trial, b bench, name string) (connector.Setup, error) {
	var s connector.Setup
	for _, k := range connector.Kinds() {
		if k.Bench() == name {
			s.Kind = k
		}
	}
	switch {
	case s.Kind == "":
		return s, usage("terminal.connector.unknown", text.Params{"Name": name, "Names": strings.Join(benchNames(), ", ")})
	case b.config == "":
		return s, usage("terminal.connector.no_config")
	case b.config == demoName:
		demo, err := t.bench.Engine.DemoConnector(ctx, s.Kind)
		if err != nil {
			return s, cannot(err)
		}
		s = demo
	default:
		data, err := os.ReadFile(b.config)
		if err != nil {
			return s, usage("terminal.connector.unreadable", text.Params{"Cause": err.Error()})
		}
		if s.Config, err = connector.Parse(s.Kind, data); err != nil {
			return s, usage("terminal.connector.unreadable", text.Params{"Cause": parseWords(err)})
		}
	}
	s.ID, s.Name = "terminal", text.T("connector.kind."+string(s.Kind))
	s.RedirectURI, s.To = b.redirectURI, cmp.Or(b.sendTo, b.number)
	if b.endpoint != "" {
		s.Origin = b.endpoint
	}
	if b.connectorID != "" {
		s.ConnectorID = b.connectorID
	}
	if len(b.domains) > 0 {
		s.Domains = b.domains
	}
	for _, a := range b.addresses {
		name, base, _ := strings.Cut(a, "=")
		names := addressNames(s.Kind)
		if u, err := url.Parse(base); !slices.Contains(names, name) || err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return s, usage("terminal.address.unknown", text.Params{"Address": a, "Bench": s.Kind.Bench(), "Names": strings.Join(names, ", ")})
		}
		if s.Addresses == nil {
			s.Addresses = map[string]string{}
		}
		s.Addresses[name] = base
	}
	return p.secretOfBench(s), nil
}

// secretOfBench puts the secret of the environment into a configuration that has
// none: a file in a repository should not.
func (p Program) secretOfBench(s connector.Setup) connector.Setup {
	secret := p.Getenv(envSecret)
	for _, m := range connector.Members(s.Kind) {
		if m.Secret && m.Required && secret != "" && s.Config.Secret(m.Path).Empty() {
			s.Config = s.Config.SetSecret(m.Path, oauth.Secret(secret))
		}
	}
	return s
}

// parseWords says why and where a text is no configuration.
func parseWords(err error) string {
	var e *connector.ParseError
	if !errors.As(err, &e) {
		return err.Error()
	}
	return text.T("connector.parse."+e.Code, text.Params(e.Params))
}
