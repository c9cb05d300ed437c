package ui

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"signbench/flows/oauth"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

func (b *Bench) newProfile() {
	p := oauth.NewProfile(oauth.KindLogto, b.freeName(text.T("profile.new.name")))
	b.insert(p, len(b.profiles))
	b.showPage(pageSetup)
	b.setup.get().Focus(b.window.Canvas(), oauth.FieldName)
}

// freeName is the name, with a number where it is taken, and no longer than a name
// may be.
func (b *Bench) freeName(name string) string {
	taken := func(n string) bool {
		return slices.ContainsFunc(b.profiles, func(p oauth.Profile) bool { return p.Name == n })
	}
	with := func(number string) string {
		runes := []rune(name)
		return strings.TrimSpace(string(runes[:min(len(runes), oauth.MaxName-len(number))])) + number
	}
	free := with("")
	for n := 2; taken(free); n++ {
		free = with(" " + strconv.Itoa(n))
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
	if _, known := b.admins[p.ID]; !known {
		b.admins[p.ID] = administrator{place: view.SecretNone}
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
	b.setup.get().Focus(b.window.Canvas(), oauth.FieldName)
}

// duplicateProfile copies a profile with its secrets, and without its session.
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
	b.keepAdministrator(p.ID, b.admins[id])
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
	p, kept, admin, session := b.profiles[i], b.secrets[id], b.admins[id], b.state.Of(id).Session
	b.profiles = slices.Delete(b.profiles, i, i+1)
	delete(b.secrets, id)
	b.state = b.state.Forget(id)
	b.remove(id)
	benches, tenant := b.forgetBenches(id), b.forgetTenant(id)
	b.forgetAdministrator(id)
	if len(b.profiles) == 0 {
		b.insert(demoProfile(), 0)
		b.readSecret(b.profiles[0])
		b.readAdministrator(b.profiles[0])
	} else if b.selected == id {
		b.selectProfile(b.profiles[min(i, len(b.profiles)-1)].ID)
	}
	b.render()
	b.frame.Toast.Say(text.T("profile.deleted", text.Params{"Name": p.Name}), widget.Action{
		Label: text.T("action.undo"),
		OnTap: func() {
			benches()
			tenant()
			b.undelete(p, i, kept, admin, session)
		},
	})
}

func (b *Bench) remove(id oauth.ProfileID) {
	b.disk.add(func(context.Context) func() {
		if err := b.cfg.Stores.Profiles.Remove(id); err != nil { // it would be back at the next start
			return func() { b.say(b.notSaved("archive.write", err)) }
		}
		return nil
	})
	b.forgetSecrets(id)
}

// undelete brings a profile back as it was, with its secrets and its session.
func (b *Bench) undelete(p oauth.Profile, at int, kept secret, admin administrator, session *state.Session) {
	b.secrets[p.ID] = kept
	if !kept.value.Empty() && kept.place != view.SecretDemo {
		b.writeSecret(p.ID, kept.value)
	}
	b.keepAdministrator(p.ID, admin)
	b.write(p)
	b.insert(p, at)
	if session != nil {
		b.state = b.state.Restore(session.Session, session.Decoded)
		b.keepSession(p.ID)
	}
	b.render()
}
