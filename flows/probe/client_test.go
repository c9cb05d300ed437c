package probe_test

import (
	"testing"

	"signbench/flows/demo"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/probe"
)

func TestAnUnregisteredRedirectURINamesTheVariantThatIs(t *testing.T) {
	for uri, near := range map[string]string{
		"http://localhost:3000/callback/":  "http://localhost:3000/callback",
		"https://localhost:3000/callback":  "http://localhost:3000/callback",
		"http://localhost:4000/callback":   "http://localhost:3000/callback",
		"http://127.0.0.1:3005/cb":         "http://127.0.0.1:3005/callback",
		"http://[::1]:3000/callback?a=b":   "http://[::1]:3000/callback",
		"io.signbench://callback":          "",
		"https://app.example.com/callback": "",
	} {
		t.Run(uri, func(t *testing.T) {
			b := newBench(t)
			b.setup.Profile.Client.RedirectURI = uri
			b.run(t.Context())
			b.want("client.known", probe.Pass, "known")
			b.want("client.pkce", probe.Unknown, "not_reached")
			if near == "" {
				row := b.want("redirect_uri.registered", probe.Fail, "not_registered")
				if row.Remedy != fault.CopyRedirectURI || row.Params["redirect_uri"] != uri {
					t.Errorf("the remedy is %s with %v", row.Remedy, row.Params)
				}
				return
			}
			if row := b.want("redirect_uri.registered", probe.Fail, "near_variant"); row.Got != near {
				t.Errorf("the variant is %s, want %s", row.Got, near)
			}
		})
	}
}

func TestAWrongAppIDIsOneFault(t *testing.T) {
	b := newBench(t)
	b.setup.Profile.Client.ID = "no-such-app"
	b.run(t.Context())
	b.want("client.known", probe.Fail, "unknown_client")
	b.want("redirect_uri.registered", probe.Unknown, "client_unknown")
	b.want("secret.accepted", probe.Unknown, "client_unknown")
	b.want("sign_out.uri", probe.Unknown, "client_unknown")
	if got := b.with(probe.Fail); len(got) != 1 {
		t.Errorf("failing rows: %v", got)
	}
}

func TestTheWayToAuthenticate(t *testing.T) {
	for name, c := range map[string]struct {
		id, secret string
		method     oauth.AuthMethod
		accepted   string
		reason     string
	}{
		"basic":                      {demo.AppID, demo.AppSecret, oauth.ClientSecretBasic, "accepted", "suits"},
		"post":                       {demo.AppID, demo.AppSecret, oauth.ClientSecretPost, "accepted", "suits"},
		"public":                     {demo.SPAAppID, "", oauth.AuthMethodNone, "public", "public"},
		"a secret to a public app":   {demo.SPAAppID, "CANARY+secret/1", oauth.ClientSecretBasic, "refused", "public_app"},
		"no secret to Traditional":   {demo.AppID, "", oauth.AuthMethodNone, "needs_secret", "confidential_app"},
		"a wrong secret":             {demo.AppID, "CANARY wrong&secret%", oauth.ClientSecretBasic, "refused", "none_accepted"},
		"a wrong secret by post":     {demo.AppID, "CANARY-wrong-secret", oauth.ClientSecretPost, "refused", "none_accepted"},
		"a secret that was left out": {demo.AppID, "", oauth.ClientSecretBasic, "no_secret", "not_reached"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.setup.Profile.Client.ID, b.setup.Secret = c.id, oauth.Secret(c.secret)
			b.setup.Profile.Client.AuthMethod = c.method
			b.run(t.Context())
			b.want("secret.accepted", probe.VerdictOf("secret.accepted", c.accepted), c.accepted)
			b.want("secret.method", probe.VerdictOf("secret.method", c.reason), c.reason)
			b.want("redirect_uri.registered", probe.Pass, "registered")
			if sent := b.attempts(); sent > 3 {
				t.Errorf("the secret was sent %d times", sent)
			}
		})
	}
}

func TestAWrongSecretIsTriedOnlyWhenAskedFor(t *testing.T) {
	b := newBench(t)
	b.run(t.Context())
	without := len(b.exchanges)
	b.setup.AskWrongSecret = true
	b.run(t.Context())
	b.want("secret.wrong", probe.Pass, "refused")
	if n := len(b.exchanges); n != without+1 {
		t.Errorf("%d requests, without the wrong secret %d", n, without)
	}
	b.setup.Secret = "CANARY-already-wrong"
	b.run(t.Context())
	b.want("secret.wrong", probe.Unknown, "not_reached")
}

// attempts counts the token requests that carried a secret.
func (b *bench) attempts() int {
	n := 0
	for _, ex := range b.exchanges {
		if ex.Step == oauth.StepToken && (ex.Request.Header.Get("Authorization") != "" ||
			contains(ex.Request.Body.Bytes, "client_secret=")) {
			n++
		}
	}
	return n
}

func TestPublicAppsMustUsePKCE(t *testing.T) {
	b := newBench(t)
	b.setup.Profile.Client.ID, b.setup.Secret = demo.NativeAppID, ""
	b.setup.Profile.Client.AuthMethod = oauth.AuthMethodNone
	b.run(t.Context())
	b.want("client.pkce", probe.Pass, "required")
	b.want("client.pkce_plain", probe.Pass, "refused")
}

func TestWhatTheRequestAsksFor(t *testing.T) {
	b := newBench(t)
	b.setup.Profile.Resources = []string{"https://unknown.test/"}
	b.run(t.Context())
	b.want("client.resources", probe.Fail, "refused")
	b.want("client.scopes", probe.Unknown, "not_reached")
	b.want("client.pkce_plain", probe.Pass, "refused")

	b.setup.Profile.Resources = []string{demo.Resource}
	b.run(t.Context())
	b.want("client.resources", probe.Pass, "accepted")

	b.setup.Profile.Prompt = "select_account"
	b.run(t.Context())
	b.want("client.request", probe.Fail, "refused")
	b.want("client.prompt", probe.Fail, "refused")
	b.want("client.scopes", probe.Unknown, "not_reached")
	b.setup.Profile.Prompt = "none"
	b.run(t.Context())
	b.want("client.prompt", probe.Pass, "accepted")
	b.want("client.request", probe.Pass, "accepted")
}

func TestThePostSignOutURI(t *testing.T) {
	b := newBench(t)
	b.setup.Profile.Client.PostLogoutRedirectURI = "http://localhost:3000/bye"
	b.run(t.Context())
	row := b.want("sign_out.uri", probe.Fail, "not_registered")
	if row.Remedy != fault.CopyPostLogout || row.Params["post_logout_redirect_uri"] != "http://localhost:3000/bye" {
		t.Errorf("the remedy is %s with %v", row.Remedy, row.Params)
	}
	b.setup.Profile.Client.PostLogoutRedirectURI = ""
	b.run(t.Context())
	b.want("sign_out.uri", probe.Pass, "not_set")
}
