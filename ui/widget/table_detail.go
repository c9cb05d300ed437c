package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// DetailField is one complete value under its title.
type DetailField struct {
	Title string
	Text  string
	Mono  bool
	Tone  CellTone
}

const (
	detailShown      = CodeShown // bytes of one value that are wrapped; Copy gives all
	detailLines      = 2000      // lines of one value
	detailTitleMost  = 160
	detailTitleLeast = 56
	detailInsetX     = 12
	detailInsetY     = 8
)

// TableDetail shows complete values, each under its title with a Copy: what a
// table had to cut. Values of any length are wrapped without being measured as a
// whole, and only the lines in view are alive.
type TableDetail struct {
	fynewidget.BaseWidget

	// OnCopy takes the complete value of a field.
	OnCopy func(field DetailField)

	copyWord string
	fields   []DetailField
	lines    []detailLine
	title    float32
	width    float32
	perField int
	most     int

	box  *canvas.Rectangle
	body *dataRows
}

// detailLine is one line of one field.
type detailLine struct {
	field int
	first bool
	text  string
}

// NewTableDetail makes an empty strip. copyWord is the word on each Copy; empty
// leaves them out. It asks for at most 8 lines; see SetVisibleRows.
func NewTableDetail(copyWord string) *TableDetail {
	d := &TableDetail{copyWord: copyWord, perField: detailLines, most: 8}
	d.ExtendBaseWidget(d)
	d.box = canvas.NewRectangle(nil)
	d.body = newDataRows(codeRowHeight, func() dataRow { return newDetailRow(d) })
	d.body.ring = true
	d.body.onCopy = func() {
		if i := d.body.selected; i >= 0 {
			d.copyField(d.lines[i].field)
		}
	}
	d.body.onActivate = func(int) { d.body.onCopy() }
	return d
}

// Set replaces the values. Fields without a text are left out.
func (d *TableDetail) Set(fields []DetailField) {
	d.fields = d.fields[:0]
	for _, f := range fields {
		if f.Text != "" {
			d.fields = append(d.fields, f)
		}
	}
	d.width = -1
	d.body.selected = -1
	d.body.scrollTo(0, 0)
	d.Refresh()
}

// SetVisibleRows sets the most lines the strip asks room for; more scroll.
func (d *TableDetail) SetVisibleRows(most int) {
	d.most = max(1, most)
	d.Refresh()
}

// Fields are the values shown.
func (d *TableDetail) Fields() []DetailField { return d.fields }

// Focusable is the object that takes the keys, for Canvas.Focus.
func (d *TableDetail) Focusable() fyne.Focusable { return d.body }

// DetailFields are the complete values of a row, titled by the columns.
func (t *Table) DetailFields(row int) []DetailField {
	cells := t.Row(row)
	fields := make([]DetailField, 0, len(cells))
	for i, c := range cells[:min(len(cells), len(t.columns))] {
		fields = append(fields, DetailField{
			Title: t.columns[i].Title, Text: c.full(), Mono: c.Style == CellMono, Tone: c.Tone,
		})
	}
	return fields
}

func (d *TableDetail) copyField(i int) {
	if d.OnCopy != nil && i >= 0 && i < len(d.fields) {
		d.OnCopy(d.fields[i])
	}
}

func (f DetailField) face() *dataFace {
	if f.Mono {
		return dataWire(f.Text)
	}
	return cellFace(CellPlain)
}

// arrange wraps the values for a width, once per width.
func (d *TableDetail) arrange(width float32) {
	if width == d.width {
		return
	}
	d.width = width
	head := dataFaceFor(dataSize(theme.SizeCaption), dataTextBold)
	d.title = detailTitleLeast
	for _, f := range d.fields {
		d.title = min(detailTitleMost, max(d.title, head.width(f.Title)+1))
	}
	d.lines = d.lines[:0]
	room := max(48, d.textWidth(width))
	for i, f := range d.fields {
		text := f.Text[:cutBefore(f.Text, min(len(f.Text), detailShown))]
		lines, whole := f.face().wrap(text, room, d.perField)
		for k, line := range lines {
			if k == len(lines)-1 && (!whole || len(text) < len(f.Text)) {
				line, _ = f.face().fit(line+"   "+dataEllipsis, room)
			}
			d.lines = append(d.lines, detailLine{i, k == 0, line})
		}
	}
	d.body.minRows = min(d.most, max(1, len(d.lines)))
	d.body.setLength(len(d.lines))
}

// textWidth is the room for the values beside titles and Copy.
func (d *TableDetail) textWidth(width float32) float32 {
	return width - 2*detailInsetX - d.title - tableGap - d.copyWidth() - tableGap
}

func (d *TableDetail) copyWidth() float32 {
	if d.copyWord == "" {
		return 0
	}
	return dataFaceFor(dataSize(theme.SizeCaption), dataTextBold).width(d.copyWord) + 2*dataLinkInset
}

// heightAt is the full height at a width.
func (d *TableDetail) heightAt(width float32) float32 {
	d.arrange(width)
	return float32(d.body.minRows)*codeRowHeight + 2*detailInsetY
}

// CreateRenderer implements fyne.Widget.
func (d *TableDetail) CreateRenderer() fyne.WidgetRenderer {
	return &tableDetailRenderer{d, []fyne.CanvasObject{d.box, d.body}}
}

type tableDetailRenderer struct {
	detail *TableDetail
	list   []fyne.CanvasObject
}

func (r *tableDetailRenderer) Destroy()                     {}
func (r *tableDetailRenderer) Objects() []fyne.CanvasObject { return r.list }

func (r *tableDetailRenderer) Layout(size fyne.Size) {
	d := r.detail
	d.arrange(size.Width)
	dataPut(d.box, 0, 0, size.Width, size.Height)
	dataPut(d.body, detailInsetX, detailInsetY, max(0, size.Width-2*detailInsetX), max(0, size.Height-2*detailInsetY))
}

func (r *tableDetailRenderer) MinSize() fyne.Size {
	return fyne.NewSize(200, float32(r.detail.body.minRows)*codeRowHeight+2*detailInsetY)
}

func (r *tableDetailRenderer) Refresh() {
	d := r.detail
	d.box.FillColor = dataColor(theme.ColorSunken)
	d.box.CornerRadius = theme.Radius
	d.box.Refresh()
	d.width = -1
	r.Layout(d.Size())
	d.body.Refresh()
	canvas.Refresh(d)
}
