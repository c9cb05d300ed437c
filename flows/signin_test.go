package flows_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/demo"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

func TestSignInShowsWhoSignedIn(t *testing.T) {
	s := newStage(t)
	s.browser = user("taro", "taro-demo")
	run := s.engine.SignIn(t.Context(), s.request())
	ended := outcome(t, run)
	if got := codes(ended, fault.Error); len(got) != 0 {
		t.Fatalf("errors: %v", got)
	}
	in := last[flows.SignedIn](t, run)
	if name, _ := in.Decoded.ID.Claims.String("name"); name != "山田 太郎" {
		t.Errorf("name = %q", name)
	}
	if in.Session.UserInfo == nil || in.Session.Tokens.RefreshToken.Empty() || in.Session.Tokens.AccessToken.Len() != 43 {
		t.Errorf("the session lacks something: %+v", in.Session)
	}
	for _, subject := range []string{"discovery", "authorization_response", "token_response", "id_token", "userinfo"} {
		if !slices.ContainsFunc(every[flows.Checked](run), func(c flows.Checked) bool { return c.Subject == subject && len(c.Report) > 0 }) {
			t.Errorf("no checks on %s", subject)
		}
	}
}

// The commonest fault of OAuth libraries: the code is sent twice, and the first
// answer, the true one, is lost.
func TestTheCodeIsRedeemedOnceAndAsTheProfileSays(t *testing.T) {
	for _, method := range oauth.AuthMethods() {
		t.Run(string(method), func(t *testing.T) {
			s := newStage(t)
			s.profile.Client.AuthMethod = method
			if method == oauth.AuthMethodNone {
				s.profile.Client.ID = demo.NativeAppID
			}
			run := s.engine.SignIn(t.Context(), s.request())
			if ended := outcome(t, run); len(codes(ended, fault.Error)) != 0 {
				t.Fatalf("%+v", ended.Faults)
			}
			requests := exchangesOf(run, oauth.StepToken)
			if len(requests) != 1 {
				t.Fatalf("%d token requests", len(requests))
			}
			form, err := url.ParseQuery(string(requests[0].Request.Body.Bytes))
			if err != nil {
				t.Fatal(err)
			}
			_, _, basic := (&http.Request{Header: requests[0].Request.Header}).BasicAuth()
			if basic != (method == oauth.ClientSecretBasic) || form.Has("client_secret") != (method == oauth.ClientSecretPost) {
				t.Errorf("basic = %t, client_secret in the body = %t", basic, form.Has("client_secret"))
			}
			if form.Get("code_verifier") == "" {
				t.Error("no code_verifier")
			}
		})
	}
}

func exchangesOf(run *flows.Run, step oauth.Step) []*trace.Exchange {
	var out []*trace.Exchange
	for _, e := range every[flows.Exchanged](run) {
		if e.Exchange.Step == step {
			out = append(out, e.Exchange)
		}
	}
	return out
}

func TestTheAuthorizationRequest(t *testing.T) {
	s := newStage(t)
	age := 300
	s.profile.MaxAge, s.profile.LoginHint, s.profile.Extra = &age, "alice", map[string]string{"ui_locales": "ja"}
	run := s.engine.SignIn(t.Context(), s.request())
	outcome(t, run)
	opened := exchangesOf(run, oauth.StepAuthorize)
	if len(opened) != 1 || opened[0].Channel != trace.FrontChannel {
		t.Fatalf("front channel: %+v", opened)
	}
	u, err := url.Parse(opened[0].Request.URL)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	for name, want := range map[string]string{
		"response_type": "code", "client_id": demo.AppID, "code_challenge_method": "S256", "prompt": "consent",
		"scope": "openid profile email offline_access", "max_age": "300", "login_hint": "alice", "ui_locales": "ja",
		"redirect_uri": s.profile.Client.RedirectURI,
	} {
		if q.Get(name) != want || len(q[name]) != 1 {
			t.Errorf("%s = %q, want %q", name, q[name], want)
		}
	}
	if len(q["state"]) != 1 || len(q.Get("state")) != 43 || len(q.Get("nonce")) != 43 || len(q.Get("code_challenge")) != 43 {
		t.Errorf("state, nonce, code_challenge = %q, %q, %q", q["state"], q["nonce"], q["code_challenge"])
	}
}

func TestSignUpOpensTheRegistrationScreen(t *testing.T) {
	s := newStage(t)
	run := s.engine.Begin(t.Context(), oauth.ScenarioSignUp, s.request())
	until(t, run, func(w flows.Waiting) bool { return true })
	run.Cancel()
	outcome(t, run)
	target := exchangesOf(run, oauth.StepAuthorize)[0].Request.URL
	if !strings.Contains(target, "first_screen=register") || !strings.Contains(target, "interaction_mode=signUp") {
		t.Errorf("opened %s", withoutSecrets(target))
	}

	s.profile.Kind, s.profile.Issuer = oauth.KindOIDC, ""
	endpoint, release, err := s.tenant.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	s.profile.Issuer = endpoint + "/oidc"
	run = s.engine.Begin(t.Context(), oauth.ScenarioSignUp, s.request())
	until(t, run, func(w flows.Waiting) bool { return true })
	run.Cancel()
	outcome(t, run)
	target = exchangesOf(run, oauth.StepAuthorize)[0].Request.URL
	if !strings.Contains(target, "prompt=create") || strings.Contains(target, "first_screen") {
		t.Errorf("opened %s", withoutSecrets(target))
	}
}

