package flows_test

import (
	"context"
	"net"
	"net/url"
	"slices"
	"testing"
	"time"

	"signbench/flows"
	"signbench/flows/oauth"
)

// Two sign-outs are compared hop by hop, so their hops stand in one order.
func TestTheRefreshTokenIsRevokedFirst(t *testing.T) {
	for range 40 { // chance would hardly bring the right order so often
		s := newStage(t)
		session := s.signedIn()
		run := s.engine.SignOut(t.Context(), flows.Request{Profile: s.profile, Secret: s.secret, Session: &session})
		outcome(t, run)
		var hints []string
		for _, ex := range exchangesOf(run, oauth.StepRevoke) {
			form, err := url.ParseQuery(string(ex.Request.Body.Bytes))
			if err != nil {
				t.Fatal(err)
			}
			hints = append(hints, form.Get("token_type_hint"))
		}
		if !slices.Equal(hints, []string{"refresh_token", "access_token"}) {
			t.Fatalf("revoked: %v", hints)
		}
	}
}

// A sign-out that is cancelled between its steps lets its port go.
func TestACancelledSignOutFreesItsPort(t *testing.T) {
	s := newStage(t)
	session := s.signedIn()
	uri, err := url.Parse(s.profile.Client.PostLogoutRedirectURI)
	if err != nil {
		t.Fatal(err)
	}
	listens := func() bool {
		conn, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", uri.Port()))
		if err == nil {
			_ = conn.Close()
		}
		return err == nil
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	cfg := s.config()
	cfg.Browser = func(context.Context, string) error { return nil }
	cfg.Now = func() time.Time { // is asked when the browser is sent away, which is after the port is open
		if listens() {
			cancel()
		}
		return time.Now()
	}
	run := flows.New(cfg).SignOut(ctx, flows.Request{Profile: s.profile, Secret: s.secret, Session: &session})
	if ended := outcome(t, run); ended.Outcome != flows.Cancelled {
		t.Errorf("outcome = %s", ended.Outcome)
	}
	if listens() {
		t.Error("the port is still taken")
	}
}
