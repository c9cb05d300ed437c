package widget

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"signbench/ui/theme"
)

func sequenceActors(n int) []Actor {
	return []Actor{{"browser", "Browser"}, {"bench", "Signbench"}, {"provider", "Provider"}, {"upstream", "Upstream"}}[:n]
}

func sequenceRows(n int) []SequenceRow {
	rows := make([]SequenceRow, n)
	for i := range rows {
		rows[i] = SequenceRow{
			From: i % 3, To: (i + 1) % 3, Title: fmt.Sprintf("GET /some/path/%d/with/an/end.json", i), Caption: "200 · 12 ms",
			Kind: SequenceKind(i % 4), Tone: CellTone(i % 4), Sign: "✓", Group: fmt.Sprint("Step ", i/5),
		}
	}
	return rows
}

func newTestSequence(t testing.TB, rows int) *Sequence {
	s := NewSequence()
	dataWindow(t, s, 560, 56+64*6)
	s.SetModel(SequenceModel{sequenceActors(3), sequenceRows(rows)})
	return s
}

func (s *Sequence) rowView(t testing.TB, i int) *sequenceRowView {
	t.Helper()
	r, ok := s.body.content.rowAt(i).(*sequenceRowView)
	if !ok {
		t.Fatalf("row %d is not in view", i)
	}
	return r
}

func TestSequenceKeepsFewRowsAlive(t *testing.T) {
	s := newTestSequence(t, 5000)
	for y := float32(0); y < 5000*64; y += 777 {
		s.body.scrollTo(0, y)
	}
	for range 1000 {
		s.Append(sequenceRows(1)...)
	}
	if n := len(s.body.content.live) + len(s.body.content.pool); n > 30 {
		t.Errorf("%d rows exist", n)
	}
}

func TestSequenceKeys(t *testing.T) {
	s := newTestSequence(t, 100)
	var selected, activated, copied []int
	s.OnSelect = func(i int) { selected = append(selected, i) }
	s.OnActivate = func(i int) { activated = append(activated, i) }
	s.OnCopy = func(i int) { copied = append(copied, i) }
	s.body.TypedShortcut(&fyne.ShortcutCopy{})
	press(s.body, fyne.KeyReturn, fyne.KeyDown, fyne.KeyEnd, fyne.KeyUp, fyne.KeyHome, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyDown, fyne.KeyReturn)
	s.body.TypedShortcut(&fyne.ShortcutCopy{})
	if want := []int{0, 99, 98, 0, 5, 0, 1}; !slices.Equal(selected, want) {
		t.Errorf("selected %v, not %v", selected, want)
	}
	if !slices.Equal(activated, []int{1}) || !slices.Equal(copied, []int{1}) {
		t.Errorf("activated %v, copied %v", activated, copied)
	}
	s.Unselect()
	if s.Selected() != -1 || len(selected) != 7 {
		t.Error("taking the selection away was reported")
	}
}

func TestSequencePointerSelectsAndFocuses(t *testing.T) {
	s := newTestSequence(t, 10)
	got := -1
	s.OnSelect = func(i int) { got = i }
	s.body.content.Tapped(&fyne.PointEvent{Position: fyne.NewPos(200, 64*3+10)})
	if got != 3 || !s.body.focused {
		t.Errorf("selected %d, focused %v", got, s.body.focused)
	}
	if band := s.rowView(t, 3).band; !band.Visible() || band.StrokeColor != dataColor(theme.ColorAccent) {
		t.Error("the focus is not seen")
	}
	s.body.FocusLost()
	if band := s.rowView(t, 3).band; band.StrokeColor == dataColor(theme.ColorAccent) {
		t.Error("the focus is still seen")
	}
}

func TestSequenceFollowsItsEndAndStaysWhereItIsScrolled(t *testing.T) {
	s := newTestSequence(t, 0)
	offset := func() float32 { return s.body.scroll.Offset.Y }
	last := func() float32 { return max(0, s.body.total()-s.body.scroll.Size().Height) }
	for i := range 50 {
		s.Append(sequenceRows(1)...)
		if offset() != last() || !s.Following() {
			t.Fatalf("row %d: at %v of %v", i, offset(), last())
		}
	}
	s.body.scrollTo(0, 640)
	s.Append(sequenceRows(3)...)
	if offset() != 640 || s.Following() {
		t.Errorf("was scrolled away to %v", offset())
	}
	s.Update(2, SequenceRow{Title: "other"})
	s.Resize(fyne.NewSize(500, 300))
	if offset() != 640 {
		t.Errorf("a change moved the view to %v", offset())
	}
	press(s.body, fyne.KeyEnd)
	s.Append(sequenceRows(1)...)
	if offset() != last() {
		t.Error("does not follow after End")
	}
	s.Resize(fyne.NewSize(500, 200))
	if offset() != last() || !s.Following() {
		t.Error("a lower view lost the end")
	}
	s.body.scrollTo(0, 0)
	s.ScrollToEnd()
	if offset() != last() {
		t.Error("ScrollToEnd does not")
	}
}

func TestSequenceOpensARunAtItsBeginning(t *testing.T) {
	s := newTestSequence(t, 100)
	if s.body.scroll.Offset.Y != 0 || s.Following() {
		t.Error("a finished run does not begin at its first row")
	}
	s.Select(50)
	s.SetMatches([]int{1})
	s.SetModel(SequenceModel{sequenceActors(4), sequenceRows(3)})
	if s.Selected() != -1 || s.body.scroll.Offset.Y != 0 || s.FindNext() != 0 || !s.Following() {
		t.Error("something of the run before is left")
	}
}

