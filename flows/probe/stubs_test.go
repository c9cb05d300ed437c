package probe_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"signbench/flows/probe"
)

func TestKeySets(t *testing.T) {
	private := rsaKey("two", "AQAB")
	private["d"] = "AQAB"
	malformed := map[string]any{"kty": "EC", "crv": "P-521", "kid": "ec", "x": "AA", "y": "AA"}
	for name, c := range map[string]struct {
		set  any
		want map[string]string
	}{
		"private":       {keys(rsaKey("one", "AQAB"), private), map[string]string{"keys.public": "private", "keys.usable": "usable"}},
		"symmetric":     {keys(map[string]any{"kty": "oct", "kid": "s", "k": "AAAA"}), map[string]string{"keys.public": "private", "keys.usable": "none_usable"}},
		"twice one kid": {keys(rsaKey("one", "AQAB"), rsaKey("one", "AQAB")), map[string]string{"keys.kids": "duplicate"}},
		"no kid":        {keys(rsaKey("", "AQAB"), rsaKey("one", "AQAB")), map[string]string{"keys.kids": "absent"}},
		"unknown type":  {keys(rsaKey("one", "AQAB"), map[string]any{"kty": "AKP", "kid": "pq"}), map[string]string{"keys.types": "unknown_types", "keys.usable": "usable"}},
		"weak beside":   {keys(rsaKey("one", "AQAB"), rsaKey("two", "AQ")), map[string]string{"keys.usable": "some_unusable"}},
		"not a set":     {[]string{"keys"}, map[string]string{"keys.reachable": "not_json", "keys.usable": "no_keys"}},
		"no keys array": {map[string]any{"key": 1}, map[string]string{"keys.reachable": "not_json"}},
		"malformed":     {keys(malformed), map[string]string{"keys.usable": "none_usable"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newStub(t, func(s *stub) {
				s.HandleFunc("/jwks", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, 200, c.set) })
			})
			b.run(t.Context())
			for id, reason := range c.want {
				b.want(id, probe.VerdictOf(id, reason), reason)
			}
		})
	}
	t.Run("no key for the algorithm", func(t *testing.T) {
		b := newStub(t, func(s *stub) { s.document["id_token_signing_alg_values_supported"] = []string{"ES256", "none"} })
		b.run(t.Context())
		b.want("keys.usable", probe.Warn, "algorithms_uncovered")
	})
	t.Run("no address", func(t *testing.T) {
		b := newStub(t, func(s *stub) { delete(s.document, "jwks_uri") })
		b.run(t.Context())
		b.want("keys.reachable", probe.Fail, "no_uri")
		b.want("discovery.required", probe.Fail, "broken")
	})
}

func TestClocks(t *testing.T) {
	for offset, reason := range map[time.Duration]string{
		0: "exact", 45 * time.Second: "exact", -90 * time.Second: "skewed", 90 * time.Second: "skewed",
		-400 * time.Second: "far", time.Hour: "far",
	} {
		b := newStub(t, func(s *stub) {
			s.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Date", time.Now().Add(offset).UTC().Format(http.TimeFormat))
				writeJSON(w, 200, s.document)
			})
		})
		b.run(t.Context())
		row := b.want("clock.skew", probe.VerdictOf("clock.skew", reason), reason)
		if side := row.Params["Side"]; offset != 0 && (side == "ahead") != (offset > 0) {
			t.Errorf("%v is %s", offset, side)
		}
	}
}

// The same answer to everything says nothing; another answer to a redirect URI that
// nobody registered does.
func TestAProviderThatAnswersWithPages(t *testing.T) {
	for name, c := range map[string]struct {
		answer func(http.ResponseWriter, *http.Request)
		want   probe.Verdict
		reason string
	}{
		"always a page": {func(w http.ResponseWriter, _ *http.Request) { html(w, 200, "Sign in") }, probe.Unknown, "unclear"},
		"an error page for the unregistered": {func(w http.ResponseWriter, r *http.Request) {
			if strings.Contains(r.URL.Query().Get("redirect_uri"), ".invalid") {
				html(w, 400, "redirect_uri")
				return
			}
			html(w, 200, "Sign in")
		}, probe.Pass, "registered"},
		"silence returns": {func(w http.ResponseWriter, r *http.Request) {
			if q := r.URL.Query(); q.Get("prompt") == "none" {
				http.Redirect(w, r, q.Get("redirect_uri")+"?error=login_required", http.StatusFound)
				return
			}
			html(w, 200, "Sign in")
		}, probe.Pass, "registered"},
		"an error page without words": {func(w http.ResponseWriter, _ *http.Request) { html(w, 400, "Oops") }, probe.Unknown, "unclear"},
		"an error page by redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/oauth/error?error=redirect_uri_mismatch", http.StatusFound)
		}, probe.Fail, "not_registered"},
		"down": {func(w http.ResponseWriter, _ *http.Request) { html(w, 503, "Down") }, probe.Unknown, "unclear"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newStub(t, func(s *stub) { s.HandleFunc("/auth", c.answer) })
			b.run(t.Context())
			b.want("redirect_uri.registered", c.want, c.reason)
			if b.rows["client.known"].Verdict == probe.Fail {
				t.Error("the client was called unknown")
			}
		})
	}
}

// credentials are what a token request came with, by Basic or in the body.
func credentials(r *http.Request) (basicSecret string, basic bool, bodySecret string) {
	_, basicSecret, basic = r.BasicAuth()
	return basicSecret, basic, r.FormValue("client_secret")
}

