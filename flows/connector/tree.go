package connector

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// value is a JSON value that keeps the order of its members and the spelling of its
// numbers. It is never changed once built: changes make new ones on the way down.
type value struct {
	kind   Type     // String, Number, Boolean, Null, Object or Array
	text   string   // of a string its content, of a number or boolean its literal
	names  []string // of an object, in order
	values []value  // of an object or array
}

func text(s string) value { return value{kind: String, text: s} }

func (v value) index(name string) int {
	if v.kind == Object {
		return slices.Index(v.names, name)
	}
	if i, err := strconv.Atoi(name); v.kind == Array && err == nil && i >= 0 && i < len(v.values) {
		return i
	}
	return -1
}

// at follows a path down.
func (v value) at(path []string) (value, bool) {
	for _, name := range path {
		i := v.index(name)
		if i < 0 {
			return value{}, false
		}
		v = v.values[i]
	}
	return v, true
}

// with returns the value with another at the path. Objects that are missing on the
// way are made; a step that leads nowhere else (into a string) replaces it.
func (v value) with(path []string, to value) value {
	if len(path) == 0 {
		return to
	}
	i := v.index(path[0])
	v.names, v.values = slices.Clone(v.names), slices.Clone(v.values)
	switch {
	case i >= 0:
		v.values[i] = v.values[i].with(path[1:], to)
	case v.kind == Array:
		v.values = append(v.values, value{kind: Object}.with(path[1:], to))
	default:
		if v.kind != Object {
			v = value{kind: Object}
		}
		v.names, v.values = append(v.names, path[0]), append(v.values, value{kind: Object}.with(path[1:], to))
	}
	return v
}

// without returns the value without what is at the path.
func (v value) without(path []string) value {
	i := v.index(path[0])
	if i < 0 {
		return v
	}
	v.names, v.values = slices.Clone(v.names), slices.Clone(v.values)
	if len(path) > 1 {
		v.values[i] = v.values[i].without(path[1:])
		return v
	}
	v.values = slices.Delete(v.values, i, i+1)
	if v.kind == Object {
		v.names = slices.Delete(v.names, i, i+1)
	}
	return v
}

// write appends the value as JSON, indented by two spaces as Logto's console shows
// it, or in one line.
func (v value) write(b *bytes.Buffer, indent string, pretty bool) {
	inner := indent + "  "
	lead := func(i int) {
		if i > 0 {
			b.WriteByte(',')
		}
		if pretty {
			b.WriteString("\n" + inner)
		}
	}
	trail := func(end byte) {
		if pretty && len(v.values) > 0 {
			b.WriteString("\n" + indent)
		}
		b.WriteByte(end)
	}
	switch v.kind {
	case Object:
		b.WriteByte('{')
		for i, member := range v.values {
			lead(i)
			b.WriteString(quote(v.names[i]))
			b.WriteByte(':')
			if pretty {
				b.WriteByte(' ')
			}
			member.write(b, inner, pretty)
		}
		trail('}')
	case Array:
		b.WriteByte('[')
		for i, item := range v.values {
			lead(i)
			item.write(b, inner, pretty)
		}
		trail(']')
	case String:
		b.WriteString(quote(v.text))
	case Null:
		b.WriteString("null")
	default:
		b.WriteString(v.text)
	}
}

func (v value) json(pretty bool) string {
	var b bytes.Buffer
	v.write(&b, "", pretty)
	return b.String()
}

// quote writes a string without the escapes that are for HTML.
func quote(s string) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(s) // a string can always be encoded
	return strings.TrimSuffix(b.String(), "\n")
}

var indices = regexp.MustCompile(`\[\d+\]`)

// steps takes a path apart. The names in a map are the user's own and may hold
// dots, so what follows a map is one name.
func steps(kind Kind, path string) []string {
	if path == "" {
		return nil
	}
	for _, m := range members[kind] {
		if name, ok := strings.CutPrefix(path, m.Path+"."); ok && (m.Type == StringMap || m.Type == BooleanMap) {
			return append(strings.Split(m.Path, "."), name)
		}
	}
	var out []string
	for part := range strings.SplitSeq(path, ".") {
		name, rest, found := strings.Cut(part, "[")
		out = append(out, name)
		for found {
			var number string
			number, rest, _ = strings.Cut(rest, "]")
			out = append(out, number)
			rest, found = strings.CutPrefix(rest, "[")
		}
	}
	return out
}

// join is the path of what stands under a name, or at an index, of what is at base.
func join(base string, of Type, name string) string {
	switch {
	case of == Array:
		return base + "[" + name + "]"
	case base == "":
		return name
	}
	return base + "." + name
}

// nameAt is the name of a member, or the index of an item.
func nameAt(v value, i int) string {
	if v.kind == Object {
		return v.names[i]
	}
	return strconv.Itoa(i)
}

// walk calls f with every value below v and its path, parents first.
func (v value) walk(base string, f func(path, name string, v value)) {
	for i, child := range v.values {
		name := nameAt(v, i)
		path := join(base, v.kind, name)
		f(path, name, child)
		child.walk(path, f)
	}
}
