package trace

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// view is a text as somebody reads it who undoes percent-encoding, the escapes of
// JSON and the entities of HTML, with the way back to the bytes as they stand.
type view struct {
	text string
	at   []int32 // text[i] was written at raw[at[i]:at[i+1]]; nil: as it stands
}

// views returns the text as it stands, and decoded once, twice and three times as
// long as there is something to decode: a URL in a form in a JSON string.
func views(s string) []view { return appendViews(nil, s) }

func appendViews(out []view, s string) []view {
	out = append(out, view{text: s})
	for range 3 {
		next, ok := out[len(out)-1].decode()
		if !ok {
			break
		}
		out = append(out, next)
	}
	return out
}

// raw translates a span of the view's text to one of the bytes as they stand.
func (v view) raw(sp span) span {
	if v.at == nil || sp.from >= sp.to {
		return sp
	}
	last, end := v.at[sp.to-1], sp.to
	for end < len(v.at)-1 && v.at[end] == last { // all bytes of one escape end where it ends
		end++
	}
	sp.from, sp.to = int(v.at[sp.from]), int(v.at[end])
	return sp
}

func (v view) decode() (view, bool) {
	s := v.text
	first := strings.IndexAny(s, `%\&`)
	if first < 0 {
		return v, false
	}
	// An offset is an int32 so that a view costs no more than it must; a text above
	// two gigabytes never gets here, as bodies are capped.
	out := make([]byte, 0, len(s))
	at := make([]int32, 0, len(s)+1)
	origin := func(i int) int32 {
		if v.at != nil {
			return v.at[i]
		}
		return int32(i) // #nosec G115 -- see above
	}
	decoded := false
	for i := 0; i < len(s); {
		n, text := 0, ""
		switch s[i] {
		case '%':
			n, text = percent(s[i:])
		case '\\':
			n, text = backslash(s[i:])
		case '&':
			n, text = entity(s[i:])
		}
		if n == 0 {
			out, at = append(out, s[i]), append(at, origin(i))
			i++
			continue
		}
		decoded = true
		for range len(text) {
			at = append(at, origin(i))
		}
		out = append(out, text...)
		i += n
	}
	if !decoded {
		return v, false
	}
	at = append(at, origin(len(s)))
	return view{text: string(out), at: at}, true
}

// percent decodes %41 (RFC 3986, 2.1).
func percent(s string) (int, string) {
	if len(s) < 3 {
		return 0, ""
	}
	hi, lo := unhex(s[1]), unhex(s[2])
	if hi < 0 || lo < 0 {
		return 0, ""
	}
	return 3, string([]byte{byte(hi<<4 | lo)}) // #nosec G115 -- two digits are one byte
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// backslash decodes an escape of JSON (RFC 8259, 7), and \xHH of JavaScript.
func backslash(s string) (int, string) {
	if len(s) < 2 {
		return 0, ""
	}
	switch s[1] {
	case '"', '\\', '/', '\'':
		return 2, s[1:2]
	case 'n':
		return 2, "\n"
	case 'r':
		return 2, "\r"
	case 't':
		return 2, "\t"
	case 'b':
		return 2, "\b"
	case 'f':
		return 2, "\f"
	case 'x':
		if n, text := percent(s[1:]); n > 0 {
			return 4, text
		}
	case 'u':
		return unicodeEscape(s)
	}
	return 0, ""
}

func unicodeEscape(s string) (int, string) {
	r, ok := fourDigits(s)
	if !ok {
		return 0, ""
	}
	if utf16.IsSurrogate(r) {
		if low, ok := fourDigits(s[6:]); ok {
			if both := utf16.DecodeRune(r, low); both != utf8.RuneError {
				return 12, string(both)
			}
		}
	}
	return 6, string(r)
}

func fourDigits(s string) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	return rune(n), err == nil
}

// entity decodes &amp; &#47; &#x2f; (HTML, 13.5).
func entity(s string) (int, string) {
	end := strings.IndexByte(s[:min(len(s), 12)], ';')
	if end < 2 {
		return 0, ""
	}
	if text := html.UnescapeString(s[:end+1]); text != s[:end+1] && text != "" {
		return end + 1, text
	}
	return 0, ""
}
