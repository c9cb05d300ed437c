package ui

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"signbench/flows/archive"
	"signbench/flows/demo"
	"signbench/flows/oauth"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// pause is how long typing must rest before it is written.
const pause = 400 * time.Millisecond

// loadProfiles shows the profiles that are stored, or the demo tenant where there
// are none.
func (b *Bench) loadProfiles() {
	b.profiles = b.cfg.Stores.Profiles.List()
	if len(b.profiles) == 0 {
		p := demoProfile()
		b.profiles = append(b.profiles, p)
		b.write(p)
	}
	for _, p := range b.profiles {
		b.readSecret(p)
		b.readSession(p)
	}
	first := b.profiles[0].ID
	if _, ok := b.profile(b.settings.LastProfile); ok {
		first = b.settings.LastProfile
	}
	b.selectProfile(first)
	b.showPage(pageID(b.settings.Page))
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
	b.setup.Load(p)
	b.setup.SetSecret(b.secrets[id].value)
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
	b.saving = b.crossing.after(pause, b.flush)
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
	b.setup.Load(p)
	b.profileTyped(p)
}

// flush writes at once what was typed last.
func (b *Bench) flush() {
	b.flushSecret()
	b.flushBench()
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
		return func() { b.say(text.T("archive.write", text.Params{"Dir": b.cfg.Stores.Dir, "Cause": err.Error()})) }
	})
}

func (b *Bench) newProfile() {
	p := oauth.NewProfile(oauth.KindLogto, b.freeName(text.T("profile.new.name")))
	b.insert(p, len(b.profiles))
	b.showPage(pageSetup)
	b.setup.Focus(b.window.Canvas(), oauth.FieldName)
}

// freeName is the name, with a number where it is taken.
func (b *Bench) freeName(name string) string {
	taken := func(n string) bool {
		return slices.ContainsFunc(b.profiles, func(p oauth.Profile) bool { return p.Name == n })
	}
	free := name
	for n := 2; taken(free); n++ {
		free = name + " " + strconv.Itoa(n)
	}
	return free
}

// insert puts a profile into the list and selects it.
func (b *Bench) insert(p oauth.Profile, at int) {
	b.profiles = slices.Insert(b.profiles, min(at, len(b.profiles)), p)
	b.renumber()
	if _, known := b.secrets[p.ID]; !known {
		b.secrets[p.ID] = secret{place: view.SecretNone}
	}
	b.selectProfile(p.ID)
}

// renumber writes the order of the list into the profiles that have moved.
func (b *Bench) renumber() {
	for i := range b.profiles {
		if b.profiles[i].Order != i+1 {
			b.profiles[i].Order = i + 1
			b.write(b.profiles[i])
		}
	}
}

// profileMenu is what can be done with a profile in the list.
func (b *Bench) profileMenu(id string, at fyne.Position) {
	p := oauth.ProfileID(id)
	widget.ShowMenuAt(b.sidebar, []widget.MenuItem{
		{Label: text.T("profile.rename"), OnTap: func() { b.renameProfile(p) }},
		{Label: text.T("profile.duplicate"), OnTap: func() { b.duplicateProfile(p) }},
		{Label: text.T("profile.delete"), OnTap: func() { b.deleteProfile(p) }},
	}, at)
}

func (b *Bench) renameProfile(id oauth.ProfileID) {
	b.selectProfile(id)
	b.showPage(pageSetup)
	b.setup.Focus(b.window.Canvas(), oauth.FieldName)
}

// duplicateProfile copies a profile with its secret, and without its session.
func (b *Bench) duplicateProfile(id oauth.ProfileID) {
	b.flush()
	p, ok := b.profile(id)
	if !ok {
		return
	}
	p = p.Clone()
	p.ID = oauth.NewProfileID()
	p.Name = b.freeName(text.T("profile.copy.name", text.Params{"Name": p.Name}))
	if s := b.secrets[id]; !s.value.Empty() && s.place != view.SecretDemo {
		b.secrets[p.ID] = secret{value: s.value, place: view.SecretSaving}
		b.writeSecret(p.ID, s.value)
	} else {
		b.secrets[p.ID] = s
	}
	b.insert(p, b.index(id)+1)
}

// deleteProfile deletes at once and offers to undo it.
func (b *Bench) deleteProfile(id oauth.ProfileID) {
	b.flush()
	i := b.index(id)
	if i < 0 {
		return
	}
	if run := b.runs[id]; run != nil {
		run.Cancel()
	}
	p, kept, session := b.profiles[i], b.secrets[id], b.state.Of(id).Session
	b.profiles = slices.Delete(b.profiles, i, i+1)
	delete(b.secrets, id)
	b.state = b.state.Forget(id)
	b.remove(id)
	b.forgetBenches(id)
	b.forgetTenant(id)
	if len(b.profiles) == 0 {
		b.insert(demoProfile(), 0)
		b.readSecret(b.profiles[0])
	} else if b.selected == id {
		b.selectProfile(b.profiles[min(i, len(b.profiles)-1)].ID)
	}
	b.render()
	b.frame.Toast.Say(text.T("profile.deleted", text.Params{"Name": p.Name}), widget.Action{
		Label: text.T("action.undo"),
		OnTap: func() { b.undelete(p, i, kept, session) },
	})
}

func (b *Bench) remove(id oauth.ProfileID) {
	b.disk.add(func(context.Context) func() {
		_ = b.cfg.Stores.Profiles.Remove(id) // where it can't be written, nothing was
		return nil
	})
	b.forgetSecrets(id)
}

// undelete brings a profile back as it was, with its secret and its session.
func (b *Bench) undelete(p oauth.Profile, at int, kept secret, session *state.Session) {
	b.secrets[p.ID] = kept
	if !kept.value.Empty() && kept.place != view.SecretDemo {
		b.writeSecret(p.ID, kept.value)
	}
	b.write(p)
	b.insert(p, at)
	if session != nil {
		b.state = b.state.Restore(session.Session, session.Decoded)
		b.keepSession(p.ID)
	}
	b.render()
}

// showTrouble says what went wrong with the files at the start.
func (b *Bench) showTrouble() {
	for _, d := range b.cfg.Stores.Damaged {
		b.say(damageWords(d))
	}
	if b.cfg.Stores.Trouble != nil {
		b.say(text.T("archive.write", text.Params{"Dir": b.cfg.Stores.Dir, "Cause": b.cfg.Stores.Trouble.Error()}))
	}
}

// damageWords names a file that could not be read.
func damageWords(d archive.Damaged) string {
	key := "archive.damaged"
	if d.Reason == archive.ReasonNewer {
		key = "archive.newer"
	}
	return text.T(key, text.Params{"File": d.File, "MovedTo": d.MovedTo})
}

// say shows a notice over the window until it is dismissed.
func (b *Bench) say(words string) {
	if strings.Contains(b.trouble, words) {
		return
	}
	b.trouble = strings.TrimSpace(b.trouble + "\n" + words)
	b.render()
}

func (b *Bench) troubleRead() {
	b.trouble = ""
	b.render()
}
