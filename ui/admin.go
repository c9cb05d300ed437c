package ui

import (
	"context"
	"time"

	"signbench/flows/archive"
	"signbench/flows/connector/tenant"
	"signbench/flows/demo"
	"signbench/flows/oauth"
	"signbench/keychain"
	"signbench/ui/text"
	"signbench/ui/view"
)

// administrator is the credential for the Management API of a profile's tenant, as
// far as the window has it.
type administrator struct {
	kept   archive.Administrator
	secret oauth.Secret
	place  view.SecretPlace
}

// administrators is what the window knows of these credentials.
type administrators struct {
	admins     map[oauth.ProfileID]administrator
	adminTimer *time.Timer // the one that was typed last, soon to be written
}

func adminKey(id oauth.ProfileID) keychain.Key {
	return keychain.Key{Profile: string(id), Kind: keychain.KindAdministrator}
}

func (a administrator) empty() bool { return a.kept == archive.Administrator{} && a.secret.Empty() }

func (a administrator) credential(endpoint string) tenant.Admin {
	return tenant.Admin{Endpoint: endpoint, ClientID: a.kept.ClientID, Secret: a.secret, Resource: a.kept.Resource}
}

// ready reports whether the tenant can be asked with it.
func (a administrator) ready(p oauth.Profile) bool {
	return p.Kind.IsLogto() && (p.Kind == oauth.KindDemo || p.Endpoint != "") && !a.secret.Empty() &&
		!hasErrors(a.credential(p.Endpoint).Validate())
}

func hasErrors(found []oauth.FieldError) bool {
	for _, e := range found {
		if e.Severity == oauth.SeverityError {
			return true
		}
	}
	return false
}

// demoAdministrator is the demo tenant's own credential, which is part of the program.
func demoAdministrator() administrator {
	return administrator{kept: archive.Administrator{ClientID: demo.M2MAppID}, secret: demo.M2MAppSecret, place: view.SecretDemo}
}

// readAdministrator fetches what is kept of a profile's credential, unless something
// has been typed in the meantime.
func (b *Bench) readAdministrator(p oauth.Profile) {
	a := b.admins[p.ID]
	a.place = view.SecretLoading
	b.admins[p.ID] = a
	dir := b.cfg.Stores.Dir
	b.vault.add(func(ctx context.Context) func() {
		kept, ok, damaged := archive.LoadAdministrator(dir, p.ID)
		a := administrator{kept: kept, place: view.SecretNone}
		if ok {
			if value, where, err := b.cfg.Keychain.Get(ctx, adminKey(p.ID)); err == nil {
				a.secret, a.place = oauth.Secret(value), placeOf(where)
			}
		} else if p.Kind == oauth.KindDemo {
			a = demoAdministrator()
		}
		return func() {
			if damaged != nil {
				b.say(damageWords(*damaged))
			}
			if b.admins[p.ID].place == view.SecretLoading {
				b.admins[p.ID] = a
				b.render()
			}
		}
	})
}

// administratorTyped keeps the credential a moment after the last key. What another
// one has shown of the tenant is forgotten.
func (b *Bench) administratorTyped(c view.AdminCredential) {
	b.setAdministrator(b.selected, administrator{
		kept: archive.Administrator{ClientID: c.ClientID, Resource: c.Resource}, secret: c.Secret, place: view.SecretSaving,
	})
	if b.adminTimer != nil {
		b.adminTimer.Stop()
	}
	b.adminTimer = b.rested(b.flushAdministrator)
	b.render()
}

func (b *Bench) setAdministrator(id oauth.ProfileID, a administrator) {
	b.admins[id] = a
	if t := b.tenants[id]; t != nil {
		t.seen = newSeen()
	}
}

// flushAdministrator writes the credential that was typed last.
func (b *Bench) flushAdministrator() {
	if b.adminTimer == nil {
		return
	}
	b.adminTimer.Stop()
	b.adminTimer = nil
	for id, a := range b.admins {
		if a.place == view.SecretSaving {
			b.writeAdministrator(id, a)
		}
	}
}

// writeAdministrator keeps a credential: the secret in the keychain, the rest on the
// disk. One that is empty is no longer kept.
func (b *Bench) writeAdministrator(id oauth.ProfileID, a administrator) {
	dir := b.cfg.Stores.Dir
	b.disk.add(func(context.Context) func() {
		var err error
		if a.empty() {
			err = archive.RemoveAdministrator(dir, id)
		} else {
			err = archive.SaveAdministrator(dir, id, a.kept)
		}
		if err != nil {
			return func() { b.say(text.T("admin.not_kept", text.Params{"Cause": err.Error()})) }
		}
		return nil
	})
	b.vault.add(func(ctx context.Context) func() {
		place := b.store(ctx, adminKey(id), a.secret)
		return func() {
			if now := b.admins[id]; now.secret == a.secret && now.place == view.SecretSaving {
				now.place = place
				b.admins[id] = now
			}
			b.render()
		}
	})
}

// removeAdministrator forgets the credential of the selected profile. That of the
// demo tenant can not be lost.
func (b *Bench) removeAdministrator() {
	p, ok := b.profile(b.selected)
	if !ok {
		return
	}
	b.writeAdministrator(p.ID, administrator{})
	none := administrator{place: view.SecretNone}
	if p.Kind == oauth.KindDemo {
		none = demoAdministrator()
	}
	b.setAdministrator(p.ID, none)
	b.render()
}

// keepAdministrator gives a profile the credential of another, or its own again.
func (b *Bench) keepAdministrator(id oauth.ProfileID, a administrator) {
	b.admins[id] = a
	if !a.empty() && a.place != view.SecretDemo {
		a.place = view.SecretSaving
		b.admins[id] = a
		b.writeAdministrator(id, a)
	}
}

// forgetAdministrator drops the credential of a profile. Its secret goes with the
// other secrets.
func (b *Bench) forgetAdministrator(id oauth.ProfileID) {
	delete(b.admins, id)
	dir := b.cfg.Stores.Dir
	b.disk.add(func(context.Context) func() {
		_ = archive.RemoveAdministrator(dir, id) // what stays is unreachable: the ID is never used again
		return nil
	})
}
