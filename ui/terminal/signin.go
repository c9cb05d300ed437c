package terminal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"signbench/flows"
	"signbench/flows/archive"
	"signbench/flows/oauth"
	"signbench/ui/state"
	"signbench/ui/text"
)

// scenarios are the names of what a sign-in can set out to do: those of the window's
// menu, and the proof that it offers after a sign-out.
func scenarios() []string {
	var names []string
	for _, s := range append(oauth.SignIns(), oauth.ScenarioProof) {
		names = append(names, string(s))
	}
	return names
}

// flowOf begins a scenario.
func flowOf(s oauth.Scenario) starter {
	if s == oauth.ScenarioProof {
		return (*flows.Engine).Prove
	}
	return func(e *flows.Engine, ctx context.Context, r flows.Request) *flows.Run { return e.Begin(ctx, s, r) }
}

// journey is how the browser goes and comes back.
type journey struct {
	noBrowser bool
	paste     bool
	timeout   time.Duration // for the browser
	request   time.Duration // for one answer of the provider
	allow     []string      // rules that the run is to go on without
}

func (j *journey) flags(c *cobra.Command) {
	c.Flags().BoolVar(&j.noBrowser, "no-browser", false, text.T("terminal.flag.no_browser"))
	c.Flags().BoolVar(&j.paste, "paste", false, text.T("terminal.flag.paste"))
	c.Flags().Func("timeout", text.T("terminal.flag.timeout"), positive(&j.timeout))
	j.requestFlag(c)
	c.Flags().StringArrayVar(&j.allow, "allow", nil, text.T("terminal.flag.allow"))
	_ = c.RegisterFlagCompletionFunc("allow", cobra.FixedCompletions(allowances(), cobra.ShellCompDirectiveNoFileComp))
}

func allowances() []string {
	var names []string
	for _, a := range oauth.Allowances() {
		names = append(names, string(a))
	}
	return names
}

func (j *journey) requestFlag(c *cobra.Command) {
	c.Flags().Func("request-timeout", text.T("terminal.flag.request_timeout"), positive(&j.request))
}

// positive reads a time to wait. None at all would be no wait, and not the default that a
// zero stands for.
func positive(d *time.Duration) func(string) error {
	return func(value string) error {
		wait, err := time.ParseDuration(value)
		if err != nil || wait <= 0 {
			return usage("terminal.duration", text.Params{"Value": value})
		}
		*d = wait
		return nil
	}
}

// bare is a trial of nothing in particular, with the limits of the settings and of
// the flags.
func (p Program) bare(open opener, o output, j journey) (*trial, error) {
	bench, err := open()
	if err != nil {
		return nil, err
	}
	for _, rule := range j.allow {
		if !slices.Contains(allowances(), rule) {
			return nil, usage("terminal.allow.unknown", text.Params{"Name": rule, "Rules": strings.Join(allowances(), ", ")})
		}
	}
	t := &trial{allow: j.allow, program: p, bench: bench, voice: p.voice(o), paste: j.paste, browser: !j.noBrowser && !j.paste}
	settings, _ := archive.LoadSettings(bench.Dir)
	limits := flows.Limits{
		Request:  j.request,
		Callback: time.Duration(settings.CallbackTimeoutSeconds) * time.Second, Skew: new(time.Duration(settings.ClockToleranceSeconds) * time.Second),
	}
	if j.timeout > 0 {
		limits.Callback, limits.Return = j.timeout, j.timeout
	}
	t.bench.Engine = bench.Engine.WithLimits(limits)
	if !t.browser {
		t.bench.Engine = t.bench.Engine.WithBrowser(nobody)
	}
	return t, nil
}

// prepare is a trial of the command line's target.
func (p Program) prepare(c *cobra.Command, open opener, a aim, o output, j journey, args []string) (*trial, error) {
	if j.paste && a.stdinSecret {
		return nil, usage("terminal.stdin_twice")
	}
	t, err := p.bare(open, o, j)
	if err != nil {
		return nil, err
	}
	name := ""
	if len(args) > 0 {
		name = args[0]
	}
	t.target, err = p.resolve(c.Context(), t.bench, a, name)
	return t, err
}

func (p Program) signInCommand(open opener) *cobra.Command {
	var a aim
	var o output
	var j journey
	var refresh, signOut bool
	var scenario string
	c := &cobra.Command{
		Use: "signin [PROFILE]", Short: text.T("terminal.signin.short"), Long: text.T("terminal.signin.long"),
		Example: "  signbench signin demo\n  signbench signin \"Acme dev\" --json --refresh --sign-out\n  signbench signin --issuer https://id.example --app-id web --no-browser",
		Args:    cobra.MaximumNArgs(1), ValidArgsFunction: completeProfile(open),
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		if !slices.Contains(scenarios(), scenario) {
			return usage("terminal.scenario.unknown", text.Params{"Name": scenario, "Names": strings.Join(scenarios(), ", ")})
		}
		if err := o.checkReveal(); err != nil {
			return err
		}
		ctx, stop := interruptible(c.Context())
		defer stop()
		c.SetContext(ctx)
		t, err := p.prepare(c, open, a, o, j, args)
		if err != nil {
			return err
		}
		done := t.try(ctx, flowOf(oauth.Scenario(scenario)))
		if refresh && goesOn(done.run) && t.session != nil {
			done = t.try(ctx, (*flows.Engine).Refresh)
		}
		token := secretOfToken(t.session, o.reveal)
		if signOut && goesOn(done.run) && t.session != nil {
			t.endSession(ctx)
		}
		return o.finish(p, c, t, token)
	}
	a.flags(c.Flags())
	j.flags(c)
	o.flags(c)
	c.Flags().StringVar(&scenario, "scenario", string(oauth.ScenarioSignIn), text.T("terminal.flag.scenario", text.Params{"Names": strings.Join(scenarios(), ", ")}))
	c.Flags().BoolVar(&refresh, "refresh", false, text.T("terminal.flag.refresh"))
	c.Flags().BoolVar(&signOut, "sign-out", false, text.T("terminal.flag.sign_out"))
	c.Flags().StringVar(&o.reveal, "reveal", "", text.T("terminal.flag.reveal"))
	_ = c.RegisterFlagCompletionFunc("scenario", cobra.FixedCompletions(scenarios(), cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("reveal", cobra.FixedCompletions(revealable, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// goesOn reports whether what follows makes sense.
func goesOn(r *state.Run) bool { return !r.Failed() && !r.Cancelled() }

// revealable are the tokens that --reveal may name.
var revealable = []string{"id_token", "access_token", "refresh_token"}

func (o output) checkReveal() error {
	switch o.reveal {
	case "":
		return nil
	case revealable[0], revealable[1], revealable[2]:
		if o.json {
			return usage("terminal.reveal.json")
		}
		return nil
	}
	return usage("terminal.reveal.unknown", text.Params{"Name": o.reveal})
}

// finish says how each run ended, writes what was asked for, and the token that
// was to be revealed, which goes to standard output alone.
func (o output) finish(p Program, c *cobra.Command, t *trial, token oauth.Secret) error {
	for _, done := range t.runs {
		t.voice.verdict(done.run)
	}
	if !token.Empty() {
		if _, err := fmt.Fprintln(p.Out, token.Reveal()); err != nil {
			return written(err)
		}
	}
	if err := o.give(p, c, t); err != nil {
		return err
	}
	err := t.end(c.Context(), o.expect)
	if err == nil && o.reveal != "" && token.Empty() {
		return cannot(errors.New(text.T("terminal.reveal.none", text.Params{"Name": o.reveal})))
	}
	return err
}
