package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

const (
	waterfallLegendLine = 20
	waterfallLegendGap  = 16
	waterfallSwatch     = 12
)

// waterfallLegend says what the pieces of the bars are, in the order in which they
// happen and in the shapes that they have in the rows.
type waterfallLegend struct {
	fynewidget.BaseWidget
	fall     *Waterfall
	swatches [PhaseKinds]*canvas.Rectangle
	words    [PhaseKinds]*canvas.Text
	list     []fyne.CanvasObject
}

func newWaterfallLegend(w *Waterfall) *waterfallLegend {
	l := &waterfallLegend{fall: w}
	l.ExtendBaseWidget(l)
	for i := range l.words {
		l.swatches[i], l.words[i] = newBox(), newLine()
		l.swatches[i].CornerRadius = 1
		l.list = append(l.list, l.swatches[i], l.words[i])
	}
	return l
}

// flow calls put for each word of the legend with its place, and returns the height
// of them all.
func (l *waterfallLegend) flow(width float32, put func(k PhaseKind, shown string, x, y, w float32)) float32 {
	face := sequenceCaptionFace()
	x, y := float32(waterfallInset), float32(6)
	some := false
	for k := range PhaseKinds {
		shown, _ := face.fit(l.fall.model.Labels.Phases[k], 160)
		if shown == "" {
			continue
		}
		w := waterfallSwatch + 6 + face.width(shown)
		if some && x+w > width-waterfallInset {
			x, y = waterfallInset, y+waterfallLegendLine
		}
		some = true
		put(k, shown, x, y, w)
		x = dataRound(x + w + waterfallLegendGap)
	}
	if !some {
		return 0
	}
	return y + waterfallLegendLine + 2
}

func (l *waterfallLegend) heightAt(width float32) float32 {
	return l.flow(width, func(PhaseKind, string, float32, float32, float32) {})
}

func (l *waterfallLegend) arrange() {
	for i := range l.words {
		l.swatches[i].Hide()
		l.words[i].Hide()
	}
	face := sequenceCaptionFace()
	l.flow(l.Size().Width, func(k PhaseKind, shown string, x, y, w float32) {
		look, swatch := k.look(), l.swatches[k]
		fill := dataColor(look.color)
		swatch.StrokeWidth, swatch.StrokeColor = 0, color.Transparent
		if look.outline {
			swatch.StrokeWidth, swatch.StrokeColor = 1, fill
			fill = dataColor(theme.ColorSurface)
		}
		swatch.FillColor = fill
		dataPut(swatch, x, y+(waterfallLegendLine-look.height)/2, waterfallSwatch, look.height)
		swatch.Show()
		swatch.Refresh()
		dataSetText(l.words[k], onBaseline(shown), dataColor(theme.ColorMuted), face.size, face.style)
		dataPut(l.words[k], x+waterfallSwatch+6, y+(waterfallLegendLine-face.height)/2, w, face.height)
		l.words[k].Show()
	})
}

// CreateRenderer implements fyne.Widget.
func (l *waterfallLegend) CreateRenderer() fyne.WidgetRenderer {
	return waterfallPart{l, &l.list, l.arrange}
}
