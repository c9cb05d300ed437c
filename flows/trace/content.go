package trace

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// contentOf says what a body is by its bytes: "json", "html", "xml", "jwt", "form",
// "text" or "binary"; "" for an empty one.
func contentOf(b []byte) string {
	head := b[:min(len(b), 4096)]
	for len(head) > 0 && len(head) < len(b) && !utf8.RuneStart(b[len(head)]) {
		head = head[:len(head)-1] // not in the middle of a character
	}
	text := string(bytes.TrimLeft(head, "\ufeff \t\r\n"))
	switch {
	case text == "":
		return ""
	case !utf8.Valid(head) || strings.ContainsRune(text, 0):
		return "binary"
	case text[0] == '{' || text[0] == '[':
		return "json"
	case text[0] == '<':
		lower := strings.ToLower(text)
		if strings.Contains(lower, "<html") || strings.HasPrefix(lower, "<!doctype html") {
			return "html"
		}
		return "xml"
	case len(b) < BodyCap && len(findTokens(string(b))) == 1 && !strings.ContainsAny(text, " \n="):
		return "jwt"
	case looksLikeForm(text):
		return "form"
	}
	return "text"
}
