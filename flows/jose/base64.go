package jose

import (
	"encoding/base64"
	"strings"
)

// strict refuses non-zero trailing bits; the caller refuses line breaks, which
// every decoder of encoding/base64 skips silently.
var strict = base64.RawURLEncoding.Strict()

// decodeStrict decodes base64url as RFC 7515, 2 wants it: URL-safe alphabet, no
// padding, no white space, no stray bits.
func decodeStrict(s string) ([]byte, bool) {
	if strings.ContainsAny(s, "\r\n") {
		return nil, false
	}
	b, err := strict.DecodeString(s)
	return b, err == nil
}

// decodeSegment decodes one part of a token. A part that is not strictly encoded
// is decoded leniently so that its content can be shown, and its flaws are named:
// such a token is readable, but never verified.
func decodeSegment(name, s string) ([]byte, []Problem) {
	if b, ok := decodeStrict(s); ok {
		return b, nil
	}
	var problems []Problem
	note := func(c Code) { problems = append(problems, Problem{Code: c, Where: name}) }
	if strings.ContainsAny(s, " \t\r\n") {
		note(Whitespace)
		s = removeSpace(s)
	}
	if t := strings.TrimRight(s, "="); t != s {
		note(Padding)
		s = t
	}
	if strings.ContainsAny(s, "+/") {
		note(NotBase64URL)
		s = strings.NewReplacer("+", "-", "/", "_").Replace(s)
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	switch {
	case err != nil && !has(problems, NotBase64URL):
		note(NotBase64URL)
	case err == nil:
		if _, ok := decodeStrict(s); !ok {
			note(TrailingBits)
		}
	}
	if err != nil {
		return nil, problems
	}
	return b, problems
}

func removeSpace(s string) string {
	return strings.NewReplacer(" ", "", "\t", "", "\r", "", "\n", "").Replace(s)
}

func has(problems []Problem, c Code) bool {
	for _, p := range problems {
		if p.Code == c {
			return true
		}
	}
	return false
}
