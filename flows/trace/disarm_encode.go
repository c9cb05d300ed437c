package trace

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"
)

// shortest is the length below which a value is not searched for in text: it
// would blank ordinary words. It is still removed from where its name says that it
// is a secret.
const shortest = 4

// longest is how much of a value is searched for in its encoded forms. A longer
// value is searched for whole in plain form only, so that a megabyte of cookie
// does not become ten of patterns.
const longest = 8 << 10

// forms returns how a value may stand in a text: as it is, escaped for a URL, a
// form or JSON, and each of these in hexadecimal and in base64 at any of the three
// places where it can begin in a group of three bytes (RFC 4648, 4 and 5).
func forms(value string) []string {
	out := []string{value}
	spelled := spellings(value)
	out = append(out, spelled...)
	for _, s := range append(spelled, value) {
		if len(s) > longest {
			s = s[:longest]
		}
		lower := hex.EncodeToString([]byte(s))
		out = append(out, lower, strings.ToUpper(lower))
		for shift := range 3 {
			std := inBase64(s, shift)
			out = append(out, std)
			if strings.ContainsAny(std, "+/") {
				out = append(out, strings.NewReplacer("+", "-", "/", "_").Replace(std))
			}
		}
	}
	return out
}

// spellings are the escaped forms that differ from the value itself. What is
// escaped in another way, every byte of it for example, is found by the views.
func spellings(value string) []string {
	var out []string
	seen := map[string]bool{value: true}
	add := func(s string) {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	query, path := url.QueryEscape(value), url.PathEscape(value)
	add(query)
	add(lowerEscapes(query))
	add(path)
	add(lowerEscapes(path))
	add(strings.ReplaceAll(query, "+", "%20"))
	add(strings.ReplaceAll(value, " ", "+"))
	if quoted, err := json.Marshal(value); err == nil {
		add(string(quoted[1 : len(quoted)-1]))
	}
	add(jsonEscape(value))
	return out
}

// lowerEscapes writes percent-encoding with small letters (RFC 3986, 2.1: the same).
func lowerEscapes(s string) string {
	b := []byte(s)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			b[i+1], b[i+2] = lower(b[i+1]), lower(b[i+2])
			i += 2
		}
	}
	return string(b)
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// inBase64 returns those characters of the base64 of a text in which value begins
// shift bytes after a group of three that value alone determines.
func inBase64(value string, shift int) string {
	encoded := base64.RawStdEncoding.EncodeToString([]byte("\x00\x00\x00"[:shift] + value))
	first := (8*shift + 5) / 6          // the first character without bits of what stands before
	end := 8 * (shift + len(value)) / 6 // the last one may have bits of what comes after
	return encoded[first:end]
}
