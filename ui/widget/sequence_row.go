package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"signbench/ui/theme"
)

const (
	sequenceTextGap   = 12 // from the arrow to the middle of the text above and below
	sequenceBandInset = 8
	sequenceChipPad   = 4
	sequencePillPad   = 5
	sequenceNoteHigh  = 22
	sequenceNotePad   = 8
	sequenceOverhang  = 160 // a title may be wider than its arrow by this
	sequenceTextLeast = 300 // or as wide as this
)

// sequenceRowView is one recycled row.
type sequenceRowView struct {
	seq   *Sequence
	band  *canvas.Rectangle // selection, hover, a failure's tint; its outline is the focus
	lines []*canvas.Rectangle
	arrow *sequenceArrow
	note  *canvas.Rectangle
	chips [2]*canvas.Rectangle // behind the texts: a lifeline must not strike them through
	pill  *canvas.Rectangle

	group, sign, title, attempt, caption *canvas.Text

	list     []fyne.CanvasObject
	y, width float32
}

func newSequenceRowView(s *Sequence) *sequenceRowView {
	r := &sequenceRowView{seq: s, band: newBox(), arrow: newSequenceArrow(), note: newBox(), pill: newBox()}
	r.band.CornerRadius, r.note.CornerRadius, r.pill.CornerRadius = theme.Radius, 4, 4
	r.note.StrokeWidth, r.pill.StrokeWidth = 1, 1
	r.list = []fyne.CanvasObject{r.band}
	for range s.actors {
		line := newBox()
		r.lines = append(r.lines, line)
		r.list = append(r.list, line)
	}
	for i := range r.chips {
		r.chips[i] = newBox()
		r.chips[i].CornerRadius = 2
		r.list = append(r.list, r.chips[i])
	}
	r.list = append(r.list, r.arrow.solid, r.arrow.dash, r.arrow.head, r.note, r.pill)
	for _, t := range []**canvas.Text{&r.group, &r.sign, &r.title, &r.attempt, &r.caption} {
		*t = newLine()
		r.list = append(r.list, *t)
	}
	return r
}

func (r *sequenceRowView) objects() []fyne.CanvasObject { return r.list }

func (r *sequenceRowView) place(y, width float32) { r.y, r.width = y, width }

// sequenceInks are the colours of one row.
type sequenceInks struct {
	line, tone, caption fyne.ThemeColorName
	band, chip          fyne.ThemeColorName // band is empty for none
	outline             fyne.ThemeColorName
}

// inks chooses the colours of a row. All of them are names: they are resolved when
// the row is painted, so that a change of the theme reaches every row.
func (row SequenceRow) inks(state dataState) sequenceInks {
	k := sequenceInks{line: theme.ColorAccent, tone: row.Tone.name(), caption: theme.ColorMuted, chip: theme.ColorSurface}
	if row.Kind == SequenceBrowser {
		k.line = theme.ColorMuted
	}
	if row.Tone == CellToneFail || row.Tone == CellToneWarn {
		k.line, k.caption = k.tone, k.tone
	}
	switch {
	case row.Tone == CellToneFail:
		k.band = theme.ColorFailBackground
		if state.selected {
			k.outline = theme.ColorFail // its tint stays, so the outline says that it is selected
		}
	case state.selected:
		k.band = theme.ColorSelected
	case state.hovered:
		k.band = fynetheme.ColorNameHover
	}
	if state.selected && state.focused {
		k.outline = theme.ColorAccent
	}
	if k.band != "" {
		k.chip = k.band
	}
	return k
}

func (r *sequenceRowView) bind(index int, state dataState) {
	s := r.seq
	if index < 0 || index >= len(s.rows) {
		return
	}
	row, height := s.rows[index], s.body.rowHeight
	inks := row.inks(state)
	r.paintBand(inks, height)
	border := dataColor(theme.ColorBorder)
	for i, line := range r.lines {
		dataSetFill(line, border)
		dataPut(line, s.geo.centre(i), r.y, 1, height)
	}
	left := float32(sequenceInset + sequenceChipPad)
	if row.Group != "" && (index == 0 || s.rows[index-1].Group != row.Group) {
		left = r.nameGroup(row.Group, height)
	} else {
		dataSetText(r.group, "", color.Transparent, r.group.TextSize, r.group.TextStyle)
	}
	from, to := s.geo.centre(row.From), s.geo.centre(row.To)
	mid := r.y + height/2
	r.message(row, inks, from, to, mid, left, s.matched(index))
}

