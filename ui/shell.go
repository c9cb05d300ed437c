package ui

import (
	"image/color"
	"strconv"

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
	pageSetup      pageID = "setup"
	pageFlow       pageID = "flow"
	pageTokens     pageID = "tokens"
	pageConnectors pageID = "connectors"
	pageRuns       pageID = "runs"
	pageInspect    pageID = "inspect"
	pagePractice   pageID = "practice"
	pageCompare    pageID = "compare" // of two runs, reached from there
	pageShare      pageID = "share"   // of a run, reached from Flow
	pageSettings   pageID = "settings"
	pageHelp       pageID = "help"
)

// benchPages are the pages of the list, in its order; their place is their shortcut.
var benchPages = []pageID{pageSetup, pageFlow, pageTokens, pageConnectors, pageRuns, pageInspect, pagePractice}

// shell is what surrounds the pages, and the pages themselves.
type shell struct {
	root    fyne.CanvasObject
	frame   *widget.Shell
	sidebar *widget.Sidebar
	header  *widget.Header
	signIn  *widget.SplitButton
	check   *widget.Button
	signOut *widget.Button
	waiting *view.Waiting
	kept    *view.Kept

	brokenStrip *widget.Banner // while the demo tenant is broken on purpose

	setup       *view.Setup
	flow        *view.Flow
	tokens      *view.Tokens
	connectors  *view.Connectors
	runsPage    *view.Runs
	inspectPage *view.Inspect

	practicePage *view.Practice
	comparison   *view.Comparison
	share        *view.Share
	settingPage  *view.Settings
	help         *view.Help

	painted map[string]string // in which colours each page was shown last
	made    string            // in which colours the pages were made
}

// newShell makes the frame; furnish makes the pages in it.
func newShell(b *Bench) *shell {
	s := &shell{painted: map[string]string{}}
	s.sidebar = widget.NewSidebar(widget.SidebarWords{
		Brand: text.T("app.name"), Profiles: text.T("nav.profiles"), NewProfile: text.T("nav.new_profile"), Bench: text.T("nav.bench"),
	})
	s.sidebar.Bench.SetItems(pageItems())
	s.sidebar.Footer.SetItems([]widget.NavItem{
		{ID: string(pageSettings), Label: text.T("nav.settings"), Icon: theme.IconSettings},
		{ID: string(pageHelp), Label: text.T("nav.help"), Trailing: "F1", Icon: theme.IconHelp},
	})
	s.signIn = widget.NewSplitButton(text.T("action.sign_in"), b.signInPressed, []widget.MenuItem{
		{Label: text.T("action.sign_in"), OnTap: b.signInPressed},
		{Label: text.T("action.sign_up"), OnTap: b.signUpPressed},
	})
	s.check = widget.NewButton(text.T("action.check"), b.checkPressed)
	s.signOut = widget.NewButton(text.T("action.sign_out"), b.signOutPressed)
	s.header = widget.NewHeader(s.signIn, s.check, s.signOut)
	s.frame = widget.NewShell(s.sidebar, s.header)
	s.root = container.NewStack(least(), s.frame)
	return s
}

// least keeps the window from being made smaller than its pages can be.
func least() fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(theme.MinimumWidth, theme.MinimumHeight))
	return r
}

// opening is the first picture of the window: its name, in the one font that a
// window needs anyway.
func opening() fyne.CanvasObject {
	return container.NewStack(least(), container.NewCenter(widget.Muted(windowTitle)))
}

