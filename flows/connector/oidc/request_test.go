package oidc

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"hash"
	"net/url"
	"strings"
	"testing"
	"time"

	"signbench/flows/connector"
	"signbench/flows/oauth"
)

// A server that answers JSON only to those who ask for it answers Logto otherwise.
func TestTheTokenRequestAsksForNothingThatLogtoDoesNot(t *testing.T) {
	social := socialProvider(connector.NewConfig(connector.OIDC)).tokenCall(secretPost, "c", "r", time.Now())
	if got := social.Header.Get("Accept"); got != "*/*" {
		t.Errorf("social: %q", got)
	}
	enterprise := enterpriseProvider(connector.NewConfig(connector.SSO), oauth.Metadata{}).tokenCall(secretBasic, "c", "r", time.Now())
	if got := enterprise.Header.Values("Accept"); len(got) != 0 {
		t.Errorf("enterprise: %q", got)
	}
}

// Secrets that are not plain reach the upstream as Logto sends them: raw in Basic, encoded
// once in the form, and as bytes of UTF-8 under a signature.
func TestASecretIsSentAsLogtoSendsIt(t *testing.T) {
	const id, secret = "app:1", `s:% +"ü€`
	config := connector.NewConfig(connector.OIDC).Set("clientId", id).Set("tokenEndpoint", "https://up.test/token").SetSecret("clientSecret", secret)
	p := socialProvider(config)
	if got, want := p.tokenCall(secretBasic, "c", "r", time.Now()), "Basic "+base64.StdEncoding.EncodeToString([]byte(id+":"+secret)); got.Header.Get("Authorization") != want ||
		strings.Contains(got.Form, "client_") {
		t.Error("client_secret_basic is not raw, or is not alone")
	}
	post := p.tokenCall(secretPost, "c", "r", time.Now()).Form
	if want := "grant_type=authorization_code&code=c&redirect_uri=r&client_id=app%3A1&client_secret=s%3A%25+%2B%22%C3%BC%E2%82%AC"; post != want {
		t.Error("client_secret_post is not the form of URLSearchParams")
	}
	for name, sum := range map[string]func() hash.Hash{"HS256": sha256.New, "HS384": sha512.New384, "HS512": sha512.New} {
		signed := socialProvider(config.Set("clientSecretJwtSigningAlgorithm", name))
		form, err := url.ParseQuery(signed.tokenCall(secretJWT, "c", "r", time.Now()).Form)
		if err != nil {
			t.Fatal(err)
		}
		header, rest, _ := strings.Cut(form.Get("client_assertion"), ".")
		claims, signature, _ := strings.Cut(rest, ".")
		if got, err := base64.RawURLEncoding.DecodeString(header); err != nil || string(got) != `{"alg":"`+name+`"}` {
			t.Errorf("%s: the header is not Logto's: %s", name, got)
		}
		mac := hmac.New(sum, []byte(secret))
		mac.Write([]byte(header + "." + claims))
		if signature != base64.RawURLEncoding.EncodeToString(mac.Sum(nil)) {
			t.Errorf("%s: another signature", name)
		}
		if form.Has("client_secret") || form.Get("client_id") != id {
			t.Errorf("%s: client_id is missing, or the secret is sent beside it", name)
		}
	}
}
