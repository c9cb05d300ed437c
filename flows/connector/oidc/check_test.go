package oidc

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"signbench/flows/connector"
	"signbench/flows/probe"
)

// checked runs the check against an upstream in memory, and returns reasons by the
// last part of the row's ID.
func checked(t *testing.T, upstream func(*http.Request) answers) map[string]string {
	t.Helper()
	transport := answers(func(r *http.Request) (*http.Response, error) { return upstream(r)(r) })
	h := hopTo(t, transport, connector.OIDC, `{"jwksUri":"https://up.test/jwks","issuer":"https://up.test"}`)
	var mu sync.Mutex
	rows := map[string]string{}
	h.Emit = func(row probe.Row) {
		mu.Lock()
		defer mu.Unlock()
		rows[strings.TrimPrefix(row.ID, "connector.oidc.")] = row.Reason
	}
	Social{}.Check(t.Context(), h.Desk, connector.Setup{
		Kind: connector.OIDC, Config: h.config, ConnectorID: "x", Origin: "https://tenant.test", RedirectURI: "http://127.0.0.1:1/callback",
	})
	if len(rows) != len(socialRows) {
		t.Errorf("%d rows of %d", len(rows), len(socialRows))
	}
	return rows
}

func TestAuthorizationPagesAreRead(t *testing.T) {
	for name, c := range map[string]struct {
		status       int
		body         string
		uri, client  string
		pkce, scopes string
	}{
		"a form":          {200, "<FORM method=post>", "registered", "known", "not_required", "accepted"},
		"a script":        {200, "<div id=app></div>", unclear, unclear, unclear, unclear},
		"Entra, URI":      {200, "AADSTS50011: The redirect URI ...", "not_registered", "known", notReached, notReached},
		"Entra, client":   {200, "AADSTS700016: Application with identifier ...", notReached, "unknown_client", notReached, notReached},
		"Keycloak, URI":   {400, "<p>Invalid parameter: redirect_uri</p>", "not_registered", "known", notReached, notReached},
		"out of order":    {503, "sorry", unclear, unclear, unclear, unclear},
		"unknown refusal": {403, "no", unclear, unclear, notReached, notReached},
	} {
		t.Run(name, func(t *testing.T) {
			rows := checked(t, func(r *http.Request) answers {
				if r.URL.Path == "/auth" {
					return says(c.status, "text/html", c.body)
				}
				return says(404, "text/plain", "")
			})
			if rows[rowSignIn] != c.uri || rows[rowAccount] != c.uri || rows[rowClient] != c.client || rows[rowPKCE] != c.pkce || rows[rowScope] != c.scopes {
				t.Errorf("%v", rows)
			}
		})
	}
}

func TestKeySetsAreLookedAt(t *testing.T) {
	a, b := newSigner(t), newSigner(t)
	for name, c := range map[string]struct{ body, keys, algorithms string }{
		"good":           {keySet(a.jwk("a"), b.jwk("b")), "usable", "covered"},
		"nameless":       {keySet(a.jwk(""), b.jwk("")), "usable", "ambiguous"},
		"one nameless":   {keySet(a.jwk("")), "usable", "covered"},
		"empty":          {`{"keys":[]}`, "empty", connector.NoAnswer},
		"no keys":        {`{}`, "unreadable", connector.NoAnswer},
		"a page":         {"<html><title>Oops</title>", "unreadable", connector.NoAnswer},
		"nothing of use": {`{"keys":[{"kty":"XYZ"}]}`, "none_usable", connector.NoAnswer},
	} {
		rows := checked(t, func(r *http.Request) answers {
			switch r.URL.Path {
			case "/jwks":
				return says(200, "application/json", c.body)
			case wellKnown:
				return says(200, "application/json", `{"issuer":"https://up.test","authorization_endpoint":"https://up.test/auth",
					"token_endpoint":"https://up.test/token","jwks_uri":"https://up.test/jwks","id_token_signing_alg_values_supported":["ES256","HS256"]}`)
			}
			return says(404, "text/plain", "")
		})
		if rows[rowKeys] != c.keys || rows[rowAlgorithms] != c.algorithms || rows[rowMethods] != "unstated" || rows[rowClock] != "no_date" {
			t.Errorf("%s: %v", name, rows)
		}
	}
}

func TestClocksAreCompared(t *testing.T) {
	for off, want := range map[time.Duration]string{0: "exact", -30 * time.Second: "exact", 2 * time.Minute: "skewed", -time.Hour: "far"} {
		rows := checked(t, func(*http.Request) answers {
			return func(r *http.Request) (*http.Response, error) {
				resp, err := says(404, "text/plain", "")(r)
				resp.Header.Set("Date", time.Now().Add(off).UTC().Format(http.TimeFormat))
				return resp, err
			}
		})
		if rows[rowClock] != want {
			t.Errorf("%s: %s", off, rows[rowClock])
		}
	}
}

func TestTokenEndpointsAreUnderstood(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
		want   string
	}{
		"good":            {400, `{"error":"invalid_grant"}`, "accepted"},
		"wrong":           {401, `{"error":"invalid_client"}`, "refused"},
		"silent 401":      {401, ``, "refused"},
		"no such grant":   {400, `{"error":"unauthorized_client"}`, "grant_refused"},
		"another 400":     {400, `oops`, unclear},
		"takes anything!": {200, `{"id_token":"a"}`, unclear},
	} {
		rows := checked(t, func(r *http.Request) answers {
			if r.URL.Path == "/token" {
				return says(c.status, "application/json", c.body)
			}
			return says(404, "text/plain", "")
		})
		if rows[rowSecret] != c.want {
			t.Errorf("%s: %s", name, rows[rowSecret])
		}
	}
}
