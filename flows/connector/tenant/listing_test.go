package tenant_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"signbench/flows/connector"
	"signbench/flows/connector/tenant"
	"signbench/flows/oauth"
)

const today = `{
	"signInMode": "SignInAndRegister", "singleSignOnEnabled": true, "captchaPolicy": {"enabled": false},
	"signIn": {"methods": [
		{"identifier": "email", "password": true, "verificationCode": true},
		{"identifier": "phone", "password": false, "verificationCode": true},
		{"identifier": "username", "password": true, "verificationCode": false}]},
	"forgotPassword": {"phone": true, "email": false},
	"socialSignInConnectorTargets": ["acme", "gone"],
	"socialConnectors": [
		{"id": "s1", "target": "acme", "name": {"en": "Acme", "de": "Akme"}, "logo": "https://acme.example/logo.svg",
		 "logoDark": null, "platform": null, "isStandard": true},
		{"id": "s2", "target": "feishu", "name": {"zh-CN": "飞书"}, "logo": "", "platform": "Web", "isStandard": false}],
	"ssoConnectors": [{"id": "e1", "connectorName": "Acme Corp", "logo": "l"}]}`

func listing(t *testing.T, body string, origins ...string) tenant.Listing {
	t.Helper()
	l, err := tenant.ReadListing([]byte(body), origins)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestTheListingIsWhatTheTenantShows(t *testing.T) {
	l := listing(t, today, "https://a.example", "https://b.example")
	if len(l.Notes) != 0 || l.SingleSignOn != tenant.On || l.Captcha != tenant.Off || l.ForgotByPhone != tenant.On || l.ForgotByEmail != tenant.Off {
		t.Errorf("%+v", l)
	}
	var sends []string
	for _, m := range l.Methods {
		sends = append(sends, m.Sends())
	}
	if !slices.Equal(sends, []string{"email", "sms", ""}) || !slices.Equal(l.TargetsWithout, []string{"gone"}) {
		t.Errorf("%q, without a connector %q", sends, l.TargetsWithout)
	}
	acme, _ := l.Find("s1")
	feishu, _ := l.Find("s2")
	corp, ok := l.Find("e1")
	if _, there := l.Find("s3"); there || !ok {
		t.Errorf("%+v", l.Connectors)
	}
	if acme.Name("de") != "Akme" || acme.Name("fr") != "Acme" || feishu.Name("de") != "飞书" || corp.Name() != "Acme Corp" {
		t.Errorf("%+v", l.Connectors)
	}
	if acme.Shown != tenant.On || feishu.Shown != tenant.Off || acme.Kind != "" || feishu.Kind != connector.Feishu || acme.Standard != tenant.On {
		t.Errorf("%+v", l.Connectors)
	}
	if acme.DirectSignIn() != "social:acme" || corp.DirectSignIn() != "sso:e1" {
		t.Errorf("%q, %q", acme.DirectSignIn(), corp.DirectSignIn())
	}
	if want := []tenant.Callback{
		{"https://a.example/callback/s1", "https://a.example", tenant.ForSignIn},
		{"https://a.example/account/callback/social/s1", "https://a.example", tenant.ForAccount},
		{"https://b.example/callback/s1", "https://b.example", tenant.ForSignIn},
		{"https://b.example/account/callback/social/s1", "https://b.example", tenant.ForAccount},
	}; !slices.Equal(acme.Callbacks, want) {
		t.Errorf("%+v", acme.Callbacks)
	}
	if want := []tenant.Callback{
		{"https://a.example/callback/e1", "https://a.example", tenant.ForSignIn},
		{"https://a.example/api/authn/single-sign-on/saml/e1", "https://a.example", tenant.ForSAML},
	}; !slices.Equal(corp.Callbacks[:2], want) {
		t.Errorf("%+v", corp.Callbacks)
	}
}

// A server of another version says less, or says it elsewhere: what is there is
// read, and what is not there is said to be missing.
func TestAnotherShapeIsNotedAndNothingGuessed(t *testing.T) {
	for name, c := range map[string]struct {
		body  string
		notes []tenant.Note
		ids   []string
	}{
		"before enterprise SSO": {
			`{"signIn":{"methods":[]},"socialSignInConnectorTargets":["acme"],"socialConnectors":[{"id":"s1","target":"acme"}],"forgotPassword":{}}`,
			[]tenant.Note{{Code: tenant.NoEnterprise}, {Code: tenant.NoSwitch}},
			[]string{"s1"},
		},
		"no lists at all": {
			`{"signIn":{}}`,
			[]tenant.Note{
				{Code: tenant.NoMethods},
				{Code: tenant.NoTargets},
				{Code: tenant.NoSocial},
				{Code: tenant.NoEnterprise},
				{Code: tenant.NoSwitch},
				{Code: tenant.NoForgot},
			},
			nil,
		},
		"one of another type": {
			`{"signIn":{"methods":[]},"socialSignInConnectorTargets":{},"socialConnectors":[5,{"target":"acme"},{"id":"s2","name":"Two"}],
			  "ssoConnectors":"none","singleSignOnEnabled":"yes","forgotPassword":{}}`,
			[]tenant.Note{
				{Code: tenant.Unreadable, Params: map[string]string{"Member": "socialSignInConnectorTargets"}},
				{Code: tenant.Unreadable, Params: map[string]string{"Member": "socialConnectors"}},
				{Code: tenant.WithoutID, Params: map[string]string{"Target": "acme"}},
				{Code: tenant.Unreadable, Params: map[string]string{"Member": "ssoConnectors"}},
				{Code: tenant.Unreadable, Params: map[string]string{"Member": "singleSignOnEnabled"}},
			},
			[]string{"s2"},
		},
	} {
		l := listing(t, c.body, "https://a.example")
		if !reflect.DeepEqual(l.Notes, c.notes) {
			t.Errorf("%s: %+v", name, l.Notes)
		}
		var ids []string
		for _, one := range l.Connectors {
			ids = append(ids, one.ID)
			if one.Standard != tenant.Unknown {
				t.Errorf("%s: guessed that %s is standard", name, one.ID)
			}
		}
		if !slices.Equal(ids, c.ids) || l.SingleSignOn != tenant.Unknown {
			t.Errorf("%s: %q, single sign-on %q", name, ids, l.SingleSignOn)
		}
	}
}

func TestWhatIsNoDescriptionIsRefused(t *testing.T) {
	for _, body := range []string{"", "<html>", "[]", "null", `{"signIn":`, `{"message":"no"}`} {
		if _, err := tenant.ReadListing([]byte(body), nil); !errors.Is(err, tenant.ErrNotLogto) {
			t.Errorf("%q: %v", body, err)
		}
	}
}

// The cloud's tenants are told by their address. Everything else has the name that
// all self-hosted tenants share.
func TestTheResourceOfAnEndpoint(t *testing.T) {
	for endpoint, want := range map[string]string{
		"https://abc123.logto.app":  "https://abc123.logto.app/api",
		"https://abc123.logto.app/": "https://abc123.logto.app/api",
		"http://localhost:3001":     tenant.DefaultResource,
		"https://login.example":     tenant.DefaultResource,
		"https://.logto.app":        tenant.DefaultResource,
		"https://a.b.logto.app":     tenant.DefaultResource,
		"%":                         tenant.DefaultResource,
	} {
		if got := tenant.ResourceOf(endpoint); got != want {
			t.Errorf("%s: %s", endpoint, got)
		}
	}
}

// What is typed of a credential is checked before it is used.
func TestACredentialIsCheckedAsItIsTyped(t *testing.T) {
	for _, c := range []struct {
		admin  tenant.Admin
		fields []oauth.Field
		likely bool
	}{
		{tenant.Admin{ClientID: "m2m"}, nil, true},
		{tenant.Admin{ClientID: "m2m", Resource: tenant.DefaultResource}, nil, true},
		{tenant.Admin{ClientID: "m2m", Resource: "https://abc.logto.app/api"}, nil, true},
		{tenant.Admin{ClientID: "m2m", Resource: "http://localhost:3001/api"}, nil, false},
		{tenant.Admin{ClientID: "m2m", Resource: "api"}, []oauth.Field{oauth.FieldResources}, false},
		{tenant.Admin{}, []oauth.Field{oauth.FieldClientID}, true},
	} {
		var fields []oauth.Field
		for _, e := range c.admin.Validate() {
			fields = append(fields, e.Field)
		}
		if !slices.Equal(fields, c.fields) || c.admin.Likely() != c.likely {
			t.Errorf("%s %s: %v, likely %t", c.admin.ClientID, c.admin.Resource, fields, c.admin.Likely())
		}
	}
}
