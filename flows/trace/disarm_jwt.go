package trace

import (
	"encoding/base64"
	"encoding/json"
	"strings"
)

// token is a JWS or JWE in compact form (RFC 7515, 7.1; RFC 7516, 7.1) in a text:
// where it stands, and where its segments stand.
type token struct {
	from, to int
	segments []span // 3 of a JWS, 5 of a JWE
	payload  string // of a JWS whose payload is a JSON object: that object
}

// encrypted reports whether it is a JWE.
func (t token) encrypted() bool { return len(t.segments) == 5 }

// is reports whether the text is this token and nothing else, and one of which
// something is kept: claims, or the header of a JWE.
func (t token) is(text string) bool {
	return t.from == 0 && t.to == len(text) && (t.payload != "" || t.encrypted())
}

// secrets are the segments that make the token usable.
func (t token) secrets(text string) []span {
	var out []span
	from, prefix := 2, signatureWord
	if t.encrypted() {
		from, prefix = 1, cipherWord
	}
	for _, s := range t.segments[from:] {
		if s.from < s.to && !isSegmentWord(text[s.from:s.to], prefix) {
			out = append(out, s)
		}
	}
	return out
}

func isSegmentWord(s, prefix string) bool {
	return strings.HasPrefix(s, prefix) && segmentWordAt(s, len(prefix)) == len(s)
}

// findTokens finds the tokens in a text, in one pass over its dots.
func findTokens(s string) []token {
	var out []token
	floor := 0
	for at := 0; at < len(s); {
		dot := strings.IndexByte(s[at:], '.')
		if dot < 0 {
			break
		}
		dot += at
		at = dot + 1
		from := dot
		for from > floor && isBase64URL(s[from-1]) {
			from--
		}
		floor = dot + 1
		if t, ok := tokenAt(s, from, dot); ok {
			out = append(out, t)
			at, floor = t.to, t.to
		}
	}
	return out
}

// tokenAt reads a token whose first segment is s[from:dot].
func tokenAt(s string, from, dot int) (token, bool) {
	// A JSON object in base64url begins so, whatever its first space is.
	if dot-from < 8 || s[from] != 'e' || s[from+1] != 'y' && s[from+1] != 'w' {
		return token{}, false
	}
	var header struct {
		Alg *string         `json:"alg"`
		Enc json.RawMessage `json:"enc"`
	}
	raw, ok := decodeSegment(s[from:dot])
	if !ok || json.Unmarshal(raw, &header) != nil || header.Alg == nil {
		return token{}, false
	}
	t := token{from: from, segments: []span{{from: from, to: dot}}}
	want := 3
	if header.Enc != nil {
		want = 5
	}
	end := dot
	for len(t.segments) < want && end < len(s) && s[end] == '.' {
		start := end + 1
		for end = start; end < len(s) && isBase64URL(s[end]); end++ {
		}
		t.segments = append(t.segments, span{from: start, to: end})
	}
	if len(t.segments) < want {
		return token{}, false
	}
	t.to = end
	if want == 3 {
		payload, ok := decodeSegment(s[t.segments[1].from:t.segments[1].to])
		if ok && json.Valid(payload) && strings.HasPrefix(strings.TrimSpace(string(payload)), "{") {
			t.payload = string(payload)
		}
	}
	return t, true
}

func decodeSegment(s string) ([]byte, bool) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	return b, err == nil
}

func isBase64URL(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}
