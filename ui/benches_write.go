package ui

import (
	"context"
	"strings"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// compareThere shows how the bench differs from the tenant.
func (b *Bench) compareThere() {
	k := b.benchHere()
	b.withThere(func(_ *benchDraft, now *difference) {
		there := b.there(k)
		if len(now.plan.Changes) == 0 {
			there.said = view.Said{Kind: widget.KindPass, Words: text.T("admin.same", text.Params{"Name": now.held.Name})}
			return
		}
		there.differ = now
	})
}

// writeThere makes the change in the tenant that the difference shows, which only a
// press does.
func (b *Bench) writeThere() {
	there := b.there(b.benchHere())
	now := there.differ
	if now == nil || now.shown.Loads {
		return
	}
	b.administer(func(ctx context.Context, c *flows.AdminSession) *fault.Fault { return c.Apply(ctx, now.plan) },
		func(seen *adminSeen, err error) {
			if there.seen != seen {
				return
			}
			there.differ = nil
			if err != nil {
				there.said = view.Said{Kind: widget.KindFail, Words: failureWords(err)}
				return
			}
			there.said = view.Said{Kind: widget.KindPass, Words: text.T("admin.written", text.Params{
				"Changes": text.N("admin.changes", len(now.plan.Changes)), "Name": now.held.Name, "Endpoint": now.shown.Endpoint,
			})}
		})
}

// dropDifference takes away a difference that is shown.
func (b *Bench) dropDifference() {
	b.there(b.benchHere()).differ = nil
	b.render()
}

// sendByLogto lets Logto send its own test message with what is on the bench, which
// only a press does.
func (b *Bench) sendByLogto(to string) {
	there := b.there(b.benchHere())
	number := connector.ReadPhoneNumber(strings.TrimSpace(to))
	if !number.Valid() {
		return // said beside the field
	}
	config := b.draft(b.benchHere()).setup.Config
	there.sent = view.Said{}
	b.administer(func(ctx context.Context, c *flows.AdminSession) *fault.Fault {
		return c.SendTest(ctx, config, number.E164)
	},
		func(seen *adminSeen, err error) {
			if there.seen != seen {
				return
			}
			there.sent = view.Said{Kind: widget.KindPass, Words: text.T("admin.sent", text.Params{"Number": number.E164})}
			if err != nil {
				there.sent = view.Said{Kind: widget.KindFail, Words: failureWords(err)}
			}
		})
}
