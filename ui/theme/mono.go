package theme

import (
	"encoding/binary"
	"sync"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// monoRoom is what the lines of the monospace font get below them, in parts of 100
// of their size.
const monoRoom = 15

// mono is the bundled monospace font with more room below the line. Fyne draws a
// line of text into a picture that is exactly as high as the font says, and begins
// it at a whole pixel: at most sizes and scales that cuts off the underscore, and
// client_id reads as "client id".
var mono = sync.OnceValue(func() fyne.Resource {
	font := fynetheme.DefaultTheme().Font(fyne.TextStyle{Monospace: true})
	return fyne.NewStaticResource("roomy-"+font.Name(), withRoomBelow(font.Content()))
})

// withRoomBelow returns a copy of a TrueType font whose descender is lower. A font
// that cannot be read comes back as it is.
func withRoomBelow(font []byte) []byte {
	out := append([]byte(nil), font...)
	head, hhea := table(out, "head", 54), table(out, "hhea", 36)
	if head == nil || hhea == nil {
		return font
	}
	room := binary.BigEndian.Uint16(head[18:]) * monoRoom / 100 // unitsPerEm
	lower := func(field []byte) {
		binary.BigEndian.PutUint16(field, binary.BigEndian.Uint16(field)-room)
	}
	lower(hhea[6:])
	if os2 := table(out, "OS/2", 78); os2 != nil {
		lower(os2[70:]) // sTypoDescender
		binary.BigEndian.PutUint16(os2[76:], binary.BigEndian.Uint16(os2[76:])+room)
	}
	return out
}

// table finds a table of at least a length in a TrueType font.
func table(font []byte, tag string, least int) []byte {
	if len(font) < 12 {
		return nil
	}
	count := int(binary.BigEndian.Uint16(font[4:]))
	for i := range count {
		at := 12 + 16*i
		if at+16 > len(font) {
			return nil
		}
		if string(font[at:at+4]) != tag {
			continue
		}
		start, length := int(binary.BigEndian.Uint32(font[at+8:])), int(binary.BigEndian.Uint32(font[at+12:]))
		if length < least || start < 0 || start+length > len(font) {
			return nil
		}
		return font[start : start+length]
	}
	return nil
}
