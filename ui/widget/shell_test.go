package widget

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"

	"signbench/ui/theme"
)

// within fails where something that is seen reaches out of the width of o.
func within(t *testing.T, name string, o fyne.CanvasObject) {
	t.Helper()
	width := o.Size().Width
	var walk func(fyne.CanvasObject, float32)
	walk = func(c fyne.CanvasObject, x float32) {
		if !c.Visible() {
			return
		}
		if w := c.Size().Width; w > 0 && (x < -0.6 || x+w > width+0.6) {
			t.Errorf("%s: %T reaches from %.1f to %.1f of %.1f", name, c, x, x+w, width)
		}
		switch c := c.(type) {
		case *container.Scroll, *FieldEntry, *MultiField:
			// These cut off what is inside.
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(c).Objects() {
				walk(child, x+child.Position().X)
			}
		case *fyne.Container:
			for _, child := range c.Objects {
				walk(child, x+child.Position().X)
			}
		}
	}
	walk(o, 0)
}

// everything is one of each widget, with a text wherever there can be one.
func everything(s string) map[string]fyne.CanvasObject {
	actions := []Action{{s, nil}, {s, nil}, {s, nil}}
	verdict, banner, toast, header := NewVerdictBar(), NewBanner(), NewToast(), NewProfileHeader()
	verdict.Set(VerdictModel{KindFail, s, s, s, actions})
	banner.Set(BannerModel{KindWarn, s + "x", actions, func() {}})
	toast.Say(s, actions[0])
	header.Set(s, s, s)
	header.Pill.Set(PillModel{KindPass, s, s, s})
	rail, nav, register := NewStepRail(), NewNavList(s), NewRegisterBox(s, s)
	rail.Set([]Step{{s, StepOK, s}, {s, StepFailed, s}})
	rail.FocusGained()
	nav.SetItems([]NavItem{{s, s, s, "", KindPass}, {s, s, s, theme.IconFlow, KindNone}})
	register.SetRows([]RegisterRow{{s, s}, {s, s}})
	entry, secret, multi := NewFieldEntry(nil), NewSecretEntry(nil, s, s), NewMultiField(nil)
	short := s[:min(len(s), 500)]
	entry.SetText(short)
	secret.SetText(short)
	secret.SetPlaceHolder(short)
	multi.SetPairs([]Pair{{short, short}})
	sel := NewSelectField([]Option{{s, s}}, nil)
	sel.SetChosenID(s)
	field := NewField(s, NewFieldEntry(nil)).SetHint(s)
	field.SetMessage(KindFail, s)
	return map[string]fyne.CanvasObject{
		"heading": Heading(s), "prose": Prose(s), "mono prose": MonoProse(s), "caption prose": CaptionProse(s),
		"button": NewButton(s, nil), "icon button": NewQuiet(s, nil).SetIcon(theme.IconPlus), "split": NewSplitButton(s, nil, nil),
		"verdict": verdict, "banner": banner, "toast": toast, "profile header": header, "rail": rail, "nav list": nav,
		"register": register, "entry": entry, "secret": secret, "multi": multi, "select": sel, "field": field,
		"check": NewCheckField(s, nil), "badge": NewBadge(KindPass, s), "card": NewCard(s, Prose(s)).SetEdge(KindFail),
		"empty": NewEmptyPage(s, s, s, nil),
		"row":   container.New(HStack(8), Section(s), NewBadge(KindWarn, s), layout.NewSpacer(), Muted(s)),
		"flow":  container.New(Flow(8), NewBadge(KindPass, s), NewButton(s, nil), NewBadge(KindWarn, s)),
	}
}

func TestNoTextBreaksAWidget(t *testing.T) {
	bench(t)
	for text, s := range hostile {
		for name, o := range everything(s) {
			for _, width := range []float32{1132, 640, 420} {
				width = max(width, o.MinSize().Width)
				o.Resize(fyne.NewSize(width, 40))
				o.Resize(fyne.NewSize(width, max(40, o.MinSize().Height)))
				within(t, fmt.Sprintf("%s with %s at %.0f", name, text, width), o)
				if h := o.MinSize().Height; h > 700 {
					t.Errorf("%s with %s wants to be %.0f high", name, text, h)
				}
			}
			if w := o.MinSize().Width; w > 640 {
				t.Errorf("%s with %s wants at least %.0f", name, text, w)
			}
		}
	}
}

