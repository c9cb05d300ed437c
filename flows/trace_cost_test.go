package flows_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"signbench/flows/demo"
	"signbench/flows/oauth"
	"signbench/flows/testkit/cost"
	"signbench/flows/testkit/headless"
	"signbench/flows/trace"
)

// BenchmarkTracedSignIn is what a user pays for the trace: the requests that a
// sign-in at the demo tenant makes (discovery, token, keys, user info), traced into
// a list as those of a run are, beside the same not traced. Both read the answers.
// Measured on two processors: 0.5 ms for the four, about 4 % of it for the trace, and
// as much of the processors' time; while other programs ran, rounds differed by more.
func BenchmarkTracedSignIn(b *testing.B) {
	c := newSignIns(b)
	base := func() *http.Transport {
		t := http.DefaultTransport.(*http.Transport).Clone()
		b.Cleanup(t.CloseIdleConnections)
		return t
	}
	plain := &http.Client{Transport: base()}
	wire := trace.NewWire(base())
	cost.Comparison{Round: 100, Ready: c.fetch}.Run(
		b,
		cost.Way{Name: "traced", Do: func() {
			var mu sync.Mutex
			var all []*trace.Exchange
			recorder := trace.NewRecorder(oauth.NewRunID(), time.Now, func(ex *trace.Exchange) {
				mu.Lock()
				defer mu.Unlock()
				all = append(all, ex)
			})
			c.signIn(&http.Client{Transport: &trace.Transport{Base: wire, Recorder: recorder}})
			if len(all) != 4 {
				b.Fatalf("%d exchanges", len(all))
			}
		}},
		cost.Way{Name: "untraced", Do: func() { c.signIn(plain) }},
	)
}

// signIns are made at the demo tenant, each with an authorization code of its own.
type signIns struct {
	b        *testing.B
	browser  *headless.Browser
	endpoint string // of the demo tenant
	verifier string
	left     []string
}

const codeCallback = "http://127.0.0.1:51234/callback" // which nobody has to answer

func newSignIns(b *testing.B) *signIns {
	b.Helper()
	tenant := demo.New(demo.Options{Addr: "localhost:0"})
	endpoint, release, err := tenant.Acquire(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { release(); _ = tenant.Close() })
	browser := user("alice", "alice-demo")
	browser.Far = func(u *url.URL) bool { return u.Path == "/callback" }
	return &signIns{b: b, browser: browser, endpoint: endpoint, verifier: strings.Repeat("v", 43)}
}

// fetch signs the user in n times, in the session that the browser has.
func (c *signIns) fetch(n int) {
	query := url.Values{
		"client_id": {demo.NativeAppID}, "redirect_uri": {codeCallback}, "response_type": {"code"}, "scope": {"openid profile"},
		"state": {"s"}, "code_challenge": {oauth2.S256ChallengeFromVerifier(c.verifier)}, "code_challenge_method": {"S256"},
	}
	c.left = c.left[:0]
	for range n {
		page, err := c.browser.Visit(c.b.Context(), c.endpoint+"/oidc/auth?"+query.Encode())
		if err != nil {
			c.b.Fatal(err)
		}
		c.left = append(c.left, page.URL.Query().Get("code"))
	}
}

// signIn makes the requests of a sign-in with one of the codes.
func (c *signIns) signIn(client *http.Client) {
	code := c.left[len(c.left)-1]
	c.left = c.left[:len(c.left)-1]
	c.send(client, http.MethodGet, "/oidc/.well-known/openid-configuration", nil, "")
	answer := c.send(client, http.MethodPost, "/oidc/token", url.Values{
		"grant_type": {"authorization_code"}, "client_id": {demo.NativeAppID}, "redirect_uri": {codeCallback},
		"code": {code}, "code_verifier": {c.verifier},
	}, "")
	var tokens struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal(answer, &tokens); err != nil {
		c.b.Fatal(err)
	}
	c.send(client, http.MethodGet, "/oidc/jwks", nil, "")
	c.send(client, http.MethodGet, "/oidc/me", nil, tokens.AccessToken)
}

// send makes a request that must be answered with 200, and reads the answer.
func (c *signIns) send(client *http.Client, method, path string, form url.Values, token string) []byte {
	req, err := http.NewRequestWithContext(c.b.Context(), method, c.endpoint+path, strings.NewReader(form.Encode()))
	if err != nil {
		c.b.Fatal(err)
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := client.Do(req)
	if err != nil {
		c.b.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		c.b.Fatalf("%s %s: %d %v", method, path, resp.StatusCode, err)
	}
	return body
}
