package ui

import (
	"context"
	"errors"
	"image"
	"strings"
	"time"

	"signbench/flows"
	"signbench/flows/archive"
	"signbench/flows/connector/tenant"
	"signbench/flows/oauth"
	"signbench/ui/logo"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// logoPixels is a side of a connector's picture: enough for a sharp one on a screen of
// three pixels to the point.
const logoPixels = 72

// tenantShown is what the window knows of the connectors of a profile's tenant.
// Nothing of it is kept: it is read anew in a moment.
type tenantShown struct {
	of      tenantID // what was asked; another one is another tenant
	asking  bool
	listing *flows.Connectors // nil: not read
	readAt  time.Time
	why     string                 // why it can not be read
	logos   map[string]image.Image // by their URL
	tried   map[string]view.TenantTried
	routed  view.Said  // where the address goes that was asked for last
	seen    *adminSeen // what an administrator's credential has shown of it
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
		t = &tenantShown{of: tenantOf(p), tried: map[string]view.TenantTried{}, seen: newSeen()}
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
		engine, request, dir := b.engine, b.request(p), b.cfg.Stores.Dir
		b.crossing.background(func(ctx context.Context) func() {
			listing, err := engine.Connectors(ctx, request)
			trials, damaged := archive.LoadTrials(dir, p.ID)
			return func() {
				if damaged != nil {
					b.say(damageWords(*damaged))
				}
				b.tenantRead(p, t, listing, trials, err)
			}
		})
		b.render()
	})
}

func (b *Bench) tenantRead(p oauth.Profile, t *tenantShown, listing flows.Connectors, trials map[string]archive.Trial, err error) {
	t.asking, t.readAt, t.why = false, b.now(), ""
	if err == nil {
		t.listing = &listing
		b.recallResults(p, t, trials)
		b.readLogos(p, t)
	} else {
		t.listing, t.why = nil, failureWords(err)
	}
	b.render()
}

// readLogos fetches the pictures of the connectors, which come when they come.
func (b *Bench) readLogos(p oauth.Profile, t *tenantShown) {
	engine, request, listing := b.engine, b.request(p), t.listing.Listing
	b.crossing.background(func(ctx context.Context) func() {
		logos := map[string]image.Image{}
		for url, data := range engine.Logos(ctx, request, listing) {
			if picture, err := logo.Read(data, logoPixels); err == nil { // a broken one breaks no sign-in
				logos[url] = picture
			}
		}
		return func() {
			t.logos = logos
			b.render()
		}
	})
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

// routeAddress asks the tenant which connector an e-mail address is sent to.
func (b *Bench) routeAddress(address string) {
	b.prepared(func(p oauth.Profile) {
		t := b.tenantHere(p)
		if t.asking {
			return
		}
		t.asking, t.routed = true, view.Said{}
		engine, request := b.engine, b.request(p)
		b.crossing.background(func(ctx context.Context) func() {
			routed, err := engine.RouteEmail(ctx, request, address)
			return func() {
				t.asking, t.routed = false, routeWords(routed.Route, err)
				b.render()
			}
		})
		b.render()
	})
}

// routeWords says where an address goes, or why it goes nowhere.
func routeWords(r tenant.Route, err error) view.Said {
	if err != nil {
		return view.Said{Kind: widget.KindFail, Words: failureWords(err)}
	}
	kind := widget.KindWarn
	if r.Reason == tenant.Routed {
		kind = widget.KindPass
	}
	var names []string
	for _, c := range r.Connectors {
		names = append(names, c.Name())
	}
	return view.Said{Kind: kind, Words: text.T("tenant.route."+string(r.Reason), text.Params{
		"Connector": strings.Join(names, ", "), "Domain": r.Domain, "Parent": r.Parent,
	})}
}

// tenantModel is what the tab of the tenant's connectors shows.
func (b *Bench) tenantModel(bench state.Bench) view.TenantModel {
	p, ok := b.profile(b.selected)
	if !ok {
		return view.TenantModel{State: view.TenantElsewhere}
	}
	t := b.tenantHere(p)
	m := view.TenantModel{
		State: t.state(p), Why: t.why, ReadAt: t.readAt, Tried: t.tried, Routed: t.routed, Return: p.Client.RedirectURI,
		Busy: t.asking || bench.Run.Running(), Now: b.now(),
		Admin: view.TenantAdmin{
			Ready: b.admins[p.ID].ready(p), Asking: t.seen.asking, Read: t.seen.read, Connectors: t.seen.connectors,
			Said: t.seen.said, Reasons: t.seen.reasons,
		},
	}
	if t.listing != nil {
		m.Listing = t.listing.Listing
		m.Logos = t.logosNow(theme.New(theme.Variant(b.settings.Theme)).Dark(b.cfg.App.Settings().ThemeVariant()))
	}
	return m
}

// logosNow are the pictures of the connectors by their IDs. On a dark window those for
// one are preferred.
func (t *tenantShown) logosNow(dark bool) map[string]image.Image {
	now := map[string]image.Image{}
	for _, c := range t.listing.Connectors {
		picture := t.logos[c.Logo]
		if other := t.logos[c.LogoDark]; other != nil && (dark || picture == nil) {
			picture = other
		}
		if picture != nil {
			now[c.ID] = picture
		}
	}
	return now
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

// forgetTenant drops what was found out about the connectors of a profile's tenant.
// What it returns brings that back.
func (b *Bench) forgetTenant(id oauth.ProfileID) (bringBack func()) {
	delete(b.tenants, id)
	dir := b.cfg.Stores.Dir
	var trials map[string]archive.Trial // of the disk's queue
	b.disk.add(func(context.Context) func() {
		trials, _ = archive.LoadTrials(dir, id)
		_ = archive.RemoveTrials(dir, id) // what stays is unreachable: the ID is never used again
		return nil
	})
	return func() {
		b.disk.add(func(context.Context) func() {
			for connectorID, t := range trials {
				_ = archive.SaveTrial(dir, id, connectorID, t) // a folder that can't be written is said once, by the profiles
			}
			return nil
		})
	}
}
