package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// RegisterRow is one value to be entered elsewhere.
type RegisterRow struct{ Label, Value string }

// RegisterBox shows values that have to be registered at the provider, each with a
// button that copies it exactly.
type RegisterBox struct {
	fynewidget.BaseWidget
	OnCopy func(value string)

	copyLabel, copied string
	rows              []*registerRow
	objects           []fyne.CanvasObject
	box               *canvas.Rectangle
}

type registerRow struct {
	label *Text
	value *ProseText
	copy  *CopyButton
}

// NewRegisterBox makes a RegisterBox with the words of its buttons.
func NewRegisterBox(copyLabel, copiedLabel string) *RegisterBox {
	r := &RegisterBox{copyLabel: copyLabel, copied: copiedLabel, box: newBox()}
	r.objects = []fyne.CanvasObject{r.box}
	r.ExtendBaseWidget(r)
	return r
}

// SetRows shows the rows. Where there were as many before, the same objects show
// them, and the focus stays.
func (r *RegisterBox) SetRows(rows []RegisterRow) {
	for len(r.rows) < len(rows) {
		r.rows = append(r.rows, r.newRow())
	}
	r.rows = r.rows[:len(rows)]
	r.objects = r.objects[:1]
	for i, row := range r.rows {
		row.label.Set(rows[i].Label)
		row.value.Set(rows[i].Value)
		r.objects = append(r.objects, row.label, row.value, row.copy)
	}
	r.Refresh()
}

func (r *RegisterBox) newRow() *registerRow {
	row := &registerRow{label: Body(""), value: MonoProse("").SetLimit(4)}
	row.copy = NewCopyButton(r.copyLabel, r.copied, func() {
		if r.OnCopy != nil {
			r.OnCopy(row.value.Text())
		}
	})
	return row
}

func (r *RegisterBox) paint() {
	r.box.FillColor, r.box.StrokeColor = ink(r, fynetheme.ColorNameBackground), ink(r, theme.ColorBorder)
	r.box.StrokeWidth, r.box.CornerRadius = 1, theme.BoxRadius
}

func (r *RegisterBox) arrange(s fyne.Size) {
	place(r.box, 0, 0, s.Width, s.Height)
	y := float32(cardPad - theme.Grid)
	for _, row := range r.rows {
		button := row.copy.MinSize().Width
		w := s.Width - 2*cardPad - button - 12
		place(row.label, cardPad, y, w, 20)
		h := row.value.HeightAt(w)
		place(row.value, cardPad, y+20, w, h)
		place(row.copy, s.Width-cardPad-button, y+(20+max(h, 20)-24)/2, button, 24)
		y += 20 + max(h, 20) + 8
	}
}

// CreateRenderer implements fyne.Widget.
func (r *RegisterBox) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: r, list: func() []fyne.CanvasObject { return r.objects }, layout: r.arrange, paint: r.paint,
		min: func() fyne.Size {
			h := float32(2 * (cardPad - theme.Grid))
			for i, row := range r.rows {
				if i > 0 {
					h += 8
				}
				h += 20 + max(row.value.MinSize().Height, 20)
			}
			return fyne.NewSize(240, h)
		},
	})
}
