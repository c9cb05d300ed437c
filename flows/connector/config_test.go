package connector_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"signbench/flows/connector"
	"signbench/flows/oauth"
)

func parse(t *testing.T, kind connector.Kind, in string) connector.Config {
	t.Helper()
	c, err := connector.Parse(kind, []byte(in))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAFormWritesTheTypesOfTheSchema(t *testing.T) {
	c := connector.NewConfig(connector.OIDC)
	for _, typed := range [][2]string{
		{"clientId", "123"},
		{"idTokenVerificationConfig.issuer", `["https://a.example","https://b.example"]`},
		{"idTokenVerificationConfig.clockTolerance", "30"},
		{"idTokenVerificationConfig.maxTokenAge", "10 minutes"},
		{"trustUnverifiedEmail", "true"},
		{"acceptStringTypedBooleanClaims", "maybe"},
		{"authRequestOptionalConfig.maxAge", "60"},
		{"customConfig.a.b", "with a dot"},
	} {
		c = c.Set(typed[0], typed[1])
		if got := c.Text(typed[0]); got != typed[1] {
			t.Errorf("%s = %s", typed[0], got)
		}
	}
	for path, want := range map[string]connector.Type{
		"clientId": connector.String, "idTokenVerificationConfig": connector.Object,
		"idTokenVerificationConfig.issuer": connector.Array, "idTokenVerificationConfig.clockTolerance": connector.Number,
		"idTokenVerificationConfig.maxTokenAge": connector.String, "trustUnverifiedEmail": connector.Boolean,
		"acceptStringTypedBooleanClaims": connector.String, "authRequestOptionalConfig.maxAge": connector.String,
	} {
		if got := c.Type(path); got != want {
			t.Errorf("%s is %s", path, got)
		}
	}
	if names := c.Names("customConfig"); !slices.Equal(names, []string{"a.b"}) {
		t.Errorf("custom: %q", names)
	}
	if c = c.Set("trustUnverifiedEmail", "").Set("clientId", ""); c.Has("trustUnverifiedEmail") || !c.Has("clientId") {
		t.Error("an optional member that is emptied goes, a required one stays")
	}
}

func TestTemplatesAreEditedOneByOne(t *testing.T) {
	c := connector.NewConfig(connector.Twilio).Append("templates").Append("templates")
	c = c.Set("templates[0].usageType", "SignIn").Set("templates[1].usageType", "Generic").Set("templates[1].content", "{{code}}")
	c = c.Unset("templates[0]")
	if c.Len("templates") != 1 || c.Text("templates[0].content") != "{{code}}" {
		t.Errorf("%s", c.Text("templates"))
	}
}

func TestSettingLeavesTheEarlierConfigurationAlone(t *testing.T) {
	before := parse(t, connector.OIDC, `{"scope":"openid","customConfig":{"a":"b"}}`)
	after := before.Set("customConfig.a", "c").Set("scope", "x")
	if before.Text("customConfig.a") != "b" || before.Text("scope") != "openid" || after.Text("customConfig.a") != "c" {
		t.Error("shared")
	}
}

const nasty = `CANARY: % + " \ é 秘 
`

func TestSecretsAreTakenOutAndPutBack(t *testing.T) {
	quoted, _ := json.Marshal(nasty)
	in := `{
  "issuer": "https://idp.example",
  "clientSecret": ` + string(quoted) + `,
  "authToken": "CANARY-other-connector",
  "customConfig": {
    "client_secret": "CANARY-custom",
    "audience": "kept"
  },
  "deep": [
    {
      "apiKey": 12345
    },
    {
      "refresh-token": [
        "CANARY-list"
      ]
    }
  ],
  "appSecret": ""
}`
	c := parse(t, connector.SSO, in)
	bare, secrets := c.WithoutSecrets()
	paths := slices.Sorted(maps.Keys(secrets))
	want := []string{"authToken", "clientSecret", "customConfig.client_secret", "deep[0].apiKey", "deep[1].refresh-token"}
	if !slices.Equal(paths, want) {
		t.Errorf("taken: %q", paths)
	}
	if text := bare.JSON().Reveal(); strings.Contains(text, "CANARY") || strings.Contains(text, "12345") || !strings.Contains(text, "kept") {
		t.Errorf("left:\n%s", text)
	}
	if secrets["clientSecret"].Reveal() != nasty {
		t.Error("the secret changed on its way")
	}
	// The kept part goes through a file.
	kept := parse(t, connector.SSO, bare.JSON().Reveal())
	if back := kept.WithSecrets(secrets).JSON().Reveal(); back != c.JSON().Reveal() {
		t.Errorf("put back:\n%s", back)
	}
}

func TestAConfigurationDoesNotPrintItself(t *testing.T) {
	c := parse(t, connector.OIDC, `{"clientSecret":"CANARY-1","clientId":"app"}`).SetSecret("authRequestOptionalConfig.idTokenHint", "CANARY-2")
	setup := connector.Setup{Kind: connector.OIDC, Config: c}
	marshalled, err := json.Marshal(setup)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		fmt.Sprintf("%v %+v %#v %s %q %x", c, c, c, c, c, c), fmt.Sprintf("%+v %#v", setup, setup), string(marshalled),
		c.Text("clientSecret"),
	} {
		if strings.Contains(text, "CANARY") {
			t.Errorf("printed: %s", text)
		}
	}
	if c.Secret("clientSecret") != oauth.Secret("CANARY-1") {
		t.Error("the secret is gone")
	}
}

