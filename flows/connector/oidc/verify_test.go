package oidc

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// answers is an upstream in memory: a function in the place of the network.
type answers func(*http.Request) (*http.Response, error)

func (a answers) RoundTrip(r *http.Request) (*http.Response, error) { return a(r) }

func says(status int, contentType, body string) answers {
	return func(r *http.Request) (*http.Response, error) {
		return &http.Response{
			StatusCode: status, Header: http.Header{"Content-Type": {contentType}}, Request: r, Body: io.NopCloser(strings.NewReader(body)),
		}, nil
	}
}

var now = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

func hopTo(t *testing.T, upstream http.RoundTripper, kind connector.Kind, verification string) *hop {
	t.Helper()
	in := `{"authorizationEndpoint":"https://up.test/auth","tokenEndpoint":"https://up.test/token","clientId":"logto","clientSecret":"CANARY-secret",
		"issuer":"https://up.test","scope":"openid","idTokenVerificationConfig":` + verification + `}`
	config, err := connector.Parse(kind, []byte(in))
	if err != nil {
		t.Fatal(err)
	}
	recorder := trace.NewRecorder(oauth.NewRunID(), time.Now, func(*trace.Exchange) {})
	h := &hop{Desk: connector.Desk{
		Client: &http.Client{Transport: &trace.Transport{Base: upstream, Recorder: recorder}}, Now: func() time.Time { return now },
	}, provider: socialProvider(config)}
	if kind == connector.SSO {
		h.provider = enterpriseProvider(config, oauth.Metadata{JWKSURI: "https://up.test/jwks", TokenEndpoint: "https://up.test/token"})
	}
	return h
}

// signer makes ID tokens and the key set for them.
type signer struct{ key *ecdsa.PrivateKey }

func newSigner(t *testing.T) signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return signer{key}
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (s signer) jwk(kid string) map[string]any {
	point, _ := s.key.PublicKey.Bytes()
	out := map[string]any{"kty": "EC", "crv": "P-256", "x": b64(point[1:33]), "y": b64(point[33:]), "use": "sig"}
	if kid != "" {
		out["kid"] = kid
	}
	return out
}

func keySet(keys ...map[string]any) string {
	b, _ := json.Marshal(map[string]any{"keys": keys})
	return string(b)
}

