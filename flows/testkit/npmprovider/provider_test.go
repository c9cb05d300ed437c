package npmprovider_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"signbench/flows/testkit/headless"
	"signbench/flows/testkit/npmprovider"
)

// These tests speak to the provider with net/http alone, so that a failing flow
// test is known not to be the fault of what stands around it.

const verifier = "a-verifier-of-at-least-forty-three-characters-0123456789"

type metadata struct {
	Issuer        string   `json:"issuer"`
	Authorization string   `json:"authorization_endpoint"`
	Token         string   `json:"token_endpoint"`
	UserInfo      string   `json:"userinfo_endpoint"`
	EndSession    string   `json:"end_session_endpoint"`
	Revocation    string   `json:"revocation_endpoint"`
	Introspection string   `json:"introspection_endpoint"`
	JWKS          string   `json:"jwks_uri"`
	Algs          []string `json:"id_token_signing_alg_values_supported"`
}

type bench struct {
	t        *testing.T
	meta     metadata
	client   npmprovider.Client
	callback chan url.Values
	browser  *headless.Browser
}

func newBench(t *testing.T, id string, cfg npmprovider.Config) *bench {
	t.Helper()
	b := &bench{t: t, callback: make(chan url.Values, 1)}
	loopback := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		b.callback <- r.Form
		_, _ = io.WriteString(w, "<!doctype html><title>Done</title><p>You can close this tab.")
	}))
	t.Cleanup(loopback.Close)
	if cfg.Clients == nil {
		cfg.Clients = npmprovider.DefaultClients()
	}
	for i := range cfg.Clients {
		cfg.Clients[i].RedirectURIs = []string{loopback.URL + "/callback"}
		cfg.Clients[i].PostLogoutURIs = []string{loopback.URL + "/"}
		if cfg.Clients[i].ID == id {
			b.client = cfg.Clients[i]
		}
	}
	provider := npmprovider.Start(t, cfg)
	b.getJSON(provider.Issuer+"/.well-known/openid-configuration", "", &b.meta)
	if b.meta.Issuer != provider.Issuer {
		t.Fatalf("the metadata names the issuer %q, want %q", b.meta.Issuer, provider.Issuer)
	}
	b.browser = headless.New(map[string]string{"username": "hanako", "password": "sakura-saku-2"})
	return b
}

func (b *bench) authorizeURL(extra url.Values) string {
	challenge := sha256.Sum256([]byte(verifier))
	query := url.Values{
		"client_id":             {b.client.ID},
		"redirect_uri":          b.client.RedirectURIs,
		"response_type":         {"code"},
		"scope":                 {"openid profile email offline_access"},
		"prompt":                {"consent"},
		"state":                 {"the-state"},
		"nonce":                 {"the-nonce"},
		"code_challenge":        {base64.RawURLEncoding.EncodeToString(challenge[:])},
		"code_challenge_method": {"S256"},
	}
	for name, values := range extra {
		query[name] = values
	}
	return b.meta.Authorization + "?" + query.Encode()
}

func (b *bench) signIn(extra url.Values) url.Values {
	b.t.Helper()
	page, err := b.browser.Visit(context.Background(), b.authorizeURL(extra))
	if err != nil {
		b.t.Fatal(err)
	}
	if page.Title != "Done" {
		b.t.Fatalf("the browser ended at %s: %s", page.URL.Redacted(), page.Text)
	}
	return <-b.callback
}

