package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

const (
	tokenInsetX   = 12
	tokenInsetY   = 8
	tokenRows     = 2  // when collapsed
	tokenRowsMost = 12 // when expanded; more scroll
)

// TokenLabels are the words of the control that expands a TokenView.
type TokenLabels struct{ Expand, Collapse string }

// TokenView shows a raw token in the colours of its segments, on a few lines with
// an ellipsis in each segment, or whole. It lays out by counting cells: whatever
// the token's length, a new width costs a division.
type TokenView struct {
	fynewidget.BaseWidget

	// OnCopy takes the whole token from the copy shortcut.
	OnCopy func(text string)
	// OnExpand reports that the user expanded or collapsed.
	OnExpand func(expanded bool)

	labels   TokenLabels
	model    TokenModel
	clean    []TokenSegment
	flow     tokenFlow
	lines    int
	columns  int
	expanded bool

	box  *canvas.Rectangle
	body *dataRows
	link *dataLink
}

// NewTokenView makes an empty view of two lines when collapsed.
func NewTokenView(labels TokenLabels) *TokenView {
	v := &TokenView{labels: labels, lines: tokenRows, columns: 64}
	v.ExtendBaseWidget(v)
	v.box = canvas.NewRectangle(nil)
	v.body = newDataRows(codeRowHeight, func() dataRow { return newTokenRow(v) })
	v.body.ring, v.body.static, v.body.plain = true, true, true
	v.body.onTap = func(int, fyne.Position) bool { v.body.focus(); return true }
	v.body.onActivate = func(int) { v.toggle() }
	v.body.onCopy = func() {
		if v.OnCopy != nil {
			v.OnCopy(v.model.text())
		}
	}
	v.link = newDataLink(labels.Expand, v.toggle)
	v.link.Hide()
	return v
}

// Set shows a token.
func (v *TokenView) Set(m TokenModel) {
	v.model = m
	v.clean = make([]TokenSegment, len(m.Segments))
	for i, s := range m.Segments {
		v.clean[i] = TokenSegment{cleanToken(s.Text), s.Role}
	}
	v.body.selected = -1
	v.Refresh()
}

// SetExpanded shows the whole token or its beginning.
func (v *TokenView) SetExpanded(on bool) {
	if v.expanded != on {
		v.expanded = on
		v.Refresh()
	}
}

// Expanded tells whether the whole token is shown.
func (v *TokenView) Expanded() bool { return v.expanded }

func (v *TokenView) toggle() {
	if !v.link.Visible() {
		return
	}
	v.SetExpanded(!v.expanded)
	if v.OnExpand != nil {
		v.OnExpand(v.expanded)
	}
}

func (v *TokenView) face() *dataFace { return dataMono() }

// arrange flows the token for a width and decides on the control.
func (v *TokenView) arrange(width float32) {
	cell := v.face().advance('0')
	if width > 0 && cell > 0 {
		v.columns = max(8, int((width-2*tokenInsetX)/cell))
	}
	whole := flowToken(v.clean, 0)
	more := whole.rows(v.columns) > v.lines
	v.flow = whole
	if more && !v.expanded {
		reserve := int((v.link.MinSize().Width-dataLinkInset)/cell) + 2
		v.flow = flowToken(v.clean, max(v.columns/2, v.lines*v.columns-reserve))
	}
	word := v.labels.Expand
	if v.expanded {
		word = v.labels.Collapse
	}
	v.link.say(word)
	if show := more && word != ""; show != v.link.Visible() {
		v.link.Hidden = !show
	}
	rows := v.flow.rows(v.columns)
	v.body.minRows = min(rows, tokenRowsMost)
	v.body.length = rows
	v.body.stand(rows <= tokenRowsMost)
	v.body.reload()
}

// CreateRenderer implements fyne.Widget.
func (v *TokenView) CreateRenderer() fyne.WidgetRenderer {
	return &tokenViewRenderer{view: v, list: []fyne.CanvasObject{v.box, v.body, v.link}}
}

type tokenViewRenderer struct {
	view  *TokenView
	list  []fyne.CanvasObject
	width float32
}

func (r *tokenViewRenderer) Destroy()                     {}
func (r *tokenViewRenderer) Objects() []fyne.CanvasObject { return r.list }

func (r *tokenViewRenderer) Layout(size fyne.Size) {
	v := r.view
	if size.Width != r.width {
		r.width = size.Width
		v.arrange(size.Width)
	}
	dataPut(v.box, 0, 0, size.Width, size.Height)
	rows := float32(v.body.minRows) * codeRowHeight
	dataPut(v.body, tokenInsetX, tokenInsetY, max(0, size.Width-2*tokenInsetX), rows)
	w := v.link.MinSize().Width
	y := tokenInsetY + rows - codeRowHeight - 2
	if v.expanded {
		y += codeRowHeight + 4
	}
	dataPut(v.link, size.Width-tokenInsetX-w+dataLinkInset, y, w, dataLinkHeight)
}

func (r *tokenViewRenderer) MinSize() fyne.Size {
	v := r.view
	h := float32(v.body.minRows)*codeRowHeight + 2*tokenInsetY
	if v.expanded && v.link.Visible() {
		h += dataLinkHeight
	}
	return fyne.NewSize(160, h)
}

func (r *tokenViewRenderer) Refresh() {
	v := r.view
	v.box.FillColor = dataColor(theme.ColorSunken)
	v.box.CornerRadius = theme.Radius
	v.box.Refresh()
	v.arrange(v.Size().Width)
	r.Layout(v.Size())
	v.body.Refresh()
	v.link.Refresh()
	canvas.Refresh(v)
}

// tokenRow is one recycled row of coloured pieces.
type tokenRow struct {
	view  *TokenView
	texts [tokenPieces]*canvas.Text
	list  []fyne.CanvasObject
	y     float32
}

func newTokenRow(v *TokenView) *tokenRow {
	r := &tokenRow{view: v}
	for i := range r.texts {
		r.texts[i] = canvas.NewText("", color.Transparent)
		r.list = append(r.list, r.texts[i])
	}
	return r
}

func (r *tokenRow) objects() []fyne.CanvasObject { return r.list }
func (r *tokenRow) place(y, _ float32)           { r.y = y }

func (r *tokenRow) bind(index int, _ dataState) {
	v := r.view
	face := v.face()
	cell := face.advance('0')
	pieces := v.flow.row(index, v.columns)
	if extra := len(pieces) - tokenPieces; extra > 0 { // more segments than any token has
		last := &pieces[tokenPieces-1]
		for _, p := range pieces[tokenPieces:] {
			last.text += p.text
			last.cells += p.cells
		}
		last.color = theme.ColorMuted
	}
	x := float32(0)
	for i, t := range r.texts {
		if i >= len(pieces) {
			t.Hide()
			continue
		}
		p := pieces[i]
		w := float32(p.cells) * cell
		dataSetText(t, p.text, dataColor(p.color), face.size, face.style)
		dataPut(t, x, r.y, w, codeRowHeight)
		t.Show()
		x += w
	}
}
