package demo

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// apart are the switches with which no sign-in as of the other rows can be made.
// Each looks at a tenant that may be broken: what it sees must be false of the
// unbroken one.
var apart = map[Fault]func(*bench) bool{
	"redirect-uri-unregistered": func(b *bench) bool {
		return member(b.authorize(params()), "error") == "invalid_redirect_uri"
	},
	"redirect-uri-slash": func(b *bench) bool {
		return b.authorize(params("redirect_uri", params().Get("redirect_uri")+"/")).StatusCode == http.StatusSeeOther
	},
	"post-logout-uri-unregistered": func(b *bench) bool {
		out := b.get("/oidc/session/end?" + url.Values{
			"client_id": {AppID}, "post_logout_redirect_uri": {"http://localhost:3000/"},
		}.Encode())
		return strings.Contains(out.body, "not registered")
	},
	"any-redirect-uri": func(b *bench) bool {
		return b.authorize(params("redirect_uri", "https://elsewhere.example/callback")).StatusCode == http.StatusSeeOther
	},
	"any-secret": func(b *bench) bool {
		return b.exchange(b.signIn(params()).Get("code"), "client_id", AppID, "client_secret", "wrong").StatusCode == http.StatusOK
	},
	"code-reusable": func(b *bench) bool {
		code := b.signIn(params()).Get("code")
		first, again := b.exchange(code), b.exchange(code)
		return first.StatusCode == http.StatusOK && again.StatusCode == http.StatusOK
	},
	"refresh-token-reusable": func(b *bench) bool {
		first := b.native()
		b.refresh(first, "client_id", NativeAppID)
		b.clock.advance(time.Minute)
		return b.refresh(first, "client_id", NativeAppID).StatusCode == http.StatusOK
	},
	"client-unknown": func(b *bench) bool {
		return member(b.authorize(params()), "error") == "invalid_client"
	},
	"client-secret-changed": func(b *bench) bool {
		return b.bogusCode(true) == http.StatusUnauthorized && b.bogusCode(false) == http.StatusUnauthorized
	},
	"client-secret-basic": func(b *bench) bool {
		return b.bogusCode(true) == http.StatusBadRequest && b.bogusCode(false) == http.StatusUnauthorized
	},
	"client-secret-post-only": func(b *bench) bool {
		return b.bogusCode(true) == http.StatusUnauthorized && b.bogusCode(false) == http.StatusBadRequest
	},
	"clock-ahead": func(b *bench) bool {
		at, err := http.ParseTime(b.get("/oidc/jwks").Header.Get("Date"))
		return err == nil && at.Equal(b.clock.now().Add(10*time.Minute))
	},
	"discovery-jwks-uri-keys": func(b *bench) bool {
		jwks := func() string {
			uri, _ := b.object(b.get("/oidc/.well-known/openid-configuration").body)["jwks_uri"].(string)
			return uri
		}
		uri := jwks()
		return uri != jwks() && b.get(uri).StatusCode == http.StatusOK && b.get("/oidc/jwks").StatusCode == http.StatusNotFound
	},
	"sso-off":            func(b *bench) bool { return b.leadsNowhere() && b.experienceSays("singleSignOnEnabled") == false },
	"sso-without-domain": func(b *bench) bool { return b.leadsNowhere() && b.experienceSays("singleSignOnEnabled") == true },
	"registration-off":   func(b *bench) bool { return b.experienceSays("signInMode") == "SignIn" },
	"account-social-off": func(b *bench) bool { return b.accountField("social") == "Off" && b.accountField("email") == "Edit" },
	"discovery-openid-config": func(b *bench) bool {
		jwks, _ := b.object(b.get("/oidc/.well-known/openid-configuration").body)["jwks_uri"].(string)
		return b.get(jwks).StatusCode == http.StatusOK && b.get("/oidc/jwks").StatusCode == http.StatusNotFound
	},
}

// bogusCode is the status of a token request with the right secret and a code that
// was never issued.
func (b *bench) bogusCode(basic bool) int {
	b.Helper()
	form := url.Values{"grant_type": {"authorization_code"}, "code": {"never-issued"}, "redirect_uri": {params().Get("redirect_uri")}}
	if !basic {
		form.Set("client_id", AppID)
		form.Set("client_secret", AppSecret)
	}
	r := b.request(http.MethodPost, "/oidc/token", form)
	if basic {
		r.SetBasicAuth(AppID, AppSecret)
	}
	return b.do(b.browser, r).StatusCode
}

func TestSwitchesOfTheRegistration(t *testing.T) {
	known := map[Fault]bool{}
	for _, s := range Switches() {
		known[s.Name] = true
	}
	for name, seen := range apart {
		t.Run(string(name), func(t *testing.T) {
			if !known[name] {
				t.Fatal("it is no switch")
			}
			if seen(newBench(t)) {
				t.Fatal("the row is true of the unbroken tenant as well")
			}
			if !seen(newBench(t, name)) {
				t.Error("not to be seen")
			}
		})
	}
}