// post sends a form with the client's authentication.
func (b *bench) post(endpoint string, form url.Values) (int, map[string]any) {
	b.t.Helper()
	switch b.client.AuthMethod {
	case "client_secret_post":
		form.Set("client_secret", b.client.Secret)
		fallthrough
	case "none":
		form.Set("client_id", b.client.ID)
	}
	request, err := http.NewRequestWithContext(context.Background(), http.MethodPost, endpoint, strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if b.client.AuthMethod == "client_secret_basic" {
		// RFC 6749 2.3.1: both parts are form-encoded first.
		request.SetBasicAuth(url.QueryEscape(b.client.ID), url.QueryEscape(b.client.Secret))
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	var out map[string]any
	if len(body) > 0 {
		if err := json.Unmarshal(body, &out); err != nil {
			b.t.Fatalf("%s: %v\n%s", endpoint, err, body)
		}
	}
	return response.StatusCode, out
}

func (b *bench) getJSON(target, bearer string, out any) {
	b.t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, target, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	if bearer != "" {
		request.Header.Set("Authorization", "Bearer "+bearer)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		b.t.Fatalf("GET %s: %s", target, response.Status)
	}
	if err := json.NewDecoder(response.Body).Decode(out); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) redeem(code string) (int, map[string]any) {
	b.t.Helper()
	return b.post(b.meta.Token, url.Values{
		"grant_type":    {"authorization_code"},
		"code":          {code},
		"redirect_uri":  b.client.RedirectURIs,
		"code_verifier": {verifier},
	})
}

// part decodes the n-th part of a JWT.
func (b *bench) part(token any, n int) map[string]any {
	b.t.Helper()
	text, _ := token.(string)
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		b.t.Fatalf("not a JWT: %d parts", len(parts))
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[n])
	if err != nil {
		b.t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(raw, &out); err != nil {
		b.t.Fatal(err)
	}
	return out
}

func text(v any) string { s, _ := v.(string); return s }

// TestWholeFlow goes from the browser to the sign-out with every kind of client.
func TestWholeFlow(t *testing.T) {
	for _, c := range []struct{ id, alg, path string }{
		{npmprovider.BasicID, "RS256", ""},
		{npmprovider.PostID, "ES384", "/oidc"},
		{npmprovider.PublicID, "RS256", ""},
	} {
		t.Run(c.id, func(t *testing.T) {
			b := newBench(t, c.id, npmprovider.Config{Path: c.path})
			answer := b.signIn(nil)
			if answer.Get("state") != "the-state" || answer.Get("iss") != b.meta.Issuer || answer.Get("code") == "" {
				t.Fatalf("callback: %v", answer)
			}
			status, tokens := b.redeem(answer.Get("code"))
			if status != http.StatusOK {
				t.Fatalf("token endpoint: %d %v", status, tokens)
			}
			if alg := b.part(tokens["id_token"], 0)["alg"]; alg != c.alg {
				t.Errorf("the ID token is signed with %v, want %s", alg, c.alg)
			}
			if sub := b.part(tokens["id_token"], 1)["sub"]; sub != "u-hanako-0002" {
				t.Errorf("sub = %v", sub)
			}
			var info map[string]any
			b.getJSON(b.meta.UserInfo, text(tokens["access_token"]), &info)
			if info["name"] != "山田 花子" {
				t.Errorf("name = %v", info["name"])
			}

			b.refreshAndRevoke(tokens)
			b.signOut(text(tokens["id_token"]))
		})
	}
}

func (b *bench) refreshAndRevoke(tokens map[string]any) {
	b.t.Helper()
	first := text(tokens["refresh_token"])
	refresh := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {first}}
	status, fresh := b.post(b.meta.Token, refresh)
	if status != http.StatusOK || text(fresh["refresh_token"]) == first {
		b.t.Fatalf("refresh: %d, rotated %v", status, text(fresh["refresh_token"]) != first)
	}
	second := text(fresh["refresh_token"])
	if b.client.AuthMethod != "none" {
		if _, state := b.post(b.meta.Introspection, url.Values{"token": {second}}); state["active"] != true {
			b.t.Errorf("introspection: %v", state)
		}
	}
	if status, out := b.post(b.meta.Revocation, url.Values{"token": {second}}); status != http.StatusOK {
		b.t.Errorf("revocation: %d %v", status, out)
	}
	if status, out := b.post(b.meta.Token, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {second}}); out["error"] != "invalid_grant" {
		b.t.Errorf("a revoked refresh token: %d %v", status, out)
	}
}

