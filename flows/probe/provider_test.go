package probe_test

import (
	"net/http"
	"testing"

	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/flows/testkit/npmprovider"
)

// independent is a set-up at a provider that we did not write.
func independent(t *testing.T, issuer, clientID string) *bench {
	t.Helper()
	b := newBench(t)
	b.base = http.DefaultTransport
	p := oauth.NewProfile(oauth.KindOIDC, "Independent")
	p.Issuer = issuer
	for _, c := range npmprovider.DefaultClients() {
		if c.ID == clientID {
			p.Client.ID, p.Client.AuthMethod = c.ID, oauth.AuthMethod(c.AuthMethod)
			b.setup.Secret = oauth.Secret(c.Secret)
		}
	}
	b.setup.Profile = p
	return b
}

func TestNoFalseAlarmAtAnIndependentProvider(t *testing.T) {
	provider := npmprovider.Start(t, npmprovider.Config{})
	for _, id := range []string{npmprovider.BasicID, npmprovider.PostID, npmprovider.PublicID} {
		t.Run(id, func(t *testing.T) {
			b := independent(t, provider.Issuer, id)
			b.setup.AskWrongSecret = true
			b.run(t.Context())
			for id, row := range b.rows {
				if row.Verdict != probe.Pass {
					t.Errorf("%s: %s %s (want %q, got %q)", id, row.Verdict, row.Reason, row.Want, row.Got)
				}
			}
		})
	}
	t.Run("what is wrong is found", func(t *testing.T) {
		b := independent(t, provider.Issuer, npmprovider.BasicID)
		b.setup.Profile.Client.RedirectURI += "/"
		b.setup.Profile.Client.PostLogoutRedirectURI += "bye"
		b.setup.Secret = "CANARY: wrong/secret%"
		b.run(t.Context())
		row := b.want("redirect_uri.registered", probe.Fail, "near_variant")
		if row.Got != npmprovider.RedirectURI {
			t.Errorf("the variant is %s", row.Got)
		}
		b.want("sign_out.uri", probe.Fail, "not_registered")
		b.want("secret.accepted", probe.Fail, "refused")
		b.want("secret.method", probe.Unknown, "none_accepted")
	})
	t.Run("an unknown client", func(t *testing.T) {
		b := independent(t, provider.Issuer, npmprovider.BasicID)
		b.setup.Profile.Client.ID = "nobody"
		b.run(t.Context())
		b.want("client.known", probe.Fail, "unknown_client")
		b.want("redirect_uri.registered", probe.Unknown, "client_unknown")
	})
}
