package demo

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// outcome is all that a client can see of a sign-in, a refresh and a sign-out.
type outcome struct {
	base              string
	discovery, jwks   answered
	back              url.Values
	token, me, second answered
	later             jose.JSONWebKeySet // the keys after the ID token was signed
	end               *url.URL
	silent            url.Values
	waited            time.Duration
}

// observe runs everything against a tenant with the faults.
func observe(t *testing.T, faults ...Fault) *outcome {
	t.Helper()
	b := newBench(t, faults...)
	var waited atomic.Int64
	b.tenant.wait = func(_ context.Context, d time.Duration) { waited.Add(int64(d)) }
	o := &outcome{base: b.base}
	o.discovery = b.get("/oidc/.well-known/openid-configuration")
	o.jwks = b.get("/oidc/jwks")
	o.back = b.signIn(params())
	o.token = b.exchange(o.back.Get("code"))
	// Where the response is broken there is nothing to go on with, and what follows
	// is refused: the rows of those faults do not look at it.
	var set struct {
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
	}
	_ = json.Unmarshal([]byte(o.token.body), &set)
	o.me = b.me(set.Access)
	o.second = b.refresh(set.Refresh)
	_ = json.Unmarshal([]byte(b.get("/oidc/jwks").body), &o.later)
	o.end = b.endSession(url.Values{
		"client_id": {AppID}, "post_logout_redirect_uri": {"http://localhost:3000/"}, "state": {"out1"},
	})
	o.silent = b.location(b.authorize(params("prompt", "none"))).Query()
	o.waited = time.Duration(waited.Load())
	return o
}

func member(a answered, name string) any {
	var m map[string]any
	_ = json.Unmarshal([]byte(a.body), &m) // a broken body has no members
	return m[name]
}

// idToken is the header and the claims of the ID token in a token response, without
// a look at its signature.
func idToken(from answered) (header, claims map[string]any) {
	token, _ := member(from, "id_token").(string)
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return nil, nil
	}
	for i, into := range []*map[string]any{&header, &claims} {
		raw, _ := base64.RawURLEncoding.DecodeString(parts[i])
		_ = json.Unmarshal(raw, into)
	}
	return header, claims
}

func (o *outcome) header(name string) any { h, _ := idToken(o.token); return h[name] }
func (o *outcome) claim(name string) any  { _, c := idToken(o.token); return c[name] }

// lacks says whether there is an ID token, and it does not have the claim.
func (o *outcome) lacks(name string) bool {
	_, claims := idToken(o.token)
	_, present := claims[name]
	return claims != nil && !present
}

// verifies says whether a published key verifies the ID token.
func (o *outcome) verifies() bool {
	token, _ := member(o.token, "id_token").(string)
	signed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.ES384, jose.ES256, jose.RS256})
	if err != nil {
		return false
	}
	for _, k := range o.later.Keys {
		if _, err := signed.Verify(k); err == nil {
			return true
		}
	}
	return false
}

// Each switch does what it says, and the unbroken tenant does none of it.
func TestSwitches(t *testing.T) {
	unbroken := observe(t)
	if !unbroken.verifies() || unbroken.second.StatusCode != 200 || unbroken.me.StatusCode != 200 ||
		unbroken.end.RawQuery != "state=out1" || unbroken.silent.Get("error") != "login_required" || unbroken.waited != 0 {
		t.Fatalf("the unbroken tenant is broken: %+v", unbroken)
	}
	listed := map[Fault]bool{}
	for _, s := range Switches() {
		seen := rows[s.Name]
		if apart[s.Name] != nil {
			continue
		}
		if seen == nil {
			t.Errorf("no row for %s", s.Name)
			continue
		}
		if listed[s.Name] {
			t.Errorf("%s is listed twice", s.Name)
		}
		listed[s.Name] = true
		if s.About == "" {
			t.Errorf("%s does not say what it does", s.Name)
		}
		t.Run(string(s.Name), func(t *testing.T) {
			if seen(unbroken) {
				t.Fatal("the row is true of the unbroken tenant as well")
			}
			if o := observe(t, s.Name); !seen(o) {
				t.Errorf("not to be seen in\n%+v", o)
			}
		})
	}
	for name := range rows {
		if !listed[name] {
			t.Errorf("a row for %s, which is no switch", name)
		}
	}
}

func TestSetFaults(t *testing.T) {
	b := newBench(t)
	keys := func() int {
		list, _ := b.object(b.get("/oidc/jwks").body)["keys"].([]any)
		return len(list)
	}
	b.tenant.SetFaults("signing-key-rotation-just-before-signing", "invalid-aud", "no-such-fault")
	got := b.tokens(params())
	if _, claims := b.verified(text(got, "id_token")); claims["aud"] != "another-client" {
		t.Errorf("two faults at once: aud %v", claims["aud"])
	}
	if keys() != 2 {
		t.Errorf("%d keys after the rotation", keys())
	}
	b.tenant.SetFaults()
	if _, claims := b.verified(text(b.tokens(params()), "id_token")); claims["aud"] != AppID || keys() != 1 {
		t.Errorf("after switching off: aud %v, %d keys", claims["aud"], keys())
	}
}

// A slow answer ends with its request: were it not so, this would take an hour.
func TestSlowEndsWithTheRequest(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	waitFor(ctx, time.Hour)
	waitFor(t.Context(), time.Nanosecond)
}
