package twilio

import (
	"strings"
	"unicode/utf16"
)

// Encoding is the alphabet in which a text message is sent.
type Encoding string

// The encodings. One character outside GSM-7 puts the whole message into UCS-2.
const (
	GSM7 Encoding = "GSM-7" // 3GPP TS 23.038, 6.2.1
	UCS2 Encoding = "UCS-2" // 3GPP TS 23.038, 6.2.3
)

// Size is how long a text is as a message.
type Size struct {
	Encoding Encoding
	Units    int  // septets in GSM-7, 16 bit units in UCS-2
	Segments int  // messages that are sent, and paid for
	Forced   rune // the first character that is not in GSM-7
	Place    int  // where it stands, in characters from 1; 0 in GSM-7
}

// The characters of GSM-7, and those that take an escape and so two septets.
const (
	basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	extension = "\f^{}\\[~]|€"
)

// What fits into one segment: alone, and beside others, where a header of six bytes
// says which belong together (3GPP TS 23.040, 9.2.3.24.1).
const (
	septets, septetsBeside = 160, 153
	units, unitsBeside     = 70, 67
)

// Segments counts a text as Twilio does before it sends it.
func Segments(text string) Size {
	size := Size{Encoding: GSM7}
	place := 0
	for _, r := range text {
		place++
		if !strings.ContainsRune(basic, r) && !strings.ContainsRune(extension, r) {
			size.Encoding, size.Forced, size.Place = UCS2, r, place
			break
		}
	}
	alone, beside, width := septets, septetsBeside, septetWidth
	if size.Encoding == UCS2 {
		alone, beside, width = units, unitsBeside, utf16.RuneLen
	}
	filled := 0
	for _, r := range text {
		w := max(1, width(r)) // what is no character is replaced by one
		size.Units += w
		if size.Segments == 0 || filled+w > beside { // nothing is torn in two
			size.Segments, filled = size.Segments+1, 0
		}
		filled += w
	}
	if size.Units <= alone {
		size.Segments = min(1, size.Units)
	}
	return size
}

func septetWidth(r rune) int {
	if strings.ContainsRune(extension, r) {
		return 2
	}
	return 1
}
