package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

const (
	proseLines   = 24           // more than this is a document, not prose
	proseDefault = float32(480) // the width to reckon with before there is one
)

// ProseText is text over several lines.
type ProseText struct {
	fynewidget.BaseWidget
	text   string
	color  fyne.ThemeColorName
	size   fyne.ThemeSizeName
	style  fyne.TextStyle
	pitch  float32 // height of a line
	limit  int
	width  float32 // that the lines were broken for
	shown  []string
	lines  []*canvas.Text
	drawn  []fyne.CanvasObject
	broken bool
}

// Prose is wrapped text. It breaks Chinese, Japanese and Thai and long unbroken
// runs by itself and ends in an ellipsis after a number of lines.
func Prose(text string) *ProseText {
	p := &ProseText{text: text, color: fynetheme.ColorNameForeground, size: fynetheme.SizeNameText, pitch: 20, limit: proseLines}
	p.ExtendBaseWidget(p)
	return p
}

// MutedProse is Prose for explanations.
func MutedProse(text string) *ProseText {
	p := Prose(text)
	p.color = theme.ColorMuted
	return p
}

// CaptionProse is Prose for hints, small and muted.
func CaptionProse(text string) *ProseText {
	p := MutedProse(text)
	p.size, p.pitch = theme.SizeCaption, 16
	return p
}

// MonoProse is Prose for words that came over the wire.
func MonoProse(text string) *ProseText {
	p := Prose(text)
	p.size, p.style = theme.SizeMono, fyne.TextStyle{Monospace: true}
	return p
}

// Set changes the text.
func (p *ProseText) Set(text string) {
	if text == p.text {
		return
	}
	p.text = text
	p.broken = false
	p.Refresh()
}

// Text is the whole text.
func (p *ProseText) Text() string { return p.text }

// Lines are the lines that are shown.
func (p *ProseText) Lines() []string {
	p.rewrap()
	return p.shown
}

// SetColor changes the colour by its name in the theme.
func (p *ProseText) SetColor(name fyne.ThemeColorName) *ProseText {
	if name != p.color {
		p.color = name
		p.Refresh()
	}
	return p
}

// SetLimit changes after how many lines the text is cut.
func (p *ProseText) SetLimit(lines int) *ProseText {
	p.limit, p.broken = max(lines, 1), false
	p.Refresh()
	return p
}

// NaturalWidth is the width at which nothing needs to be broken.
func (p *ProseText) NaturalWidth() float32 { return p.face().natural(p.text) }

// HeightAt is the height that the text takes at a width.
func (p *ProseText) HeightAt(width float32) float32 {
	p.setWidth(width)
	p.rewrap()
	return float32(len(p.shown)) * p.pitch
}

func (p *ProseText) setWidth(width float32) {
	if width != p.width {
		p.width, p.broken = width, false
	}
}

func (p *ProseText) face() face { return face{fynetheme.SizeForWidget(p.size, p), p.style} }

func (p *ProseText) rewrap() {
	if p.broken {
		return
	}
	p.broken = true
	if p.text == "" {
		p.shown = nil
		return
	}
	width := p.width
	if width <= 0 {
		width = proseDefault
	}
	p.shown = p.face().wrap(p.text, width, p.limit)
}

func (p *ProseText) paint() {
	p.broken = false // the size of text may have changed
	p.draw()
}

// draw gives each line its canvas object.
func (p *ProseText) draw() {
	p.rewrap()
	for len(p.lines) < len(p.shown) {
		line := newLine()
		p.lines = append(p.lines, line)
		p.drawn = append(p.drawn, line)
	}
	c, f := ink(p, p.color), p.face()
	for i, s := range p.shown {
		line, s := p.lines[i], onBaseline(s)
		if line.Text != s || line.Color != c || line.TextSize != f.size || line.TextStyle != f.style {
			line.Text, line.Color, line.TextSize, line.TextStyle = s, c, f.size, f.style
			line.Refresh()
		}
	}
}

func (p *ProseText) arrange(s fyne.Size) {
	p.setWidth(s.Width)
	p.draw()
	for i := range p.shown {
		centred(p.lines[i], 0, float32(i)*p.pitch, s.Width, p.pitch)
	}
}

// CreateRenderer implements fyne.Widget.
func (p *ProseText) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: p, layout: p.arrange, paint: p.paint,
		list: func() []fyne.CanvasObject { return p.drawn[:len(p.shown)] },
		min: func() fyne.Size {
			p.draw()
			return fyne.NewSize(40, float32(len(p.shown))*p.pitch)
		},
	})
}
