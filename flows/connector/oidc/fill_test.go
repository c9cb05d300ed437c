package oidc_test

import (
	"errors"
	"testing"

	"signbench/flows/connector"
	"signbench/flows/connector/oidc"
)

func read(t *testing.T, text string) connector.Config {
	t.Helper()
	c, err := connector.Parse(connector.OIDC, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheDocumentOfAnIssuer(t *testing.T) {
	for in, want := range map[string]string{
		`"https://a.example"`:                                  "https://a.example/.well-known/openid-configuration",
		`" https://a.example/t/ "`:                             "https://a.example/t/.well-known/openid-configuration",
		`"https://a.example/.well-known/openid-configuration"`: "https://a.example/.well-known/openid-configuration",
		`["https://b.example", "https://a.example"]`:           "https://b.example/.well-known/openid-configuration",
		`""`: "", `[]`: "", `7`: "", `null`: "",
	} {
		got, err := oidc.DocumentURL(read(t, `{"idTokenVerificationConfig":{"issuer":`+in+`}}`))
		if got != want || (want == "") != errors.Is(err, oidc.ErrNoIssuer) {
			t.Errorf("%s: %q, %v", in, got, err)
		}
	}
}

func TestWhatTheDocumentSaysIsFilledIn(t *testing.T) {
	const document = `{"issuer":"https://a.example","authorization_endpoint":"https://a.example/auth","jwks_uri":"https://a.example/keys"}`
	c := read(t, `{"clientId":"c","tokenEndpoint":"https://typed.example/token","idTokenVerificationConfig":{"issuer":"https://a.example/","clockTolerance":5},"odd":1}`)
	got, err := oidc.FillIn(c, []byte(document))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"authorizationEndpoint": "https://a.example/auth", "tokenEndpoint": "https://typed.example/token", "clientId": "c", "odd": "1",
		"idTokenVerificationConfig.issuer": "https://a.example", "idTokenVerificationConfig.jwksUri": "https://a.example/keys",
		"idTokenVerificationConfig.clockTolerance": "5",
	} {
		if got.Text(path) != want {
			t.Errorf("%s is %q, want %q", path, got.Text(path), want)
		}
	}
	several := read(t, `{"idTokenVerificationConfig":{"issuer":["https://b.example","https://a.example"]}}`)
	if got, err = oidc.FillIn(several, []byte(document)); err != nil || len(got.Strings("idTokenVerificationConfig.issuer")) != 2 {
		t.Errorf("%v, a list of issuers became %q", err, got.Text("idTokenVerificationConfig.issuer"))
	}
	for _, other := range []string{"<html>", "[]", `{"keys":[]}`, `{"issuer":7}`, ""} {
		if same, err := oidc.FillIn(c, []byte(other)); !errors.Is(err, oidc.ErrNoDocument) || same.JSON() != c.JSON() {
			t.Errorf("%q: %v", other, err)
		}
	}
}
