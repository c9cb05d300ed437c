package ui

import (
	"net"
	"net/url"
	"strconv"

	"signbench/flows/oauth"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// verdictModel gives the buttons of a verdict their deeds.
func (b *Bench) verdictModel(v view.Verdict) widget.VerdictModel {
	m := widget.VerdictModel{Kind: v.Kind, Title: v.Title, Detail: v.Detail, Raw: v.Raw}
	for _, a := range v.Actions {
		m.Actions = append(m.Actions, widget.Action{Label: a.Label, OnTap: func() { b.do(a) }})
	}
	return m
}

func (b *Bench) do(a view.VerdictAction) {
	switch a.Do {
	case view.DoCancel:
		b.cancelPressed()
	case view.DoTryAgain:
		if run := b.state.Of(b.selected).Run; run != nil {
			b.tryAgain(run)
		} else {
			b.signInPressed()
		}
	case view.DoGoOn:
		if run := b.state.Of(b.selected).Run; run != nil {
			b.tryAgain(run, view.ParseAllowances(a.Value)...)
		}
	case view.DoShowTokens:
		b.showPage(pageTokens)
	case view.DoShowChecks:
		b.showPage(pageTokens)
		b.tokens.get().ShowChecks()
	case view.DoCheck:
		b.checkPressed()
	case view.DoShowEvidence:
		b.showPage(pageFlow)
		if id, err := strconv.Atoi(a.Value); err == nil {
			b.flow.get().Choose(id)
		}
	case view.DoCopyReport:
		b.copyReport()
	case view.DoProve:
		b.provePressed()
	case view.DoWhy:
		b.whyPressed()
	case view.DoCopy:
		b.copy(a.Value)
	case view.DoCopyURL:
		b.copySecret(oauth.Secret(a.Value))
	case view.DoEdit:
		b.showPage(pageSetup)
		b.setup.get().Focus(b.window.Canvas(), oauth.Field(a.Value))
	case view.DoUsePort, view.DoUseIssuer, view.DoUseMethod:
		b.mend(a)
	}
}

// mend changes the profile as a remedy says, and shows where.
func (b *Bench) mend(a view.VerdictAction) {
	p, ok := b.profile(b.selected)
	if !ok {
		return
	}
	p = p.Clone()
	switch a.Do {
	case view.DoUsePort:
		p.Client.RedirectURI = withPort(p.Client.RedirectURI, a.Value)
		p.Client.PostLogoutRedirectURI = withPort(p.Client.PostLogoutRedirectURI, a.Value)
	case view.DoUseMethod:
		p.Client.AuthMethod = oauth.AuthMethod(a.Value)
	case view.DoUseIssuer:
		if p.Kind == oauth.KindLogto {
			p.Endpoint, _ = oauth.CleanEndpoint(p.Kind, a.Value)
		} else {
			p.Issuer = a.Value
		}
	}
	b.load(p)
	b.profileTyped(p)
	b.showPage(pageSetup)
}

// withPort is a loopback URI with another port; any other URI stays as it is.
func withPort(raw, port string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return raw
	}
	u.Host = net.JoinHostPort(u.Hostname(), port)
	return u.String()
}