func withoutSecrets(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return "an unreadable URL"
	}
	names := []string{}
	for name := range u.Query() {
		names = append(names, name)
	}
	slices.Sort(names)
	return u.Path + "?" + strings.Join(names, "&")
}

func TestEveryResponseModeBringsTheCode(t *testing.T) {
	for _, mode := range []string{"", "query", "form_post"} { // fragment needs a browser with scripts: see the window's test
		t.Run("mode "+mode, func(t *testing.T) {
			s := newStage(t)
			s.profile.ResponseMode = mode
			run := s.engine.SignIn(t.Context(), s.request())
			if ended := outcome(t, run); len(codes(ended, fault.Error)) != 0 {
				t.Fatalf("%+v", ended.Faults)
			}
			callbacks := exchangesOf(run, oauth.StepCallback)
			carried := callbacks[len(callbacks)-1].Request
			if posted := strings.Contains(string(carried.Body.Bytes), "code="); posted != (mode == "form_post") {
				t.Errorf("a body with the code was recorded: %t", posted)
			}
		})
	}
}

func TestResourceBringsAJWTAccessToken(t *testing.T) {
	s := newStage(t)
	s.profile.Resources = []string{"https://api.signbench.test/orders"}
	s.profile.Scopes = append(s.profile.Scopes, "read:orders")
	run := s.engine.SignIn(t.Context(), s.request())
	if ended := outcome(t, run); len(codes(ended, fault.Error)) != 0 {
		t.Fatalf("%+v", ended.Faults)
	}
	in := last[flows.SignedIn](t, run)
	if aud, _ := in.Decoded.Access.Claims.String("aud"); aud != "https://api.signbench.test/orders" {
		t.Errorf("aud = %q", aud)
	}
	if in.Session.UserInfo != nil || len(exchangesOf(run, oauth.StepUserInfo)) != 0 {
		t.Error("user info was asked for with a token that is for somebody else")
	}
}

func TestRefreshBringsNewTokens(t *testing.T) {
	s := newStage(t)
	session := s.signedIn()
	run := s.engine.Refresh(t.Context(), flows.Request{Profile: s.profile, Secret: s.secret, Session: &session})
	if ended := outcome(t, run); len(codes(ended, fault.Error)) != 0 {
		t.Fatalf("%+v", ended.Faults)
	}
	renewed := last[flows.SignedIn](t, run).Session
	if renewed.Tokens.AccessToken == session.Tokens.AccessToken || !renewed.SignedInAt.Equal(session.SignedInAt) {
		t.Error("the session is not a renewed one")
	}
}

func TestRefreshWithoutARefreshToken(t *testing.T) {
	s := newStage(t)
	s.profile.Prompt = "login" // Logto then issues none
	session := s.signedIn()
	run := s.engine.Refresh(t.Context(), flows.Request{Profile: s.profile, Secret: s.secret, Session: &session})
	if got := codes(outcome(t, run), fault.Error); !slices.Equal(got, []string{"prepare.no_session"}) {
		t.Errorf("faults = %v", got)
	}
}

func TestSignOutEndsBothSessionsAndProvesIt(t *testing.T) {
	s := newStage(t)
	session := s.signedIn()
	request := flows.Request{Profile: s.profile, Secret: s.secret, Session: &session}

	before := s.engine.Prove(t.Context(), request)
	if got := codes(outcome(t, before), fault.Error); !slices.Equal(got, []string{"proof.still_signed_in"}) {
		t.Fatalf("before the sign-out the proof says %v", got)
	}
	run := s.engine.SignOut(t.Context(), request)
	if ended := outcome(t, run); ended.Outcome != flows.OK {
		t.Fatalf("%s: %+v", ended.Outcome, ended.Faults)
	}
	if got := last[flows.Returned](t, run).State; got != flows.StateEqual {
		t.Errorf("state = %s", got)
	}
	last[flows.SignedOut](t, run)
	after := s.engine.Prove(t.Context(), request)
	if ended := outcome(t, after); ended.Outcome != flows.OK {
		t.Fatalf("after the sign-out the proof says %+v", ended.Faults)
	}
	refreshed := s.engine.Refresh(t.Context(), request)
	if got := codes(outcome(t, refreshed), fault.Error); !slices.Equal(got, []string{"refresh.invalid_grant"}) {
		t.Errorf("the revoked refresh token brings %v", got)
	}
}

func TestSignOutClearsTheLocalSessionEvenWhenTheProviderIsGone(t *testing.T) {
	s := newStage(t)
	session := s.signedIn()
	s.profile.Kind, s.profile.Endpoint = oauth.KindLogto, "http://localhost:1"
	run := s.engine.SignOut(t.Context(), flows.Request{Profile: s.profile, Secret: s.secret, Session: &session})
	if got := codes(outcome(t, run), fault.Error); !slices.Equal(got, []string{"transport.refused"}) {
		t.Errorf("faults = %v", got)
	}
	last[flows.SignedOut](t, run)
}