// paintBand paints what lies under the whole row.
func (r *sequenceRowView) paintBand(k sequenceInks, height float32) {
	inset := (height - 52) / 2
	if height < sequenceRowHeight {
		inset = 1
	}
	dataPut(r.band, sequenceBandInset, r.y+inset, max(0, r.width-2*sequenceBandInset), height-2*inset)
	stroke, ink := float32(0), color.Color(color.Transparent)
	if k.outline != "" {
		stroke, ink = 1, dataColor(k.outline)
		if k.outline == theme.ColorAccent {
			stroke = 2
		}
	}
	if r.band.StrokeWidth != stroke || r.band.StrokeColor != ink {
		r.band.StrokeWidth, r.band.StrokeColor = stroke, ink
		r.band.Refresh()
	}
	if k.band == "" {
		dataSetFill(r.band, nil)
		return
	}
	dataSetFill(r.band, dataColor(k.band))
}

// nameGroup writes the name of the group that begins here, and returns where the
// texts of the row may begin.
func (r *sequenceRowView) nameGroup(name string, height float32) float32 {
	face := dataFaceFor(dataSize(theme.SizeCaption), dataTextBold)
	x := float32(sequenceInset + sequenceChipPad)
	shown, _ := face.fit(name, r.seq.geo.centre(0)-x-6)
	dataSetText(r.group, onBaseline(shown), dataColor(theme.ColorMuted), face.size, face.style)
	w := face.width(shown)
	dataPut(r.group, x, r.y+height/2-sequenceTextGap-face.height/2, w, face.height)
	return x + w + 2*sequenceChipPad
}

// message draws the arrow or the box, and the texts above and below it.
func (r *sequenceRowView) message(row SequenceRow, k sequenceInks, from, to, mid, left float32, matched bool) {
	right := r.width - sequenceInset - sequenceChipPad
	centre := (from + to) / 2
	note := row.Kind == SequenceNote || from == to
	head := sequenceTextFace()
	words := sequenceLine{centre: centre, y: mid - sequenceTextGap, left: left, right: right}
	span := max(from, to) - min(from, to)
	// Text as wide as the diagram would no longer belong to its arrow.
	lead, room := float32(0), min(right-left, max(span+sequenceOverhang, sequenceTextLeast))
	signed := r.bindSign(row, k)
	if note {
		lead = signed
		room -= 2 * sequencePillPad
	}
	room -= lead
	pill := r.pillWidth(row.Attempt, room)
	shown, _ := head.fitMiddle(row.Title, max(0, room-pill))
	titled := head.width(shown)
	x := words.start(lead + titled + pill)
	dataSetText(r.title, onBaseline(shown), dataColor(fynetheme.ColorNameForeground), head.size, head.style)
	dataPut(r.title, x+lead, words.top(head), titled, head.height)
	r.bindPill(row.Attempt, x+lead+titled, pill, words.y)
	r.chip(0, x, words.top(head), lead+titled+pill, head.height, k, matched, shown != "")

	if note {
		r.arrow.hide()
		if lead > 0 {
			dataPut(r.sign, x, words.top(sequenceCaptionFace()), lead, sequenceCaptionFace().height)
		}
		r.box(x, words.y, lead+titled+pill, min(from, to), span, row, k, matched)
	} else {
		r.note.Hide()
		shape := sequenceHeadFull
		switch {
		case row.Tone == CellToneFail:
			shape = sequenceHeadCross
		case row.Kind == SequenceRedirect:
			shape = sequenceHeadOpen
		}
		r.arrow.set(from, to, mid, row.Kind == SequenceBrowser, shape, dataColor(k.line))
		lead = signed
	}
	if note {
		lead = 0
	}
	r.bindCaption(row, k, sequenceLine{centre: centre, y: mid + sequenceTextGap, left: float32(sequenceInset + sequenceChipPad), right: right}, lead)
}

// bindCaption writes the line below, after the sign where that stands here.
func (r *sequenceRowView) bindCaption(row SequenceRow, k sequenceInks, at sequenceLine, lead float32) {
	small := sequenceCaptionFace()
	shown, _ := small.fitMiddle(row.Caption, max(0, at.right-at.left-lead))
	w := small.width(shown)
	x := at.start(lead + w)
	dataSetText(r.caption, onBaseline(shown), dataColor(k.caption), small.size, small.style)
	dataPut(r.caption, x+lead, at.top(small), w, small.height)
	if lead > 0 {
		dataPut(r.sign, x, at.top(small), lead, small.height)
	}
	r.chip(1, x, at.top(small), lead+w, small.height, k, false, lead+w > 0)
}
