package ui

import (
	"context"
	"slices"
	"strings"

	"signbench/flows"
	"signbench/flows/archive"
	"signbench/flows/connector/tenant"
	"signbench/flows/oauth"
	"signbench/ui/state"
	"signbench/ui/text"
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

// testName is the name of a run that tries a connector, by which its result is found
// again.
func testName(p oauth.Profile, connector string) string { return runName(p.Name, connector) }

// ofConnector reports whether a run tried a connector, by the name of its profile.
func ofConnector(profileName string) bool {
	at := strings.LastIndex(profileName, nameMark)
	if at < 0 {
		return false
	}
	method, _, ok := strings.Cut(profileName[at+len(nameMark):], ":")
	return ok && slices.Contains([]string{string(tenant.Social), string(tenant.SSO)}, method)
}

// testConnector signs in with a connector of the tenant.
func (b *Bench) testConnector(id string) {
	b.tryConnector(id, func(p oauth.Profile, c tenant.Connector) *flows.Run {
		p.Name = testName(p, c.DirectSignIn())
		return b.launch(func(e *flows.Engine, ctx context.Context, r flows.Request) *flows.Run {
			return e.TestConnector(ctx, r, c)
		}, p, nil)
	}, func() { b.testConnector(id) })
}

// examineConnector asks what can be known of a connector without a user.
func (b *Bench) examineConnector(id string) {
	b.tryConnector(id, func(p oauth.Profile, c tenant.Connector) *flows.Run {
		p.Name = testName(p, c.DirectSignIn())
		return b.launch(func(e *flows.Engine, ctx context.Context, r flows.Request) *flows.Run {
			return e.ExamineConnector(ctx, r, c)
		}, p, nil)
	}, func() { b.examineConnector(id) })
}

// revealError signs in behind a connector and shows what Logto's own API answers.
func (b *Bench) revealError(id, redirectURI string) {
	b.tryConnector(id, func(p oauth.Profile, c tenant.Connector) *flows.Run {
		p.Name = testName(p, c.DirectSignIn())
		return b.launch(func(e *flows.Engine, ctx context.Context, r flows.Request) *flows.Run {
			return e.RevealError(ctx, r, c, redirectURI)
		}, p, nil)
	}, func() { b.revealError(id, redirectURI) })
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
	try.tenant.result(try.connector, view.TenantResult{
		Scenario: run.Scenario, Outcome: string(run.Ended.Outcome), Words: strings.TrimSpace(verdict.Title + "\n" + verdict.Detail),
		Began: run.StartedAt, When: run.EndedAt, Run: run.ID,
	})
	tried := try.tenant.tried[try.connector]
	if run.Upstream != nil {
		tried.Sent = run.Upstream.URL
	}
	if run.Scenario.Probes() {
		tried.Rows = run.Probes
	}
	try.tenant.tried[try.connector] = tried
	if run.Scenario == oauth.ScenarioSignIn {
		b.keepTrial(run.Profile.ID, try)
	}
	return true
}

// keepTrial keeps what a test of a connector brought, in place of the one before.
func (b *Bench) keepTrial(id oauth.ProfileID, try tenantTry) {
	c, ok := try.tenant.listing.Find(try.connector)
	trial, done := flows.Trial(c, b.runs[id])
	if !ok || !done {
		return
	}
	tried := try.tenant.tried[try.connector]
	tried.Claims, tried.FromConnector = trial.Claims, trial.FromConnector
	try.tenant.tried[try.connector] = tried
	dir := b.cfg.Stores.Dir
	b.disk.add(func(context.Context) func() {
		if err := archive.SaveTrial(dir, id, try.connector, trial); err != nil {
			return func() { b.say(text.T("connectors.not_kept", text.Params{"Cause": err.Error()})) }
		}
		return nil
	})
}

// result puts the newest result of a way to try a connector in front of those of the
// other ways.
func (t *tenantShown) result(connector string, newest view.TenantResult) {
	tried := t.tried[connector]
	results := []view.TenantResult{newest}
	for _, r := range tried.Results {
		if r.Scenario != newest.Scenario {
			results = append(results, r)
		}
	}
	tried.Results = results
	t.tried[connector] = tried
}

// recallResults finds what became of each connector before among the kept runs.
func (b *Bench) recallResults(p oauth.Profile, t *tenantShown, trials map[string]archive.Trial) {
	if b.cfg.Stores.Runs == nil || len(t.tried) > 0 {
		return
	}
	for id, trial := range trials {
		t.tried[id] = view.TenantTried{Claims: trial.Claims, FromConnector: trial.FromConnector}
	}
	for _, c := range t.listing.Connectors {
		name := testName(p, c.DirectSignIn())
		for _, meta := range slices.Backward(b.cfg.Stores.Runs.List()) { // the oldest first
			row := runRow(meta)
			if meta.Profile == p.ID && meta.ProfileName == name {
				t.result(c.ID, view.TenantResult{
					Scenario: row.Scenario, Outcome: row.Outcome, Words: row.Verdict(),
					Began: row.Started, When: row.Started.Add(row.Took), Run: row.ID,
				})
			}
		}
	}
}
