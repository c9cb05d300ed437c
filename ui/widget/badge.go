package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// Badge is a word in an outline that says what a thing is worth: "Verified",
// "Decoded only", "Opaque". Sign, word and colour differ.
type Badge struct {
	fynewidget.BaseWidget
	kind    Kind
	words   string
	box     *canvas.Rectangle
	sign    *icon
	text    *canvas.Text
	natural float32
}

const (
	badgeHeight = 5 * theme.Grid
	badgePad    = 6
	badgeSign   = 10
)

// NewBadge makes a Badge; with KindNone it has no sign.
func NewBadge(kind Kind, words string) *Badge {
	b := &Badge{kind: kind, words: oneLine(words), box: newBox(), sign: newIcon(), text: newLine()}
	b.ExtendBaseWidget(b)
	b.paint()
	return b
}

// Set changes what the badge says.
func (b *Badge) Set(kind Kind, words string) {
	words = oneLine(words)
	if kind == b.kind && words == b.words {
		return
	}
	b.kind, b.words = kind, words
	b.Refresh()
}

func (b *Badge) face() face { return face{b.text.TextSize, b.text.TextStyle} }

func (b *Badge) paint() {
	t := b.kind.tone()
	b.box.FillColor, b.box.StrokeColor = ink(b, ""), ink(b, t.ink)
	b.box.StrokeWidth, b.box.CornerRadius = 1, theme.Grid
	setLine(b.text, fynetheme.SizeForWidget(theme.SizeCaption, b), true, ink(b, t.ink))
	b.sign.Hidden = b.kind == KindNone
	if !b.sign.Hidden {
		b.sign.set(b, theme.Icon(t.icon).In(t.ink))
	}
	b.natural = b.face().natural(b.words) + 2*badgePad + b.indent()
}

func (b *Badge) indent() float32 {
	if b.kind == KindNone {
		return 0
	}
	return badgeSign + 4
}

// NaturalWidth is the width at which nothing is cut.
func (b *Badge) NaturalWidth() float32 { return b.natural }

func (b *Badge) arrange(s fyne.Size) {
	w := min(s.Width, b.natural) // an outline fits its words
	top := (s.Height - badgeHeight) / 2
	place(b.box, 0, top, w, badgeHeight)
	place(b.sign, badgePad, top+5, badgeSign, badgeSign)
	room := w - 2*badgePad - b.indent()
	if text := onBaseline(b.face().elide(b.words, room)); text != b.text.Text {
		b.text.Text = text
		b.text.Refresh()
	}
	centred(b.text, badgePad+b.indent(), top, room, badgeHeight)
}

// CreateRenderer implements fyne.Widget.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: b, objects: []fyne.CanvasObject{b.box, b.sign.Image, b.text}, layout: b.arrange, paint: b.paint,
		min: func() fyne.Size { return fyne.NewSize(min(b.natural, minTextWidth), badgeHeight) },
	})
}
