package widget

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"signbench/ui/theme"
)

func waterfallRows(from, n int) []WaterfallRow {
	rows := make([]WaterfallRow, n)
	for k := range rows {
		at := time.Duration(from+k) * 10 * ms
		rows[k] = WaterfallRow{
			Label: fmt.Sprintf("GET /some/path/%d", from+k), Detail: "200 · 9 ms", Start: at, End: at + 9*ms, Tone: CellTone(k % 4), Sign: "✓",
			Phases: []Phase{{PhaseDNS, at, at + ms}, {PhaseConnect, at + ms, at + 3*ms}, {PhaseTLS, at + 3*ms, at + 5*ms}, {PhaseWait, at + 5*ms, at + 8*ms}, {PhaseReceive, at + 8*ms, at + 9*ms}},
		}
	}
	return rows
}

var waterfallWords = WaterfallLabels{Phases: [PhaseKinds]string{"DNS", "Connect", "TLS", "Wait", "Receive", "Browser"}, Total: "Total", Hint: "Select a row"}

func newTestWaterfall(t testing.TB, rows int) *Waterfall {
	w := NewWaterfall()
	dataWindow(t, w, 640, 400)
	w.SetModel(WaterfallModel{Rows: waterfallRows(0, rows), Labels: waterfallWords})
	return w
}

func TestWaterfallKeepsFewRowsAlive(t *testing.T) {
	w := newTestWaterfall(t, 5000)
	for y := float32(0); y < 5000*28; y += 333 {
		w.body.scrollTo(0, y)
	}
	for k := range 500 {
		w.Append(waterfallRows(5000+k, 1)...)
	}
	if n := len(w.body.content.live) + len(w.body.content.pool); n > 50 {
		t.Errorf("%d rows exist", n)
	}
	if n := len(w.scale.list); n > 200 {
		t.Errorf("the axis has %d objects", n)
	}
}

func TestWaterfallKeysAndCopy(t *testing.T) {
	w := newTestWaterfall(t, 100)
	var selected, activated []int
	var copied string
	w.OnSelect = func(i int) { selected = append(selected, i) }
	w.OnActivate = func(i int) { activated = append(activated, i) }
	w.OnCopy = func(s string) { copied = s }
	w.body.TypedShortcut(&fyne.ShortcutCopy{})
	press(w.body, fyne.KeyDown, fyne.KeyEnd, fyne.KeyHome, fyne.KeyDown, fyne.KeyReturn)
	w.body.TypedShortcut(&fyne.ShortcutCopy{})
	if !slices.Equal(selected, []int{0, 99, 0, 1}) || !slices.Equal(activated, []int{1}) {
		t.Errorf("selected %v, activated %v", selected, activated)
	}
	if want := "GET /some/path/1\tDNS 1 ms · Connect 2 ms · TLS 2 ms · Wait 3 ms · Receive 1 ms · Total 9 ms"; copied != want {
		t.Errorf("copied %q", copied)
	}
}

func TestWaterfallGoesInStepWithSequence(t *testing.T) {
	s, w := newTestSequence(t, 50), newTestWaterfall(t, 50)
	calls := 0
	s.OnSelect = func(i int) { calls++; w.Select(i) }
	w.OnSelect = func(i int) { calls++; s.Select(i) }
	s.Select(30)
	if w.Selected() != 30 || calls != 2 {
		t.Errorf("row %d after %d calls", w.Selected(), calls)
	}
	press(w.body, fyne.KeyUp)
	if s.Selected() != 29 {
		t.Errorf("row %d", s.Selected())
	}
}

func TestWaterfallTellsNumbers(t *testing.T) {
	w := newTestWaterfall(t, 5)
	if w.line.text.Text != "Select a row" || w.line.label.Text != "" {
		t.Errorf("says %q", w.line.text.Text)
	}
	w.Select(1)
	if w.line.label.Text != "GET /some/path/1" || !strings.Contains(w.line.text.Text, "TLS 2 ms") {
		t.Errorf("says %q, %q", w.line.label.Text, w.line.text.Text)
	}
	w.body.content.hover(3)
	if w.line.label.Text != "GET /some/path/3" {
		t.Errorf("says %q under the pointer", w.line.label.Text)
	}
	w.body.content.hover(4)
	w.body.content.MouseOut()
	if w.line.label.Text != "GET /some/path/1" {
		t.Errorf("says %q when the pointer has gone", w.line.label.Text)
	}
	w.Update(1, WaterfallRow{Label: "other", Start: ms, End: 3 * ms})
	if w.line.label.Text != "other" || w.line.text.Text != "Total 2 ms" {
		t.Errorf("says %q, %q", w.line.label.Text, w.line.text.Text)
	}
	w.Unselect()
	if w.line.text.Text != "Select a row" {
		t.Errorf("says %q", w.line.text.Text)
	}
}

