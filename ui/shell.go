package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/view"
	"signbench/ui/widget"
)

const windowTitle = "Signbench"

// pageID names a page, also in the settings file.
type pageID string

// The pages.
const (
	pageSetup    pageID = "setup"
	pageTokens   pageID = "tokens"
	pageSettings pageID = "settings"
	pageHelp     pageID = "help"
)

// benchPages are the pages of the list, in its order; their place is their shortcut.
var benchPages = []pageID{pageSetup, pageTokens}

// shell is what surrounds the pages, and the pages themselves.
type shell struct {
	root    fyne.CanvasObject
	frame   *widget.Shell
	sidebar *widget.Sidebar
	header  *widget.Header
	signIn  *widget.SplitButton
	signOut *widget.Button
	waiting *view.Waiting

	setup       *view.Setup
	tokens      *view.Tokens
	settingPage *view.Settings
	help        *view.Help
}

func newShell(b *Bench) *shell {
	s := &shell{}
	s.sidebar = widget.NewSidebar(widget.SidebarWords{
		Brand: text.T("app.name"), Profiles: text.T("nav.profiles"), NewProfile: text.T("nav.new_profile"), Bench: text.T("nav.bench"),
	})
	s.sidebar.NewProfile.OnTap = b.newProfile
	s.sidebar.Profiles.OnSelect = func(id string) { b.selectProfile(oauth.ProfileID(id)) }
	s.sidebar.Profiles.OnContext = b.profileMenu
	s.sidebar.Bench.OnSelect = b.showPageNamed
	s.sidebar.Footer.OnSelect = b.showPageNamed
	s.sidebar.Bench.SetItems(pageItems())
	s.sidebar.Footer.SetItems([]widget.NavItem{
		{ID: string(pageSettings), Label: text.T("nav.settings"), Icon: theme.IconSettings},
		{ID: string(pageHelp), Label: text.T("nav.help"), Trailing: "F1", Icon: theme.IconHelp},
	})

	s.signIn = widget.NewSplitButton(text.T("action.sign_in"), b.signInPressed, []widget.MenuItem{
		{Label: text.T("action.sign_in"), OnTap: b.signInPressed},
		{Label: text.T("action.sign_up"), OnTap: b.signUpPressed},
	})
	s.signOut = widget.NewButton(text.T("action.sign_out"), b.signOutPressed)
	s.header = widget.NewHeader(s.signIn, s.signOut)
	s.header.Rail.OnSelect = func(int) { b.showPage(pageTokens) }
	s.waiting = view.NewWaiting(b.pasted)

	s.setup = view.NewSetup(view.SetupActions{
		Changed: b.profileTyped, SecretChanged: b.secretTyped, Clean: b.clean, Copy: b.copy,
		CopySecret: func() { b.copySecret(b.secrets[b.selected].value) },
	})
	s.tokens = view.NewTokens(view.TokensActions{
		SignIn: b.signInPressed, Refresh: b.refreshPressed, Copy: b.copy, CopySecret: b.copySecret,
	})
	s.settingPage = view.NewSettings(view.SettingsActions{
		Changed: b.preferencesChanged, Unlock: b.unlock, Probe: b.probeKeychain, Copy: b.copy,
	})
	s.help = view.NewHelp(shortcutRows())

	s.frame = widget.NewShell(s.sidebar, s.header)
	least := canvas.NewRectangle(nil)
	least.SetMinSize(fyne.NewSize(theme.MinimumWidth, theme.MinimumHeight))
	s.root = container.NewStack(least, s.frame)
	return s
}

func pageItems() []widget.NavItem {
	icons := map[pageID]theme.IconName{pageSetup: theme.IconSetup, pageTokens: theme.IconTokens}
	var items []widget.NavItem
	for i, p := range benchPages {
		items = append(items, widget.NavItem{
			ID: string(p), Label: text.T("nav." + string(p)), Icon: icons[p], Trailing: pageShortcut(i),
		})
	}
	return items
}

func (b *Bench) showPageNamed(id string) { b.showPage(pageID(id)) }

// showPage shows a page below the header.
func (b *Bench) showPage(id pageID) {
	pages := map[pageID]fyne.CanvasObject{
		pageSetup: b.setup.Object(), pageTokens: b.tokens.Object(), pageSettings: b.settingPage.Object(), pageHelp: b.help.Object(),
	}
	if pages[id] == nil {
		id = pageSetup
	}
	b.page = id
	b.frame.SetPage(container.NewBorder(b.waiting.Object(), nil, nil, nil, pages[id]))
	b.render()
}
