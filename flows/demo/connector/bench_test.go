package connector

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"signbench/flows/demo/upstream"
)

const (
	clientID     = "connector-1"
	clientSecret = "the-secret-of-connector-1-is-long-enough-for-each-mac-there-is-to-use" // #nosec G101 -- of a test
	redirectURI  = "http://localhost:3911/callback/one"
)

// bench is an upstream behind httptest.
type bench struct {
	*testing.T
	provider *upstream.Provider
	base     string
	client   *http.Client
}

func newBench(t *testing.T, switches ...string) *bench {
	t.Helper()
	b := &bench{T: t, client: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}}
	b.provider = upstream.New(upstream.Options{
		Clients: []upstream.Client{{ID: clientID, Secret: clientSecret, RedirectPaths: []string{"/callback/one"}}},
	})
	b.provider.SetSwitches(switches...)
	server := httptest.NewServer(b.provider)
	t.Cleanup(server.Close)
	b.base = server.URL
	return b
}

// object is a configuration that a test edits.
type object = map[string]any

func (b *bench) social(edit func(object)) (SignIn, error) {
	c := object{
		"authorizationEndpoint": b.base + "/authorize", "tokenEndpoint": b.base + "/token",
		"clientId": clientID, "clientSecret": clientSecret, "scope": "profile email phone", "unknownMember": 1,
		"idTokenVerificationConfig": object{"jwksUri": b.base + "/jwks", "issuer": b.base},
	}
	return NewOIDC(b.client, time.Now, b.edited(c, edit))
}

func (b *bench) enterprise(edit func(object)) (SignIn, error) {
	c := object{"clientId": clientID, "clientSecret": clientSecret, "issuer": b.base, "scope": "phone email"}
	return NewSSO(b.client, time.Now, b.edited(c, edit))
}

func (b *bench) edited(c object, edit func(object)) []byte {
	b.Helper()
	if edit != nil {
		edit(c)
	}
	text, err := json.Marshal(c)
	if err != nil {
		b.Fatal(err)
	}
	return text
}

var requestField = regexp.MustCompile(`name="request" value="([^"]+)"`)

// allow plays the browser and the user: it returns what the callback carried.
func (b *bench) allow(target string) map[string]string {
	b.Helper()
	page := b.send(http.MethodGet, target, nil)
	if match := requestField.FindStringSubmatch(page.body); match != nil {
		page = b.send(http.MethodPost, b.base+"/authorize/decision", url.Values{"request": {match[1]}, "decision": {"allow"}})
	}
	back, err := page.Location()
	if err != nil {
		b.Fatalf("no redirect: %d %s", page.StatusCode, page.body)
	}
	data := map[string]string{"redirectUri": redirectURI}
	for name, values := range back.Query() {
		if name != "state" {
			data[name] = values[0]
		}
	}
	return data
}

type page struct {
	*http.Response
	body string
}

func (b *bench) send(method, target string, form url.Values) page {
	b.Helper()
	r, err := http.NewRequestWithContext(b.Context(), method, target, strings.NewReader(form.Encode()))
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := b.client.Transport.RoundTrip(r)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		b.Fatal(err)
	}
	return page{resp, string(body)}
}

// run is a whole sign-in.
func (b *bench) run(s SignIn) (Profile, error) {
	b.Helper()
	target, kept, err := s.Begin(b.Context(), "s1", redirectURI)
	if err != nil {
		return Profile{}, err
	}
	return s.Finish(b.Context(), b.allow(target), kept)
}

// asError is the error of a connector.
func (b *bench) asError(err error) *Error {
	b.Helper()
	var e *Error
	if !errors.As(err, &e) {
		b.Fatalf("not an *Error: %v", err)
	}
	return e
}

// text is the data as JSON.
func text(v any) string {
	body, _ := json.Marshal(v) // of maps and strings
	return string(body)
}
