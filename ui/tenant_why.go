package ui

import (
	"context"
	"time"

	"signbench/flows"
	"signbench/flows/connector/tenant"
	"signbench/flows/fault"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// clockDoubt is by how much Logto's clock may differ from this computer's, in either
// direction, for an entry of its log to be found.
const clockDoubt = 30 * time.Second

// readReasons reads in the audit log what failed while a connector was tried.
func (b *Bench) readReasons(connectorID string, tried view.TenantResult) {
	p, ok := b.profile(b.selected)
	if !ok {
		return
	}
	window := tenant.Window{ClientID: p.Client.ID, From: tried.Began.Add(-clockDoubt), To: tried.When.Add(clockDoubt)}
	var reasons []tenant.Reason
	b.administer(func(ctx context.Context, c *flows.AdminSession) (f *fault.Fault) {
		reasons, f = c.Reasons(ctx, window)
		return f
	}, func(seen *adminSeen, err error) {
		found := view.TenantReasons{}
		for _, r := range reasons {
			if r.Connector == "" || r.Connector == connectorID {
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
