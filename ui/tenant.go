package ui

import (
	"context"
	"errors"
	"strings"
	"time"

	"signbench/flows"
	"signbench/flows/oauth"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/view"
)

// tenantShown is what the window knows of the connectors of a profile's tenant.
// Nothing of it is kept: it is read anew in a moment.
type tenantShown struct {
	of      tenantID // what was asked; another one is another tenant
	asking  bool
	listing *flows.Connectors // nil: not read
	readAt  time.Time
	why     string // why it can not be read
	tried   map[string]view.TenantTried
	routed  string
}

// tenantID is what the answer of a tenant depends on.
type tenantID struct {
	kind               oauth.Kind
	endpoint, clientID string
}

func tenantOf(p oauth.Profile) tenantID { return tenantID{p.Kind, p.Endpoint, p.Client.ID} }

// tenantHere is what is known of the selected profile's tenant.
func (b *Bench) tenantHere(p oauth.Profile) *tenantShown {
	t := b.tenants[p.ID]
	if t == nil || t.of != tenantOf(p) {
		t = &tenantShown{of: tenantOf(p), tried: map[string]view.TenantTried{}}
		b.tenants[p.ID] = t
	}
	return t
}

// readTenant asks the tenant which connectors it shows.
func (b *Bench) readTenant() {
	b.prepared(func(p oauth.Profile) {
		t := b.tenantHere(p)
		if t.asking {
			return
		}
		t.asking = true
		engine, request := b.engine, b.request(p)
		b.crossing.background(func(ctx context.Context) func() {
			listing, err := engine.Connectors(ctx, request)
			return func() { b.tenantRead(p, t, listing, err) }
		})
		b.render()
	})
}

func (b *Bench) tenantRead(p oauth.Profile, t *tenantShown, listing flows.Connectors, err error) {
	t.asking, t.readAt, t.why = false, b.now(), ""
	if err == nil {
		t.listing = &listing
		b.recallResults(p, t)
	} else {
		t.listing, t.why = nil, failureWords(err)
	}
	b.render()
}

// failureWords is what stopped the engine, and what to do about it.
func failureWords(err error) string {
	var f *flows.Failure
	if !errors.As(err, &f) || len(f.Faults) == 0 {
		return err.Error()
	}
	first := f.Faults[0]
	return strings.TrimSpace(text.FaultTitle(first) + ". " + text.FaultCause(first) + " " + text.FaultRemedy(first))
}

// tenantModel is what the tab of the tenant's connectors shows.
func (b *Bench) tenantModel(bench state.Bench) view.TenantModel {
	p, ok := b.profile(b.selected)
	if !ok {
		return view.TenantModel{State: view.TenantElsewhere}
	}
	t := b.tenantHere(p)
	m := view.TenantModel{
		State: t.state(p), Why: t.why, ReadAt: t.readAt, Tried: t.tried, Routed: t.routed,
		Busy: t.asking || bench.Run.Running(), Now: b.now(),
	}
	if t.listing != nil {
		m.Listing = t.listing.Listing
	}
	return m
}

func (t *tenantShown) state(p oauth.Profile) view.TenantState {
	switch {
	case !p.Kind.IsLogto():
		return view.TenantElsewhere
	case p.Kind == oauth.KindLogto && p.Endpoint == "":
		return view.TenantIncomplete
	case t.listing != nil && len(t.listing.Connectors) > 0:
		return view.TenantRead
	case t.asking:
		return view.TenantReading
	case t.why != "":
		return view.TenantUnreadable
	case t.listing != nil:
		return view.TenantNone
	}
	return view.TenantUnread
}
