package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// BannerModel is what a Banner says.
type BannerModel struct {
	Kind      Kind
	Text      string
	Actions   []Action
	OnDismiss func() // nil where the notice has to stay
}

// Banner is a notice over the whole width of the window: the keychain cannot be
// used, a file was damaged. It is hidden while it says nothing.
type Banner struct {
	fynewidget.BaseWidget
	model   BannerModel
	back    *canvas.Rectangle
	rule    *canvas.Rectangle
	sign    *icon
	text    *ProseText
	buttons []fyne.CanvasObject // the actions, and the last one dismisses
	dismiss *Button
	width   float32
}

const bannerPad = 2 * theme.Grid

// NewBanner makes a Banner that says nothing yet.
func NewBanner() *Banner {
	b := &Banner{back: newBox(), rule: newBox(), sign: newIcon(), text: Prose("").SetLimit(4)}
	b.dismiss = NewQuiet("", b.close).SetIcon(theme.IconCross).SetCompact(true)
	b.ExtendBaseWidget(b)
	b.Hide()
	return b
}

// Set shows a model; one without text hides the banner.
func (b *Banner) Set(m BannerModel) {
	b.model = m
	b.text.Set(m.Text)
	b.buttons = b.buttons[:0]
	for _, a := range m.Actions {
		b.buttons = append(b.buttons, NewButton(a.Label, a.OnTap).SetCompact(true))
	}
	b.dismiss.Hidden = m.OnDismiss == nil
	b.buttons = append(b.buttons, b.dismiss)
	if m.Text == "" {
		b.Hide()
		return
	}
	b.Show()
	b.Refresh()
}

// Model is what is shown.
func (b *Banner) Model() BannerModel { return b.model }

func (b *Banner) close() {
	done := b.model.OnDismiss
	b.Set(BannerModel{})
	if done != nil {
		done()
	}
}

func (b *Banner) paint() {
	t := b.model.Kind.tone()
	b.back.FillColor, b.rule.FillColor = ink(b, t.back), ink(b, theme.ColorBorder)
	b.sign.set(b, theme.Icon(t.icon).In(t.ink))
}

// measure is the width of the text, the height of the whole, and whether the
// buttons need a line of their own.
func (b *Banner) measure(width float32) (text, height float32, below bool) {
	text = width - 2*theme.PageMargin - 22
	buttons := rowWidth(b.buttons, 8)
	if below = buttons > 0 && text-buttons-8 < 240; !below {
		text -= buttons + 8
	}
	text = max(40, text)
	height = max(b.text.HeightAt(text), 24) + 2*bannerPad + 1
	if below {
		height += 8 + flowInto(b.buttons, 0, 0, text, 8, false)
	}
	return text, height, below
}

func (b *Banner) arrange(s fyne.Size) {
	b.width = s.Width
	text, _, below := b.measure(s.Width)
	place(b.back, 0, 0, s.Width, s.Height)
	place(b.rule, 0, s.Height-1, s.Width, 1)
	h := b.text.HeightAt(text)
	y := bannerPad + max(0, (24-h)/2)
	place(b.sign, theme.PageMargin, y+3, 14, 14)
	place(b.text, theme.PageMargin+22, y, text, h)
	if below {
		flowInto(b.buttons, theme.PageMargin+22, y+h+8, text, 8, true)
		return
	}
	w := rowWidth(b.buttons, 8)
	flowInto(b.buttons, s.Width-theme.PageMargin-w, bannerPad, w, 8, true)
}

func (b *Banner) list() []fyne.CanvasObject {
	return append([]fyne.CanvasObject{b.back, b.rule, b.sign.Image, b.text}, b.buttons...)
}

// CreateRenderer implements fyne.Widget.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: b, list: b.list, layout: b.arrange, paint: b.paint,
		min: func() fyne.Size {
			width := b.width
			if width <= 0 {
				width = theme.MinimumWidth
			}
			_, h, _ := b.measure(width)
			return fyne.NewSize(240, h)
		},
	})
}