func TestWaterfallUsesTheWordsHandedIn(t *testing.T) {
	l := WaterfallLabels{Duration: func(d time.Duration) string { return fmt.Sprint(d.Milliseconds(), "ミリ秒") }}
	l.Phases[PhaseWait] = "待機"
	row := WaterfallRow{End: 7 * ms, Phases: []Phase{{PhaseWait, 0, 7 * ms}, {99, 0, ms}}}
	if got := l.numbers(row); got != "待機 7ミリ秒" {
		t.Errorf("says %q", got)
	}
	w := newTestWaterfall(t, 0)
	w.SetModel(WaterfallModel{Rows: []WaterfallRow{row}, Labels: l})
	if !w.legend.words[PhaseWait].Visible() || w.legend.words[PhaseDNS].Visible() {
		t.Error("the legend has words that were not handed in")
	}
}

func TestWaterfallAxisGrowsAndShrinks(t *testing.T) {
	w := newTestWaterfall(t, 10)
	first := func() *waterfallRowView { return w.body.content.rowAt(1).(*waterfallRowView) }
	x := first().pieces[0].Position().X
	w.Append(WaterfallRow{Start: 99 * ms, End: 500 * ms})
	if got := first().pieces[0].Position().X; got >= x || w.total != 500*ms {
		t.Errorf("at %v after %v, total %v", got, x, w.total)
	}
	w.Update(10, WaterfallRow{Start: 99 * ms, End: 99 * ms})
	if got := first().pieces[0].Position().X; got != x || w.total != 99*ms {
		t.Errorf("at %v, not %v, total %v", got, x, w.total)
	}
	w.SetGaps([]Gap{{50 * ms, 10_050 * ms}})
	if w.total != 10_050*ms || !w.scale.bands[0].ground.Visible() || w.scale.bands[0].word.Text != "+10 s" {
		t.Errorf("total %v", w.total)
	}
	w.SetGaps(nil)
	if w.total != 99*ms || w.scale.bands[0].ground.Visible() {
		t.Error("a gap that is gone is still drawn")
	}
}

func TestWaterfallFollowsItsEnd(t *testing.T) {
	w := newTestWaterfall(t, 0)
	w.Append(waterfallRows(0, 100)...)
	end := w.body.total() - w.body.scroll.Size().Height
	if w.body.scroll.Offset.Y != end {
		t.Errorf("at %v of %v", w.body.scroll.Offset.Y, end)
	}
	w.body.scrollTo(0, 100)
	w.Append(waterfallRows(100, 5)...)
	if w.body.scroll.Offset.Y != 100 {
		t.Errorf("was scrolled to %v", w.body.scroll.Offset.Y)
	}
}

func TestWaterfallFollowsTheTheme(t *testing.T) {
	w := newTestWaterfall(t, 5)
	light := w.body.content.rowAt(0).(*waterfallRowView).label.Color
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark))
	w.Refresh()
	if w.body.content.rowAt(0).(*waterfallRowView).label.Color == light || w.scale.words[0].Color != dataColor(theme.ColorMuted) {
		t.Error("a colour of the light theme stayed")
	}
}

func TestWaterfallSurvivesAwkwardRuns(t *testing.T) {
	w := newTestWaterfall(t, 0)
	for _, width := range []float32{640, 440, 100, 0} {
		w.SetModel(WaterfallModel{Labels: waterfallWords})
		w.Resize(fyne.NewSize(width, 300))
		for k, text := range awkward {
			row := WaterfallRow{Label: text, Detail: text, Sign: text, Start: time.Duration(k-3) * ms, End: time.Duration(9-k) * ms, Tone: CellTone(k % 7), Phases: make100Phases()[:k]}
			w.Append(row)
			w.Update(k, row)
			w.Select(k)
		}
		w.SetGaps(manyGaps(300))
		for _, l := range w.body.content.live {
			r := l.row.(*waterfallRowView)
			if end := r.detail.Position().X + r.detail.Size().Width; width >= 440 && end > width {
				t.Errorf("%v wide: a detail ends at %v", width, end)
			}
		}
		w.Append(WaterfallRow{End: 1<<63 - 1})
		w.body.scrollTo(0, 0)
		w.Refresh()
	}
	w.Update(-1, WaterfallRow{})
	w.Update(9999, WaterfallRow{})
	w.Append()
	if got := w.Row(-1); got.Label != "" {
		t.Error("a row that is not there")
	}
}

func TestWaterfallBeforeItIsShown(t *testing.T) {
	dataBench(t)
	w := NewWaterfall()
	w.Append(waterfallRows(0, 3)...)
	w.SetModel(WaterfallModel{Rows: waterfallRows(0, 50), Labels: waterfallWords})
	w.Select(2)
	w.SetVisibleRows(4)
	if h := w.MinSize().Height; h < 4*waterfallRowHeight+waterfallScaleHigh+waterfallLineHigh {
		t.Errorf("asks for %v", h)
	}
}
