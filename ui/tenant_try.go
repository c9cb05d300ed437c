package ui

import (
	"maps"

	"signbench/flows"
	"signbench/flows/connector/tenant"
	"signbench/flows/oauth"
	"signbench/ui/state"
	"signbench/ui/view"
)

// tenantTry is a run that tries a connector of a tenant.
type tenantTry struct {
	tenant    *tenantShown
	connector string
	again     func()
}

// tryConnector begins a run with a connector of the tenant.
func (b *Bench) tryConnector(id string, begin func(oauth.Profile, tenant.Connector) *flows.Run, again func()) {
	b.prepared(func(p oauth.Profile) {
		t := b.tenantHere(p)
		if t.listing == nil {
			return
		}
		if c, ok := t.listing.Find(id); ok {
			b.tries[begin(p, c).ID()] = tenantTry{tenant: t, connector: id, again: again}
			b.render()
		}
	})
}

// testConnector signs in with a connector of the tenant.
func (b *Bench) testConnector(id string) {
	b.tryConnector(id, func(p oauth.Profile, c tenant.Connector) *flows.Run {
		p.Extra = maps.Clone(p.Extra)
		if p.Extra == nil {
			p.Extra = map[string]string{}
		}
		p.Extra["direct_sign_in"] = c.DirectSignIn()
		p.Prompt = "login consent" // a session at the tenant would lead past the connector
		p.Name += nameMark + c.Name()
		return b.launch((*flows.Engine).SignIn, p, nil)
	}, func() { b.testConnector(id) })
}

// tenantTried takes the end of a run that tried a connector, and reports whether it
// was one.
func (b *Bench) tenantTried(run *state.Run) bool {
	try, ok := b.tries[run.ID]
	if !ok {
		return false
	}
	p, _ := b.profile(run.Profile.ID)
	verdict := view.NewVerdict(p, b.state.Of(run.Profile.ID), nil, b.now())
	tried := try.tenant.tried[try.connector]
	results := []view.TenantResult{{
		Scenario: run.Scenario, Outcome: string(run.Ended.Outcome), Words: verdict.Title + "\n" + verdict.Detail, When: run.EndedAt, Run: run.ID,
	}}
	for _, r := range tried.Results {
		if r.Scenario != run.Scenario {
			results = append(results, r)
		}
	}
	tried.Results = results
	try.tenant.tried[try.connector] = tried
	return true
}
