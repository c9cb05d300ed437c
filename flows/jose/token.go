package jose

import "strings"

// Form says what a token turned out to be.
type Form string

// The forms.
const (
	JWT    Form = "jwt"    // a compact JWS whose payload is a JSON object of claims
	JWS    Form = "jws"    // a compact JWS of something else
	JWE    Form = "jwe"    // a compact JWE: only its header can be read
	Opaque Form = "opaque" // no JOSE object
)

// Segment is one part of the text between the dots, for colouring.
type Segment struct {
	Name string // "header", "payload", "signature"; of a JWE also "encrypted_key", "iv", "ciphertext", "tag"; "opaque"
	Text string
}

var (
	jwsParts = []string{"header", "payload", "signature"}
	jweParts = []string{"header", "encrypted_key", "iv", "ciphertext", "tag"}
)

// Token is a decoded token. Nothing in it has been verified.
type Token struct {
	Raw       string
	Form      Form
	Segments  []Segment
	Header    Header
	Claims    *Object // nil unless Form is JWT
	Payload   []byte
	Signature []byte
	Problems  []Problem
}

// Has reports whether the token has a flaw of that kind.
func (t Token) Has(c Code) bool { return has(t.Problems, c) }

// Decode takes a token apart without trusting it. It never fails: a text that is
// not a JOSE object comes back as opaque.
func Decode(raw string) Token {
	t := Token{Raw: raw, Form: Opaque}
	text := strings.TrimSpace(raw)
	if text != raw {
		t.Problems = append(t.Problems, Problem{Code: Whitespace})
	}
	t.Segments = []Segment{{Name: "opaque", Text: text}}
	if strings.HasPrefix(text, "{") {
		if o, err := ParseObject([]byte(text)); err == nil && (o.Has("payload") || o.Has("ciphertext")) {
			t.Problems = append(t.Problems, Problem{Code: JSONSerialization})
		}
		return t
	}
	// Six at most: a text of nothing but dots must not become a list of a million.
	parts := strings.SplitN(text, ".", len(jweParts)+1)
	if len(parts) < 2 {
		return t
	}
	headerBytes, headerProblems := decodeSegment("header", parts[0])
	header, err := ParseObject(headerBytes)
	if err != nil {
		if len(headerBytes) > 0 && headerBytes[0] == '{' {
			t.Problems = append(t.Problems, Problem{Code: HeaderNotJSON, Where: "header"})
		}
		return t
	}
	if len(parts) != len(jwsParts) && len(parts) != len(jweParts) {
		t.Problems = append(t.Problems, Problem{Code: SegmentCount})
		return t
	}
	t.Problems = append(t.Problems, headerProblems...)
	var flaws []Problem
	t.Header, flaws = readHeader(headerBytes, header)
	t.Problems = append(t.Problems, flaws...)
	if len(parts) == len(jweParts) {
		t.readJWE(parts)
	} else {
		t.readJWS(parts)
	}
	return t
}

func (t *Token) readJWE(parts []string) {
	t.Form = JWE
	t.Segments = named(jweParts, parts)
	for _, s := range t.Segments[1:] {
		_, problems := decodeSegment(s.Name, s.Text)
		t.Problems = append(t.Problems, problems...)
	}
}

func (t *Token) readJWS(parts []string) {
	t.Form = JWS
	t.Segments = named(jwsParts, parts)
	var problems []Problem
	if t.Header.Unencoded() {
		t.Payload = []byte(parts[1])
	} else {
		t.Payload, problems = decodeSegment("payload", parts[1])
	}
	t.Problems = append(t.Problems, problems...)
	t.Signature, problems = decodeSegment("signature", parts[2])
	t.Problems = append(t.Problems, problems...)
	if t.Header.Unencoded() {
		return // RFC 7797, 7: such a payload is never a claims set
	}
	claims, err := ParseObject(t.Payload)
	if err != nil {
		meant := len(t.Payload) > 0 && t.Payload[skipSpaceOrLast(t.Payload)] == '{'
		if meant || strings.EqualFold(t.Header.Typ, "JWT") {
			t.Problems = append(t.Problems, Problem{Code: PayloadNotJSON, Where: "payload"})
		}
		return
	}
	t.Form = JWT
	t.Claims = claims
	t.Problems = append(t.Problems, claims.problems("payload")...)
}

// skipSpaceOrLast is the index of the first byte that is not white space, or of
// the last byte.
func skipSpaceOrLast(b []byte) int {
	return min(skipSpace(b, 0), len(b)-1)
}

func named(names, parts []string) []Segment {
	out := make([]Segment, len(parts))
	for i, p := range parts {
		out[i] = Segment{Name: names[i], Text: p}
	}
	return out
}

// signingInput is what the signature covers (RFC 7515, 5.2 (8)): the text of the
// first two parts as it came, never as it would be encoded again.
func (t Token) signingInput() []byte {
	return []byte(t.Segments[0].Text + "." + t.Segments[1].Text)
}
