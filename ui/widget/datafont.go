package widget

import (
	"encoding/binary"
	"sync"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// dataMonoAscent is 11/12 of an em: a whole number of pixels at 12 px.
const dataMonoAscent = 11.0 / 12

// dataMonoFont is the bundled monospace font with a lower ascent.
//
// Fyne draws a text into a picture of its rounded height, on a baseline that is
// rounded up. With the ascent the font declares (0.928 em) that pushes the
// underscore out of the picture at 12 and 13 px, seen in a real window: at_hash
// reads "at hash". With a whole ascent nothing is rounded and nothing is lost.
var dataMonoFont = sync.OnceValue(func() fyne.Resource {
	font := fynetheme.DefaultTextMonospaceFont()
	data, ok := lowerAscent(font.Content(), dataMonoAscent)
	if !ok {
		return font
	}
	return fyne.NewStaticResource("signbench-"+font.Name(), data)
})

// lowerAscent sets the ascent of a TrueType font, in its hhea and OS/2 tables, to
// a part of the em. It changes a copy, and only if all of it can be changed.
func lowerAscent(font []byte, part float64) ([]byte, bool) {
	head, hhea := fontTable(font, "head"), fontTable(font, "hhea")
	if len(head) < 20 || len(hhea) < 6 {
		return nil, false
	}
	em := binary.BigEndian.Uint16(head[18:])
	ascent := uint16(float64(em) * part)
	out := append([]byte(nil), font...)
	binary.BigEndian.PutUint16(fontTable(out, "hhea")[4:], ascent)
	if os2 := fontTable(out, "OS/2"); len(os2) >= 76 {
		binary.BigEndian.PutUint16(os2[68:], ascent) // typographic
		binary.BigEndian.PutUint16(os2[74:], ascent) // Windows
	}
	return out, true
}

// fontTable finds a table of a TrueType font, nil when it is not there.
func fontTable(font []byte, tag string) []byte {
	if len(font) < 12 {
		return nil
	}
	tables := int(binary.BigEndian.Uint16(font[4:]))
	for i := range tables {
		record := 12 + 16*i
		if record+16 > len(font) {
			return nil
		}
		if string(font[record:record+4]) != tag {
			continue
		}
		start := uint64(binary.BigEndian.Uint32(font[record+8:]))
		end := start + uint64(binary.BigEndian.Uint32(font[record+12:]))
		if end > uint64(len(font)) {
			return nil
		}
		return font[start:end]
	}
	return nil
}
