package demo

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// bench is a tenant behind httptest and a browser with a cookie jar that does not
// follow redirects.
type bench struct {
	*testing.T
	tenant  *Tenant
	clock   *clock
	base    string // the endpoint
	browser *http.Client
}

func newBench(t *testing.T, faults ...Fault) *bench {
	t.Helper()
	c := newClock()
	tenant := New(Options{Now: c.now, Faults: faults})
	t.Cleanup(func() { _ = tenant.Close() }) // of what is behind its connectors
	b := &bench{T: t, tenant: tenant, clock: c}
	b.browser = b.newBrowser()
	b.serve()
	return b
}

// serve puts the tenant behind httptest.
func (b *bench) serve() {
	server := httptest.NewServer(b.tenant.Handler())
	b.Cleanup(server.Close)
	b.base = server.URL
}

func (b *bench) newBrowser() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
}

// answered is a response whose body has been read.
type answered struct {
	*http.Response
	body string
}

func (b *bench) do(client *http.Client, r *http.Request) answered {
	b.Helper()
	resp, err := client.Do(r)
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

func (b *bench) request(method, target string, form url.Values) *http.Request {
	b.Helper()
	if strings.HasPrefix(target, "/") {
		target = b.base + target
	}
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(b.Context(), method, target, body)
	if err != nil {
		b.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return r
}

func (b *bench) get(target string) answered {
	b.Helper()
	return b.do(b.browser, b.request(http.MethodGet, target, nil))
}

func (b *bench) post(target string, form url.Values) answered {
	b.Helper()
	return b.do(b.browser, b.request(http.MethodPost, target, form))
}

// location is the target of a 303.
func (b *bench) location(a answered) *url.URL {
	b.Helper()
	if a.StatusCode != http.StatusSeeOther {
		b.Fatalf("status %d, want 303; body %s", a.StatusCode, a.body)
	}
	u, err := a.Location()
	if err != nil {
		b.Fatal(err)
	}
	return u
}

// object decodes a JSON object.
func (b *bench) object(text string) map[string]any {
	b.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		b.Fatalf("not a JSON object: %v\n%s", err, text)
	}
	return m
}

const (
	verifier = "a-verifier-of-at-least-forty-three-characters.1"
	callback = "http://localhost:3000/callback"
)

func challengeOf(v string) string {
	sum := sha256.Sum256([]byte(v))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// params is a good authorization request; edits are pairs of a name and a value,
// and an empty value removes the parameter.
func params(edits ...string) url.Values {
	q := url.Values{
		"client_id": {AppID}, "redirect_uri": {callback}, "response_type": {"code"},
		"scope": {"openid profile email offline_access"}, "prompt": {"consent"},
		"state": {"s1"}, "nonce": {"n1"},
		"code_challenge": {challengeOf(verifier)}, "code_challenge_method": {"S256"},
	}
	return edit(q, edits...)
}

func edit(q url.Values, edits ...string) url.Values {
	for i := 0; i+1 < len(edits); i += 2 {
		if edits[i+1] == "" {
			q.Del(edits[i])
			continue
		}
		q.Set(edits[i], edits[i+1])
	}
	return q
}

func (b *bench) authorize(q url.Values) answered {
	b.Helper()
	return b.get("/oidc/auth?" + q.Encode())
}

var hidden = regexp.MustCompile(`type="hidden" name="([a-z_]+)" value="([^"]*)"`)

// formOf is the hidden fields of a page, those of its first form where they differ.
func formOf(page string) url.Values {
	form := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(page, -1) {
		if !form.Has(m[1]) {
			form.Set(m[1], m[2])
		}
	}
	return form
}

// press posts the sign-in page's form with the action and follows to the redirect
// URI.
func (b *bench) press(page *url.URL, edits ...string) answered {
	b.Helper()
	drawn := b.get(page.String())
	if drawn.StatusCode != http.StatusOK {
		b.Fatalf("page: status %d: %s", drawn.StatusCode, drawn.body)
	}
	form := url.Values{"interaction": {formOf(drawn.body).Get("interaction")}}
	resume := b.location(b.post(page.Path, edit(form, edits...)))
	return b.get(resume.String())
}

// signIn runs the request to its callback, pressing "Sign in as Alice" when the
// session does not answer by itself.
func (b *bench) signIn(q url.Values) url.Values {
	b.Helper()
	at := b.location(b.authorize(q))
	if at.Path == "/sign-in" {
		at = b.location(b.press(at, "action", "alice"))
	}
	return at.Query()
}

// exchange sends a token request for the code, with the secret in the header.
func (b *bench) exchange(code string, edits ...string) answered {
	b.Helper()
	return b.token(edit(url.Values{
		"grant_type": {"authorization_code"}, "code": {code},
		"redirect_uri": {callback}, "code_verifier": {verifier},
	}, edits...))
}

// token sends a token request. A public client's ID in the body keeps the header
// away.
func (b *bench) token(form url.Values) answered {
	b.Helper()
	r := b.request(http.MethodPost, "/oidc/token", form)
	if !form.Has("client_id") {
		r.SetBasicAuth(AppID, AppSecret)
	}
	return b.do(http.DefaultClient, r)
}

// tokens signs in and exchanges the code.
func (b *bench) tokens(q url.Values, edits ...string) map[string]any {
	b.Helper()
	a := b.exchange(b.signIn(q).Get("code"), edits...)
	if a.StatusCode != http.StatusOK {
		b.Fatalf("token: status %d: %s", a.StatusCode, a.body)
	}
	return b.object(a.body)
}

func (b *bench) me(token string) answered {
	b.Helper()
	r := b.request(http.MethodGet, "/oidc/me", nil)
	r.Header.Set("Authorization", "Bearer "+token)
	return b.do(http.DefaultClient, r)
}

// verified are the header and claims of a JWT, after its signature was verified
// with the published keys.
func (b *bench) verified(token string) (jose.Header, map[string]any) {
	b.Helper()
	var set jose.JSONWebKeySet
	if err := json.Unmarshal([]byte(b.get("/oidc/jwks").body), &set); err != nil {
		b.Fatal(err)
	}
	signed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.ES384, jose.ES256, jose.RS256})
	if err != nil {
		b.Fatal(err)
	}
	payload, err := signed.Verify(set)
	if err != nil {
		b.Fatalf("signature: %v", err)
	}
	return signed.Signatures[0].Protected, b.object(string(payload))
}

func text(m map[string]any, name string) string {
	s, _ := m[name].(string)
	return s
}
