package trace

import (
	"fmt"
	"strconv"
	"strings"
)

// variables are the shell variables that stand for secrets in a command. While the
// command is put together each is a mark of letters and digits, which no escaping
// changes; quote writes the variable in its place.
type variables struct {
	prefix string
	names  []string          // by number
	byName map[string]string // name -> the value that has it
	number map[string]int    // name -> number
}

func newVariables(ex *Exchange) *variables {
	v := &variables{byName: map[string]string{}, number: map[string]int{}}
	// A mark that occurs in nothing that is sent.
	for i := 0; ; i++ {
		v.prefix = "zVARIABLE" + strconv.Itoa(i) + "z"
		if !occurs(ex, v.prefix) {
			return v
		}
	}
}

func occurs(ex *Exchange, mark string) bool {
	if strings.Contains(ex.Request.URL, mark) || strings.Contains(string(ex.Request.Body.Bytes), mark) {
		return true
	}
	for name, values := range ex.Request.Header {
		if strings.Contains(name+strings.Join(values, "\n"), mark) {
			return true
		}
	}
	return false
}

// take returns the mark of the variable that stands for value, named after the
// parameter that holds it.
func (v *variables) take(name, value string) string {
	base := shellName(name)
	for i := 1; ; i++ {
		name := base
		if i > 1 {
			name += "_" + strconv.Itoa(i)
		}
		if had, ok := v.byName[name]; ok && had != value {
			continue
		} else if !ok {
			v.byName[name], v.number[name] = value, len(v.names)
			v.names = append(v.names, name)
		}
		return v.prefix + strconv.Itoa(v.number[name]) + "z"
	}
}

func (v *variables) used() []string { return v.names }

// shellName makes a name of the shell of the name of a parameter.
func shellName(name string) string {
	if len(name) > maxName {
		name = name[:maxName]
	}
	out := []byte(strings.ToUpper(name))
	for i, c := range out {
		if !isNameByte(c) {
			out[i] = '_'
		}
	}
	if len(out) == 0 || '0' <= out[0] && out[0] <= '9' {
		return "VALUE_" + string(out)
	}
	return string(out)
}

// parts calls text and name in turn for what stands between marks, and for marks.
func (v *variables) parts(s string, text, name func(string)) {
	for {
		before, after, ok := strings.Cut(s, v.prefix)
		if !ok {
			break
		}
		digits, rest, ok := strings.Cut(after, "z")
		n, err := strconv.Atoi(digits)
		if !ok || err != nil || n >= len(v.names) {
			break
		}
		if before != "" {
			text(before)
		}
		name(v.names[n])
		s = rest
	}
	if s != "" {
		text(s)
	}
}

// quote writes an argument for a POSIX shell (POSIX.1-2024, Shell 2.2.2): text in
// single quotes, in which nothing but the quote itself means anything, and
// variables in double ones.
func (v *variables) quote(s string) string {
	var b strings.Builder
	v.parts(s,
		func(text string) { b.WriteString("'" + strings.ReplaceAll(text, "'", `'\''`) + "'") },
		func(name string) { b.WriteString(`"$` + name + `"`) })
	if b.Len() == 0 {
		return "''"
	}
	return b.String()
}

// printf writes a command that prints bytes no argument can hold.
func (v *variables) printf(s string) string {
	var format strings.Builder
	arguments := ""
	v.parts(s,
		func(text string) {
			for i := range len(text) {
				switch c := text[i]; {
				case c == '%':
					format.WriteString("%%")
				case c == '\\':
					format.WriteString(`\\`)
				case c < ' ' || c > '~' || c == '\'':
					fmt.Fprintf(&format, `\%03o`, c)
				default:
					format.WriteByte(c)
				}
			}
		},
		func(name string) {
			format.WriteString("%s")
			arguments += ` "$` + name + `"`
		})
	return "printf '" + format.String() + "'" + arguments
}

// substitute is the visitor that puts variables where secrets are.
type substitute struct {
	vars *variables
	all  bool // false: only for what was removed before
}

func (v substitute) value(s site, value string) string {
	switch {
	case value == "":
		return value
	case isWord(value), v.all && secretKind(s, value) != "" && !isDocument(value):
		return v.vars.take(s.name, value)
	}
	return walkValue(v, s, value)
}

func (v substitute) text(_ site, value string) string { return value }
