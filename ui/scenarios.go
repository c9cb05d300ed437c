package ui

import (
	"context"
	"slices"

	"signbench/flows"
	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/widget"
)

// signInMenu offers every way to sign in, those with a mistake below a line.
func (b *Bench) signInMenu() []widget.MenuItem {
	var items []widget.MenuItem
	line := false
	for _, s := range oauth.SignIns() {
		if s.Mistaken() && !line {
			items, line = append(items, widget.MenuItem{}), true
		}
		items = append(items, widget.MenuItem{Label: text.T("action." + string(s)), OnTap: func() { b.start(signInAs(s)) }})
	}
	return items
}

// signInAs starts a sign-in of that scenario, and an ordinary one for any other.
func signInAs(s oauth.Scenario) starter {
	if !slices.Contains(oauth.SignIns(), s) {
		s = oauth.ScenarioSignIn
	}
	return func(e *flows.Engine, ctx context.Context, r flows.Request) *flows.Run { return e.Begin(ctx, s, r) }
}
