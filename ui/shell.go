package ui

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"signbench/assets"
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

	setup        late[*view.Setup]
	flow         late[*view.Flow]
	tokens       late[*view.Tokens]
	connectors   late[*view.Connectors]
	runsPage     late[*view.Runs]
	inspectPage  late[*view.Inspect]
	practicePage late[*view.Practice]
	comparison   late[*view.Comparison]
	share        late[*view.Share]
	settingPage  late[*view.Settings]
	help         late[*view.Help]

	painted map[string]string // in which colours each page was shown last
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
	s.signIn = widget.NewSplitButton(text.T("action.sign_in"), b.signInPressed, b.signInMenu())
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

// opening is the first picture of the window: its icon, which needs no font.
func opening() fyne.CanvasObject {
	icon := canvas.NewImageFromResource(fyne.NewStaticResource("signbench.svg", assets.IconSVG))
	icon.FillMode = canvas.ImageFillContain
	icon.SetMinSize(fyne.NewSquareSize(64))
	return container.NewStack(least(), container.NewCenter(icon))
}

// furnish makes what stands above the pages, and gives the frame its deeds.
func (s *shell) furnish(b *Bench) {
	s.waiting = view.NewWaiting(b.pasted, b.stuckPressed)
	s.kept = view.NewKept(b.live)
	s.brokenStrip = widget.NewBanner()
	s.bind(b)
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
			b.flow.get().Choose(ex.ID)
			return
		}
	}
}

func (b *Bench) showPageNamed(id string) { b.showPage(pageID(id)) }

// repaint draws what is shown in the colours of now, when it was shown in others
// last or, as the benches of the connectors' page, made in others: Fyne repaints only
// what is in the window while the theme changes.
func (b *Bench) repaint() {
	page := string(b.page)
	shown := page
	if b.page == pageConnectors {
		shown += " " + string(b.benchKind)
	}
	colours := b.settings.Theme + " " + strconv.Itoa(int(b.cfg.App.Settings().ThemeVariant()))
	if _, before := b.painted[page]; !before {
		b.painted[page] = colours // it has just been made
	}
	was, before := b.painted[shown]
	if !before {
		was = b.painted[page]
	}
	b.painted[shown] = colours
	if was != colours {
		b.cfg.App.Settings().SetTheme(theme.New(theme.Variant(b.settings.Theme)))
	}
}