func TestSequenceShowsAGroupOnce(t *testing.T) {
	s := newTestSequence(t, 0)
	s.Append(SequenceRow{To: 1, Group: "Token"}, SequenceRow{To: 1, Group: "Token"}, SequenceRow{To: 1, Group: "Verify"})
	shown := func() (out []string) {
		for i := range s.Len() {
			out = append(out, s.rowView(t, i).group.Text)
		}
		return out
	}
	if got := shown(); !slices.Equal(got, []string{"Token", "", "Verify"}) {
		t.Errorf("groups %q", got)
	}
	s.Update(0, SequenceRow{To: 1, Group: "Authorize"})
	if got := shown(); !slices.Equal(got, []string{"Authorize", "Token", "Verify"}) {
		t.Errorf("groups %q", got)
	}
}

func TestSequenceSaysItByShape(t *testing.T) {
	s := newTestSequence(t, 0)
	s.Append(
		SequenceRow{From: 0, To: 2, Title: "sign-in page", Kind: SequenceBrowser},
		SequenceRow{From: 1, To: 2, Title: "POST /token", Caption: "401", Tone: CellToneFail, Sign: "✕", Attempt: "attempt 2"},
		SequenceRow{From: 2, To: 0, Title: "303", Kind: SequenceRedirect},
		SequenceRow{From: 1, To: 1, Title: "Verify"},
		SequenceRow{From: 0, To: 2, Title: "between", Kind: SequenceNote},
	)
	if a := s.rowView(t, 0).arrow; !a.dash.Visible() || a.solid.Visible() || a.left {
		t.Error("time in the browser is not dashed")
	}
	fail := s.rowView(t, 1)
	if a := fail.arrow; a.shape != sequenceHeadCross || !a.solid.Visible() || a.ink != dataColor(theme.ColorFail) {
		t.Error("a failure has no cross")
	}
	if fail.sign.Text != "✕" || fail.attempt.Text != "attempt 2" || !fail.pill.Visible() || !fail.band.Visible() || fail.band.Size().Width < 500 {
		t.Error("a failure lacks its sign, its attempt or its band")
	}
	if a := s.rowView(t, 2).arrow; a.shape != sequenceHeadOpen || !a.left {
		t.Error("a redirect looks like a request")
	}
	for _, i := range []int{3, 4} {
		if r := s.rowView(t, i); !r.note.Visible() || r.arrow.head.Visible() || r.arrow.solid.Visible() || r.arrow.dash.Visible() {
			t.Errorf("row %d is no note", i)
		}
	}
	if n := s.rowView(t, 4).note; n.Position().X > s.geo.centre(0) || n.Position().X+n.Size().Width < s.geo.centre(2) {
		t.Error("a note between two does not reach both")
	}
	s.Update(1, SequenceRow{From: 1, To: 2, Title: "POST /token"})
	if fail.arrow.shape != sequenceHeadFull || fail.band.Visible() || fail.pill.Visible() || fail.sign.Text != "" {
		t.Error("a mended row keeps looks of its failure")
	}
}

func TestSequenceFinds(t *testing.T) {
	s := newTestSequence(t, 100)
	if s.FindNext() != 0 || s.FindPrevious() != 0 {
		t.Error("found without matches")
	}
	s.SetMatches([]int{70, 3, 3, -1, 100, 40})
	if s.Selected() != -1 {
		t.Error("marking selected a row")
	}
	var got []int
	for range 4 {
		got = append(got, s.FindNext(), s.Selected())
	}
	for range 2 {
		got = append(got, s.FindPrevious(), s.Selected())
	}
	if want := []int{1, 3, 2, 40, 3, 70, 1, 3, 3, 70, 2, 40}; !slices.Equal(got, want) {
		t.Errorf("went to %v, not %v", got, want)
	}
	s.Select(50)
	if k := s.FindPrevious(); k != 2 || s.Selected() != 40 {
		t.Errorf("match %d, row %d before 50", k, s.Selected())
	}
	note := s.rowView(t, 40)
	if row := s.Row(40); row.Kind != SequenceRequest || note.chips[0].StrokeColor != dataColor(theme.ColorWarn) {
		t.Error("a match is not marked")
	}
}

func TestSequenceGainsAnActor(t *testing.T) {
	s := newTestSequence(t, 20)
	before := s.geo.centre(2)
	s.SetActors(sequenceActors(4))
	if r := s.rowView(t, 0); len(r.lines) != 4 || s.geo.centre(2) >= before || !s.header.boxes[3].Visible() {
		t.Error("the fourth column is not there")
	}
	s.SetActors(sequenceActors(2))
	if s.header.boxes[3].Visible() || s.header.texts[2].Visible() {
		t.Error("a column that left is still there")
	}
}

func TestSequenceFollowsTheTheme(t *testing.T) {
	s := newTestSequence(t, 10)
	light := s.rowView(t, 0).title.Color
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark))
	s.Refresh()
	if s.rowView(t, 0).title.Color == light || s.back.FillColor != dataColor(theme.ColorSurface) || s.header.texts[0].Color == light {
		t.Error("a colour of the light theme stayed")
	}
}

func TestSequenceCompact(t *testing.T) {
	s := newTestSequence(t, 100)
	s.Select(60)
	s.SetCompact(true)
	if s.body.total() != 4800 || s.body.content.rowAt(60) == nil {
		t.Error("compact rows lost the selection from view")
	}
}
