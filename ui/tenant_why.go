package ui

import (
	"context"
	"time"

	"signbench/flows"
	"signbench/flows/connector/tenant"
	"signbench/flows/fault"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// clockDoubt is by how much Logto's clock may differ from this computer's, in either
// direction, for an entry of its log to be found.
const clockDoubt = 30 * time.Second

// readReasons reads in the audit log what failed while a connector was tried.
func (b *Bench) readReasons(connectorID string, tried view.TenantResult) {
	if p, ok := b.profile(b.selected); ok {
		b.readLog(p.Client.ID, connectorID, tried)
	}
}

// readLog reads in the audit log what failed of an app's while something was tried;
// with a connector where it is not empty.
func (b *Bench) readLog(clientID, connectorID string, tried view.TenantResult) {
	window := tenant.Window{ClientID: clientID, From: tried.Began.Add(-clockDoubt), To: tried.When.Add(clockDoubt)}
	var reasons []tenant.Reason
	b.administer(func(ctx context.Context, c *flows.AdminSession) (f *fault.Fault) {
		reasons, f = c.Reasons(ctx, window)
		return f
	}, func(seen *adminSeen, err error) {
		found := view.TenantReasons{}
		for _, r := range reasons {
			if connectorID == "" || r.Connector == "" || r.Connector == connectorID {
				found.Reasons = append(found.Reasons, r)
			}
		}
		switch {
		case err != nil:
			found.Said = view.Said{Kind: widget.KindFail, Words: failureWords(err)}
		case len(found.Reasons) == 0:
			found.Said = view.Said{Kind: widget.KindWarn, Words: text.T("admin.why.none", text.Params{
				"From": window.From.Local().Format(time.TimeOnly), "To": window.To.Local().Format(time.TimeOnly),
			})}
		}
		seen.reasons[tried.Run] = found
	})
}

// withWhy lets the verdict on a run that failed offer the audit log, where there is a
// credential to read it with.
func (b *Bench) withWhy(run *state.Run, v view.Verdict) view.Verdict {
	p, ok := b.profile(b.selected)
	if !ok || run == nil || !b.admins[p.ID].ready(p) || !view.LogMayTell(run) {
		return v
	}
	found, asked := b.tenantHere(p).seen.reasons[run.ID]
	return v.Why(found, asked)
}

// whyPressed reads why the run failed that is shown.
func (b *Bench) whyPressed() {
	_, bench, ok := b.shown()
	if !ok || bench.Run == nil {
		return
	}
	run := bench.Run
	b.readLog(run.Profile.Client.ID, b.tries[run.ID].connector, view.TenantResult{Run: run.ID, Began: run.StartedAt, When: run.EndedAt})
}
