package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// waterfallMarks bounds what is drawn of an axis with very many gaps.
const waterfallMarks = 64

// waterfallScale lies behind the rows: the axis with its ticks, their lines down
// through all rows, and the bands of compressed time. It does not scroll, as time
// runs across and rows run down.
type waterfallScale struct {
	fynewidget.BaseWidget
	fall  *Waterfall
	base  *canvas.Rectangle
	grid  []*canvas.Rectangle
	words []*canvas.Text
	bands []*waterfallBreak
	list  []fyne.CanvasObject
}

// waterfallBreak is a band of compressed time: its ground, how long it is, and two
// strokes across the axis that say that the axis is broken.
type waterfallBreak struct {
	ground  *canvas.Rectangle
	word    *canvas.Text
	strokes [2]*canvas.Line
}

func (b *waterfallBreak) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{b.ground, b.word, b.strokes[0], b.strokes[1]}
}

func newWaterfallScale(w *Waterfall) *waterfallScale {
	s := &waterfallScale{fall: w, base: newBox()}
	s.ExtendBaseWidget(s)
	s.list = []fyne.CanvasObject{s.base}
	return s
}

// grow makes the pools large enough; what is too many is hidden.
func (s *waterfallScale) grow(ticks, gaps int) {
	for len(s.bands) < gaps {
		b := &waterfallBreak{ground: newBox(), word: newLine()}
		for i := range b.strokes {
			b.strokes[i] = canvas.NewLine(dataColor(theme.ColorMuted))
			b.strokes[i].StrokeWidth = 1
		}
		s.bands = append(s.bands, b)
		s.list = append(s.list, b.objects()...)
	}
	for len(s.grid) < ticks {
		line, word := newBox(), newLine()
		s.grid, s.words = append(s.grid, line), append(s.words, word)
		s.list = append(s.list, line, word)
	}
}

func (s *waterfallScale) arrange() {
	w, size := s.fall, s.Size()
	var gaps []axisPiece
	for _, p := range w.axis.pieces {
		if p.compressed && p.width >= 3 && len(gaps) < waterfallMarks {
			gaps = append(gaps, p)
		}
	}
	ticks, step := w.axis.ticks()
	ticks = ticks[:min(len(ticks), waterfallMarks)]
	s.grow(len(ticks), len(gaps))
	border := dataColor(theme.ColorBorder)
	dataSetFill(s.base, border)
	dataPut(s.base, 0, waterfallScaleHigh-1, size.Width, 1)
	for i, b := range s.bands {
		if i >= len(gaps) {
			for _, o := range b.objects() {
				o.Hide()
			}
			continue
		}
		s.arrangeGap(b, gaps[i])
	}
	free := float32(0) // where the next word may begin
	for i, line := range s.grid {
		if i >= len(ticks) {
			line.Hide()
			s.words[i].Hide()
			continue
		}
		x := w.plot + ticks[i].x
		dataSetFill(line, border)
		dataPut(line, x, waterfallScaleHigh-6, 1, max(0, size.Height-waterfallScaleHigh+6))
		free = s.arrangeWord(s.words[i], waterfallTick(ticks[i].at, step), x, free, gaps)
	}
}

// arrangeWord writes the time of a tick over its line, unless it would run into
// the word before or into a gap.
func (s *waterfallScale) arrangeWord(word *canvas.Text, text string, x, free float32, gaps []axisPiece) float32 {
	face := sequenceCaptionFace()
	width := face.width(text)
	x = dataRound(min(max(x-width/2, s.fall.plot-8), s.Size().Width-width-4))
	clash := x < free
	for _, g := range gaps {
		from := s.fall.plot + g.x
		clash = clash || x < from+g.width && x+width > from
	}
	if clash {
		word.Hide()
		return free
	}
	dataSetText(word, text, dataColor(theme.ColorMuted), face.size, face.style)
	dataPut(word, x, 4, width, face.height)
	word.Show()
	return x + width + 8
}

func (s *waterfallScale) arrangeGap(b *waterfallBreak, g axisPiece) {
	face, size := sequenceCaptionFace(), s.Size()
	left := dataRound(s.fall.plot + g.x)
	width := dataRound(s.fall.plot+g.x+g.width) - left
	dataSetFill(b.ground, dataColor(theme.ColorSunken))
	dataPut(b.ground, left, 0, width, size.Height)
	muted := dataColor(theme.ColorMuted)
	// The plus tells a length from the times of the ticks beside it.
	shown, cut := face.fit("+"+s.fall.model.Labels.duration(g.to-g.from), width-4)
	if cut {
		shown = ""
	}
	dataSetText(b.word, onBaseline(shown), muted, face.size, face.style)
	dataPut(b.word, left+(width-face.width(shown))/2, 4, width, face.height)
	b.word.Show()
	middle := left + dataRound(width/2)
	for i, stroke := range b.strokes {
		x := middle + float32(i)*4 - 4
		stroke.StrokeColor = muted
		stroke.Position1 = fyne.NewPos(x, waterfallScaleHigh+3)
		stroke.Position2 = fyne.NewPos(x+4, waterfallScaleHigh-5)
		stroke.Hidden = width < 16
		stroke.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (s *waterfallScale) CreateRenderer() fyne.WidgetRenderer {
	return waterfallPart{s, &s.list, s.arrange}
}
