package oauth

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"strings"
	"testing"
)

const secretCanary = "canary-e0c2"

// holds reports whether text holds the canary in any form that a verb could give it.
func holds(text string) bool {
	for _, form := range []string{
		secretCanary,
		hex.EncodeToString([]byte(secretCanary)),
		strings.ToUpper(hex.EncodeToString([]byte(secretCanary))),
		base64.StdEncoding.EncodeToString([]byte(secretCanary)),
		strings.Trim(fmt.Sprint([]byte(secretCanary)), "[]"),
		fmt.Sprintf("% x", secretCanary),
		fmt.Sprintf("%#v", []byte(secretCanary)),
	} {
		if strings.Contains(text, form) {
			return true
		}
	}
	return false
}

// carriers are the shapes in which a secret gets near a log.
func carriers() map[string]any {
	s := Secret(secretCanary)
	return map[string]any{
		"itself":   s,
		"pointer":  &s,
		"slice":    []Secret{s},
		"array":    [1]Secret{s},
		"value":    map[string]Secret{"k": s},
		"key":      map[Secret]int{s: 1},
		"any":      []any{s, &s},
		"struct":   struct{ S Secret }{s},
		"embedded": struct{ Secret }{s},
		"tokens":   TokenSet{AccessToken: s, RefreshToken: s, IDToken: s},
		"request":  &AuthorizationRequest{State: s, Nonce: s, CodeVerifier: s},
		"response": AuthorizationResponse{Code: s, State: s},
		"session":  Session{Tokens: TokenSet{AccessToken: s, RefreshToken: s, IDToken: s}},
	}
}

// Not among the verbs are %p of what is no pointer and %w outside Errorf: there fmt
// stops asking values how they print, so that nothing in a string type can help.
// go vet refuses both.
func TestSecretIsNotPrinted(t *testing.T) {
	for name, v := range carriers() {
		for _, verb := range "vTtbcdoOqxXUeEfFgGs" {
			for _, flags := range []string{"", "+", "#", " ", "0", "-", "20", ".30", "# ", "+#"} {
				if got := fmt.Sprintf("%"+flags+string(verb), v); holds(got) {
					t.Errorf("%s with %%%s%c: %s", name, flags, verb, got)
				}
			}
		}
		if got := fmt.Sprint(v) + fmt.Sprintln(v) + errors.New(fmt.Sprint(v)).Error(); holds(got) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestSecretIsNotMarshalled(t *testing.T) {
	for name, v := range carriers() {
		if name == "key" {
			continue // encoding/json takes a key of a string kind as it is: a Secret must not be one
		}
		if b, err := json.Marshal(v); err != nil || holds(string(b)) {
			t.Errorf("%s as JSON: %s, %v", name, b, err)
		}
	}
	for _, name := range []string{"itself", "pointer", "slice", "tokens", "request", "response"} {
		if b, err := xml.Marshal(carriers()[name]); err != nil && name != "request" || holds(string(b)) {
			t.Errorf("%s as XML: %s, %v", name, b, err)
		}
	}
}

func TestSecretIsNotLogged(t *testing.T) {
	var b bytes.Buffer
	for name, v := range carriers() {
		if name == "key" {
			continue // as above
		}
		for _, l := range []*slog.Logger{slog.New(slog.NewTextHandler(&b, nil)), slog.New(slog.NewJSONHandler(&b, nil))} {
			l.Info("message", "key", v)
			l.With("key", v).WithGroup("group").Info("message", slog.Any("key", v))
		}
		log.New(&b, "", 0).Print(v)
		if holds(b.String()) {
			t.Errorf("%s: %s", name, b.String())
		}
		b.Reset()
	}
}

// Length and emptiness are all that is told, and nothing is told of them in print.
func TestSecretSaysTheSameForAll(t *testing.T) {
	if a, b := fmt.Sprint(Secret("a")), fmt.Sprint(Secret(strings.Repeat("b", 99))); a != b || a == "" {
		t.Errorf("%q, %q", a, b)
	}
	if s := Secret(""); s.String() != "" || !s.Empty() || s.Len() != 0 {
		t.Error("an empty secret is not empty")
	}
	if s := Secret(secretCanary); s.Reveal() != secretCanary || s.Empty() || s.Len() != len(secretCanary) {
		t.Error("the secret is not what it was")
	}
}

// The way out of a Secret through its JSON, which stores sessions, is spelled out in
// Store; a Secret can be read from JSON as any string.
func TestSecretIsReadFromJSON(t *testing.T) {
	var v struct{ S Secret }
	if err := json.Unmarshal([]byte(`{"S":"`+secretCanary+`"}`), &v); err != nil || v.S.Reveal() != secretCanary {
		t.Errorf("%v", err)
	}
}
