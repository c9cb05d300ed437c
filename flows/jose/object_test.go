package jose

import (
	"encoding/json"
	"slices"
	"testing"
	"time"
)

func parse(t *testing.T, s string) *Object {
	t.Helper()
	o, err := ParseObject([]byte(s))
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return o
}

func TestObjectKeepsOrderTextAndDuplicates(t *testing.T) {
	o := parse(t, ` { "b" : [1, {"x":"}"}] , "a":{"y":[]}, "b":1.50e0,"é\"\u0041":"\\\"," } `)
	want := []Member{
		{"b", json.RawMessage(`[1, {"x":"}"}]`)},
		{"a", json.RawMessage(`{"y":[]}`)},
		{"b", json.RawMessage(`1.50e0`)},
		{`é"A`, json.RawMessage(`"\\\","`)},
	}
	if !slices.EqualFunc(o.Members, want, func(a, b Member) bool { return a.Name == b.Name && string(a.Raw) == string(b.Raw) }) {
		t.Errorf("got %+v", o.Members)
	}
	if !slices.Equal(o.Duplicates(), []string{"b"}) {
		t.Errorf("duplicates %v", o.Duplicates())
	}
	if raw, _ := o.Get("b"); string(raw) != "1.50e0" {
		t.Errorf("the last b should count, got %s", raw)
	}
	literal := &Object{Members: o.Members}
	if raw, ok := literal.Get("b"); !ok || string(raw) != "1.50e0" {
		t.Errorf("an object without an index: %s", raw)
	}
	if empty := parse(t, "{}"); len(empty.Members) != 0 {
		t.Errorf("%+v", empty.Members)
	}
}

func TestObjectRefusesWhatIsNotOne(t *testing.T) {
	for _, s := range []string{"", " ", "[]", "7", `"x"`, "null", "{", `{"a"}`, `{"a":}`, `{"a":1,}`, `{a:1}`, `{"a":01}`} {
		if o, err := ParseObject([]byte(s)); err == nil {
			t.Errorf("%q: %+v", s, o)
		}
	}
}

func TestObjectValues(t *testing.T) {
	o := parse(t, `{"s":"a\u0062","n":null,"i":12,"f":1.9,"e":1.7e9,"big":99999999999999999999,"neg":-1,
		"list":["x","y"],"mixed":["x",1],"hole":["x",null],"t":true,"no":false,"obj":{},"far":253402300800}`)
	if s, ok := o.String("s"); !ok || s != "ab" {
		t.Errorf("s = %q", s)
	}
	for _, name := range []string{"n", "i", "list", "obj", "missing"} {
		if s, ok := o.String(name); ok {
			t.Errorf("%s as a string: %q", name, s)
		}
	}
	if o.Has("n") || o.Has("missing") || !o.Has("no") {
		t.Error("null and missing are absent, false is not")
	}
	if i, ok := o.Int("i"); !ok || i != 12 {
		t.Errorf("i = %d", i)
	}
	for _, name := range []string{"f", "big", "s", "obj"} {
		if i, ok := o.Int(name); ok {
			t.Errorf("%s as an int: %d", name, i)
		}
	}
	if got, ok := o.Time("e"); !ok || !got.Equal(time.Unix(1_700_000_000, 0)) {
		t.Errorf("e = %v", got)
	}
	if got, ok := o.Time("f"); !ok || got.UnixMilli() != 1900 {
		t.Errorf("f = %v", got)
	}
	for _, name := range []string{"big", "neg", "s", "far", "missing"} {
		if got, ok := o.Time(name); ok {
			t.Errorf("%s as a time: %v", name, got)
		}
	}
	if got, ok := o.Strings("s"); !ok || !slices.Equal(got, []string{"ab"}) {
		t.Errorf("s as a list: %v", got)
	}
	if got, ok := o.Strings("list"); !ok || !slices.Equal(got, []string{"x", "y"}) {
		t.Errorf("list = %v", got)
	}
	for _, name := range []string{"mixed", "hole", "i", "n"} {
		if got, ok := o.Strings(name); ok {
			t.Errorf("%s as a list: %v", name, got)
		}
	}
	if v, ok := o.Bool("t"); !v || !ok {
		t.Error("t is true")
	}
	if v, ok := o.Bool("no"); v || !ok {
		t.Error("no is false")
	}
	if _, ok := o.Bool("s"); ok {
		t.Error("s is no boolean")
	}
	var none *Object
	if none.Has("x") || none.Duplicates() != nil {
		t.Error("a missing object has no members")
	}
}
