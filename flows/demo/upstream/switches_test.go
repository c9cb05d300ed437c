package upstream

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

var issued = float64(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).Unix())

func html(a answered) bool { return strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") }

// rows say by what each switch can be seen. None may be true of the provider with
// every switch off.
var rows = map[string]func(*outcome) bool{
	"redirect_uri_unknown": func(o *outcome) bool {
		return o.authorize.StatusCode == 400 && html(o.authorize) && strings.Contains(o.authorize.body, "redirect_uri_mismatch")
	},
	"wrong_secret": func(o *outcome) bool { return o.token.StatusCode == 401 && o.token.member("error") == "invalid_client" },
	"post_only": func(o *outcome) bool {
		return strings.Contains(o.discovery.body, `"token_endpoint_auth_methods_supported":["client_secret_post"]`)
	},
	"basic_only": func(o *outcome) bool {
		return strings.Contains(o.discovery.body, `"token_endpoint_auth_methods_supported":["client_secret_basic"]`) && o.token.StatusCode == 401
	},
	"strict_basic_encoding": func(o *outcome) bool { return o.token.member("error") == "invalid_client" },
	"pkce_required": func(o *outcome) bool {
		q := back(o.authorize)
		return q.Get("error") == "invalid_request" && strings.Contains(q.Get("error_description"), "PKCE") && q.Get("state") == "s1"
	},
	"issuer_slash": func(o *outcome) bool {
		return o.discovery.member("issuer") == o.base+"/" && o.claims["iss"] == o.base+"/"
	},
	"discovery_404": func(o *outcome) bool { return o.discovery.StatusCode == 404 && o.discovery.body == "Not Found" },
	"discovery_missing_member": func(o *outcome) bool {
		return o.discovery.member("issuer") != nil && o.discovery.member("token_endpoint") == nil
	},
	"jwks_404": func(o *outcome) bool { return o.jwks.StatusCode == 404 },
	"jwks_wrong_key": func(o *outcome) bool {
		return o.jwks.StatusCode == 200 && strings.Contains(o.jwks.body, o.header.KeyID) && !o.verified
	},
	"error_access_denied": func(o *outcome) bool {
		q := back(o.authorize)
		return q.Get("error") == "access_denied" && !q.Has("code") && q.Get("state") == "s1"
	},
	"form_post": func(o *outcome) bool {
		fields := hiddenOf(o.authorize.body)
		return o.authorize.StatusCode == 200 && strings.Contains(o.authorize.body, `action="`+redirectURI+`"`) &&
			fields.Get("state") == "s1" && o.token.StatusCode == 200
	},
	"hang":              func(o *outcome) bool { return o.waited == defaultSlow },
	"not_json":          func(o *outcome) bool { return o.token.StatusCode == 200 && html(o.token) },
	"expires_in_string": func(o *outcome) bool { return o.token.member("expires_in") == "3600" },
	"no_id_token": func(o *outcome) bool {
		return o.token.member("access_token") != nil && o.token.member("id_token") == nil
	},
	"iat_old":     func(o *outcome) bool { return o.claims["iat"] == issued-1200 && o.claims["exp"] == issued+3600 },
	"aud_wrong":   func(o *outcome) bool { return o.claims["aud"] == "another-client" },
	"nonce_wrong": func(o *outcome) bool { return o.claims["nonce"] == "another-nonce" },
	"email_verified_string": func(o *outcome) bool {
		return o.claims["email_verified"] == "true" && o.me.member("email_verified") == "true"
	},
	"email_unverified": func(o *outcome) bool {
		return o.claims["email_verified"] == false && o.me.member("email_verified") == false
	},
	"numeric_sub": func(o *outcome) bool { return o.claims["sub"] == 4711.0 && o.me.member("sub") == 4711.0 },
	"missing_sub": func(o *outcome) bool {
		return o.claims["iss"] != nil && o.claims["sub"] == nil && o.me.member("name") != nil && o.me.member("sub") == nil
	},
	"userinfo_other_claims": func(o *outcome) bool {
		return o.claims["name"] == "Hana Sato" && o.me.member("name") == "Hana S." && o.me.member("email") == nil
	},
	"userinfo_jwt": func(o *outcome) bool {
		return o.me.Header.Get("Content-Type") == "application/jwt" && strings.Count(o.me.body, ".") == 2
	},
}

func TestEachSwitchDoesWhatItSays(t *testing.T) {
	sound := observe(t)
	seen := map[string]bool{}
	for _, s := range Switches() {
		row := rows[s.Name]
		seen[s.Name] = true
		switch {
		case row == nil:
			t.Errorf("%s has no row", s.Name)
		case row(sound):
			t.Errorf("%s is seen with every switch off", s.Name)
		case !row(observe(t, s.Name)):
			t.Errorf("%s is not seen when it is on", s.Name)
		case s.About == "":
			t.Errorf("%s has no description", s.Name)
		}
	}
	for name := range rows {
		if !seen[name] {
			t.Errorf("the row %s has no switch", name)
		}
	}
}

func TestASoundSignIn(t *testing.T) {
	o := observe(t, "no_such_switch")
	want := map[string]any{
		"iss": o.base, "aud": clientID, "sub": Subject, "nonce": "n1", "iat": issued, "exp": issued + 3600,
		"name": "Hana Sato", "picture": "https://upstream.signbench.test/hana.png",
		"email": "hana@acme.example", "email_verified": true,
		"phone_number": "+819012345678", "phone_number_verified": true,
	}
	for name, value := range want {
		if o.claims[name] != value {
			t.Errorf("%s is %v, want %v", name, o.claims[name], value)
		}
	}
	if !o.verified || o.token.member("token_type") != "Bearer" || o.token.member("expires_in") != 3600.0 {
		t.Errorf("verified %v, token response %v", o.verified, o.token.member("expires_in"))
	}
	if q := back(o.authorize); q.Get("iss") != o.base || o.authorize.StatusCode != http.StatusSeeOther {
		t.Errorf("%d to %v", o.authorize.StatusCode, q)
	}
	var me map[string]any
	if err := json.Unmarshal([]byte(o.me.body), &me); err != nil || me["email"] != "hana@acme.example" || me["iss"] != nil {
		t.Errorf("%v: %s", err, o.me.body)
	}
}
