package ui

import (
	"context"
	"time"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/connector/tenant"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// adminSeen is what an administrator's credential has shown of a tenant. Nothing of it
// is kept, and no secret is in it.
type adminSeen struct {
	asking     bool
	read       bool
	readAt     time.Time
	endpoint   string
	connectors []tenant.Held // without their configurations, which hold secrets
	said       view.Said     // how the last reading went
	reasons    map[oauth.RunID]view.TenantReasons
}

func newSeen() *adminSeen { return &adminSeen{reasons: map[oauth.RunID]view.TenantReasons{}} }

// administer does something with the Management API of the selected profile's tenant,
// and hands over how it went; one thing at a time. Nothing of it is recorded.
func (b *Bench) administer(
	do func(context.Context, *flows.AdminSession) *fault.Fault, then func(*adminSeen, error),
) {
	b.prepared(func(p oauth.Profile) {
		a, seen := b.admins[p.ID], b.tenantHere(p).seen
		if seen.asking || !a.ready(p) {
			return
		}
		seen.asking = true
		engine, request := b.engine, b.request(p)
		b.crossing.background(func(ctx context.Context) func() {
			err := engine.Administer(ctx, request, a.credential(p.Endpoint), do)
			return func() {
				seen.asking = false
				then(seen, err)
				b.render()
			}
		})
		b.render()
	})
}

// reading is a list of the tenant's connectors on its way from the background.
type reading struct {
	endpoint   string
	connectors []tenant.Held
}

func (r *reading) read(ctx context.Context, c *flows.AdminSession) *fault.Fault {
	var f *fault.Fault
	r.endpoint = c.Endpoint()
	r.connectors, f = c.Connectors(ctx)
	for i := range r.connectors {
		r.connectors[i].Config = connector.Config{}
	}
	return f
}

// take keeps a list that was read.
func (s *adminSeen) take(r reading, now time.Time) {
	s.read, s.readAt, s.endpoint, s.connectors = true, now, r.endpoint, r.connectors
}

// readAsAdministrator lists the connectors as the administrator sees them, which also
// tells whether the credential is good.
func (b *Bench) readAsAdministrator() {
	var r reading
	b.administer(r.read, func(seen *adminSeen, err error) {
		if err != nil {
			seen.said = view.Said{Kind: widget.KindFail, Words: failureWords(err)}
			return
		}
		seen.take(r, b.now())
		seen.said = view.Said{Kind: widget.KindPass, Words: text.T("admin.taken", text.Params{"Endpoint": r.endpoint})}
	})
}

// adminModel is what the administrator's tab shows.
func (b *Bench) adminModel(busy bool) view.AdminModel {
	p, ok := b.profile(b.selected)
	if !ok {
		return view.AdminModel{Elsewhere: true}
	}
	a, seen := b.admins[p.ID], b.tenantHere(p).seen
	return view.AdminModel{
		Elsewhere:  !p.Kind.IsLogto(),
		Credential: view.AdminCredential{ClientID: a.kept.ClientID, Resource: a.kept.Resource, Secret: a.secret},
		Problems:   a.credential(p.Endpoint).Validate(), Likely: a.credential(p.Endpoint).Likely(),
		Place: a.place, Backend: b.cfg.Keychain.Status().Backend, Default: tenant.ResourceOf(p.Endpoint), AppID: p.Client.ID,
		Ready: a.ready(p), NoEndpoint: p.Kind == oauth.KindLogto && p.Endpoint == "", Busy: busy || seen.asking,
		Read: seen.read, ReadAt: seen.readAt, Connectors: seen.connectors, Said: seen.said, Now: b.now(),
	}
}

// showAdministrator shows where the credential is entered.
func (b *Bench) showAdministrator() { b.chooseBench(view.AdminTab) }