func (s signer) token(t *testing.T, header, claims map[string]any) oauth.Secret {
	t.Helper()
	h, _ := json.Marshal(header)
	c, _ := json.Marshal(claims)
	input := b64(h) + "." + b64(c)
	sum := sha256.Sum256([]byte(input))
	r, v, err := ecdsa.Sign(rand.Reader, s.key, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return oauth.Secret(input + "." + b64(append(r.FillBytes(make([]byte, 32)), v.FillBytes(make([]byte, 32))...)))
}

func good() map[string]any {
	return map[string]any{
		"iss": "https://up.test", "aud": "logto", "sub": "ann", "iat": now.Unix(), "exp": now.Add(time.Hour).Unix(),
	}
}

func with(claims map[string]any, name string, value any) map[string]any {
	out := maps.Clone(claims)
	if value == nil {
		delete(out, name)
	} else {
		out[name] = value
	}
	return out
}

// The rules of jose, one by one, with the options that the connector gives it.
func TestIDTokensAreVerifiedAsJoseDoes(t *testing.T) {
	s, other := newSigner(t), newSigner(t)
	header := map[string]any{"alg": "ES256", "kid": "a", "typ": "JWT"}
	one := keySet(s.jwk("a"))
	const (
		plain = `{"jwksUri":"https://up.test/jwks","issuer":"https://up.test"}`
		open  = `{"jwksUri":"https://up.test/jwks"}`
	)
	option := func(o string) string { return `{"jwksUri":"https://up.test/jwks",` + o + `}` }
	for name, c := range map[string]struct {
		options string
		keys    string
		header  map[string]any
		claims  map[string]any
		want    []string
	}{
		"good":                  {plain, one, header, good(), nil},
		"several audiences":     {plain, one, header, with(good(), "aud", []string{"x", "logto"}), nil},
		"no exp":                {plain, one, header, with(good(), "exp", nil), nil},
		"no iat":                {plain, one, header, with(good(), "iat", nil), nil},
		"one of two issuers":    {option(`"issuer":["https://a.test","https://up.test"]`), one, header, good(), nil},
		"issuer not configured": {open, one, header, with(good(), "iss", "https://evil.test"), nil},
		"issuer with a slash":   {plain, one, header, with(good(), "iss", "https://up.test/"), []string{issuerDifferent}},
		"no issuer":             {plain, one, header, with(good(), "iss", nil), []string{claimAbsent}},
		"other audience":        {plain, one, header, with(good(), "aud", "other"), []string{audienceDifferent}},
		"no audience":           {plain, one, header, with(good(), "aud", nil), []string{claimAbsent}},
		"audience is ignored":   {option(`"audience":"other"`), one, header, good(), nil},
		"expired now":           {plain, one, header, with(good(), "exp", now.Unix()), []string{expired}},
		"expired, tolerated":    {option(`"clockTolerance":"1 minute"`), one, header, with(good(), "exp", now.Unix()-59), nil},
		"expired, as a number":  {option(`"clockTolerance":30`), one, header, with(good(), "exp", now.Unix()-31), []string{expired}},
		"not yet":               {plain, one, header, with(good(), "nbf", now.Unix()+1), []string{notYetValid}},
		"exp is a string":       {plain, one, header, with(good(), "exp", "soon"), []string{claimType}},
		"too old":               {option(`"maxTokenAge":"5 minutes"`), one, header, with(good(), "iat", now.Unix()-301), []string{tooOld}},
		"old enough":            {option(`"maxTokenAge":300`), one, header, with(good(), "iat", now.Unix()-300), nil},
		"age without iat":       {option(`"maxTokenAge":300`), one, header, with(good(), "iat", nil), []string{claimAbsent}},
		"from the future":       {option(`"maxTokenAge":300`), one, header, with(good(), "iat", now.Unix()+10), []string{tooOld}},
		"another subject":       {option(`"subject":"bob"`), one, header, good(), []string{subjectDifferent}},
		"another typ":           {option(`"typ":"at+jwt"`), one, header, good(), []string{tokenType}},
		"typ with its prefix":   {option(`"typ":"application/JWT"`), one, header, good(), nil},
		"algorithm not allowed": {option(`"algorithms":["RS256"]`), one, header, good(), []string{tokenAlgorithm}},
		"symmetric":             {plain, one, map[string]any{"alg": "HS256"}, good(), []string{tokenAlgorithm}},
		"not signed":            {plain, one, map[string]any{"alg": "none"}, good(), []string{tokenAlgorithm}},
		"no kid, one key":       {plain, one, map[string]any{"alg": "ES256"}, good(), nil},
		"no kid, two keys":      {plain, keySet(s.jwk("a"), other.jwk("b")), map[string]any{"alg": "ES256"}, good(), []string{keyAmbiguous}},
		"one kid twice":         {plain, keySet(s.jwk("a"), other.jwk("a")), header, good(), []string{keyAmbiguous}},
		"unknown kid":           {plain, keySet(s.jwk("b")), header, good(), []string{keyMissing}},
		"another's key":         {plain, keySet(other.jwk("a")), header, good(), []string{tokenSignature}},
		"crit":                  {plain, one, map[string]any{"alg": "ES256", "kid": "a", "crit": []string{"x"}, "x": 1}, good(), []string{tokenCritical}},
		"everything at once":    {plain, keySet(other.jwk("a")), header, with(with(good(), "aud", "other"), "exp", 1), []string{tokenSignature, audienceDifferent, expired}},
	} {
		t.Run(name, func(t *testing.T) {
			h := hopTo(t, says(200, "application/json", c.keys), connector.OIDC, c.options)
			_, err := h.verify(t.Context(), s.token(t, c.header, c.claims), h.config.Strings(verification+"issuer"))
			if got := whats(err); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

// whats are the last parts of the codes of what stopped.
func whats(err error) []string {
	stop, ok := err.(*connector.Stopped)
	if !ok {
		return nil
	}
	var out []string
	for _, f := range stop.Faults {
		out = append(out, string(f.Code[strings.LastIndexByte(string(f.Code), '.')+1:]))
	}
	return out
}

func TestSingleSignOnHasAWindowForIssuedAt(t *testing.T) {
	s := newSigner(t)
	header := map[string]any{"alg": "ES256", "kid": "a"}
	for seconds, want := range map[int64][]string{-601: {issuedElsewhen}, -600: nil, 600: nil, 601: {issuedElsewhen}} {
		h := hopTo(t, says(200, "application/json", keySet(s.jwk("a"))), connector.SSO, `{}`)
		_, err := h.verify(t.Context(), s.token(t, header, with(good(), "iat", now.Unix()+seconds)), []string{"https://up.test"})
		if got := whats(err); !slices.Equal(got, want) {
			t.Errorf("%d: %v", seconds, got)
		}
	}
}

// Logto's libraries give up at times of their own: ky after 10 s, jose after 5. The
// deadline that the network is given shows it.
func TestRequestsWaitAsLongAsLogtoDoes(t *testing.T) {
	var left []time.Duration
	silent := answers(func(r *http.Request) (*http.Response, error) {
		deadline, _ := r.Context().Deadline()
		left = append(left, time.Until(deadline))
		return nil, context.DeadlineExceeded
	})
	h := hopTo(t, silent, connector.OIDC, `{"jwksUri":"https://up.test/jwks"}`)
	_, tokenErr := h.redeem(t.Context(), connector.Departure{RedirectURI: "http://localhost/"}, "code")
	_, keysErr := h.verify(t.Context(), newSigner(t).token(t, map[string]any{"alg": "ES256"}, good()), nil)
	for i, err := range []error{tokenErr, keysErr} {
		stop, ok := err.(*connector.Stopped)
		if !ok || stop.Faults[0].Code != fault.TransportTimeout || stop.Faults[0].Params["LogtoStatus"] != "500" || stop.Faults[0].Params["LogtoCode"] != "" {
			t.Fatalf("%v", err)
		}
		if want := []time.Duration{kyTimeout, joseTimeout}[i]; left[i] > want || left[i] < want/2 {
			t.Errorf("waits %s, want %s", left[i], want)
		}
	}
}
