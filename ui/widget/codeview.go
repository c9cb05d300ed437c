package widget

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// CodeLabels are the sentences of a CodeView; empty ones leave their control out.
type CodeLabels struct {
	Gate   string // says that only the beginning is shown, and of how much
	Reveal string
	Save   string
	Copy   string
}

// CodeView shows text on the wire: numbered monospace rows, JSON coloured, what
// cannot be drawn spelled out, only the rows in view alive. Long texts show their
// beginning with Reveal, Save and Copy.
type CodeView struct {
	fynewidget.BaseWidget

	OnReveal   func()            // nil: the view reveals by itself, on the window's thread
	OnSave     func(text string) // of the whole text
	OnCopy     func(text string) // of a line (copy shortcut, CopyLine) or the whole (CopyAll)
	OnSelect   func(row int)
	OnActivate func(row int)

	labels  CodeLabels
	model   CodeModel
	matches []CodeMatch
	current int
	gutter  float32
	wrap    bool
	least   int
	most    int

	box  *canvas.Rectangle
	body *dataRows
	gate *dataGate
}

// NewCodeView makes an empty viewer. It asks for 3 to 12 rows; see SetVisibleRows.
func NewCodeView(labels CodeLabels) *CodeView {
	v := &CodeView{labels: labels, current: -1, least: 3, most: 12}
	v.ExtendBaseWidget(v)
	v.box = canvas.NewRectangle(nil)
	v.body = newDataRows(codeRowHeight, func() dataRow { return newCodeRowView(v) })
	v.body.ring = true
	v.body.onSelect = func(i int) {
		if v.OnSelect != nil {
			v.OnSelect(i)
		}
	}
	v.body.onActivate = func(i int) {
		if v.OnActivate != nil {
			v.OnActivate(i)
		}
	}
	v.body.onCopy = v.CopyLine
	v.gate = newDataGate(
		newDataLink(labels.Reveal, v.reveal),
		newDataLink(labels.Save, v.save),
		newDataLink(labels.Copy, v.CopyAll),
	)
	v.gate.Hide()
	return v
}

// SetText prepares and shows a text; for large texts prepare elsewhere and SetModel.
func (v *CodeView) SetText(text string) { v.SetModel(PrepareCode(text, v.limit())) }

// SetModel shows a prepared text from its beginning.
func (v *CodeView) SetModel(m CodeModel) {
	v.setModel(m)
	v.matches, v.current = nil, -1
	v.body.selected = -1
	v.body.scrollTo(0, 0)
	v.body.setLength(m.Len())
	v.Refresh()
}

func (v *CodeView) setModel(m CodeModel) {
	v.model = m
	cell := v.face().advance('0')
	digits := max(2, len(strconv.Itoa(m.Lines())))
	v.gutter = float32(digits) * cell
	v.body.wide = codeInset*2 + v.gutter + codeGutterGap + float32(m.wide)*cell
	if v.wrap && !v.revealed() {
		v.body.wide = 0
	}
	v.body.minRows = min(max(m.Len(), v.least), v.most)
	v.gate.Hidden = !m.Cut()
	v.gate.say(v.labels.Gate)
}

// Model is what is shown.
func (v *CodeView) Model() CodeModel { return v.model }

// SetWrap cuts lines at the width of the view instead of scrolling sideways. Texts
// that were revealed keep the columns they were prepared with: cutting them again
// for every width would be felt.
func (v *CodeView) SetWrap(on bool) {
	v.wrap = on
	v.rewrap()
}

// SetVisibleRows bounds the height the view asks for: at least and at most so many
// rows, and between them what the text needs.
func (v *CodeView) SetVisibleRows(least, most int) {
	v.least, v.most = max(1, least), max(1, least, most)
	v.setModel(v.model)
	v.Refresh()
}

// Select selects a row and scrolls to it.
func (v *CodeView) Select(row int) { v.body.choose(row) }

// Selected is the selected row, -1 for none.
func (v *CodeView) Selected() int { return v.body.selected }

// Focusable is the object that takes the keys, for Canvas.Focus.
func (v *CodeView) Focusable() fyne.Focusable { return v.body }

// CopyAll hands the whole text to OnCopy, shown or not.
func (v *CodeView) CopyAll() { v.copy(v.model.Text()) }

// CopyLine hands the whole line of the selected row to OnCopy.
func (v *CodeView) CopyLine() {
	if i := v.body.selected; i >= 0 {
		v.copy(v.model.Line(i))
	}
}

func (v *CodeView) copy(text string) {
	if v.OnCopy != nil {
		v.OnCopy(text)
	}
}

func (v *CodeView) save() {
	if v.OnSave != nil {
		v.OnSave(v.model.Text())
	}
}

func (v *CodeView) reveal() {
	if v.OnReveal != nil {
		v.OnReveal()
		return
	}
	v.SetModel(PrepareCode(v.model.Text(), CodeLimit{Gate: -1}))
}

func (v *CodeView) face() *dataFace { return dataMono() }

// revealed tells a text that is shown whole although it is long.
func (v *CodeView) revealed() bool { return v.model.Shown() > CodeGate }

func (v *CodeView) limit() CodeLimit {
	width := v.Size().Width
	if !v.wrap || width <= 0 {
		return CodeLimit{}
	}
	cell := v.face().advance('0')
	digits := max(2, len(strconv.Itoa(1+strings.Count(v.model.Text()[:v.model.Shown()], "\n"))))
	room := width - 2*codeBoxInset - 2*codeInset - codeGutterGap - float32(digits)*cell - 4
	return CodeLimit{Columns: max(16, min(CodeColumns, int(room/cell)))}
}

// rewrap cuts the text for the width of now, keeping the selected line.
func (v *CodeView) rewrap() {
	if !v.wrap || v.model.Len() == 0 || v.revealed() {
		return
	}
	m := PrepareCode(v.model.Text(), v.limit())
	if m.Len() == v.model.Len() && m.wide == v.model.wide {
		return
	}
	if i := v.body.selected; i >= 0 {
		v.body.selected = m.rowAt(v.model.rows[i].start)
	}
	v.setModel(m)
	v.body.setLength(m.Len())
}
