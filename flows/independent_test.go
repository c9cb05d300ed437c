package flows_test

import (
	"slices"
	"testing"

	"signbench/flows"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/testkit/headless"
	"signbench/flows/testkit/npmprovider"
)

// independent is a stage with a provider that we did not write: the certified
// engine that Logto itself is built on.
func independent(t *testing.T, clientID string) *stage {
	t.Helper()
	s := newStage(t)
	port := demoPort(t)
	redirectURI, postLogout := "http://localhost:"+port+"/callback", "http://localhost:"+port+"/"
	clients := npmprovider.DefaultClients()
	for i := range clients {
		clients[i].RedirectURIs, clients[i].PostLogoutURIs = []string{redirectURI}, []string{postLogout}
		if clients[i].ID == clientID {
			s.profile = oauth.NewProfile(oauth.KindOIDC, "Independent")
			s.profile.Client = oauth.Client{
				ID: clientID, AuthMethod: oauth.AuthMethod(clients[i].AuthMethod),
				RedirectURI: redirectURI, PostLogoutRedirectURI: postLogout,
			}
			s.secret = oauth.Secret(clients[i].Secret)
		}
	}
	provider := npmprovider.Start(t, npmprovider.Config{Clients: clients, Host: "localhost"})
	s.profile.Issuer = provider.Issuer
	s.profile.Scopes = []string{"openid", "profile", "email", "offline_access"}
	s.profile.Prompt = "consent"
	s.browser = headless.New(map[string]string{"username": "hanako", "password": "sakura-saku-2"})
	return s
}

func TestIndependentProvider(t *testing.T) {
	for id, alg := range map[string]string{
		npmprovider.BasicID: "RS256", npmprovider.PostID: "ES384", npmprovider.PublicID: "RS256",
	} {
		t.Run(id, func(t *testing.T) {
			s := independent(t, id)
			run := s.engine.SignIn(t.Context(), s.request())
			if ended := outcome(t, run); ended.Outcome != flows.OK {
				t.Fatalf("a correct provider raised %s: %+v", ended.Outcome, ended.Faults)
			}
			in := last[flows.SignedIn](t, run)
			if in.Decoded.ID.Header.Alg != alg {
				t.Errorf("alg = %s, want %s", in.Decoded.ID.Header.Alg, alg)
			}
			subject, _ := in.Decoded.ID.Claims.String("sub")
			if subject != "u-hanako-0002" || in.Session.UserInfo == nil || in.Session.UserInfo.Subject != subject {
				t.Errorf("sub = %q, user info = %+v", subject, in.Session.UserInfo)
			}

			request := flows.Request{Profile: s.profile, Secret: s.secret, Session: &in.Session}
			refreshed := s.engine.Refresh(t.Context(), request)
			if ended := outcome(t, refreshed); ended.Outcome != flows.OK {
				t.Fatalf("refresh: %+v", ended.Faults)
			}
			session := last[flows.SignedIn](t, refreshed).Session
			if session.Tokens.RefreshToken == in.Session.Tokens.RefreshToken {
				t.Error("the refresh token was not rotated")
			}

			request.Session = &session
			out := s.engine.SignOut(t.Context(), request)
			if ended := outcome(t, out); ended.Outcome != flows.OK {
				t.Fatalf("sign-out: %+v", ended.Faults)
			}
			if got := last[flows.Returned](t, out).State; got != flows.StateEqual {
				t.Errorf("state = %s", got)
			}
			if ended := outcome(t, s.engine.Prove(t.Context(), request)); ended.Outcome != flows.OK {
				t.Errorf("the proof says %+v", ended.Faults)
			}
			again := s.engine.Refresh(t.Context(), request)
			if got := codes(outcome(t, again), fault.Error); !slices.Equal(got, []string{"refresh.invalid_grant"}) {
				t.Errorf("the revoked refresh token brings %v", got)
			}
		})
	}
}

func TestIndependentProviderRefusesWhatARealOneRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*stage)
		want   string
	}{
		"wrong secret":        {func(s *stage) { s.secret = "CANARY-wrong" }, "token.invalid_client"},
		"no secret sent":      {func(s *stage) { s.profile.Client.AuthMethod = oauth.AuthMethodNone }, "token.invalid_client"},
		"an unknown resource": {func(s *stage) { s.profile.Resources = []string{"https://unknown.test/"} }, "authorize.invalid_target"},
		"no session":          {func(s *stage) { s.profile.Prompt = "none" }, "authorize.login_required"},
	} {
		t.Run(name, func(t *testing.T) {
			s := independent(t, npmprovider.BasicID)
			c.change(s)
			s.fails(c.want)
		})
	}
}

func TestIndependentProviderFormPostAndResource(t *testing.T) {
	s := independent(t, npmprovider.BasicID)
	s.profile.ResponseMode = "form_post"
	s.profile.Resources = []string{npmprovider.Resource}
	run := s.engine.SignIn(t.Context(), s.request())
	if got := codes(outcome(t, run), fault.Error); len(got) != 0 {
		t.Fatalf("faults = %v", got)
	}
	in := last[flows.SignedIn](t, run)
	if in.Decoded.Access.Header.Typ != "at+jwt" {
		t.Errorf("the access token is %s with typ %q", in.Decoded.Access.Form, in.Decoded.Access.Header.Typ)
	}
}
