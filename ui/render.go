package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"signbench/flows"
	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/keychain"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// render shows the state. It is the one place where the shell and the visible page
// are brought up to date.
func (b *Bench) render() {
	p, bench, ok := b.shown()
	if !ok {
		return
	}
	b.renderSidebar()
	b.renderHeader(p, bench)
	b.waiting.Show(bench.Run, bench.Beside)
	words := ""
	if b.viewed != nil {
		words = b.viewed.words
	}
	b.kept.Show(words)
	b.renderPractice()
	b.renderBanner()
	b.renderPage(p, bench)
}

func (b *Bench) renderPage(p oauth.Profile, bench state.Bench) {
	switch b.page {
	case pageSetup:
		b.setup.get().Show(view.SetupModel{
			Profile: p, Errors: b.problems(p), Notices: b.notices, Tried: bench.Run != nil && !bench.Run.Kept, Secret: b.keeping(b.secrets[p.ID].place),
			Backend: b.cfg.Keychain.Status().Backend, Request: flows.RequestParams(p, oauth.ScenarioSignIn), Probes: probesOf(bench),
		})
	case pageFlow:
		m := view.FlowModel{Run: bench.Run}
		if b.viewed != nil {
			m.Drawing = b.viewed.drawing
		}
		b.flow.get().Show(m)
	case pageTokens:
		tokens, any := bench.Tokens()
		b.tokens.get().Show(view.TokensModel{
			Tokens: tokens, Any: any, Busy: bench.Run.Running() || b.viewed != nil, Now: b.now(),
			Kept: p.KeepSignedIn && len(tokens.SetAside) == 0 && b.cfg.Keychain.Status().State == keychain.Available,
		})
	case pageConnectors:
		b.connectors.get().Show(b.connectorsModel(bench))
	case pageRuns:
		b.runsPage.get().Show(b.runsModel())
	case pageInspect:
		b.inspectPage.get().Show(b.inspectModel())
	case pagePractice:
		b.practicePage.get().Show(b.practiceModel())
	case pageSettings:
		b.settingPage.get().Show(view.SettingsModel{
			Preferences: b.preferences(), Keychain: string(b.cfg.Keychain.Status().State), Backend: b.cfg.Keychain.Status().Backend,
			Dir: b.cfg.Stores.Dir, Version: b.cfg.Version,
		})
	}
}

func probesOf(bench state.Bench) []probe.Row {
	switch {
	case bench.Beside != nil:
		return bench.Beside.Probes
	case bench.Run != nil:
		return bench.Run.Probes
	}
	return nil
}

// problems are what is wrong with a profile, its secret counted in.
func (b *Bench) problems(p oauth.Profile) []oauth.FieldError {
	s := b.secrets[p.ID]
	if p.Kind == oauth.KindDemo {
		p.Endpoint = "http://localhost" // known only while it runs
	}
	return p.Validate(!s.value.Empty() || s.place == view.SecretLoading)
}

func (b *Bench) renderSidebar() {
	items := make([]widget.NavItem, 0, len(b.profiles))
	for _, p := range b.profiles {
		items = append(items, widget.NavItem{
			ID: string(p.ID), Label: p.Name, Trailing: text.T("kind." + string(p.Kind) + ".short"), Marker: marker(b.state.Of(p.ID)),
		})
	}
	grown := len(items) != len(b.sidebar.Profiles.Items())
	b.sidebar.Profiles.SetItems(items)
	if grown {
		b.sidebar.Refresh() // what stands below the list moves
	}
	b.sidebar.Profiles.SetSelected(string(b.selected))
	b.sidebar.Bench.SetSelected(string(b.page))
	b.sidebar.Footer.SetSelected(string(b.page))
}

// marker says at a glance how a profile in the list stands.
func marker(bench state.Bench) widget.Kind {
	switch r := bench.Run; {
	case r.Running():
		return widget.KindWorking
	case r.Failed() && !r.Kept && !r.MistakeRefused():
		return widget.KindFail
	case bench.Session != nil && len(bench.Session.SetAside) > 0:
		return widget.KindWarn
	case bench.Session != nil:
		return widget.KindPass
	default:
		return widget.KindNone
	}
}

func (b *Bench) renderHeader(p oauth.Profile, bench state.Bench) {
	b.header.Profile.Set(headline(p, bench.Run), text.T("kind."+string(p.Kind)), endpointWords(p, bench.Run))
	b.header.Profile.Pill.Set(view.NewPill(b.state.Of(b.selected).Session, b.now()))
	b.header.Verdict.Set(b.verdictModel(b.withWhy(bench.Run, view.NewVerdict(p, bench, b.problems(p), b.now()))))
	b.header.Rail.Set(view.Rail(bench.Run))
	busy := bench.Run.Running()
	for _, button := range []fyne.Disableable{b.signIn, b.check, b.signOut} {
		if busy {
			button.Disable()
		} else {
			button.Enable()
		}
	}
	b.header.Refresh()
	if h := b.header.MinSize().Height; h != b.headerHeight {
		b.headerHeight = h
		b.frame.Refresh() // the page moves down or up
	}
}

func endpointWords(p oauth.Profile, run *state.Run) string {
	switch {
	case p.Kind == oauth.KindDemo && run != nil && run.Metadata != nil && run.Benched == nil: // a bench discovers another provider
		return strings.TrimSuffix(run.Metadata.Issuer, "/oidc")
	case p.Kind == oauth.KindDemo:
		return text.T("endpoint.demo")
	case p.Kind == oauth.KindLogto && p.Endpoint != "":
		return p.Endpoint
	case p.Kind == oauth.KindOIDC && p.Issuer != "":
		return p.Issuer
	default:
		return text.T("endpoint.none")
	}
}

// renderTimes moves the countdowns on.
func (b *Bench) renderTimes() {
	bench := b.state.Of(b.selected)
	if bench.Session == nil {
		return
	}
	b.header.Profile.Pill.Set(view.NewPill(bench.Session, b.now()))
	if b.page == pageTokens {
		b.tokens.get().Tick(b.now())
	}
}

// renderBanner shows what matters for the whole window: the keychain when it can
// not be used.
func (b *Bench) renderBanner() {
	if b.trouble != "" {
		b.frame.Banner.Set(widget.BannerModel{Kind: widget.KindWarn, Text: b.trouble, OnDismiss: b.troubleRead})
		return
	}
	status := b.cfg.Keychain.Status()
	if status.State == keychain.Available || status.State == keychain.Unknown || b.keychainRead == status.State {
		b.frame.Banner.Set(widget.BannerModel{})
		return
	}
	again := widget.Action{Label: text.T("action.try_again"), OnTap: b.probeKeychain}
	if status.State == keychain.Locked {
		again = widget.Action{Label: text.T("action.unlock"), OnTap: b.unlock}
	}
	b.frame.Banner.Set(widget.BannerModel{
		Kind: widget.KindWarn, Text: text.T("keychain."+string(status.State), text.Params{"Backend": status.Backend}),
		Actions: []widget.Action{again}, OnDismiss: func() { b.keychainRead = status.State; b.render() },
	})
}
