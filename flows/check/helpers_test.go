package check_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	gojose "github.com/go-jose/go-jose/v4"

	"signbench/flows/check"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

const (
	issuer      = "https://issuer.example/oidc"
	clientID    = "client-1"
	nonce       = "n-0S6_WzA2Mj-nonce"
	accessToken = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"
	state       = "state-3f9c2e"
	code        = "code-8d1f77"
)

// secrets are what no result may ever show.
var secrets = []string{nonce, accessToken, state, code}

var (
	now         = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	rsaKey, _   = rsa.GenerateKey(rand.Reader, 2048)
	p256, _     = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	p384, _     = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	p521, _     = ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	other256, _ = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	other384, _ = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	_, edKey, _ = ed25519.GenerateKey(rand.Reader)
)

type m = map[string]any

// with returns base with members changed; nil takes one away.
func with(base, change m) m {
	out := maps.Clone(base)
	maps.Copy(out, change)
	maps.DeleteFunc(out, func(_ string, v any) bool { return v == nil })
	return out
}

func marshal(t testing.TB, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sign(t testing.TB, alg string, key any, header m, payload []byte) string {
	t.Helper()
	opts := &gojose.SignerOptions{}
	for k, v := range header {
		opts.WithHeader(gojose.HeaderKey(k), v)
	}
	s, err := gojose.NewSigner(gojose.SigningKey{Algorithm: gojose.SignatureAlgorithm(alg), Key: key}, opts)
	if err != nil {
		t.Fatal(err)
	}
	object, err := s.Sign(payload)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := object.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func keySet(t testing.TB, keys map[string]crypto.Signer) jose.KeySet {
	t.Helper()
	var set gojose.JSONWebKeySet
	for _, kid := range slices.Sorted(maps.Keys(keys)) {
		set.Keys = append(set.Keys, gojose.JSONWebKey{Key: keys[kid].Public(), KeyID: kid, Use: "sig"})
	}
	parsed, err := jose.ParseKeySet(marshal(t, set))
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func atHash(t testing.TB, alg string) string {
	t.Helper()
	h, ok := jose.HalfHash(alg, accessToken)
	if !ok {
		t.Fatal(alg)
	}
	return h
}

func goodClaims(t testing.TB) m {
	return m{
		"iss": issuer, "sub": "user-1", "aud": clientID, "nonce": nonce,
		"exp": now.Add(time.Hour).Unix(), "iat": now.Unix(), "at_hash": atHash(t, "ES384"),
	}
}

func goodInput(t testing.TB) check.IDTokenInput {
	return check.IDTokenInput{
		Issuer: issuer, ClientID: clientID, Nonce: nonce, AccessToken: accessToken,
		Keys:     keySet(t, map[string]crypto.Signer{"k1": p384}),
		Metadata: oauth.Metadata{Issuer: issuer, IDTokenAlgs: []string{"ES384"}},
		Now:      now, Skew: time.Minute, RequestedAt: now.Add(-time.Second),
	}
}

// findings lists what did not pass: "id:reason", warnings with a "~" and skipped
// checks with a "-" before them.
func findings(r check.Report, verdicts ...check.Verdict) []string {
	var out []string
	for _, res := range r {
		if slices.Contains(verdicts, res.Verdict) {
			mark := map[check.Verdict]string{check.Warn: "~", check.Skip: "-"}[res.Verdict]
			out = append(out, mark+res.ID+":"+res.Reason)
		}
	}
	return out
}

// expect compares the failures and warnings with the list, exactly.
func expect(t *testing.T, r check.Report, want ...string) {
	t.Helper()
	sound(t, r)
	if got := findings(r, check.Fail, check.Warn); !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// sound holds every result to the catalogue and to the rules for Want and Got.
func sound(t *testing.T, r check.Report) {
	t.Helper()
	sentences := texts(t, "checks")
	order, at := check.IDs(), -1
	for _, res := range r {
		i := slices.Index(order, res.ID)
		if i <= at {
			t.Errorf("%s is out of order, twice there or undeclared", res.ID)
		}
		at = i
		seen.Store(res.ID+":"+res.Reason, true)
		if res.Spec == "" {
			t.Errorf("%s cites nothing", res.ID)
		}
		switch {
		case res.Verdict == check.Pass && res.Reason != "":
			t.Errorf("%s passes because of %q", res.ID, res.Reason)
		case res.Verdict != check.Pass && !slices.Contains(check.Reasons(res.ID), res.Reason):
			t.Errorf("%s gives the undeclared reason %q", res.ID, res.Reason)
		}
		sentence := sentences["check."+res.ID+"."+res.Reason]
		if strings.Contains(sentence, "{{.Got}}") && res.Got == "" || strings.Contains(sentence, "{{.Want}}") && res.Want == "" {
			t.Errorf("%s %s: %q lacks a value: want %q, got %q", res.ID, res.Reason, sentence, res.Want, res.Got)
		}
		for _, s := range secrets {
			if strings.Contains(res.Want+" "+res.Got, s) {
				t.Errorf("%s shows a secret: want %q, got %q", res.ID, res.Want, res.Got)
			}
		}
		if len([]rune(res.Got)) > 250 || strings.ContainsAny(res.Got, "\n\x1b") {
			t.Errorf("%s: not fit for a line: %q", res.ID, res.Got)
		}
	}
}

func b64(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
