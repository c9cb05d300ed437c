package widget

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"signbench/ui/theme"
)

func TestFieldShowsTheMessageInPlaceOfTheHint(t *testing.T) {
	bench(t)
	f := NewField("Redirect URI", NewFieldEntry(nil)).SetHint("The tutorials use this one.")
	inWindow(t, f, 400, 100)
	f.SetMessage(KindFail, "This is no URI.")
	if f.below.Text() != "This is no URI." || f.outline.Hidden || f.sign.Hidden || f.sign.drawn.Icon != theme.IconCross {
		t.Error("the message, its sign or the outline is missing")
	}
	f.SetMessage(KindWarn, "This is unusual.")
	if !f.outline.Hidden || f.sign.drawn.Icon != theme.IconWarning {
		t.Error("a warning has its own sign, and no outline")
	}
	f.SetMessage(KindNone, "")
	if f.below.Text() != "The tutorials use this one." || !f.sign.Hidden {
		t.Error("the hint does not come back")
	}
	short := f.MinSize().Height
	f.SetMessage(KindFail, strings.Repeat("a long message ", 20))
	if f.MinSize().Height <= short {
		t.Error("a long message needs its lines")
	}
}

func TestTheOutlineOfAWrongSecretLeavesItsButtonsOut(t *testing.T) {
	bench(t)
	s := NewSecretEntry(nil, "Copy", "Copied")
	f := NewField("App secret", s)
	w := inWindow(t, f, 400, 100)
	f.SetMessage(KindFail, "It is missing.")
	for _, width := range []float32{400, 300} {
		w.Resize(fyne.NewSize(width, 100))
		if f.outline.Hidden || f.outline.Size() != s.Entry.Size() || f.outline.Position() != s.Position() {
			t.Errorf("the outline is %v at %v, the entry %v", f.outline.Size(), f.outline.Position(), s.Entry.Size())
		}
	}
}

func TestFieldEntryCleansWhatIsPasted(t *testing.T) {
	bench(t)
	var changes []string
	e := NewFieldEntry(func(s string) { changes = append(changes, s) })
	e.OnPaste = strings.TrimSpace
	inWindow(t, e, 300, 30)
	paste := func(text string) {
		e.TypedShortcut(&fyne.ShortcutPaste{Clipboard: &given{text}})
	}
	paste("  http://localhost:3001 \n")
	if e.Text != "http://localhost:3001" || fmt.Sprint(changes) != "[http://localhost:3001]" {
		t.Errorf("pasted %q, told %q", e.Text, changes)
	}
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	paste("a\nb")
	if e.Text != "a b" {
		t.Errorf("a selection is replaced: %q", e.Text)
	}
	tooLong := 0
	e.OnTooLong = func(n int) { tooLong = n }
	paste(strings.Repeat("x", EntryLimit))
	if e.Text != "a b" || tooLong != EntryLimit+3 {
		t.Errorf("took %d characters, told %d", len(e.Text), tooLong)
	}
	e.Disable()
	paste("no")
	e.TypedShortcut(&fyne.ShortcutPaste{})
	if e.Text != "a b" {
		t.Error("a disabled entry took a paste")
	}
}

func TestFieldEntryKeys(t *testing.T) {
	bench(t)
	e := NewFieldEntry(nil)
	w := inWindow(t, e, 300, 30)
	entered := 0
	e.OnEnter = func() { entered++ }
	w.Canvas().Focus(e)
	test.Type(e, "app_id")
	strike(e, fyne.KeyReturn)
	if e.Text != "app_id" || entered != 1 {
		t.Errorf("typed %q, entered %d", e.Text, entered)
	}
	strike(e, fyne.KeyEscape)
	if w.Canvas().Focused() != nil {
		t.Error("Escape leaves the entry")
	}
	e.Limit = 6
	test.Type(e, "x")
	if e.Text != "app_id" {
		t.Errorf("typed past the limit: %q", e.Text)
	}
	if h := e.MinSize().Height; h != theme.ControlHeight {
		t.Errorf("an entry is %v high", h)
	}
}

func TestSecretEntry(t *testing.T) {
	bench(t)
	copied := 0
	s := NewSecretEntry(nil, "Copy", "Copied")
	s.OnCopy = func() { copied++ }
	w := inWindow(t, s, 400, 30)
	s.SetText("hunter2")
	var order []string
	for range 4 {
		w.Canvas().FocusNext()
		order = append(order, fmt.Sprintf("%T", w.Canvas().Focused()))
	}
	if got := strings.Join(order, " "); got != "*widget.FieldEntry *widget.Button *widget.CopyButton *widget.FieldEntry" {
		t.Errorf("Tab goes %s", got)
	}
	strike(s.reveal, fyne.KeySpace)
	if s.Entry.Password || s.reveal.icon != theme.IconEyeOff {
		t.Error("not revealed")
	}
	strike(s.reveal, fyne.KeySpace)
	strike(s.copy, fyne.KeyReturn)
	if !s.Entry.Password || copied != 1 || s.Text() != "hunter2" {
		t.Error("not masked again, or not copied")
	}
}

