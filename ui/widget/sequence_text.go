package widget

import (
	"strings"
	"unicode/utf8"
)

// dataTailBytes is how much of the end of a text is looked at to show its end.
const dataTailBytes = 1024

// dataTailPart is the part of the room that the end of a text gets.
const dataTailPart = 0.45

// fitMiddle is fit, with the ellipsis in the middle: of a URL both ends tell.
func (f *dataFace) fitMiddle(text string, width float32) (string, bool) {
	shown, cut := f.fit(text, width)
	if !cut {
		return shown, false
	}
	tail := f.tail(text, (width-f.advance('…'))*dataTailPart)
	head, _ := f.fit(text, width-f.width(tail))
	if !strings.HasSuffix(head, dataEllipsis) {
		return shown, true
	}
	return head + tail, true
}

// tail is the longest end of a text, in whole clusters, that fits into a room.
func (f *dataFace) tail(text string, room float32) string {
	start := max(0, len(text)-dataTailBytes)
	for start < len(text) && start > 0 && !utf8.RuneStart(text[start]) {
		start++
	}
	type seam struct {
		at   int
		used float32
	}
	var seams []seam
	var breaks dataBreaks
	used := float32(0)
	for i := start; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		shown, escaped := dataVisible(r, n, text[i])
		w := float32(0)
		if shown == "" {
			w = f.advance(r)
		} else {
			w = f.width(shown)
		}
		if escaped {
			r = 'x'
		}
		free, drawn := breaks.step(r)
		if free && i > start { // what stands before the window may belong to its beginning
			seams = append(seams, seam{i, used})
		}
		if drawn {
			used += w
		}
		i += n
	}
	for _, s := range seams {
		if used-s.used <= room {
			shown, _ := f.fit(text[s.at:], room+1)
			return shown
		}
	}
	return ""
}