// furnish makes the pages and gives the frame its deeds.
func (s *shell) furnish(b *Bench) {
	s.waiting = view.NewWaiting(b.pasted, b.stuckPressed)
	s.kept = view.NewKept(b.live)
	s.brokenStrip = widget.NewBanner()
	s.setup = view.NewSetup(view.SetupActions{
		Changed: b.profileTyped, SecretChanged: b.secretTyped, Clean: b.clean, Copy: b.copy,
		CopySecret: func() { b.copySecret(b.secrets[b.selected].value) },
	})
	s.tokens = view.NewTokens(view.TokensActions{
		SignIn: b.signInPressed, Refresh: b.refreshPressed, Copy: b.copy, CopySecret: b.copySecret,
		Inspect: func(token oauth.Secret) { b.inspect(token.Reveal()) },
	})
	s.flow = view.NewFlow(view.FlowActions{
		SignIn: b.signInPressed, Share: b.sharePressed, Curl: b.copyCurl, Copy: b.copy, Disarm: b.disarm, Find: b.findInTrace, Save: b.save,
	})
	s.connectors = view.NewConnectors(view.ConnectorsActions{Choose: b.chooseBench, Tenant: view.TenantActions{
		Read: b.readTenant, Check: b.examineConnector, Test: b.testConnector, Reveal: b.revealError, Route: b.routeAddress, Show: b.showRun, Copy: b.copy,
		AsAdministrator: b.readAsAdministrator, Why: b.readReasons, SetUp: b.showAdministrator,
	}, Admin: view.AdminActions{
		Changed: b.administratorTyped, Remove: b.removeAdministrator, Read: b.readAsAdministrator, Copy: b.copy, CopySecret: b.copySecret,
	}, Bench: view.BenchActions{
		Changed: b.benchTyped, JSONTyped: b.benchJSON, PasteJSON: b.pasteBenchJSON, CopyJSON: b.copyBenchJSON,
		Fill: b.discoverBench, Check: b.checkBench, SignIn: b.signInBench, Send: b.sendFromBench, Copy: b.copy, CopySecret: b.copySecret,
		There: view.ThereActions{
			Choose: b.chooseThere, Load: b.loadThere, Take: b.takeThere, Compare: b.compareThere, Write: b.writeThere,
			Drop: b.dropDifference, Send: b.sendByLogto, SetUp: b.showAdministrator,
		},
	}})
	s.runsPage = view.NewRuns(view.RunsActions{
		Open: b.openRun, Compare: b.compareRuns, Delete: b.deleteRun, DeleteAll: b.deleteAllRuns, OpenHAR: b.openHAR, SignIn: b.signInPressed,
	})
	s.inspectPage = view.NewInspect(view.InspectActions{
		Read: b.inspect, Paste: b.pasteInspected, Open: b.openInspected, Example: b.inspectExample, Clear: b.clearInspection,
		Verify: b.verifyInspected, Copy: b.copy, CopySecret: b.copySecret,
	})
	s.practicePage = view.NewPractice(view.PracticeActions{Run: b.practise, Show: b.showPractised})
	s.comparison = view.NewComparison(view.ComparisonActions{Back: func() { b.showPage(pageRuns) }, Copy: b.copy})
	s.share = view.NewShare(view.ShareActions{
		Choose: b.chooseShare, Copy: b.copy, Save: b.save, Back: func() { b.showPage(pageFlow) },
	})
	s.settingPage = view.NewSettings(view.SettingsActions{
		Changed: b.preferencesChanged, Unlock: b.unlock, Probe: b.probeKeychain, Copy: b.copy,
	})
	s.help = view.NewHelp(shortcutRows())

	s.sidebar.NewProfile.OnTap = b.newProfile
	s.sidebar.Profiles.OnSelect = func(id string) { b.selectProfile(oauth.ProfileID(id)) }
	s.sidebar.Profiles.OnContext = b.profileMenu
	s.sidebar.Bench.OnSelect = b.showPageNamed
	s.sidebar.Footer.OnSelect = b.showPageNamed
	s.header.Rail.OnSelect = b.stepSelected
}

func pageItems() []widget.NavItem {
	icons := map[pageID]theme.IconName{
		pageSetup: theme.IconSetup, pageFlow: theme.IconFlow, pageTokens: theme.IconTokens, pageConnectors: theme.IconConnectors,
		pageRuns: theme.IconRuns, pageInspect: theme.IconInspect, pagePractice: theme.IconPractice,
	}
	var items []widget.NavItem
	for i, p := range benchPages {
		items = append(items, widget.NavItem{
			ID: string(p), Label: text.T("nav." + string(p)), Icon: icons[p], Trailing: pageShortcut(i),
		})
	}
	return items
}

// stepSelected shows the requests of a step of the rail.
func (b *Bench) stepSelected(i int) {
	_, bench, _ := b.shown()
	if bench.Run == nil || i >= len(bench.Run.Steps) {
		return
	}
	b.showPage(pageFlow)
	for _, ex := range bench.Run.Exchanges {
		if ex.Step == bench.Run.Steps[i].Step {
			b.flow.Choose(ex.ID)
			return
		}
	}
}

func (b *Bench) showPageNamed(id string) { b.showPage(pageID(id)) }

// repaint draws what is shown in the colours of now, when it was shown in others
// last or, when it never was, made in others: Fyne repaints only what is in the
// window while the theme changes.
func (b *Bench) repaint() {
	shown := string(b.page)
	if b.page == pageConnectors {
		shown += " " + string(b.benchKind)
	}
	colours := b.settings.Theme + " " + strconv.Itoa(int(b.cfg.App.Settings().ThemeVariant()))
	if b.made == "" {
		b.made = colours // this is the first page
	}
	was, before := b.painted[shown]
	if !before {
		was = b.made
	}
	b.painted[shown] = colours
	if was != colours {
		b.cfg.App.Settings().SetTheme(theme.New(theme.Variant(b.settings.Theme)))
	}
}

// showPage shows a page below the header.
func (b *Bench) showPage(id pageID) {
	pages := map[pageID]fyne.CanvasObject{
		pageSetup: b.setup.Object(), pageFlow: b.flow.Object(), pageTokens: b.tokens.Object(), pageConnectors: b.connectors.Object(),
		pageRuns: b.runsPage.Object(), pageInspect: b.inspectPage.Object(), pagePractice: b.practicePage.Object(),
		pageCompare: b.comparison.Object(), pageShare: b.share.Object(),
		pageSettings: b.settingPage.Object(), pageHelp: b.help.Object(),
	}
	if pages[id] == nil {
		id = pageSetup
	}
	if id == pageSetup || id == pageConnectors || id == pageInspect || id == pagePractice || id == pageSettings || id == pageHelp {
		b.viewed = nil // these are about now
	}
	if _, nav := b.window.Canvas().Focused().(*widget.NavList); !nav && id != b.page {
		b.window.Canvas().Unfocus() // what has it is not to be seen any more
	}
	b.page = id
	strips := container.NewVBox(b.brokenStrip, b.waiting.Object(), b.kept.Object())
	b.frame.SetPage(container.NewBorder(strips, nil, nil, nil, pages[id]))
	b.render()
	b.repaint()
}
