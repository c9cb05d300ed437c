package ui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// shortcut is a key with what it does anywhere in the window.
type shortcut struct {
	key      fyne.KeyName
	modifier fyne.KeyModifier
	keys     string // as the Help page writes them
	words    string // key of the translation
	do       func(*Bench)
}

const (
	ctrl      = fyne.KeyModifierShortcutDefault // Cmd on macOS
	ctrlShift = fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift
)

// shortcuts are all of them, in the order of the Help page.
func shortcuts() []shortcut {
	list := []shortcut{
		{fyne.KeyReturn, ctrl, "Ctrl+Enter", "shortcut.sign_in", (*Bench).signInPressed},
		{fyne.KeyK, ctrl, "Ctrl+K", "shortcut.check", (*Bench).checkPressed},
		{fyne.KeyO, ctrlShift, "Ctrl+Shift+O", "shortcut.sign_out", (*Bench).signOutPressed},
		{fyne.KeyR, ctrl, "Ctrl+R", "shortcut.refresh", (*Bench).refreshPressed},
		{fyne.KeyPeriod, ctrl, "Ctrl+.", "shortcut.cancel", (*Bench).cancelPressed},
		{fyne.KeyN, ctrl, "Ctrl+N", "shortcut.new", (*Bench).newProfile},
		{fyne.KeyPageDown, ctrl, "Ctrl+Page Down", "shortcut.next_profile", func(b *Bench) { b.stepProfile(1) }},
		{fyne.KeyPageUp, ctrl, "Ctrl+Page Up", "shortcut.previous_profile", func(b *Bench) { b.stepProfile(-1) }},
	}
	for i, p := range benchPages {
		list = append(list, shortcut{
			fyne.KeyName(strconv.Itoa(i + 1)), ctrl, pageShortcut(i), "shortcut.page." + string(p),
			func(b *Bench) { b.showPage(p) },
		})
	}
	return append(list,
		shortcut{fyne.KeyComma, ctrl, "Ctrl+,", "shortcut.settings", func(b *Bench) { b.showPage(pageSettings) }},
		shortcut{fyne.KeyI, ctrlShift, "Ctrl+Shift+I", "shortcut.copy_id_token", func(b *Bench) { b.copyToken(idToken) }},
		shortcut{fyne.KeyC, ctrlShift, "Ctrl+Shift+C", "shortcut.copy_access_token", func(b *Bench) { b.copyToken(accessToken) }},
	)
}

func pageShortcut(i int) string { return "Ctrl+" + strconv.Itoa(i+1) }

// shortcutRows are the rows of the Help page: the shortcuts, and the keys that
// every control knows.
func shortcutRows() []view.Shortcut {
	var rows []view.Shortcut
	for _, s := range shortcuts() {
		rows = append(rows, view.Shortcut{Keys: s.keys, Words: text.T(s.words)})
	}
	return append(rows,
		view.Shortcut{Keys: "F1", Words: text.T("shortcut.help")},
		view.Shortcut{Keys: "Tab, Shift+Tab", Words: text.T("shortcut.move")},
		view.Shortcut{Keys: "Enter, Space", Words: text.T("shortcut.press")},
		view.Shortcut{Keys: "Menu, Shift+F10", Words: text.T("shortcut.profile_menu")},
		view.Shortcut{Keys: "Escape", Words: text.T("shortcut.escape")},
	)
}

func (b *Bench) bindShortcuts() {
	c := b.window.Canvas()
	for _, s := range shortcuts() {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: s.key, Modifier: s.modifier}, func(fyne.Shortcut) {
			if c.Overlays().Top() == nil { // Fyne sends shortcuts to the window behind a menu too
				s.do(b)
			}
		})
		if s.key == fyne.KeyReturn {
			c.AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyEnter, Modifier: s.modifier}, func(fyne.Shortcut) { s.do(b) })
		}
	}
	c.SetOnTypedKey(b.typedKey)
}

// typedKey takes the keys that no control has taken.
func (b *Bench) typedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyF1:
		b.showPage(pageHelp)
	case fyne.KeyEscape:
		widget.CloseTop(b.window.Canvas())
	}
}

// stepProfile selects the next or the previous profile.
func (b *Bench) stepProfile(by int) {
	n := len(b.profiles)
	b.selectProfile(b.profiles[((b.index(b.selected)+by)%n+n)%n].ID)
}

func idToken(t oauth.TokenSet) oauth.Secret     { return t.IDToken }
func accessToken(t oauth.TokenSet) oauth.Secret { return t.AccessToken }

// copyToken copies one of the tokens on the Tokens page.
func (b *Bench) copyToken(which func(oauth.TokenSet) oauth.Secret) {
	if tokens, ok := b.state.Of(b.selected).Tokens(); ok {
		b.copySecret(which(tokens.Set))
	}
}
