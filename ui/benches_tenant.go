package ui

import (
	"context"
	"slices"
	"strings"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/connector/tenant"
	"signbench/flows/fault"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// benchThere is the connector in the tenant that a bench is compared with. It is of
// one tenant and one credential: with another of either, nothing is known of it.
type benchThere struct {
	seen   *adminSeen
	chosen string    // its ID; empty: that of the set-up, or the only one
	said   view.Said // how the last thing went that was done with it
	sent   view.Said // how Logto's own test message went
	differ *difference
}

// difference is a difference that is shown, until one of both sides changes.
type difference struct {
	shown view.Difference
	held  tenant.Held // of the tenant, whole: what the bench is filled with
	plan  tenant.Plan // what the tenant's connector becomes
}

// fillable is what of a bench comes from the tenant.
type fillable struct {
	setup   connector.Setup
	json    string
	problem *connector.ParseError
}

func (d *benchDraft) fillable() fillable { return fillable{d.setup, d.json, d.problem} }

// outdated drops what was about another content of the bench.
func (t *benchThere) outdated() { t.said, t.differ = view.Said{}, nil }

// there is what the window knows of the bench's connector in the tenant.
func (b *Bench) there(k benchKey) *benchThere {
	d := b.draft(k)
	p, _ := b.profile(k.profile)
	if seen := b.tenantHere(p).seen; d.there.seen != seen {
		d.there = benchThere{seen: seen}
	}
	return &d.there
}

// pick finds the connector of a bench among those of the tenant: the one with the ID,
// or the only one.
func pick(list []tenant.Held, kind connector.Kind, id string) (tenant.Held, bool) {
	of := slices.DeleteFunc(slices.Clone(list), func(h tenant.Held) bool { return h.Kind() != kind })
	if i := slices.IndexFunc(of, func(h tenant.Held) bool { return h.ID == id }); i >= 0 {
		return of[i], true
	}
	if len(of) == 1 {
		return of[0], true
	}
	return tenant.Held{}, false
}

// chooseThere chooses the connector of the tenant for the bench.
func (b *Bench) chooseThere(id string) {
	there := b.there(b.benchHere())
	*there = benchThere{seen: there.seen, chosen: id}
	b.render()
}

// wanted is the ID of the connector that the bench is about.
func (b *Bench) wanted(k benchKey) string {
	if id := b.there(k).chosen; id != "" {
		return id
	}
	return b.draft(k).setup.ConnectorID
}

// withThere reads the bench's connector from the tenant, and hands over how what is on
// the bench differs from it.
func (b *Bench) withThere(then func(*benchDraft, *difference)) {
	k := b.benchHere()
	d := b.draft(k)
	was, id := d.setup.Config, b.wanted(k)
	var r reading
	var found bool
	var now difference
	b.administer(func(ctx context.Context, c *flows.AdminSession) *fault.Fault {
		if f := r.read(ctx, c); f != nil {
			return f
		}
		var f *fault.Fault
		if now.held, found = pick(r.connectors, k.kind, id); !found {
			return nil
		}
		if now.held, f = c.Load(ctx, now.held.Sort, now.held.ID); f == nil {
			now.plan, f = c.Plan(ctx, now.held.Sort, now.held.ID, was)
		}
		return f
	}, func(seen *adminSeen, err error) {
		there := b.there(k)
		if there.seen != seen {
			return // it is of another tenant, or another credential
		}
		there.outdated()
		if err != nil {
			there.said = view.Said{Kind: widget.KindFail, Words: failureWords(err)}
			return
		}
		seen.take(r, b.now())
		switch {
		case !found && there.chosen == "" && hasKind(r.connectors, k.kind):
			there.said = view.Said{Kind: widget.KindWarn, Words: text.T("admin.choose")}
		case !found:
			there.said = view.Said{Kind: widget.KindWarn, Words: text.T("admin.none", text.Params{"Kind": text.T("connector.kind." + string(k.kind))})}
		case len(connector.Diff(was, d.setup.Config)) > 0:
			there.said = view.Said{Kind: widget.KindWarn, Words: text.T("admin.changed_meanwhile")}
		default:
			there.chosen = now.held.ID
			now.shown = view.Difference{Connector: now.held.Name, ID: now.held.ID, Endpoint: r.endpoint, Changes: now.plan.Changes}
			then(d, &now)
		}
	})
}

func hasKind(list []tenant.Held, kind connector.Kind) bool {
	return slices.ContainsFunc(list, func(h tenant.Held) bool { return h.Kind() == kind })
}

// loadThere fills the bench from the tenant. Where it holds something else, the
// difference is shown first.
func (b *Bench) loadThere() {
	k := b.benchHere()
	b.withThere(func(d *benchDraft, now *difference) {
		bare := len(connector.Diff(connector.NewConfig(k.kind), d.setup.Config)) == 0 && d.problem == nil
		now.shown.Changes = append(connector.Diff(now.held.Config, d.setup.Config), otherDomains(now.held, d.setup)...)
		if !bare && (len(now.shown.Changes) > 0 || d.problem != nil) {
			now.shown.Loads = true
			b.there(k).differ = now
			return
		}
		b.fillBench(k, now)
	})
}

// otherDomains is the change of the e-mail domains, which stand beside the
// configuration.
func otherDomains(held tenant.Held, s connector.Setup) []connector.Change {
	c := connector.Change{
		Path: connector.DomainsPath, Before: strings.Join(held.Domains, " "), After: strings.Join(s.Domains, " "), Sort: connector.Changed,
	}
	if s.Kind != connector.SSO || c.Before == c.After {
		return nil
	}
	return []connector.Change{c}
}

// takeThere fills the bench with what the difference shows of the tenant.
func (b *Bench) takeThere() {
	k := b.benchHere()
	if now := b.there(k).differ; now != nil && now.shown.Loads {
		b.fillBench(k, now)
		b.render()
	}
}

func (b *Bench) fillBench(k benchKey, now *difference) {
	d, there := b.draft(k), b.there(k)
	was := d.fillable()
	d.setup.Config, d.setup.ConnectorID = now.held.Config, now.held.ID
	if k.kind == connector.SSO {
		d.setup.Domains = slices.Clone(now.held.Domains)
	}
	d.json, d.problem = "", nil
	words := text.T("admin.loaded", text.Params{"Name": now.held.Name})
	there.differ, there.said = nil, view.Said{Kind: widget.KindPass, Words: words}
	b.saveBench(k)
	b.frame.Toast.Say(words, widget.Action{
		Label: text.T("action.undo"),
		OnTap: func() { b.unfill(k, was) },
	})
}

// unfill puts what was on a bench before back onto it.
func (b *Bench) unfill(k benchKey, was fillable) {
	d := b.benches[k]
	if d == nil {
		return // the profile was deleted
	}
	d.setup, d.json, d.problem = was.setup, was.json, was.problem
	b.there(k).outdated()
	b.saveBench(k)
	b.render()
}

// thereModel is what a bench shows of the tenant.
func (b *Bench) thereModel(k benchKey) view.BenchThere {
	p, ok := b.profile(k.profile)
	if !ok || !p.Kind.IsLogto() {
		return view.BenchThere{Elsewhere: true}
	}
	there := b.there(k)
	seen := there.seen
	m := view.BenchThere{Ready: b.admins[p.ID].ready(p), Asking: seen.asking, Said: there.said, Sent: there.sent}
	for _, h := range seen.connectors {
		if h.Kind() == k.kind {
			m.Connectors = append(m.Connectors, h)
		}
	}
	if h, ok := pick(seen.connectors, k.kind, b.wanted(k)); ok {
		m.Chosen = h.ID
	}
	if there.differ != nil {
		m.Difference = &there.differ.shown
	}
	return m
}
