package connector_test

import (
	"net/url"
	"testing"

	"signbench/flows/connector"
)

// The characters of secrets that are often got wrong, as URLSearchParams writes them.
func TestFormEncodedAsURLSearchParams(t *testing.T) {
	for in, want := range map[string]string{
		`a:b%c+d"e`: "a%3Ab%25c%2Bd%22e",
		"é 花":       "%C3%A9+%E8%8A%B1",
		"8Q~x*y-._": "8Q%7Ex*y-._",
		"😀":         "%F0%9F%98%80",
	} {
		got := connector.FormEncoded(in)
		if got != want {
			t.Errorf("%q is written %s, want %s", in, got, want)
		}
		if back, err := url.QueryUnescape(got); err != nil || back != in {
			t.Errorf("%s is read as %q, %v", got, back, err)
		}
	}
}
