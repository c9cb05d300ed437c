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

	body *dataRows
	fold *dataFold
}

// NewCheckList makes an empty list.
func NewCheckList(labels CheckLabels) *CheckList {
	l := &CheckList{labels: labels}
	l.ExtendBaseWidget(l)
	l.body = newDataRows(theme.RowHeight, func() dataRow { return newCheckRow(l) })
	l.body.static, l.body.ring = true, true
	l.body.minRows = 12
	l.body.onSelect = l.selected
	l.body.onCopy = l.copyCheck
	l.fold = newDataFold(l, l.body, labels.Copy, l.fields)
	l.body.onActivate = l.fold.toggle
	l.fold.detail.OnCopy = func(f DetailField) { l.copy(f.Text) }
	return l
}

// Set replaces the checks and closes the detail.
func (l *CheckList) Set(checks []Check) {
	l.checks = checks
	l.sort()
	l.fold.close()
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
	l.fold.close()
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

func (l *CheckList) selected(row int) {
	l.fold.open(row)
	if l.OnSelect != nil {
		l.OnSelect(l.order[row])
	}
}

func (l *CheckList) fields(row int) []DetailField {
	c := l.check(row)
	return []DetailField{
		{Title: l.labels.Sentence, Text: c.Sentence},
		{Title: l.labels.Found, Text: c.Found, Mono: true, Tone: c.Tone},
		{Title: l.labels.Expected, Text: c.Expected, Mono: true},
		{Title: l.labels.Clause, Text: c.Clause},
	}
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
	l.fold.fit()
	l.body.content.stale = true
	dataPut(l.body, 0, 0, size.Width, size.Height)
	l.body.content.sync()
}

func (r *checkListRenderer) Refresh() {
	r.Layout(r.list.Size())
	r.list.body.Refresh()
	r.list.fold.detail.Refresh()
	canvas.Refresh(r.list)
}
