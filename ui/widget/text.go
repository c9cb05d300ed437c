package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// minTextWidth is what a line keeps of its width when space is scarce.
const minTextWidth float32 = 96

// Text is one line that ends in an ellipsis where it does not fit.
type Text struct {
	fynewidget.BaseWidget
	full    string
	color   fyne.ThemeColorName
	size    fyne.ThemeSizeName
	style   fyne.TextStyle
	height  float32
	natural float32
	line    *canvas.Text
}

func newText(text string, size fyne.ThemeSizeName, style fyne.TextStyle, color fyne.ThemeColorName, height float32) *Text {
	t := &Text{size: size, style: style, color: color, height: height, line: newLine()}
	t.full = oneLine(text)
	t.ExtendBaseWidget(t)
	t.paint()
	return t
}

// Heading is the name of a page, 18 bold.
func Heading(text string) *Text {
	return newText(text, theme.SizeHeading, fyne.TextStyle{Bold: true}, fynetheme.ColorNameForeground, 24)
}

// Section is the title of a part of a page, 13 bold.
func Section(text string) *Text {
	return newText(text, fynetheme.SizeNameText, fyne.TextStyle{Bold: true}, fynetheme.ColorNameForeground, 20)
}

// Body is a line of ordinary text.
func Body(text string) *Text {
	return newText(text, fynetheme.SizeNameText, fyne.TextStyle{}, fynetheme.ColorNameForeground, 20)
}

// Muted is a line of secondary text.
func Muted(text string) *Text {
	return newText(text, fynetheme.SizeNameText, fyne.TextStyle{}, theme.ColorMuted, 20)
}

// Caption is a small muted line.
func Caption(text string) *Text {
	return newText(text, theme.SizeCaption, fyne.TextStyle{}, theme.ColorMuted, 16)
}

// Set changes the text.
func (t *Text) Set(text string) {
	text = oneLine(text)
	if text == t.full {
		return
	}
	t.full = text
	t.Refresh()
}

// Text is the whole text, also where less of it is shown.
func (t *Text) Text() string { return t.full }

// Shown is what can be read on the screen.
func (t *Text) Shown() string { return strings.TrimPrefix(t.line.Text, baselineMark) }

// SetColor changes the colour by its name in the theme.
func (t *Text) SetColor(name fyne.ThemeColorName) *Text {
	if name != t.color {
		t.color = name
		t.Refresh()
	}
	return t
}

// NaturalWidth is the width at which nothing is cut.
func (t *Text) NaturalWidth() float32 { return t.natural }

func (t *Text) face() face { return face{t.line.TextSize, t.style} }

func (t *Text) paint() {
	t.line.Color = ink(t, t.color)
	t.line.TextSize = fynetheme.SizeForWidget(t.size, t)
	t.line.TextStyle = t.style
	t.natural = t.face().natural(t.full)
}

func (t *Text) arrange(s fyne.Size) {
	text := onBaseline(t.face().elide(t.full, s.Width))
	if text != t.line.Text {
		t.line.Text = text
		t.line.Refresh()
	}
	centred(t.line, 0, 0, s.Width, s.Height)
}

// CreateRenderer implements fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: t, objects: []fyne.CanvasObject{t.line}, layout: t.arrange, paint: t.paint,
		min: func() fyne.Size { return fyne.NewSize(min(t.natural, minTextWidth), t.height) },
	})
}
