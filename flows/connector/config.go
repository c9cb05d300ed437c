package connector

import (
	"fmt"
	"strings"

	"signbench/flows/oauth"
)

// Config is the configuration of a connector: Logto's own JSON, with the order of
// its members and those that no schema knows. It is immutable; Set and its like
// return another one. It prints as a placeholder, because it holds secrets.
type Config struct {
	kind     Kind
	root     *value
	repeated []string
}

// NewConfig is an empty configuration.
func NewConfig(kind Kind) Config { return Config{kind: kind, root: &value{kind: Object}} }

// Kind is the sort of connector that it configures.
func (c Config) Kind() Kind { return c.kind }

// IsZero reports whether there is no configuration at all, not even an empty one.
func (c Config) IsZero() bool { return c.root == nil }

// JSON is the whole configuration as Logto's console shows it, secrets included.
func (c Config) JSON() oauth.Secret { return oauth.Secret(c.tree().json(true)) }

// Has reports whether the member is there, whatever it holds.
func (c Config) Has(path string) bool {
	_, ok := c.at(path)
	return ok
}

// Type is the JSON type of what the member holds; "" when it is not there.
func (c Config) Type(path string) Type {
	v, _ := c.at(path)
	return v.kind
}

// Text is what a field of a form shows: the content of a string, the literal of a
// number or boolean, the JSON of anything else, and "" for what is not there. Of a
// secret it is a placeholder; Secret has it.
func (c Config) Text(path string) string {
	if c.isSecret(path) {
		return c.Secret(path).String()
	}
	return c.raw(path)
}

// Secret is what a member holds that is to be kept secret.
func (c Config) Secret(path string) oauth.Secret { return oauth.Secret(c.raw(path)) }

func (c Config) raw(path string) string {
	v, ok := c.at(path)
	switch {
	case !ok || v.kind == Null:
		return ""
	case v.kind == String || v.kind == Number || v.kind == Boolean:
		return v.text
	}
	return v.json(false)
}

// Bool is a switch as Logto reads it: true only when it is the JSON value true.
func (c Config) Bool(path string) bool { return c.Type(path) == Boolean && c.raw(path) == "true" }

// Strings are the items of an array of strings, or the one string in its place.
func (c Config) Strings(path string) []string {
	v, _ := c.at(path)
	if v.kind == String {
		return []string{v.text}
	}
	var out []string
	for _, item := range v.values {
		if v.kind == Array && item.kind == String {
			out = append(out, item.text)
		}
	}
	return out
}

// Names lists the names in an object, in order; nil for what is no object.
func (c Config) Names(path string) []string {
	v, _ := c.at(path)
	return append([]string(nil), v.names...)
}

// Len is the number of items of an array.
func (c Config) Len(path string) int {
	v, _ := c.at(path)
	if v.kind != Array {
		return 0
	}
	return len(v.values)
}

// Set returns the configuration with what was typed into a form for the member. The
// text becomes the type that the schema asks for where it can be read as one, and
// stays a string where it cannot, for Examine to complain about. An empty text
// removes a member that is not required.
func (c Config) Set(path, typed string) Config {
	m, known := MemberAt(c.kind, path)
	if typed == "" && (!known || !m.Required) && !isEntry(path, m) {
		return c.Unset(path)
	}
	return c.with(path, read(m.Type, typed))
}

// SetJSON returns the configuration with a JSON value for the member; what is no
// JSON becomes a string.
func (c Config) SetJSON(path, raw string) Config {
	return c.with(path, readJSON(raw))
}

// isEntry reports whether the path is about one entry of a map or array, which has a
// place of its own even when it is empty.
func isEntry(path string, m Member) bool { return m.Path == "" || strings.Contains(path, "[") }

// SetSecret is Set for a secret.
func (c Config) SetSecret(path string, s oauth.Secret) Config { return c.Set(path, s.Reveal()) }

// Unset returns the configuration without the member.
func (c Config) Unset(path string) Config {
	if !c.Has(path) {
		return c
	}
	root := c.tree().without(steps(c.kind, path))
	return Config{kind: c.kind, root: &root}
}

// Append returns the configuration with one more item, an empty object, in the
// array.
func (c Config) Append(path string) Config {
	v, _ := c.at(path)
	if v.kind != Array {
		v = value{kind: Array}
	}
	items := append(append([]value(nil), v.values...), value{kind: Object})
	return c.with(path, value{kind: Array, values: items})
}

// read makes a JSON value of what was typed.
func read(t Type, typed string) value {
	if t == "" || t == String {
		return text(typed)
	}
	if v := readJSON(typed); fits(t, v) {
		return v
	}
	return text(typed)
}

// readJSON reads one JSON value; what is none becomes a string.
func readJSON(raw string) value {
	parsed, err := Parse("", []byte(`{"":`+raw+`}`))
	if err != nil || len(parsed.root.values) != 1 {
		return text(raw)
	}
	return parsed.root.values[0]
}

// fits reports whether the value is of the type that the schema asks for.
func fits(t Type, v value) bool {
	every := func(of Type) bool {
		for _, item := range v.values {
			if item.kind != of {
				return false
			}
		}
		return true
	}
	switch t {
	case Strings:
		return v.kind == Array && every(String)
	case Objects:
		return v.kind == Array && every(Object)
	case StringOrArray:
		return v.kind == String || v.kind == Array && every(String)
	case StringOrNumber:
		return v.kind == String || v.kind == Number
	case StringMap:
		return v.kind == Object && every(String)
	case BooleanMap:
		return v.kind == Object && every(Boolean)
	}
	return v.kind == t
}

func (c Config) tree() value {
	if c.root == nil {
		return value{kind: Object}
	}
	return *c.root
}

func (c Config) at(path string) (value, bool) { return c.tree().at(steps(c.kind, path)) }

func (c Config) with(path string, v value) Config {
	root := c.tree().with(steps(c.kind, path), v)
	return Config{kind: c.kind, root: &root}
}

// String implements fmt.Stringer without the contents.
func (c Config) String() string { return "[configuration of " + string(c.kind) + "]" }

// Format implements fmt.Formatter, so that no verb prints the contents.
func (c Config) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, c.String()) }
