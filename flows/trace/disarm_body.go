package trace

import (
	"html"
	"mime"
	"net/http"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// walkBody walks through a body as what it is, which need not be what its
// Content-Type says.
func walkBody(v visitor, s site, h http.Header, b Body) Body {
	if len(b.Bytes) == 0 {
		return b
	}
	raw := string(b.Bytes)
	s.cut = b.Truncated
	text := raw
	if utf, ok := fromUTF16(raw); ok {
		text = utf
	}
	mediaType, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		mediaType = strings.ToLower(h.Get("Content-Type"))
	}
	trimmed := strings.TrimLeft(text, " \t\r\n\ufeff")
	var got string
	switch {
	case wordAt(trimmed, 0) > 0: // not a list
		got = v.text(s, text)
	case strings.Contains(mediaType, "json"), strings.HasPrefix(trimmed, "{"), strings.HasPrefix(trimmed, "["):
		got = walkJSON(v, s, text)
	case strings.HasPrefix(mediaType, "multipart/") && params["boundary"] != "":
		got = walkMultipart(v, s, text, params["boundary"])
	case strings.HasPrefix(trimmed, "<"), strings.Contains(mediaType, "html"), strings.Contains(mediaType, "xml"):
		got = walkHTML(v, s, text)
	case mediaType == "application/x-www-form-urlencoded", looksLikeForm(trimmed):
		got = walkForm(v, s, text)
	default:
		got = v.text(s, text)
	}
	if got == text {
		return b
	}
	b.Bytes = []byte(got)
	return b
}

// looksLikeForm reports whether a body without a type is a form: token endpoints
// of some providers answer in one.
func looksLikeForm(s string) bool {
	i := strings.IndexByte(s, '=')
	return i > 0 && !strings.ContainsAny(s[:i], " \t\r\n<>{}\"") && !strings.ContainsAny(s, "\r\n\"<>")
}

// isEncoded reports whether a body is compressed, so that nothing can be looked
// for in it. An importer may have left the header on a body that is plain.
func isEncoded(h http.Header, b Body) bool {
	return h.Get("Content-Encoding") != "" && !strings.EqualFold(h.Get("Content-Encoding"), "identity") &&
		len(b.Bytes) > 0 && !utf8.Valid(b.Bytes)
}

// fromUTF16 decodes a text that begins with the byte order mark of UTF-16.
func fromUTF16(s string) (string, bool) {
	if len(s) < 2 {
		return "", false
	}
	hi, lo := 0, 1
	switch s[:2] {
	case "\xfe\xff":
	case "\xff\xfe":
		hi, lo = 1, 0
	default:
		return "", false
	}
	units := make([]uint16, 0, len(s)/2)
	for i := 2; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i+hi])<<8|uint16(s[i+lo]))
	}
	return string(utf16.Decode(units)), true
}

// walkHTML walks through a page: the inputs of a form by their names, as the page
// of response_mode=form_post has them (Form Post Response Mode, 2), and the rest as
// text of no known form.
func walkHTML(v visitor, s site, text string) string {
	var out strings.Builder
	copied := 0
	for at := 0; at < len(text); {
		i := strings.IndexByte(text[at:], '<')
		if i < 0 {
			break
		}
		start := at + i
		at = start + 1
		if len(text)-start < 7 || !strings.EqualFold(text[start+1:start+6], "input") || !isTagBreak(text[start+6]) {
			continue
		}
		name, from, to, end := inputAt(text, start+6)
		at = max(at, end)
		if from >= to {
			continue
		}
		out.WriteString(v.text(s, text[copied:from]))
		clear := html.UnescapeString(text[from:to])
		if got := v.value(s.named(html.UnescapeString(name)), clear); got != clear {
			if q := text[from-1]; q != '"' && q != '\'' { // a space would end it
				got = strings.ReplaceAll(got, " ", "+")
			}
			out.WriteString(html.EscapeString(got))
		} else {
			out.WriteString(text[from:to])
		}
		copied = to
	}
	out.WriteString(v.text(s, text[copied:]))
	return out.String()
}

func isTagBreak(c byte) bool { return isJSONSpace(c) || c == '/' || c == '\f' }

// inputAt reads the attributes of a tag from i on: its name, where its value
// stands, and where the tag ends.
func inputAt(text string, i int) (name string, from, to, end int) {
	for i < len(text) && text[i] != '>' {
		if isTagBreak(text[i]) {
			i++
			continue
		}
		start := i
		for i < len(text) && text[i] != '=' && text[i] != '>' && !isTagBreak(text[i]) {
			i++
		}
		attribute := text[start:i]
		for i < len(text) && isJSONSpace(text[i]) {
			i++
		}
		if i >= len(text) || text[i] != '=' {
			continue
		}
		for i++; i < len(text) && isJSONSpace(text[i]); i++ {
		}
		valueFrom, valueTo, next := attributeValue(text, i)
		i = next
		switch strings.ToLower(attribute) {
		case "name":
			name = text[valueFrom:valueTo]
		case "value":
			from, to = valueFrom, valueTo
		}
	}
	return name, from, to, i
}

func attributeValue(text string, i int) (from, to, next int) {
	if i < len(text) && (text[i] == '"' || text[i] == '\'') {
		end := strings.IndexByte(text[i+1:], text[i])
		if end < 0 {
			return i + 1, len(text), len(text)
		}
		return i + 1, i + 1 + end, i + end + 2
	}
	for next = i; next < len(text) && text[next] != '>' && !isJSONSpace(text[next]); next++ {
	}
	return i, next, next
}

// walkMultipart walks through the fields of multipart/form-data (RFC 7578).
func walkMultipart(v visitor, s site, text, boundary string) string {
	parts := strings.Split(text, "--"+boundary)
	for i, part := range parts {
		head, body, ok := strings.Cut(part, "\r\n\r\n")
		if !ok {
			parts[i] = v.text(s, part)
			continue
		}
		name := ""
		for line := range strings.Lines(head) {
			key, value, _ := strings.Cut(line, ":")
			if !strings.EqualFold(strings.TrimSpace(key), "Content-Disposition") {
				continue
			}
			if _, params, err := mime.ParseMediaType(strings.TrimSpace(value)); err == nil {
				name = params["name"]
			}
		}
		field := s
		field.cut = s.cut && i == len(parts)-1
		value := strings.TrimSuffix(body, "\r\n")
		parts[i] = v.text(s, head) + "\r\n\r\n" + v.value(field.named(name), value) + body[len(value):]
	}
	return strings.Join(parts, "--"+boundary)
}
