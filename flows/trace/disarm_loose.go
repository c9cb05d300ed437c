package trace

import (
	"html"
	"strings"
)

// walkLoose walks through a text of no known form, such as a page, a log line or
// an error message, and finds secrets by what stands before them: name=value of a
// URL, "name":"value" of a script, Bearer and Basic credentials.
func walkLoose(v visitor, s site, text string) string {
	var out strings.Builder
	copied := 0
	for i := 0; i < len(text); i++ {
		from, to, name := 0, 0, ""
		switch text[i] {
		case '=':
			from, to, name = pairAt(text, i)
		case '"':
			from, to, name = memberAt(text, i)
		case ' ':
			from, to, name = credentialsAt(text, i)
		}
		if name == "" || from >= to || kindOf(name) == "" {
			continue
		}
		found := text[from:to]
		clear := html.UnescapeString(found)
		if n := s.named(name); secretKind(n, clear) != "" {
			if got := v.value(n, clear); got != clear {
				out.WriteString(text[copied:from] + html.EscapeString(s.spell(got)))
				copied = to
			}
		}
		i = to - 1
	}
	if copied == 0 {
		return text
	}
	out.WriteString(text[copied:])
	return out.String()
}

// pairAt reads name=value around the equals sign at i. A name such as code counts
// only where a URL or form would have it.
func pairAt(text string, i int) (from, to int, name string) {
	start := i
	for start > 0 && i-start < maxName && (isNameByte(text[start-1]) || text[start-1] == '-') {
		start--
	}
	name = text[start:i]
	kind := kindOf(name)
	if kind == "" {
		return 0, 0, ""
	}
	if start == 0 || strings.IndexByte("?&#;", text[start-1]) < 0 {
		switch kind {
		case KindCode, KindState, KindNonce, KindSession, KindSignature, KindAPIKey, KindToken, KindPassword:
			return 0, 0, ""
		}
	}
	from = i + 1
	for to = from; to < len(text) && !strings.ContainsRune("&;\"'<>#\\)},| \t\r\n", rune(text[to])); to++ {
	}
	if to > from && text[to-1] == ':' { // of the sentence; a dot may be the end of an unsigned JWT
		to--
	}
	if wordEnd := from < len(text) && text[from] == '['; wordEnd {
		if end := wordAt(text, from); end > 0 {
			to = end
		}
	}
	return from, to, name
}

// memberAt reads the value of "name": "value" after the quote at i, which closes
// the name.
func memberAt(text string, i int) (from, to int, name string) {
	at := i + 1
	for at < len(text) && isJSONSpace(text[at]) {
		at++
	}
	if at >= len(text) || text[at] != ':' {
		return 0, 0, ""
	}
	for at++; at < len(text) && isJSONSpace(text[at]); at++ {
	}
	if at >= len(text) || text[at] != '"' {
		return 0, 0, ""
	}
	start := i
	for start > 0 && i-start < maxName && (isNameByte(text[start-1]) || text[start-1] == '-') {
		start--
	}
	to, _ = stringEnd(text, at)
	if strings.IndexByte(text[at+1:to], '\n') >= 0 {
		return 0, 0, ""
	}
	return at + 1, to, text[start:i]
}

// credentialsAt reads what follows "Bearer", "Basic" or "DPoP" and the space at i
// (RFC 9110, 11.4: token68).
func credentialsAt(text string, i int) (from, to int, name string) {
	isScheme := false
	for _, scheme := range []string{"bearer", "basic", "dpop"} {
		if start := i - len(scheme); start >= 0 && strings.EqualFold(text[start:i], scheme) && (start == 0 || !isNameByte(text[start-1])) {
			isScheme = true
		}
	}
	if !isScheme {
		return 0, 0, ""
	}
	from = i + 1
	for to = from; to < len(text) && (isBase64URL(text[to]) || strings.IndexByte("~+/=.", text[to]) >= 0); to++ {
	}
	if to-from < hashable {
		return 0, 0, ""
	}
	return from, to, "authorization"
}
