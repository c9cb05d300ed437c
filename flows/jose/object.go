package jose

import (
	"bytes"
	"encoding/json"
	"errors"
	"unicode/utf8"
)

// Member is one name and value of a JSON object, the value as it was written.
type Member struct {
	Name string
	Raw  json.RawMessage
}

// Object is a JSON object that keeps what encoding/json throws away: the order of
// the members, their exact text, and members that occur twice. Names are compared
// exactly, never folded.
type Object struct {
	Members  []Member
	Trailing bool // something other than white space follows the object

	index      map[string]int // the last member of that name
	duplicates []string
	notUTF8    bool
}

// errNotObject is the only thing ParseObject says of a text that is not a JSON
// object: quoting the text could quote a secret.
var errNotObject = errors.New("not a JSON object")

// ParseObject reads one JSON object. Text after it does not make it fail, but
// sets Trailing. The values alias b.
func ParseObject(b []byte) (*Object, error) {
	start := skipSpace(b, 0)
	if start >= len(b) || b[start] != '{' {
		return nil, errNotObject
	}
	text, rest := b[start:], []byte(nil)
	if !json.Valid(text) {
		// Either it is no JSON at all, or a valid object is followed by something.
		dec := json.NewDecoder(bytes.NewReader(text))
		var first json.RawMessage
		if err := dec.Decode(&first); err != nil {
			return nil, errNotObject
		}
		end := int(dec.InputOffset())
		text, rest = text[:end], text[end:]
	}
	o := &Object{index: map[string]int{}, notUTF8: !utf8.Valid(text)}
	o.Trailing = skipSpace(rest, 0) < len(rest)
	o.scan(text)
	return o, nil
}

// scan splits an object that is known to be valid JSON. Each byte is visited a
// fixed number of times: 10,000 claims cost no more per byte than ten.
func (o *Object) scan(b []byte) {
	i := skipSpace(b, 1) // after '{'
	for i < len(b) && b[i] == '"' {
		end := skipString(b, i)
		name := unquote(b[i:end])
		i = skipSpace(b, end)
		i = skipSpace(b, i+1) // after ':'
		end = skipValue(b, i)
		o.add(name, json.RawMessage(b[i:end:end]))
		i = skipSpace(b, end)
		if i < len(b) && b[i] == ',' {
			i = skipSpace(b, i+1)
		}
	}
}

func (o *Object) add(name string, raw json.RawMessage) {
	if _, twice := o.index[name]; twice {
		o.duplicates = append(o.duplicates, name)
	}
	o.index[name] = len(o.Members)
	o.Members = append(o.Members, Member{Name: name, Raw: raw})
}

// Duplicates lists the names that occur more than once, once for each repetition.
func (o *Object) Duplicates() []string {
	if o == nil {
		return nil
	}
	return o.duplicates
}

// problems names the flaws of the object that stands in that part of a token.
func (o *Object) problems(where string) []Problem {
	var out []Problem
	if o.Trailing {
		out = append(out, Problem{Code: TrailingData, Where: where})
	}
	if o.notUTF8 {
		out = append(out, Problem{Code: NotUTF8, Where: where})
	}
	for _, name := range o.duplicates {
		out = append(out, Problem{Code: Duplicate, Where: where, Member: name})
	}
	return out
}

// The functions below walk valid JSON only.

func skipSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r' || b[i] == '\n') {
		i++
	}
	return i
}

// skipString returns the index after the string that starts at i.
func skipString(b []byte, i int) int {
	for i++; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}

// skipValue returns the index after the value that starts at i. Nesting is
// counted, not recursed into: depth costs no stack.
func skipValue(b []byte, i int) int {
	for depth := 0; i < len(b); {
		switch b[i] {
		case '"':
			i = skipString(b, i)
		case '{', '[':
			depth++
			i++
			continue
		case '}', ']':
			depth--
			i++
		case ',', ':', ' ', '\t', '\r', '\n':
			i++
			continue
		default:
			for i < len(b) && !endsLiteral(b[i]) {
				i++
			}
		}
		if depth == 0 {
			return i
		}
	}
	return i
}

func endsLiteral(c byte) bool {
	switch c {
	case ',', ']', '}', ' ', '\t', '\r', '\n':
		return true
	}
	return false
}

// unquote is the text of a valid JSON string.
func unquote(quoted []byte) string {
	if inner := quoted[1 : len(quoted)-1]; bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return string(inner)
	}
	var s string
	if err := json.Unmarshal(quoted, &s); err != nil {
		return string(quoted)
	}
	return s
}
