package widget

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// Check is one check as a CheckList shows it. Everything is handed in: the sign
// and the word stand beside the colour, so that colour is never the only sign.
type Check struct {
	Tone     CellTone
	Sign     string // "✓"
	Word     string // "Passed"
	Name     string
	Found    string
	Expected string
	Clause   string
	Sentence string
}

// CheckLabels are the titles in the detail of a check, and the word on each Copy.
type CheckLabels struct{ Found, Expected, Clause, Sentence, Copy string }

// CheckList shows checks as compact rows; selecting one opens its detail under it,
// selecting it again closes it. It is as tall as its content, for a page that
// scrolls; above 200 checks it scrolls by itself.
type CheckList struct {
	fynewidget.BaseWidget

	OnSelect func(index int)   // the index in what was set, whatever the order shown
	OnCopy   func(text string) // a value of the detail, or the selected check as text

	labels CheckLabels
	checks []Check
	order  []int
	first  bool
	word   float32

	body   *dataRows
	detail *TableDetail
}

// checkDetailLines bounds each value in the detail; Copy gives all of it.
const checkDetailLines = 12

// NewCheckList makes an empty list.
func NewCheckList(labels CheckLabels) *CheckList {
	l := &CheckList{labels: labels}
	l.ExtendBaseWidget(l)
	l.body = newDataRows(theme.RowHeight, func() dataRow { return newCheckRow(l) })
	l.body.static, l.body.ring = true, true
	l.body.minRows = 12
	l.body.onSelect = l.open
	l.body.onActivate = l.toggle
	l.body.onTap = l.tapped
	l.body.onCopy = l.copyCheck
	l.detail = NewTableDetail(labels.Copy)
	l.detail.perField, l.detail.most = checkDetailLines, 4*checkDetailLines
	l.detail.body.static = true
	l.detail.OnCopy = func(f DetailField) { l.copy(f.Text) }
	return l
}

// Set replaces the checks and closes the detail.
func (l *CheckList) Set(checks []Check) {
	l.checks = checks
	l.sort()
	l.close()
	l.body.selected = -1
	face := cellFace(CellPlain)
	l.word = 0
	for _, c := range checks {
		l.word = min(120, max(l.word, face.width(c.Word)))
	}
	l.body.stand(len(checks) <= staticTableRows)
	l.body.setLength(len(checks))
	l.Refresh()
}

// SetFailingFirst puts failures, then warnings, then what cannot be told before
// what passed; otherwise the order is the one given.
func (l *CheckList) SetFailingFirst(on bool) {
	l.first = on
	at := l.Selected()
	l.sort()
	l.close()
	l.body.selected = -1
	l.body.reload()
	l.Select(at)
}

func (l *CheckList) sort() {
	l.order = l.order[:0]
	for i := range l.checks {
		l.order = append(l.order, i)
	}
	if l.first {
		sort.SliceStable(l.order, func(a, b int) bool {
			return l.checks[l.order[a]].weight() < l.checks[l.order[b]].weight()
		})
	}
}

func (c Check) weight() int {
	switch c.Tone {
	case CellToneFail:
		return 0
	case CellToneWarn:
		return 1
	case CellTonePass:
		return 3
	}
	return 2
}

// Select opens a check by its index in what was set.
func (l *CheckList) Select(index int) {
	for row, i := range l.order {
		if i == index {
			l.body.choose(row)
		}
	}
}

// Selected is the index of the selected check in what was set, -1 for none.
func (l *CheckList) Selected() int {
	if l.body.selected < 0 || l.body.selected >= len(l.order) {
		return -1
	}
	return l.order[l.body.selected]
}

// Focusable is the object that takes the keys, for Canvas.Focus.
func (l *CheckList) Focusable() fyne.Focusable { return l.body }

// check is the check of a row.
func (l *CheckList) check(row int) Check {
	if row < 0 || row >= len(l.order) {
		return Check{}
	}
	return l.checks[l.order[row]]
}

func (l *CheckList) open(row int) {
	c := l.check(row)
	l.detail.Set([]DetailField{
		{Title: l.labels.Sentence, Text: c.Sentence},
		{Title: l.labels.Found, Text: c.Found, Mono: true, Tone: c.Tone},
		{Title: l.labels.Expected, Text: c.Expected, Mono: true},
		{Title: l.labels.Clause, Text: c.Clause},
	})
	l.body.gap = dataGap{after: -1}
	if len(l.detail.Fields()) > 0 {
		l.body.gap = dataGap{after: row, height: l.gapHeight(), object: l.detail}
	}
	l.Refresh()
	l.body.show(row)
	if l.OnSelect != nil {
		l.OnSelect(l.order[row])
	}
}

func (l *CheckList) gapHeight() float32 { return l.detail.heightAt(l.Size().Width) + 1 }

func (l *CheckList) close() { l.body.gap = dataGap{after: -1} }

// toggle closes the detail of the selected check or opens it again.
func (l *CheckList) toggle(row int) {
	if l.body.gap.after == row {
		l.close()
		l.Refresh()
		return
	}
	l.open(row)
}

// tapped closes an open check; anything else is selected as usual.
func (l *CheckList) tapped(row int, _ fyne.Position) bool {
	if row != l.body.selected {
		return false
	}
	l.body.focus()
	l.toggle(row)
	return true
}

func (l *CheckList) copyCheck() {
	i := l.Selected()
	if i < 0 {
		return
	}
	c := l.checks[i]
	l.copy(rowText([]Cell{{Text: c.Word}, {Text: c.Name}, {Text: c.Found}, {Text: c.Expected}, {Text: c.Clause}, {Text: c.Sentence}}))
}

func (l *CheckList) copy(text string) {
	if l.OnCopy != nil {
		l.OnCopy(text)
	}
}

// CreateRenderer implements fyne.Widget.
func (l *CheckList) CreateRenderer() fyne.WidgetRenderer {
	return &checkListRenderer{l, []fyne.CanvasObject{l.body}}
}

type checkListRenderer struct {
	list *CheckList
	body []fyne.CanvasObject
}

func (r *checkListRenderer) Destroy()                     {}
func (r *checkListRenderer) Objects() []fyne.CanvasObject { return r.body }
func (r *checkListRenderer) MinSize() fyne.Size {
	return fyne.NewSize(240, r.list.body.MinSize().Height)
}

func (r *checkListRenderer) Layout(size fyne.Size) {
	l := r.list
	if l.body.gap.after >= 0 {
		l.body.gap.height = l.gapHeight()
	}
	l.body.content.stale = true
	dataPut(l.body, 0, 0, size.Width, size.Height)
	l.body.content.sync()
}

func (r *checkListRenderer) Refresh() {
	r.Layout(r.list.Size())
	r.list.body.Refresh()
	r.list.detail.Refresh()
	canvas.Refresh(r.list)
}