func TestCallbackURIs(t *testing.T) {
	setup := connector.Setup{Kind: connector.OIDC, Origin: "https://t.example/", ConnectorID: "abc"}
	want := []string{"https://t.example/callback/abc", "https://t.example/account/callback/social/abc"}
	if got := setup.CallbackURIs(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	setup.Kind = connector.SSO
	if got := setup.CallbackURIs(); !slices.Equal(got, want[:1]) {
		t.Errorf("%q", got)
	}
	if got := connector.CallbackURIs("", "abc"); got != nil {
		t.Errorf("%q", got)
	}
}

func TestAnAddressThatIsNotTheVendorsShows(t *testing.T) {
	setup := connector.Setup{Kind: connector.Twilio, Addresses: map[string]string{connector.TwilioAPI: "http://127.0.0.1:1/"}}
	if got := setup.Address(connector.TwilioMessaging); got != "https://messaging.twilio.com" {
		t.Error(got)
	}
	replaced := setup.Replaced()
	if len(replaced) != 1 || replaced[0] != (connector.Address{Name: connector.TwilioAPI, Default: "http://127.0.0.1:1"}) {
		t.Errorf("%v", replaced)
	}
}

// A region of Twilio has hosts of its own, which are the vendor's too.
func TestTheHostsOfARegion(t *testing.T) {
	config := connector.NewConfig(connector.Twilio).Set("host", "API.dublin.ie1.twilio.com")
	setup := connector.Setup{Kind: connector.Twilio, Config: config, Addresses: map[string]string{connector.TwilioAccounts: "http://127.0.0.1:1"}}
	for name, want := range map[string]string{
		connector.TwilioAPI:       "https://api.dublin.ie1.twilio.com",
		connector.TwilioMessaging: "https://messaging.dublin.ie1.twilio.com",
		connector.TwilioAccounts:  "http://127.0.0.1:1",
	} {
		if got := setup.Address(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if replaced := setup.Replaced(); len(replaced) != 1 || replaced[0].Name != connector.TwilioAccounts {
		t.Errorf("%v", replaced)
	}
	setup.Config = config.Set("host", "api.twilio.com.evil.example")
	if got := setup.Address(connector.TwilioAPI); got != "https://api.twilio.com" {
		t.Error(got)
	}
}
