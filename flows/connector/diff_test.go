package connector_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"signbench/flows/connector"
	"signbench/flows/oauth"
)

func parsed(t *testing.T, text string) connector.Config {
	t.Helper()
	c, err := connector.Parse(connector.OIDC, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestADifferenceNamesMembersAndNoSecret(t *testing.T) {
	a := parsed(t, `{"clientId":"a","clientSecret":"CANARY-1","scope":"openid","idTokenVerificationConfig":{"issuer":["x","y"]},"private_key":{"d":"CANARY-3"}}`)
	b := parsed(t, `{"idTokenVerificationConfig":{"issuer":["x","z"]},"clientSecret":"CANARY-2","clientId":"a","customConfig":{},"private_key":{"d":"CANARY-4"}}`)
	got := connector.Diff(a, b)
	if want := []connector.Change{
		{Path: "clientSecret", Sort: connector.Changed, Secret: true},
		{Path: "scope", Before: `"openid"`, Sort: connector.Removed},
		{Path: "idTokenVerificationConfig.issuer[1]", Before: `"y"`, After: `"z"`, Sort: connector.Changed},
		{Path: "private_key", Sort: connector.Changed, Secret: true},
		{Path: "customConfig", After: "{}", Sort: connector.Added},
	}; !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	if strings.Contains(fmt.Sprintf("%+v", got), "CANARY") {
		t.Error("a secret is in the difference")
	}
	if same := connector.Diff(a, parsed(t, string(a.JSON().Reveal()))); len(same) != 0 {
		t.Errorf("the same configuration differs: %+v", same)
	}
}

// Of a secret it is said that it is empty, and no more.
func TestAnEmptySecretIsToldFromAnother(t *testing.T) {
	config := func(secret oauth.Secret) connector.Config {
		return connector.NewConfig(connector.SSO).Set("clientSecret", "x").SetSecret("clientSecret", secret)
	}
	for _, c := range []struct {
		before, after         oauth.Secret
		wantBefore, wantAfter string
	}{{"CANARY", "", "", `""`}, {"", "CANARY", `""`, ""}, {"CANARY", "another", "", ""}} {
		got := connector.Diff(config(c.before), config(c.after))
		if len(got) != 1 || !got[0].Secret || got[0].Before != c.wantBefore || got[0].After != c.wantAfter {
			t.Errorf("%+v", got)
		}
	}
}
