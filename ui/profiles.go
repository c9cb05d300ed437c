package ui

import (
	"context"
	"slices"
	"time"

	"signbench/flows/demo"
	"signbench/flows/oauth"
	"signbench/ui/text"
)

// pause is how long typing must rest before it is written.
const pause = 400 * time.Millisecond

// loadProfiles takes the profiles that are stored, or the demo tenant where there are
// none.
func (b *Bench) loadProfiles() {
	b.profiles = b.cfg.Stores.Profiles.List()
	if len(b.profiles) == 0 {
		p := demoProfile()
		b.profiles = append(b.profiles, p)
		b.write(p)
	}
	for _, p := range b.profiles {
		b.readSecret(p)
		b.readAdministrator(p)
		b.readSession(p)
	}
	first := b.profiles[0].ID
	if _, ok := b.profile(b.settings.LastProfile); ok {
		first = b.settings.LastProfile
	}
	b.selectProfile(first)
}

// demoProfile is the ready-made profile of the built-in tenant.
func demoProfile() oauth.Profile {
	p := oauth.NewProfile(oauth.KindDemo, text.T("profile.demo.name"))
	p.Client.ID = demo.AppID
	return p
}

func (b *Bench) profile(id oauth.ProfileID) (oauth.Profile, bool) {
	i := b.index(id)
	if i < 0 {
		return oauth.Profile{}, false
	}
	return b.profiles[i], true
}

func (b *Bench) index(id oauth.ProfileID) int {
	return slices.IndexFunc(b.profiles, func(p oauth.Profile) bool { return p.ID == id })
}

func (b *Bench) selectProfile(id oauth.ProfileID) {
	p, ok := b.profile(id)
	if !ok {
		return
	}
	b.flush()
	if id != b.selected {
		b.repair()
	}
	b.selected, b.viewed = id, nil
	b.recallLast(id)
	clear(b.notices)
	b.load(p)
	b.loadSecret()
	b.render()
}

// profileTyped takes the form's profile and writes it a moment after the last key.
func (b *Bench) profileTyped(p oauth.Profile) {
	i := b.index(p.ID)
	if i < 0 {
		return
	}
	was := b.profiles[i]
	b.profiles[i] = p
	b.unsaved = &p
	if b.saving != nil {
		b.saving.Stop()
	}
	b.saving = b.crossing.after(pause, b.flushProfile)
	if was.KeepSignedIn != p.KeepSignedIn {
		b.keepSession(p.ID)
	}
	b.render()
}

// clean is what a pasted value should become; what was done to it is told beside
// the field until the next paste.
func (b *Bench) clean(field oauth.Field, pasted string) string {
	p, _ := b.profile(b.selected)
	var clean string
	var notices []oauth.Notice
	if field == oauth.FieldEndpoint {
		clean, notices = oauth.CleanEndpoint(p.Kind, pasted)
	} else {
		clean, notices = oauth.CleanValue(pasted)
	}
	if field == oauth.FieldScopes || field == oauth.FieldResources || field == oauth.FieldName {
		notices = slices.DeleteFunc(notices, func(n oauth.Notice) bool { return n.Code == oauth.NoticeInnerSpaces })
	}
	b.notices[field] = notices
	return clean
}

// tidy does to a typed address what clean does to a pasted one, once the user is
// done typing: a trailing /oidc is understood either way.
func (b *Bench) tidy() {
	p, ok := b.profile(b.selected)
	if !ok || p.Kind == oauth.KindDemo {
		return
	}
	address := &p.Endpoint
	if p.Kind == oauth.KindOIDC {
		address = &p.Issuer
	}
	tidied, notices := oauth.CleanEndpoint(p.Kind, *address)
	if tidied == *address {
		return
	}
	*address = tidied
	b.notices[oauth.FieldEndpoint] = notices
	b.load(p)
	b.profileTyped(p)
}

// flush writes at once what was typed last.
func (b *Bench) flush() {
	b.flushSecret()
	b.flushAdministrator()
	b.flushBench()
	b.flushProfile()
}

func (b *Bench) flushProfile() {
	if b.unsaved == nil {
		return
	}
	p := *b.unsaved
	b.unsaved = nil
	b.saving.Stop()
	b.write(p)
}

// write stores a profile in the background.
func (b *Bench) write(p oauth.Profile) {
	b.disk.add(func(context.Context) func() {
		err := b.cfg.Stores.Profiles.Put(p)
		if err == nil {
			return nil
		}
		return func() { b.say(b.notSaved("archive.write", err)) }
	})
}
