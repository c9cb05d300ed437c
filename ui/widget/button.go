package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// maxButtonWidth keeps a label that is not ours from pushing all else away.
const maxButtonWidth float32 = 280

type buttonLook int

const (
	lookPlain buttonLook = iota
	lookPrimary
	lookQuiet
	lookChosen // one of several, and the one that is on
)

// Button is pressed by tapping, by Enter and by Space.
type Button struct {
	fynewidget.DisableableWidget
	touch
	OnTap func()

	label            string
	look             buttonLook
	compact, leading bool
	icon             theme.IconName
	natural          float32

	back, ring *canvas.Rectangle
	text       *canvas.Text
	image      *icon
}

var (
	_ fyne.Focusable    = (*Button)(nil)
	_ fyne.Tappable     = (*Button)(nil)
	_ desktop.Hoverable = (*Button)(nil)
)

// NewButton is an ordinary button.
func NewButton(label string, onTap func()) *Button { return newButton(label, lookPlain, onTap) }

// NewPrimary is the one button of a page that does what the page is for.
func NewPrimary(label string, onTap func()) *Button { return newButton(label, lookPrimary, onTap) }

// NewQuiet is a button without a border, for what is seldom needed.
func NewQuiet(label string, onTap func()) *Button { return newButton(label, lookQuiet, onTap) }

func newButton(label string, look buttonLook, onTap func()) *Button {
	b := &Button{}
	b.init(b, label, look, onTap)
	return b
}

// init makes the parts of a button, also for the widgets that embed one: a button
// that was copied would go on painting the original.
func (b *Button) init(owner pressable, label string, look buttonLook, onTap func()) {
	b.owner, b.OnTap, b.label, b.look = owner, onTap, oneLine(label), look
	b.ExtendBaseWidget(owner)
	b.text, b.image = newLine(), newIcon()
	b.back, b.ring = newBox(), newBox()
	b.paint()
}

// SetLabel changes the text on the button.
func (b *Button) SetLabel(label string) {
	if label = oneLine(label); label != b.label {
		b.label = label
		b.Refresh()
	}
}

// Label is the text on the button.
func (b *Button) Label() string { return b.label }

// SetIcon shows an icon before the label; "" shows none.
func (b *Button) SetIcon(name theme.IconName) *Button {
	if name != b.icon {
		b.icon = name
		b.Refresh()
	}
	return b
}

// SetCompact makes the button low enough for a row of a table.
func (b *Button) SetCompact(on bool) *Button {
	b.compact = on
	b.Refresh()
	return b
}

// SetChosen marks the button that is on, in a group of which one is.
func (b *Button) SetChosen(on bool) {
	want := lookPlain
	if on {
		want = lookChosen
	}
	if b.look != want {
		b.look = want
		b.Refresh()
	}
}

// Tapped implements fyne.Tappable.
func (b *Button) Tapped(*fyne.PointEvent) {
	if b.OnTap != nil && !b.Disabled() {
		b.OnTap()
	}
}

func (b *Button) face() face { return face{b.text.TextSize, b.text.TextStyle} }

func (b *Button) height() float32 {
	if b.compact {
		return theme.RowHeight - 2*theme.Grid
	}
	return theme.ControlHeight
}

func (b *Button) iconGap() float32 {
	if b.leading {
		return theme.Grid
	}
	return 2 * theme.Grid
}

func (b *Button) pad() float32 {
	if b.compact || b.label == "" || b.leading {
		return 2 * theme.Grid
	}
	return 3 * theme.Grid
}

func (b *Button) paint() {
	fore, back, border := b.colours()
	b.text.Color = ink(b, fore)
	b.text.TextSize = fynetheme.SizeForWidget(fynetheme.SizeNameText, b)
	b.text.TextStyle = fyne.TextStyle{Bold: b.look == lookPrimary || b.look == lookChosen}
	b.natural = b.face().natural(b.label)
	b.back.FillColor, b.back.StrokeColor = ink(b, back), ink(b, border)
	b.back.StrokeWidth, b.back.CornerRadius = 1, theme.Radius
	paintRing(b, b.ring, b.focused, b.look == lookPrimary)
	b.image.Hidden = b.icon == ""
	if b.icon != "" {
		b.image.set(b, theme.Icon(b.icon).In(fore))
	}
}

// colours are those of the text, the background and the border, by name.
func (b *Button) colours() (fore, back, border fyne.ThemeColorName) {
	fore, back, border = fynetheme.ColorNameForeground, theme.ColorSurface, theme.ColorBorder
	switch b.look {
	case lookPrimary:
		fore, back, border = theme.ColorOnAccent, theme.ColorAccent, theme.ColorAccent
	case lookQuiet:
		fore, back, border = theme.ColorMuted, "", ""
	case lookChosen:
		back = theme.ColorSelected
	}
	switch {
	case b.Disabled() && b.look == lookQuiet:
		fore = fynetheme.ColorNameDisabled
	case b.Disabled():
		fore, back, border = fynetheme.ColorNameDisabled, fynetheme.ColorNameDisabledButton, theme.ColorBorder
	case b.hovered && b.look == lookPrimary:
		back, border = theme.ColorAccentHover, theme.ColorAccentHover
	case b.hovered && b.look != lookChosen:
		fore, back = fynetheme.ColorNameForeground, fynetheme.ColorNameHover
	}
	return fore, back, border
}

// paintRing shows where the keyboard is: around a control, or inside it where the
// control itself has the colour of the ring.
func paintRing(w fyne.Widget, ring *canvas.Rectangle, on, inside bool) {
	ring.Hidden = !on
	ring.CornerRadius, ring.StrokeWidth = theme.Radius, 2
	ring.StrokeColor = ink(w, theme.ColorAccent)
	if inside {
		ring.CornerRadius, ring.StrokeWidth = theme.Radius-2, 1.5
		ring.StrokeColor = ink(w, theme.ColorOnAccent)
	}
}

func (b *Button) arrange(s fyne.Size) {
	place(b.back, 0, 0, s.Width, s.Height)
	inset := float32(0)
	if b.look == lookPrimary {
		inset = 3
	}
	place(b.ring, inset, inset, s.Width-2*inset, s.Height-2*inset)
	room := s.Width - 2*b.pad()
	used := float32(0)
	if b.icon != "" {
		used = 16
		if b.label != "" {
			used += b.iconGap()
		}
	}
	text := onBaseline(b.face().elide(b.label, room-used))
	if text != b.text.Text {
		b.text.Text = text
		b.text.Refresh()
	}
	wide := b.face().width(text)
	x := b.pad()
	if !b.leading {
		x = max(x, (s.Width-used-wide)/2)
	}
	place(b.image, x, (s.Height-16)/2, 16, 16)
	centred(b.text, x+used, 0, wide, s.Height)
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: b, objects: []fyne.CanvasObject{b.back, b.image.Image, b.text, b.ring}, layout: b.arrange, paint: b.paint,
		min: func() fyne.Size {
			w := b.natural + 2*b.pad()
			if b.icon != "" {
				w += 16
				if b.label != "" {
					w += b.iconGap()
				}
			}
			return fyne.NewSize(min(w, maxButtonWidth), b.height())
		},
	})
}
