package widget

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"signbench/ui/theme"
)

func TestVerdictBarShowsAModel(t *testing.T) {
	bench(t)
	v := NewVerdictBar()
	if v.Visible() {
		t.Error("a bar with nothing to say is hidden")
	}
	tapped := ""
	inWindow(t, v, 924, 200)
	v.Set(VerdictModel{Kind: KindFail, Title: "Sign-in failed", Detail: "The secret is wrong.", Raw: "invalid_client", Actions: []Action{
		{"Show evidence", func() { tapped = "evidence" }}, {"Copy report", func() { tapped = "report" }},
	}})
	if !v.Visible() || v.title.Text() != "Sign-in failed" || v.raw.Lines()[0] != "invalid_client" {
		t.Error("the model is not shown")
	}
	test.Tap(v.buttons[1])
	if tapped != "report" || v.buttons[2].Visible() {
		t.Errorf("the second button did %q", tapped)
	}
	if v.sign.drawn.Icon != theme.IconCross || v.sign.drawn.Color != theme.ColorFail {
		t.Errorf("the sign is %v", v.sign.drawn)
	}
	v.Set(VerdictModel{})
	if v.Visible() {
		t.Error("an empty model hides the bar")
	}
}

func TestVerdictKindsDifferBySign(t *testing.T) {
	seen := map[theme.IconName]Kind{}
	for k := KindInfo; k <= KindWorking; k++ {
		icon := k.tone().icon
		if other, twice := seen[icon]; twice {
			t.Errorf("%v and %v have the same sign %q", k, other, icon)
		}
		seen[icon] = k
	}
	if Kind(99).tone() != KindNone.tone() {
		t.Error("an unknown kind must not fail")
	}
}

func TestVerdictBarKeepsTheFocusOnCancel(t *testing.T) {
	bench(t)
	v := NewVerdictBar()
	cancelled := 0
	w := inWindow(t, v, 924, 100)
	work := func(detail string) {
		v.Set(VerdictModel{Kind: KindWorking, Title: "Waiting for the browser", Detail: detail, Actions: []Action{{"Cancel", func() { cancelled++ }}}})
	}
	work("0:01")
	w.Canvas().Focus(v.buttons[0])
	work("0:02")
	if w.Canvas().Focused() != v.buttons[0] {
		t.Error("the progress took the focus away")
	}
	strike(v.buttons[0], fyne.KeyReturn)
	if cancelled != 1 || v.detail.Text() != "0:02" {
		t.Errorf("cancelled %d times, detail %q", cancelled, v.detail.Text())
	}
}

func TestVerdictBarSpinsWhileWorking(t *testing.T) {
	c := bench(t)
	v := NewVerdictBar()
	inWindow(t, v, 924, 100)
	v.Set(VerdictModel{Kind: KindWorking, Title: "Checking"})
	v.Set(VerdictModel{Kind: KindWorking, Title: "Checking still"})
	if len(c.due) != 1 {
		t.Fatalf("%d timers run, want 1", len(c.due))
	}
	first := v.sign.drawn
	c.pass()
	if v.sign.drawn == first || len(c.due) != 1 {
		t.Error("the sign does not turn")
	}
	v.Set(VerdictModel{Kind: KindPass, Title: "Sign-in works"})
	c.pass()
	if len(c.due) != 0 || v.sign.drawn.Icon != theme.IconCheck {
		t.Error("the sign turns although the work is done")
	}
}

func TestVerdictBarMovesItsButtonsBelow(t *testing.T) {
	bench(t)
	v := NewVerdictBar()
	v.Set(VerdictModel{Kind: KindWarn, Title: "A title", Detail: "A detail", Actions: []Action{{"Show evidence", nil}, {"Copy report", nil}, {"Try again", nil}}})
	for _, width := range []float32{1132, 844, 500, 300, 240} {
		inWindow(t, v, width, 400)
		p := v.plan(width)
		if p.below != (width < 700) {
			t.Errorf("at %v the buttons are below: %v", width, p.below)
		}
		if p.below && v.buttons[0].Position().Y < verdictPadY+p.textHeight {
			t.Errorf("at %v the buttons cover the text", width)
		}
		within(t, "verdict", v)
	}
}

func TestALongVerdictTakesTheWholeWidth(t *testing.T) {
	bench(t)
	v := NewVerdictBar()
	inWindow(t, v, 796, 400)
	long := strings.Repeat("The provider answered 401 invalid_client: client authentication failed. ", 7) + "The end."
	v.Set(VerdictModel{Kind: KindFail, Title: "Sign-in failed", Detail: long, Actions: []Action{{"Go to the field", nil}, {"Show evidence", nil}, {"Try again", nil}}})
	if lines := v.detail.Lines(); !strings.HasSuffix(lines[len(lines)-1], "The end.") {
		t.Errorf("the last sentence is cut: %q", lines[len(lines)-1])
	}
	p := v.plan(796)
	if beside := v.planned(796-theme.VerdictEdge-2*verdictPadX-rowWidth(v.actions, 8)-verdictPadX, false); !p.below || p.height >= beside.height {
		t.Errorf("it is %v high, and would be %v with the buttons beside it", p.height, beside.height)
	}
}

func TestToastGoesAway(t *testing.T) {
	c := bench(t)
	toast := NewToast()
	w := inWindow(t, toast, 800, 600)
	undone := 0
	toast.Say("Profile deleted", Action{"Undo", func() { undone++ }})
	first := c.due[0]
	toast.Say("Another profile deleted", Action{"Undo", func() { undone++ }})
	first()
	if !toast.Visible() {
		t.Error("the first notice's time must not end the second's")
	}
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != toast.button {
		t.Error("Tab must reach Undo")
	}
	strike(toast.button, fyne.KeyReturn)
	toast.Press()
	if undone != 1 || toast.Visible() {
		t.Errorf("undone %d times, visible %v", undone, toast.Visible())
	}
	toast.Say("Saved", Action{})
	c.pass()
	if toast.Visible() {
		t.Error("the notice stays")
	}
}

func TestBannerIsDismissed(t *testing.T) {
	bench(t)
	b := NewBanner()
	inWindow(t, b, 900, 100)
	gone, acted := 0, 0
	b.Set(BannerModel{Kind: KindWarn, Text: "The keychain is locked.", Actions: []Action{{"Unlock", func() { acted++ }}}, OnDismiss: func() { gone++ }})
	if !b.Visible() {
		t.Fatal("not shown")
	}
	test.Tap(b.buttons[0].(*Button))
	strike(b.dismiss, fyne.KeySpace)
	if gone != 1 || acted != 1 || b.Visible() {
		t.Errorf("dismissed %d, acted %d, visible %v", gone, acted, b.Visible())
	}
}
