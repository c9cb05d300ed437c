package oauth

import (
	"fmt"
	"log/slog"
)

// redacted stands in every rendering of a Secret. It is constant on purpose: not
// even the length of a secret shows in a log.
const redacted = "[secret]"

// Secret is a string that does not print itself: client secrets, codes,
// verifiers, tokens. Every way of formatting or marshalling it yields a constant;
// Reveal is the only way out, and its call sites can be searched for.
//
// Two ways around it are the language's, and must not be taken: fmt can't call
// methods of an unexported field, so a struct with one must not be formatted; and
// encoding/json writes a map's string keys as they are.
type Secret string

// Reveal returns the secret itself. Call it only where the value goes on the
// wire, into the keychain, or onto the screen because the user asked for it.
func (s Secret) Reveal() string { return string(s) }

// Empty reports whether there is no secret at all.
func (s Secret) Empty() bool { return s == "" }

// Len is the length of the secret in bytes.
func (s Secret) Len() int { return len(s) }

// String implements fmt.Stringer without the value.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return redacted
}

// GoString implements fmt.GoStringer without the value.
func (s Secret) GoString() string { return fmt.Sprintf("oauth.Secret(%q)", s.String()) }

// Format implements fmt.Formatter, so that no verb (%x, %q, %v of a struct that
// holds a Secret) prints the value.
func (s Secret) Format(f fmt.State, verb rune) {
	if verb == 'q' {
		_, _ = fmt.Fprintf(f, "%q", s.String())
		return
	}
	if verb == 'v' && f.Flag('#') {
		_, _ = fmt.Fprint(f, s.GoString())
		return
	}
	_, _ = fmt.Fprint(f, s.String())
}

// MarshalJSON implements json.Marshaler without the value.
func (s Secret) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, "%q", s.String()), nil }

// MarshalText implements encoding.TextMarshaler without the value, which covers
// XML and YAML.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue implements slog.LogValuer without the value.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