func TestStacks(t *testing.T) {
	bench(t)
	a, b := Prose("one line"), Prose("many words that take more than one line where there is little room for them")
	box := container.New(VStack(12), a, b)
	inWindow(t, box, 200, 400)
	if b.Size().Height < 60 || b.Position().Y != 32 {
		t.Errorf("wrapped text is %v high at %v", b.Size().Height, b.Position().Y)
	}
	if h := box.MinSize().Height; h != b.Position().Y+b.Size().Height {
		t.Errorf("the stack wants %v, its parts end at %v", h, b.Position().Y+b.Size().Height)
	}
	left, right := Muted("left"), NewButton("right", nil)
	row := container.New(HStack(8), left, layout.NewSpacer(), right)
	inWindow(t, row, 300, 40)
	if end := right.Position().X + right.Size().Width; end != 300 {
		t.Errorf("the spacer leaves the button to end at %v", end)
	}
	flow := container.New(Flow(8), NewButton("One", nil), NewButton("Two", nil), NewButton("Three", nil))
	inWindow(t, flow, 120, 200)
	if flow.MinSize().Height <= theme.ControlHeight {
		t.Error("buttons that do not fit go on in a new row")
	}
}

func TestTwoColumnsBecomeOne(t *testing.T) {
	bench(t)
	left, right := NewFieldEntry(nil), NewButton("Right", nil)
	c := TwoColumns(container.New(VStack(8), left), container.New(VStack(8), right), 0.44)
	w := inWindow(t, c, 972, 500)
	at := func(o fyne.CanvasObject) fyne.Position {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	}
	if c.Stacked() || at(right).X < 400 {
		t.Errorf("wide: the second column is at %v", at(right))
	}
	for range 2 {
		inWindow(t, c, 600, 500)
		if !c.Stacked() || at(right).X != at(left).X || at(right).Y <= at(left).Y {
			t.Errorf("narrow: the second is at %v, the first at %v", at(right), at(left))
		}
		w = inWindow(t, c, 972, 500)
	}
	if c.Stacked() || at(right).X < 400 {
		t.Error("wide again: the second column did not come back")
	}
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != left {
		t.Error("Tab goes to the left column first")
	}
	c.ScrollToTop()
}

func testShell() *Shell {
	side := NewSidebar(SidebarWords{"Signbench", "PROFILES", "New profile", "BENCH"})
	side.Profiles.SetItems(navItems(3))
	side.Bench.SetItems([]NavItem{{ID: "setup", Label: "Setup", Icon: theme.IconSetup}})
	side.Footer.SetItems([]NavItem{{ID: "help", Label: "Help", Icon: theme.IconHelp}})
	head := NewHeader(NewSplitButton("Sign in", nil, nil), NewButton("Check setup", nil), NewButton("Sign out", nil))
	head.Profile.Set("Acme dev", "Logto", "http://localhost:3001")
	head.Verdict.Set(VerdictModel{Kind: KindFail, Title: "Sign-in failed", Actions: []Action{{"Try again", nil}}})
	head.Rail.Set(railSteps())
	return NewShell(side, head)
}

func TestShellFitsItsWindow(t *testing.T) {
	bench(t)
	s := testShell()
	s.SetPage(NewEmptyPage("No tokens yet", "After a sign-in they stand here.", "Sign in", nil))
	for _, size := range []fyne.Size{{Width: 900, Height: 600}, {Width: 1180, Height: 760}, {Width: 2560, Height: 1440}} {
		for _, text := range []string{"", "The keychain is locked."} {
			s.Banner.Set(BannerModel{Kind: KindWarn, Text: text})
			inWindow(t, s, size.Width, size.Height)
			within(t, fmt.Sprint(size), s)
			end := s.Page().Position().Y + s.Page().Size().Height
			if end != size.Height {
				t.Errorf("%v: the page ends at %v", size, end)
			}
		}
		if narrow := size.Width < theme.NarrowWindow; s.Sidebar.Narrow() != narrow {
			t.Errorf("%v: the sidebar is narrow: %v", size, s.Sidebar.Narrow())
		}
	}
}

func TestTabGoesThroughTheWindowInOrder(t *testing.T) {
	bench(t)
	s := testShell()
	page := NewButton("On the page", nil)
	s.SetPage(page)
	s.Toast.Say("Deleted", Action{"Undo", nil})
	w := inWindow(t, s, 1180, 760)
	h := s.Header
	want := []fyne.Focusable{
		s.Sidebar.Profiles, s.Sidebar.NewProfile, s.Sidebar.Bench, s.Sidebar.Footer,
		h.Verdict.buttons[0], h.buttons[0].(fyne.Focusable), h.buttons[1].(fyne.Focusable), h.buttons[2].(fyne.Focusable), h.Rail,
		page, s.Toast.button,
	}
	for i, f := range want {
		w.Canvas().FocusNext()
		if w.Canvas().Focused() != f {
			t.Errorf("stop %d is %T, want %T", i, w.Canvas().Focused(), f)
		}
	}
}

func TestThemeSwitchRepaints(t *testing.T) {
	bench(t)
	s := testShell()
	inWindow(t, s, 1180, 760)
	before := s.Sidebar.back.FillColor
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark))
	s.Refresh()
	s.Sidebar.Refresh()
	if s.Sidebar.back.FillColor == before {
		t.Error("the sidebar keeps the colours of the light theme")
	}
}
