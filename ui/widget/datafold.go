package widget

import "fyne.io/fyne/v2"

// foldLines bounds each value in the detail of a row; Copy gives all of it.
const foldLines = 12

// dataFold opens the detail of the selected row below that row, in rows that the page
// scrolls; selecting the row again closes it.
type dataFold struct {
	owner  fyne.Widget // is as wide as the detail, and as high as all of it
	body   *dataRows
	detail *TableDetail
	fields func(row int) []DetailField // none: nothing is opened
}

func newDataFold(owner fyne.Widget, body *dataRows, copyWord string, fields func(row int) []DetailField) *dataFold {
	f := &dataFold{owner: owner, body: body, detail: NewTableDetail(copyWord), fields: fields}
	f.detail.perField, f.detail.most = foldLines, 4*foldLines
	f.detail.body.static = true
	body.onTap = f.tapped
	return f
}

func (f *dataFold) open(row int) {
	f.detail.Set(f.fields(row))
	f.close()
	if len(f.detail.Fields()) > 0 {
		f.body.gap = dataGap{after: row, height: f.height(), object: f.detail}
	}
	f.owner.Refresh()
	f.body.show(row)
}

func (f *dataFold) height() float32 { return f.detail.heightAt(f.owner.Size().Width) + 1 }

func (f *dataFold) close() { f.body.gap = dataGap{after: -1} }

// fit gives an open detail the height that it needs at the owner's width.
func (f *dataFold) fit() {
	if f.body.gap.after >= 0 {
		f.body.gap.height = f.height()
	}
}

// toggle closes the detail of the selected row or opens it again.
func (f *dataFold) toggle(row int) {
	if f.body.gap.after == row {
		f.close()
		f.owner.Refresh()
		return
	}
	f.open(row)
}

// tapped closes an open row; anything else is selected as usual.
func (f *dataFold) tapped(row int, _ fyne.Position) bool {
	if row != f.body.selected {
		return false
	}
	f.body.focus()
	f.toggle(row)
	return true
}

// Unfold makes a selected row open below itself where not all of it can be seen: each
// value whole, with the word to copy it. It is for a table that its page scrolls.
func (t *Table) Unfold(copyWord string) *Table {
	t.fold = newDataFold(t, t.body, copyWord, t.unseen)
	t.fold.detail.OnCopy = func(f DetailField) {
		if t.OnCopy != nil {
			t.OnCopy(f.Text)
		}
	}
	return t
}

// unseen are the fields of a row of which something is cut, or has more to say.
func (t *Table) unseen(row int) []DetailField {
	for i, c := range t.Row(row) {
		if i < len(t.widths) && (c.full() != c.Text || cellWidth(c, t.widths[i]+1) > t.widths[i]) {
			return t.DetailFields(row)
		}
	}
	return nil
}
