package widget

import (
	"image/color"

	"fyne.io/fyne/v2"

	"signbench/ui/theme"
)

func sequenceTextFace() *dataFace { return dataFaceFor(dataSize(theme.SizeStep), fyne.TextStyle{}) }

func sequenceCaptionFace() *dataFace {
	return dataFaceFor(dataSize(theme.SizeCaption), fyne.TextStyle{})
}

// sequenceLine is where a line of text may stand: over the middle of its arrow, as
// far as the edges allow.
type sequenceLine struct{ centre, y, left, right float32 }

// start is where text of a width begins.
func (l sequenceLine) start(width float32) float32 {
	return dataRound(max(l.left, min(l.centre-width/2, l.right-width)))
}

func (l sequenceLine) top(f *dataFace) float32 { return dataRound(l.y - f.height/2) }

// bindSign writes the sign of the tone, and returns the room it takes.
func (r *sequenceRowView) bindSign(row SequenceRow, k sequenceInks) float32 {
	small := sequenceCaptionFace()
	shown, _ := small.fit(row.Sign, 40)
	c := dataColor(k.tone)
	if row.Tone == CellToneNone {
		c = dataColor(theme.ColorMuted)
	}
	dataSetText(r.sign, shown, c, small.size, small.style)
	if shown == "" {
		return 0
	}
	return dataRound(small.width(shown) + 4)
}

// pillWidth is the room that the word about another attempt takes.
func (r *sequenceRowView) pillWidth(word string, room float32) float32 {
	if word == "" {
		return 0
	}
	small := sequenceCaptionFace()
	shown, _ := small.fit(word, min(96, room/2))
	return dataRound(small.width(shown)) + 2*sequencePillPad + 6
}

func (r *sequenceRowView) bindPill(word string, x, width, y float32) {
	small := sequenceCaptionFace()
	if width <= 0 {
		r.pill.Hide()
		dataSetText(r.attempt, "", color.Transparent, small.size, small.style)
		return
	}
	muted := dataColor(theme.ColorMuted)
	shown, _ := small.fit(word, width-2*sequencePillPad-5)
	dataSetText(r.attempt, onBaseline(shown), muted, small.size, small.style)
	dataPut(r.attempt, x+6+sequencePillPad, y-small.height/2, width-2*sequencePillPad-6, small.height)
	r.pill.StrokeColor, r.pill.FillColor = muted, color.Transparent
	dataPut(r.pill, x+6, y-8, width-6, 15) // clear of a cross below its end
	r.pill.Show()
	r.pill.Refresh()
}

// chip paints the ground of a text in the colour that lies there anyway; a match of
// the search has a colour and an outline of its own.
func (r *sequenceRowView) chip(i int, x, y, w, h float32, k sequenceInks, matched, shown bool) {
	chip := r.chips[i]
	if !shown {
		dataSetFill(chip, nil)
		return
	}
	fill, stroke, outline := dataColor(k.chip), float32(0), color.Color(color.Transparent)
	if matched {
		fill, stroke, outline = dataColor(theme.ColorWarnBackground), 1, dataColor(theme.ColorWarn)
	}
	if chip.StrokeWidth != stroke || chip.StrokeColor != outline {
		chip.StrokeWidth, chip.StrokeColor = stroke, outline
		chip.Refresh()
	}
	dataSetFill(chip, fill)
	dataPut(chip, x-sequenceChipPad, y, w+2*sequenceChipPad, h)
}

// box draws the outline of a note around its text, from its first lifeline to its
// last.
func (r *sequenceRowView) box(x, y, w, first, span float32, row SequenceRow, k sequenceInks, matched bool) {
	dataSetFill(r.chips[0], nil)
	fill, outline := theme.ColorSunken, theme.ColorBorder
	switch {
	case matched:
		fill, outline = theme.ColorWarnBackground, theme.ColorWarn
	case row.Tone == CellToneFail || row.Tone == CellToneWarn || row.Tone == CellTonePass:
		fill, outline = k.chip, k.tone
	}
	r.note.StrokeColor, r.note.FillColor = dataColor(outline), dataColor(fill)
	x, end := x-sequenceNotePad, x+w+sequenceNotePad
	if span > 0 {
		x, end = min(x, first-sequenceNotePad), max(end, first+span+sequenceNotePad)
	}
	dataPut(r.note, x, y-sequenceNoteHigh/2, end-x, sequenceNoteHigh)
	r.note.Show()
	r.note.Refresh()
}
