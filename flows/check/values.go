package check

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"signbench/flows/jose"
)

// What stands in Want and Got for a value that is a secret, or is not there.
const (
	same    = "equal"
	differs = "different"
	nothing = "absent"
)

func orAbsent(s string) string {
	if s == "" {
		return nothing
	}
	return s
}

// quoteEmpty makes an empty string visible.
func quoteEmpty(s string) string {
	if s == "" {
		return `""`
	}
	return s
}

// maxShown bounds Want and Got: a claim can be a megabyte long.
const maxShown = 240

// clip makes a value from the wire fit for a line: bounded, and without control
// characters, which could rewrite a terminal.
func clip(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, head(s, 4*maxShown))
	if runes := []rune(s); len(runes) > maxShown {
		return string(runes[:maxShown]) + "…"
	}
	return s
}

// head cuts a text before it is looked at rune by rune.
func head(s string, n int) string {
	if len(s) > n+1 {
		return strings.ToValidUTF8(s[:n], "") + " …"
	}
	return s
}

// shown joins a list for Want and Got.
func shown(values []string) string {
	const most = 20
	if len(values) > most {
		return strings.Join(values[:most], " ") + fmt.Sprintf(" … (%d)", len(values))
	}
	return strings.Join(values, " ")
}

// shorten shows the ends of a nonce, enough to tell two apart.
func shorten(s string) string {
	if len(s) < 12 {
		return "…"
	}
	return s[:3] + "…" + s[len(s)-2:]
}

// kind is the JSON type of a value.
func kind(raw json.RawMessage) string {
	if len(raw) == 0 {
		return nothing
	}
	switch raw[0] {
	case '"':
		return "string"
	case '{':
		return "object"
	case '[':
		return "array"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	}
	return "number"
}

func kindOf(o *jose.Object, name string) string {
	raw, _ := o.Get(name)
	return kind(raw)
}

// stamp writes a time for Want: RFC 3339 and the number of the wire.
func stamp(t time.Time) string {
	return t.UTC().Format(time.RFC3339) + " (" + strconv.FormatInt(t.Unix(), 10) + ")"
}

// moment is a claim that should be a NumericDate (RFC 7519, 2).
type moment struct {
	at     time.Time
	got    string
	reason string // "", Absent, WrongType or Milliseconds
}

// millisecondsFrom is where a number can no longer be seconds: as seconds it is
// the year 5138, as milliseconds March 1973.
const millisecondsFrom = 1e11

func readTime(o *jose.Object, name string) moment {
	if !o.Has(name) {
		return moment{reason: Absent}
	}
	n, ok := o.Number(name)
	if !ok {
		return moment{reason: WrongType, got: kindOf(o, name)}
	}
	raw := n.String()
	if f, err := n.Float64(); err == nil && f >= millisecondsFrom {
		got := raw
		if f < millisecondsFrom*1000 {
			got = time.UnixMilli(int64(f)).UTC().Format(time.RFC3339) + " (" + raw + ")"
		}
		return moment{reason: Milliseconds, got: got}
	}
	t, ok := o.Time(name)
	if !ok {
		return moment{reason: WrongType, got: raw}
	}
	return moment{at: t, got: t.Format(time.RFC3339) + " (" + raw + ")"}
}

// sameOrSlash compares two identifiers exactly, and tells the classic near miss
// apart from any other difference.
func sameOrSlash(want, got string) string {
	switch {
	case want == got:
		return ""
	case strings.TrimSuffix(want, "/") == strings.TrimSuffix(got, "/"):
		return TrailingSlash
	}
	return Different
}

// missing returns the members of a that are not in b, in order.
func missing(a, b []string) []string {
	in := make(map[string]bool, len(b))
	for _, s := range b {
		in[s] = true
	}
	var out []string
	for _, s := range a {
		if !in[s] {
			out = append(out, s)
			in[s] = true
		}
	}
	return out
}

// codes lists the kinds of flaw of a token.
func codes(problems []jose.Problem) string {
	var out []string
	for _, p := range problems {
		text := string(p.Code)
		if p.Where != "" {
			text = p.Where + ":" + text
		}
		out = append(out, text)
	}
	return shown(out)
}
