package trace

import (
	"encoding/json"
	"strings"
)

// walkJSON walks through the members of a JSON text, however deep, and through
// strings that are JSON themselves. It needs no valid JSON: a text that was cut
// off, or has a comment in it, is walked as far as it goes.
func walkJSON(v visitor, s site, raw string) string {
	w := jsonWalk{v: v, s: s, raw: raw}
	w.s.plus, w.s.json = false, true
	w.s.keys = s.keys || strings.Contains(raw, `"kty"`)
	w.walk()
	if w.copied == 0 && w.out.Len() == 0 {
		return raw
	}
	w.out.WriteString(raw[w.copied:])
	return w.out.String()
}

type jsonWalk struct {
	v      visitor
	s      site
	raw    string
	out    strings.Builder
	copied int // raw[:copied] is in out
	names  []string
	name   string // of the member whose value comes next
}

// maxNames bounds how many enclosing names are remembered.
const maxNames = 512

func (w *jsonWalk) walk() {
	for i := 0; i < len(w.raw); {
		switch c := w.raw[i]; {
		case c == '"':
			i = w.str(i)
		case c == '[' && wordAt(w.raw, i) > 0: // what JSON ends in the middle of has words outside of strings
			i = wordAt(w.raw, i)
		case c == '{' || c == '[':
			if len(w.names) < maxNames {
				w.names = append(w.names, w.name)
			}
			i++
		case c == '}' || c == ']':
			if n := len(w.names); n > 0 {
				w.name, w.names = w.names[n-1], w.names[:n-1]
			}
			i++
		case c == ',':
			w.name = ""
			if n := len(w.names); n > 0 {
				w.name = w.names[n-1] // in an array, the name of the array
			}
			i++
		case c == '-' || '0' <= c && c <= '9':
			i = w.number(i)
		case isJSONSpace(c) || c == ':':
			i++
		default:
			i = w.literal(i)
		}
	}
}

// str handles the string that begins at i: a name when a colon follows.
func (w *jsonWalk) str(i int) int {
	end, closed := stringEnd(w.raw, i)
	inner := w.raw[i+1 : end]
	next := end
	if closed {
		next++
	}
	clear, ok := unquoteJSON(inner)
	after := next
	for after < len(w.raw) && isJSONSpace(w.raw[after]) {
		after++
	}
	s := w.s
	s.cut = s.cut && !closed
	if after < len(w.raw) && w.raw[after] == ':' {
		w.name = clear
		s.name = ""
		w.replace(i+1, end, clear, w.v.text(s, clear), ok)
		return after + 1
	}
	w.replace(i+1, end, clear, w.v.value(s.named(w.name), clear), ok)
	return next
}

// number handles the number that begins at i. One that is a secret becomes a
// string, as no word is a number.
func (w *jsonWalk) number(i int) int {
	end := i + 1
	for end < len(w.raw) && (w.raw[end] == '.' || w.raw[end] == '+' || w.raw[end] == '-' ||
		'0' <= w.raw[end] && w.raw[end] <= '9' || w.raw[end]|0x20 == 'e') {
		end++
	}
	s := w.s.named(w.name)
	s.number = true
	digits := w.raw[i:end]
	if got := w.v.value(s, digits); got != digits {
		w.write(i, end, `"`+got+`"`)
	}
	return end
}

// literal handles true, false, null and what is no JSON at all.
func (w *jsonWalk) literal(i int) int {
	end := i + 1
	for end < len(w.raw) && !strings.ContainsRune("\"{}[],: \t\r\n", rune(w.raw[end])) {
		end++
	}
	switch text := w.raw[i:end]; text {
	case "true", "false", "null":
	default:
		s := w.s
		s.cut = s.cut && end == len(w.raw)
		if got := w.v.text(s, text); got != text {
			w.write(i, end, got)
		}
	}
	return end
}

// replace writes a string's new content. Where its escapes could not be read, they
// stay as they are but for what the text view finds.
func (w *jsonWalk) replace(from, to int, was, is string, ok bool) {
	if was == is {
		return
	}
	if ok {
		is = jsonEscape(is)
	}
	w.write(from, to, is)
}

func (w *jsonWalk) write(from, to int, text string) {
	w.out.WriteString(w.raw[w.copied:from])
	w.out.WriteString(text)
	w.copied = to
}

// stringEnd returns the place of the quote that closes the string begun at i.
func stringEnd(s string, i int) (end int, closed bool) {
	for end = i + 1; end < len(s); {
		next := strings.IndexAny(s[end:], `"\`)
		if next < 0 {
			return len(s), false
		}
		end += next
		if s[end] == '"' {
			return end, true
		}
		end += 2
	}
	return len(s), false
}

func unquoteJSON(inner string) (string, bool) {
	if strings.IndexByte(inner, '\\') < 0 {
		return inner, true
	}
	var out string
	if json.Unmarshal([]byte(`"`+inner+`"`), &out) != nil {
		return inner, false
	}
	return out, true
}

// jsonEscape writes what stands between the quotes of a JSON string, without the
// escapes that only HTML needs.
func jsonEscape(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(s) != nil {
		return ""
	}
	quoted := strings.TrimSuffix(b.String(), "\n")
	return quoted[1 : len(quoted)-1]
}

func isJSONSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }
