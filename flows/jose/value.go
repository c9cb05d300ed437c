package jose

import (
	"encoding/json"
	"math"
	"strconv"
	"time"
)

// Get returns the value of that name as it was written. Of members with the same
// name the last one counts, as in RFC 7515, 4 and in every common parser.
func (o *Object) Get(name string) (json.RawMessage, bool) {
	if o == nil {
		return nil, false
	}
	if o.index != nil {
		i, ok := o.index[name]
		if !ok {
			return nil, false
		}
		return o.Members[i].Raw, true
	}
	for i := len(o.Members) - 1; i >= 0; i-- {
		if o.Members[i].Name == name {
			return o.Members[i].Raw, true
		}
	}
	return nil, false
}

// Has reports whether the member exists and is not null. Logto writes null for a
// claim that has no value, so null and absent mean the same everywhere.
func (o *Object) Has(name string) bool {
	raw, ok := o.Get(name)
	return ok && string(raw) != "null"
}

// String returns the member when it is a JSON string.
func (o *Object) String(name string) (string, bool) {
	raw, ok := o.Get(name)
	if !ok || len(raw) < 2 || raw[0] != '"' {
		return "", false
	}
	return unquote(raw), true
}

// Strings returns the member when it is a string or an array of strings, which
// is how aud is written (RFC 7519, 4.1.3).
func (o *Object) Strings(name string) ([]string, bool) {
	if s, ok := o.String(name); ok {
		return []string{s}, true
	}
	return o.Array(name)
}

// Array returns the member when it is an array of strings.
func (o *Object) Array(name string) ([]string, bool) {
	raw, ok := o.Get(name)
	if !ok || len(raw) == 0 || raw[0] != '[' {
		return nil, false
	}
	// Pointers, because encoding/json reads a null element as an empty string.
	var list []*string
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, false
	}
	out := make([]string, 0, len(list))
	for _, s := range list {
		if s == nil {
			return nil, false
		}
		out = append(out, *s)
	}
	return out, true
}

// Bool returns the member when it is true or false.
func (o *Object) Bool(name string) (value, ok bool) {
	raw, found := o.Get(name)
	switch {
	case found && string(raw) == "true":
		return true, true
	case found && string(raw) == "false":
		return false, true
	}
	return false, false
}

// Number returns the member when it is a JSON number, as it was written.
func (o *Object) Number(name string) (json.Number, bool) {
	raw, ok := o.Get(name)
	if !ok || len(raw) == 0 || raw[0] != '-' && (raw[0] < '0' || raw[0] > '9') {
		return "", false
	}
	return json.Number(raw), true
}

// Int returns the member when it is a number without a fraction that fits.
func (o *Object) Int(name string) (int64, bool) {
	n, ok := o.Number(name)
	if !ok {
		return 0, false
	}
	i, err := strconv.ParseInt(n.String(), 10, 64)
	return i, err == nil
}

// latest is the last second of the year 9999, the last that RFC 3339 can write.
const latest = 253402300799

// Time returns the member when it is a NumericDate (RFC 7519, 2): seconds since
// 1970, perhaps with a fraction, within what RFC 3339 can write.
func (o *Object) Time(name string) (time.Time, bool) {
	n, ok := o.Number(name)
	if !ok {
		return time.Time{}, false
	}
	if i, err := strconv.ParseInt(n.String(), 10, 64); err == nil {
		if i < 0 || i > latest {
			return time.Time{}, false
		}
		return time.Unix(i, 0).UTC(), true
	}
	f, err := strconv.ParseFloat(n.String(), 64)
	if err != nil || math.IsNaN(f) || f < 0 || f > latest {
		return time.Time{}, false
	}
	sec, frac := math.Modf(f)
	return time.Unix(int64(sec), int64(math.Round(frac*1e9))).UTC(), true
}