func TestSelectField(t *testing.T) {
	bench(t)
	var chosen []string
	s := NewSelectField([]Option{{"basic", "Basic"}, {"post", "Post"}, {"none", "None"}}, func(id string) { chosen = append(chosen, id) })
	w := inWindow(t, container.New(VStack(0), s), 300, 300)
	s.SetChosenID("basic")
	if s.Label() != "Basic" || s.text.Text != "Basic" || chosen != nil {
		t.Errorf("shows %q, told %v", s.text.Text, chosen)
	}
	for range 2 {
		strike(s, fyne.KeyDown)
		m, ok := menuOf(w.Canvas())
		if !ok {
			t.Fatal("Down does not open the choices")
		}
		strike(m, fyne.KeyDown, fyne.KeyReturn)
	}
	if s.ChosenID() != "post" || fmt.Sprint(chosen) != "[post]" {
		t.Errorf("chose %q, told %v; what is chosen already is no change", s.ChosenID(), chosen)
	}
	s.SetOptions([]Option{{"none", "None"}})
	if s.Label() != "" {
		t.Errorf("a choice that is gone still shows %q", s.Label())
	}
}

func TestCheckField(t *testing.T) {
	bench(t)
	var told []bool
	c := NewCheckField("Stay signed in", func(on bool) { told = append(told, on) })
	w := inWindow(t, c, 300, 30)
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != c || c.ring.Hidden {
		t.Error("Tab must reach it, and show it")
	}
	strike(c, fyne.KeySpace)
	test.Tap(c)
	c.SetOn(true)
	if fmt.Sprint(told) != "[true false]" || !c.On() || c.tick.Hidden {
		t.Errorf("told %v", told)
	}
	c.Disable()
	test.Tap(c)
	if !c.On() {
		t.Error("a disabled box was changed")
	}
}

func TestMultiField(t *testing.T) {
	bench(t)
	var got []Pair
	m := NewMultiField(func(p []Pair) { got = p })
	inWindow(t, m, 300, 80)
	m.SetPairs([]Pair{{"audience", "https://api.test?a=b"}, {"ui_locales", "ja"}})
	want := "[{audience https://api.test?a=b} {ui_locales ja}]"
	if fmt.Sprint(got) != want || fmt.Sprint(m.Pairs()) != want {
		t.Errorf("told %v, holds %v", got, m.Pairs())
	}
	m.SetText(" a = 1 \n\n b\n")
	if fmt.Sprint(m.Pairs()) != "[{a 1} {b }]" {
		t.Errorf("reads %v", m.Pairs())
	}
	tooLong := 0
	m.OnTooLong = func(n int) { tooLong = n }
	m.TypedShortcut(&fyne.ShortcutPaste{Clipboard: &given{strings.Repeat("x", 100000)}})
	if tooLong == 0 || len(m.Text) > 100 {
		t.Error("took a long paste")
	}
	m.SetText("")
	m.TypedShortcut(&fyne.ShortcutPaste{Clipboard: &given{"a=1\r\nb=2"}})
	if fmt.Sprint(m.Pairs()) != "[{a 1} {b 2}]" {
		t.Errorf("pasted %v", m.Pairs())
	}
	if m.AcceptsTab() {
		t.Error("Tab must lead out")
	}
}

func TestRegisterBoxCopiesTheExactValue(t *testing.T) {
	bench(t)
	r := NewRegisterBox("Copy", "Copied")
	copied := ""
	r.OnCopy = func(v string) { copied = v }
	w := inWindow(t, r, 494, 200)
	long := "http://localhost:3000/" + strings.Repeat("callback/", 200)
	r.SetRows([]RegisterRow{{"Redirect URI", "http://localhost:3000/callback"}, {"Post sign-out URI", long}})
	w.Canvas().Focus(r.rows[1].copy)
	r.SetRows([]RegisterRow{{"Redirect URI", "http://localhost:3000/cb"}, {"Post sign-out URI", long}})
	if w.Canvas().Focused() != r.rows[1].copy {
		t.Error("a new value took the focus away")
	}
	strike(r.rows[1].copy, fyne.KeyReturn)
	if copied != long {
		t.Errorf("copied %d characters of %d", len(copied), len(long))
	}
	r.SetRows([]RegisterRow{{"Only", "one"}})
	if len(r.objects) != 4 {
		t.Error("an old row is still shown")
	}
}