// signOut ends the session and proves it with prompt=none.
func (b *bench) signOut(idToken string) {
	b.t.Helper()
	silent := func() url.Values {
		return b.signIn(url.Values{"prompt": {"none"}, "scope": {"openid"}})
	}
	if answer := silent(); answer.Get("error") == "login_required" {
		b.t.Fatalf("before the sign-out: %v", answer)
	}
	page, err := b.browser.Visit(context.Background(), b.meta.EndSession+"?"+url.Values{
		"id_token_hint":            {idToken},
		"post_logout_redirect_uri": b.client.PostLogoutURIs,
		"state":                    {"bye"},
	}.Encode())
	if err != nil {
		b.t.Fatal(err)
	}
	if back := <-b.callback; back.Get("state") != "bye" || page.Title != "Done" {
		b.t.Fatalf("after the sign-out: %v at %s", back, page.URL)
	}
	if answer := silent(); answer.Get("error") != "login_required" {
		b.t.Errorf("prompt=none after the sign-out: %v", answer)
	}
}

func TestFormPost(t *testing.T) {
	b := newBench(t, npmprovider.BasicID, npmprovider.Config{})
	b.signIn(url.Values{"response_mode": {"form_post"}})
	visits := b.browser.Visits()
	if last := visits[len(visits)-1]; last.Method != http.MethodPost || last.URL.RawQuery != "" {
		t.Errorf("the callback was %s %s", last.Method, last.URL)
	}
}

func TestUserRefuses(t *testing.T) {
	b := newBench(t, npmprovider.BasicID, npmprovider.Config{})
	b.browser.Press = []string{"cancel"}
	if answer := b.signIn(nil); answer.Get("error") != "access_denied" {
		t.Errorf("callback: %v", answer)
	}
}

func TestResourceGetsJWT(t *testing.T) {
	b := newBench(t, npmprovider.PostID, npmprovider.Config{})
	answer := b.signIn(url.Values{"resource": {npmprovider.Resource}, "scope": {"openid read"}})
	status, tokens := b.post(b.meta.Token, url.Values{
		"grant_type": {"authorization_code"}, "code": {answer.Get("code")},
		"redirect_uri": b.client.RedirectURIs, "code_verifier": {verifier}, "resource": {npmprovider.Resource},
	})
	if status != http.StatusOK {
		t.Fatalf("token endpoint: %d %v", status, tokens)
	}
	if head := b.part(tokens["access_token"], 0); head["typ"] != "at+jwt" || head["alg"] != "ES384" {
		t.Errorf("header: %v", head)
	}
	if claims := b.part(tokens["access_token"], 1); claims["aud"] != npmprovider.Resource || claims["scope"] != "read" {
		t.Errorf("claims: %v", claims)
	}
}

func TestWrongAnswersAreRefused(t *testing.T) {
	b := newBench(t, npmprovider.BasicID, npmprovider.Config{})
	code := b.signIn(nil).Get("code")
	right := b.client.Secret
	b.client.Secret = "wrong"
	if status, out := b.redeem(code); status != http.StatusUnauthorized || out["error"] != "invalid_client" {
		t.Errorf("wrong secret: %d %v", status, out)
	}
	b.client.Secret = right
	if status, _ := b.redeem(code); status != http.StatusOK {
		t.Errorf("right secret: %d", status)
	}
	if status, out := b.redeem(code); status != http.StatusBadRequest || out["error"] != "invalid_grant" {
		t.Errorf("replayed code: %d %v", status, out)
	}

	page, err := b.browser.Visit(context.Background(), b.authorizeURL(url.Values{"redirect_uri": {"http://localhost:1/x"}}))
	if err != nil || page.Status != http.StatusBadRequest || !strings.Contains(page.Text, "redirect_uri") {
		t.Errorf("unregistered redirect URI: %v %+v", err, page)
	}
	b.browser.ForgetCookies()
	b.browser.Fill["password"] = "wrong"
	if page, err := b.browser.Visit(context.Background(), b.authorizeURL(nil)); err == nil || !strings.Contains(page.Text, "wrong password") {
		t.Errorf("wrong password: %v", err)
	}
}

func TestPKCEIsRequired(t *testing.T) {
	b := newBench(t, npmprovider.BasicID, npmprovider.Config{})
	answer := b.signIn(url.Values{"code_challenge": nil, "code_challenge_method": nil})
	if answer.Get("error") != "invalid_request" {
		t.Errorf("callback: %v", answer)
	}
}
