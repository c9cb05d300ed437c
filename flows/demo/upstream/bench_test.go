package upstream

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

const (
	clientID     = "connector-1"
	clientSecret = "the-secret-of-connector-1-is-long-enough-for-each-mac-there-is-to-use" // #nosec G101 -- of a test
	redirectURI  = "http://localhost:3911/callback/social-1"
)

// bench is a provider behind httptest and a browser that follows no redirect.
type bench struct {
	*testing.T
	provider *Provider
	base     string
	now      time.Time
	waited   atomic.Int64
}

func newBench(t *testing.T, switches ...string) *bench {
	t.Helper()
	b := &bench{T: t, now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	b.provider = New(Options{
		Now:     func() time.Time { return b.now },
		Clients: []Client{{ID: clientID, Secret: clientSecret, RedirectPaths: []string{"/callback/social-1"}}},
	})
	b.provider.wait = func(_ context.Context, d time.Duration) { b.waited.Add(int64(d)) }
	b.provider.SetSwitches(switches...)
	server := httptest.NewServer(b.provider)
	t.Cleanup(server.Close)
	b.base = server.URL
	return b
}

// answered is a response whose body has been read.
type answered struct {
	*http.Response
	body string
}

func (a answered) member(name string) any {
	var m map[string]any
	_ = json.Unmarshal([]byte(a.body), &m) // a broken body has no members
	return m[name]
}

func (b *bench) do(method, target string, form url.Values, edit func(*http.Request)) answered {
	b.Helper()
	r, err := http.NewRequestWithContext(b.Context(), method, b.base+target, strings.NewReader(form.Encode()))
	if err != nil {
		b.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if edit != nil {
		edit(r)
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		b.Fatal(err)
	}
	return answered{resp, string(body)}
}

func (b *bench) get(target string) answered {
	b.Helper()
	return b.do(http.MethodGet, target, nil, nil)
}

// asked is a good authorization request as Logto's connector sends it; edits are
// pairs of a name and a value, and an empty value removes the parameter.
func asked(edits ...string) url.Values {
	q := url.Values{
		"response_type": {"code"}, "client_id": {clientID}, "scope": {"openid profile email phone"},
		"redirect_uri": {redirectURI}, "state": {"s1"}, "nonce": {"n1"},
	}
	for i := 0; i+1 < len(edits); i += 2 {
		q.Set(edits[i], edits[i+1])
		if edits[i+1] == "" {
			q.Del(edits[i])
		}
	}
	return q
}

var hidden = regexp.MustCompile(`type="hidden" name="([a-z_]+)" value="([^"]*)"`)

func hiddenOf(page string) url.Values {
	form := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(page, -1) {
		form.Set(m[1], m[2])
	}
	return form
}

// ask sends the authorization request and presses the button, when there is one.
func (b *bench) ask(q url.Values, decision string) answered {
	b.Helper()
	a := b.get(authorizePath + "?" + q.Encode())
	form := hiddenOf(a.body)
	if !form.Has("request") {
		return a
	}
	form.Set("decision", decision)
	return b.do(http.MethodPost, decidePath, form, nil)
}

// back is the query of the redirect.
func back(a answered) url.Values {
	u, err := a.Location()
	if err != nil {
		return url.Values{}
	}
	return u.Query()
}

// exchange sends the token request with the secret in the form, or as edit has it.
func (b *bench) exchange(code string, edit func(*http.Request), fields ...string) answered {
	b.Helper()
	form := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {redirectURI}}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return b.do(http.MethodPost, tokenPath, form, edit)
}

func posted() []string { return []string{"client_id", clientID, "client_secret", clientSecret} }

func rawBasic(secret string) func(*http.Request) {
	return func(r *http.Request) { r.SetBasicAuth(clientID, secret) }
}

// assertion is what client_secret_jwt sends.
func (b *bench) assertion(alg jose.SignatureAlgorithm, secret, audience string) []string {
	b.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: []byte(secret)}, nil)
	if err != nil {
		b.Fatal(err)
	}
	token, err := jwt.Signed(signer).Claims(jwt.Claims{
		Issuer: clientID, Subject: clientID, Audience: jwt.Audience{audience}, ID: "j1",
		Expiry: jwt.NewNumericDate(b.now.Add(10 * time.Minute)),
	}).Serialize()
	if err != nil {
		b.Fatal(err)
	}
	return []string{
		"client_id", clientID, "client_assertion", token,
		"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
	}
}

// outcome is all that a connector can see of one sign-in.
type outcome struct {
	base            string
	discovery, jwks answered
	authorize       answered
	token, me       answered
	header          jose.Header
	claims          map[string]any
	verified        bool
	waited          time.Duration
}

func observe(t *testing.T, switches ...string) *outcome {
	t.Helper()
	b := newBench(t, switches...)
	o := &outcome{base: b.base, discovery: b.get(discoveryPath), jwks: b.get(jwksPath)}
	o.authorize = b.ask(asked(), "allow")
	code := back(o.authorize).Get("code")
	if code == "" {
		code = hiddenOf(o.authorize.body).Get("code")
	}
	o.token = b.exchange(code, nil, posted()...)
	o.read(t)
	access, _ := o.token.member("access_token").(string)
	o.me = b.do(http.MethodGet, userInfoPath, nil, func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+access) })
	o.waited = time.Duration(b.waited.Load())
	return o
}

// read decodes the ID token and tries the published key on it.
func (o *outcome) read(t *testing.T) {
	t.Helper()
	raw, _ := o.token.member("id_token").(string)
	signed, err := jose.ParseSignedCompact(raw, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return // there is none
	}
	o.header = signed.Signatures[0].Protected
	if err := json.Unmarshal(signed.UnsafePayloadWithoutVerification(), &o.claims); err != nil {
		t.Fatal(err)
	}
	var set jose.JSONWebKeySet
	if json.Unmarshal([]byte(o.jwks.body), &set) == nil && len(set.Keys) == 1 {
		_, err = signed.Verify(set.Keys[0])
		o.verified = err == nil
	}
}
