package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// Field is a control of a form with its label above and a hint below; a message
// takes the place of the hint.
type Field struct {
	fynewidget.BaseWidget
	Control fyne.CanvasObject

	label   *Text
	hint    string
	kind    Kind
	message string
	below   *ProseText
	sign    *icon
	outline *canvas.Rectangle // around a control whose value is wrong
}

const (
	fieldLabel = 5 * theme.Grid
	fieldSign  = 12
)

// NewField makes a field around a control.
func NewField(label string, control fyne.CanvasObject) *Field {
	f := &Field{Control: control, below: CaptionProse("").SetLimit(4), sign: newIcon(), outline: newBox()}
	f.label = newText(label, theme.SizeStep, fyne.TextStyle{}, theme.ColorMuted, fieldLabel)
	f.ExtendBaseWidget(f)
	return f
}

// SetLabel changes the label.
func (f *Field) SetLabel(text string) { f.label.Set(text) }

// SetHint sets what is said below the control while there is no message.
func (f *Field) SetHint(text string) *Field {
	if text != f.hint {
		f.hint = text
		f.Refresh()
	}
	return f
}

// SetMessage says what is wrong with the value, or worth knowing about it; an empty
// text takes the message away.
func (f *Field) SetMessage(kind Kind, text string) {
	if text == "" {
		kind = KindNone
	}
	if kind == f.kind && text == f.message {
		return
	}
	f.kind, f.message = kind, text
	f.Refresh()
}

// Message is the message that is shown.
func (f *Field) Message() (Kind, string) { return f.kind, f.message }

func (f *Field) paint() {
	text := f.hint
	f.below.SetColor(theme.ColorMuted)
	f.sign.Hidden = f.message == ""
	if f.message != "" {
		text = f.message
		t := f.kind.tone()
		f.below.SetColor(t.ink)
		f.sign.set(f, theme.Icon(t.icon).In(t.ink))
	}
	f.below.Set(text)
	f.outline.Hidden = f.kind != KindFail
	f.outline.StrokeColor, f.outline.StrokeWidth, f.outline.CornerRadius = ink(f, theme.ColorFail), 1, theme.Radius
}

func (f *Field) indent() float32 {
	if f.message == "" {
		return 0
	}
	return fieldSign + 4
}

func (f *Field) arrange(s fyne.Size) {
	y := float32(0)
	if f.label.Text() != "" {
		place(f.label, 0, 0, s.Width, fieldLabel)
		y = fieldLabel + 2
	}
	if f.Control.Size().Width != s.Width {
		f.Control.Resize(fyne.NewSize(s.Width, f.Control.MinSize().Height))
	}
	height := f.Control.MinSize().Height
	place(f.Control, 0, y, s.Width, height)
	f.outline.Move(f.Control.Position())
	f.outline.Resize(f.Control.Size())
	if secret, ok := f.Control.(*SecretEntry); ok { // its buttons are not wrong
		f.outline.Resize(secret.Entry.Size())
	}
	y += height + 2
	place(f.sign, 0, y+2, fieldSign, fieldSign)
	w := s.Width - f.indent()
	place(f.below, f.indent(), y, w, f.below.HeightAt(w))
}

// CreateRenderer implements fyne.Widget.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: f, objects: []fyne.CanvasObject{f.label, f.Control, f.outline, f.sign.Image, f.below}, layout: f.arrange, paint: f.paint,
		min: func() fyne.Size {
			h := f.Control.MinSize().Height
			if f.label.Text() != "" {
				h += fieldLabel + 2
			}
			if f.below.Text() != "" {
				h += 2 + f.below.MinSize().Height
			}
			return fyne.NewSize(max(120, f.Control.MinSize().Width), h)
		},
	})
}