func TestTokenEndpoints(t *testing.T) {
	const secret = "CANARY:secret +/%&"
	only := func(good func(*http.Request) bool) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if good(r) {
				refuse(w, 400, "invalid_grant")
				return
			}
			refuse(w, 401, "invalid_client")
		}
	}
	for name, c := range map[string]struct {
		answer              http.HandlerFunc
		accepted, by, wrong string
	}{
		"post only": {
			only(func(r *http.Request) bool { _, _, s := credentials(r); return s == secret }),
			"refused", "other_method", "not_reached",
		},
		"unencoded only": {
			only(func(r *http.Request) bool { s, _, _ := credentials(r); return s == secret }),
			"refused", "not_encoded", "not_reached",
		},
		"encoded only": {
			only(func(r *http.Request) bool { s, _, _ := credentials(r); return s == url.QueryEscape(secret) }),
			"accepted", "suits", "refused",
		},
		"the code first": {only(func(*http.Request) bool { return true }), "accepted", "secret_unneeded", "indistinct"},
		"down":           {func(w http.ResponseWriter, _ *http.Request) { html(w, 500, "Down") }, "unclear", "not_reached", "not_reached"},
		"a page":         {func(w http.ResponseWriter, _ *http.Request) { html(w, 200, "Hello") }, "unclear", "not_reached", "not_reached"},
		"no such grant": {
			func(w http.ResponseWriter, _ *http.Request) { refuse(w, 400, "unauthorized_client") },
			"grant_refused", "not_reached", "not_reached",
		},
		"quotes what it was sent": {func(w http.ResponseWriter, r *http.Request) {
			s, _, _ := credentials(r)
			writeJSON(w, 401, map[string]string{"error": "invalid_client", "error_description": "bad secret " + s + r.FormValue("client_secret") + r.Header.Get("Authorization")})
		}, "refused", "none_accepted", "not_reached"},
		"redirects": {
			func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
			},
			"unclear", "not_reached", "not_reached",
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newStub(t, func(s *stub) {
				s.HandleFunc("/token", c.answer)
				s.HandleFunc("/elsewhere", func(http.ResponseWriter, *http.Request) { t.Error("the secret followed a redirect") })
			})
			b.setup.AskWrongSecret = true
			b.run(t.Context())
			b.want("secret.accepted", probe.VerdictOf("secret.accepted", c.accepted), c.accepted)
			b.want("secret.method", probe.VerdictOf("secret.method", c.by), c.by)
			b.want("secret.wrong", probe.VerdictOf("secret.wrong", c.wrong), c.wrong)
		})
	}
}

func TestAMovedDocument(t *testing.T) {
	b := newStub(t, func(s *stub) {
		s.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/moved", http.StatusFound)
		})
		s.HandleFunc("/moved", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, 200, s.document) })
	})
	b.run(t.Context())
	row := b.want("reach.redirect", probe.Warn, "redirected")
	if len(row.Evidence) != 2 {
		t.Errorf("evidence is %v", row.Evidence)
	}
	b.want("discovery.found", probe.Pass, "found")
}

func TestOnlyTheRFC8414Place(t *testing.T) {
	b := newStub(t, func(s *stub) {
		s.HandleFunc("/.well-known/openid-configuration", http.NotFound)
		s.HandleFunc("/.well-known/oauth-authorization-server", func(w http.ResponseWriter, _ *http.Request) {
			writeJSON(w, 200, s.document)
		})
	})
	b.run(t.Context())
	row := b.want("discovery.found", probe.Fail, "elsewhere")
	if !strings.HasSuffix(row.Got, "/.well-known/oauth-authorization-server") {
		t.Errorf("found at %s", row.Got)
	}
}

func TestEndSessionAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		reason string
	}{
		"redirects to the URI": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.FormValue("post_logout_redirect_uri"), http.StatusFound)
		}, "registered"},
		"a page of its own": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/bye", http.StatusFound) }, "unclear"},
		"an error page":     {func(w http.ResponseWriter, _ *http.Request) { html(w, 400, "Invalid redirect URI") }, "not_registered"},
		"wants a hint":      {func(w http.ResponseWriter, _ *http.Request) { html(w, 400, "id_token_hint is missing") }, "unclear"},
		"down":              {func(w http.ResponseWriter, _ *http.Request) { html(w, 500, "Down") }, "unclear"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newStub(t, func(s *stub) { s.HandleFunc("/end", c.answer) })
			b.run(t.Context())
			b.want("sign_out.uri", probe.VerdictOf("sign_out.uri", c.reason), c.reason)
		})
	}
}

func TestAnErrorPageWithoutWordsAndAVariantThatIsLetIn(t *testing.T) {
	b := newStub(t, func(s *stub) {
		s.HandleFunc("/auth", func(w http.ResponseWriter, r *http.Request) {
			if r.FormValue("redirect_uri") == "http://127.0.0.1:3000/callback" {
				http.Redirect(w, r, "/login", http.StatusFound)
				return
			}
			html(w, 400, "Oops")
		})
	})
	b.run(t.Context())
	b.want("client.known", probe.Pass, "known")
	if row := b.want("redirect_uri.registered", probe.Fail, "near_variant"); row.Got != "http://127.0.0.1:3000/callback" {
		t.Errorf("the variant is %s", row.Got)
	}
}
