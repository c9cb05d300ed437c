package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func benchSequence(b *testing.B, rows int) *Sequence {
	s := NewSequence()
	dataWindow(b, s, 560, 700)
	s.SetModel(SequenceModel{sequenceActors(4), sequenceRows(rows)})
	b.ReportAllocs()
	return s
}

func benchWaterfall(b *testing.B, rows int) *Waterfall {
	w := NewWaterfall()
	dataWindow(b, w, 700, 700)
	w.SetModel(WaterfallModel{Rows: waterfallRows(0, rows), Gaps: manyGaps(5), Labels: waterfallWords})
	b.ReportAllocs()
	return w
}

func BenchmarkSequenceFirstLayout(b *testing.B) {
	dataBench(b)
	rows := sequenceRows(5000)
	w := test.NewWindow(nil)
	defer w.Close()
	w.Resize(fyne.NewSize(560, 700))
	b.ReportAllocs()
	for b.Loop() {
		s := NewSequence()
		s.SetModel(SequenceModel{sequenceActors(4), rows})
		w.SetContent(s)
	}
}

// BenchmarkSequenceScroll is one turn of the wheel; a jump binds every row in view.
func BenchmarkSequenceScroll(b *testing.B) {
	for name, step := range map[string]float32{"wheel": 40, "jump": 5000} {
		b.Run(name, func(b *testing.B) {
			s := benchSequence(b, 5000)
			y := float32(0)
			for b.Loop() {
				if y += step; y > 300_000 {
					y = 0
				}
				s.body.scrollTo(0, y)
			}
		})
	}
}

// BenchmarkSequenceAppend must not depend on the rows that are there.
func BenchmarkSequenceAppend(b *testing.B) {
	for name, rows := range map[string]int{"to 10": 10, "to 5000": 5000, "to 50000": 50_000} {
		b.Run(name, func(b *testing.B) {
			s := benchSequence(b, rows)
			s.ScrollToEnd()
			row := sequenceRows(1)[0]
			for b.Loop() {
				s.Append(row)
			}
		})
	}
}

func BenchmarkSequenceUpdate(b *testing.B) {
	s := benchSequence(b, 5000)
	rows := sequenceRows(2)
	k := 0
	for b.Loop() {
		k++
		s.Update(2, rows[k%2])
	}
}

func BenchmarkWaterfallFirstLayout(b *testing.B) {
	dataBench(b)
	m := WaterfallModel{Rows: waterfallRows(0, 5000), Gaps: manyGaps(5), Labels: waterfallWords}
	w := test.NewWindow(nil)
	defer w.Close()
	w.Resize(fyne.NewSize(700, 700))
	b.ReportAllocs()
	for b.Loop() {
		f := NewWaterfall()
		f.SetModel(m)
		w.SetContent(f)
	}
}

func BenchmarkWaterfallScroll(b *testing.B) {
	for name, step := range map[string]float32{"wheel": 40, "jump": 5000} {
		b.Run(name, func(b *testing.B) {
			w := benchWaterfall(b, 5000)
			y := float32(0)
			for b.Loop() {
				if y += step; y > 130_000 {
					y = 0
				}
				w.body.scrollTo(0, y)
			}
		})
	}
}

func BenchmarkWaterfallAppend(b *testing.B) {
	for name, rows := range map[string]int{"to 10": 10, "to 5000": 5000, "to 50000": 50_000} {
		b.Run(name, func(b *testing.B) {
			w := benchWaterfall(b, rows)
			for b.Loop() {
				w.Append(WaterfallRow{Label: "GET /", Start: w.total, End: w.total + ms}) // each lengthens the axis
			}
		})
	}
}

func BenchmarkWaterfallSelect(b *testing.B) {
	w := benchWaterfall(b, 5000)
	k := 0
	for b.Loop() {
		k++
		w.Select(k % 10)
	}
}
