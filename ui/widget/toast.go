package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// toastFor is long enough to read the line and to press Undo.
const toastFor = 8 * time.Second

// Toast is a short notice at the bottom of the window that goes away by itself.
// Lay it over the page with container.NewStack; it takes no input but on its
// button.
type Toast struct {
	fynewidget.BaseWidget
	box    *canvas.Rectangle
	text   *Text
	button *Button
	onTap  func()
	said   int
}

// NewToast makes a Toast that is not seen.
func NewToast() *Toast {
	t := &Toast{box: newBox(), text: Body("")}
	t.button = NewButton("", t.tapped).SetCompact(true)
	t.ExtendBaseWidget(t)
	t.Hide()
	return t
}

// Say shows a notice with a button; an Action without a label has none.
func (t *Toast) Say(text string, a Action) {
	t.text.Set(text)
	t.button.SetLabel(a.Label)
	t.button.Hidden = a.Label == ""
	t.onTap = a.OnTap
	t.said++
	mine := t.said
	t.Show()
	t.Refresh()
	After(toastFor, func() {
		if mine == t.said {
			t.Hide()
		}
	})
}

// Text is what was said last.
func (t *Toast) Text() string { return t.text.Text() }

// Press presses the button, for a shortcut.
func (t *Toast) Press() {
	if t.Visible() && !t.button.Hidden {
		t.tapped()
	}
}

func (t *Toast) tapped() {
	t.said++
	t.Hide()
	if t.onTap != nil {
		t.onTap()
	}
}

func (t *Toast) paint() {
	t.box.FillColor, t.box.StrokeColor = ink(t, theme.ColorSurface), ink(t, theme.ColorBorder)
	t.box.StrokeWidth, t.box.CornerRadius = 1, theme.BoxRadius
}

func (t *Toast) arrange(s fyne.Size) {
	button := float32(0)
	if !t.button.Hidden {
		button = t.button.MinSize().Width + 16
	}
	w := min(32+t.text.NaturalWidth()+button, max(0, s.Width-2*theme.PageMargin))
	x, y := (s.Width-w)/2, s.Height-theme.PageMargin-44
	place(t.box, x, y, w, 44)
	place(t.text, x+16, y+12, w-32-button, 20)
	place(t.button, x+w-button, y+10, max(0, button-16), 24)
}

// CreateRenderer implements fyne.Widget.
func (t *Toast) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: t, objects: []fyne.CanvasObject{t.box, t.text, t.button}, layout: t.arrange, paint: t.paint,
		min: func() fyne.Size { return fyne.NewSize(200, 44+2*theme.PageMargin) },
	})
}
