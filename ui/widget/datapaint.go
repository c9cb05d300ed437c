package widget

import (
	"image/color"
	"math"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"signbench/ui/theme"
)

// CellTone is the verdict a cell, a check or a value carries. It only picks the
// colour; the sign and the word beside it are handed in.
type CellTone uint8

// The tones. CellToneMuted is for what is absent or cannot be told.
const (
	CellToneNone CellTone = iota
	CellTonePass
	CellToneWarn
	CellToneFail
	CellToneMuted
	CellToneAccent
)

func (t CellTone) name() fyne.ThemeColorName {
	switch t {
	case CellTonePass:
		return theme.ColorPass
	case CellToneWarn:
		return theme.ColorWarn
	case CellToneFail:
		return theme.ColorFail
	case CellToneMuted:
		return theme.ColorMuted
	case CellToneAccent:
		return theme.ColorAccent
	}
	return fynetheme.ColorNameForeground
}

// dataColor resolves a name of the palette under the theme of now.
func dataColor(name fyne.ThemeColorName) color.Color {
	s := fyne.CurrentApp().Settings()
	return s.Theme().Color(name, s.ThemeVariant())
}

// dataSize resolves a size of the theme of now.
func dataSize(name fyne.ThemeSizeName) float32 {
	return fyne.CurrentApp().Settings().Theme().Size(name)
}

// dataSetText changes a text object and repaints it only when it differs: rows
// are recycled far more often than their looks change.
func dataSetText(t *canvas.Text, text string, c color.Color, size float32, style fyne.TextStyle) {
	if first, _ := utf8.DecodeRuneInString(text); dataProse(first) {
		text = onBaseline(text)
	}
	if t.Text == text && t.Color == c && t.TextSize == size && t.TextStyle == style {
		return
	}
	t.Text, t.Color, t.TextSize, t.TextStyle = text, c, size, style
	t.Refresh()
}

// dataSetFill changes a rectangle's colour, hiding it when there is none.
func dataSetFill(r *canvas.Rectangle, c color.Color) {
	if c == nil {
		if r.Visible() {
			r.Hide()
		}
		return
	}
	if !r.Visible() {
		r.Show()
	}
	if r.FillColor != c {
		r.FillColor = c
		r.Refresh()
	}
}

// dataPut places an object on whole pixels: between them a real window blurs text.
func dataPut(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(float32(math.Round(float64(x))), float32(math.Round(float64(y)))))
	o.Resize(fyne.NewSize(w, h))
}

// dataTextMono and dataTextBold are the styles of what is on the wire and of titles.
var (
	dataTextMono = fyne.TextStyle{Monospace: true}
	dataTextBold = fyne.TextStyle{Bold: true}
)
