package flows_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"signbench/flows"
	"signbench/flows/connector/tenant"
	"signbench/flows/demo"
	"signbench/flows/fault"
)

func TestAnAddressIsRoutedOrSaysWhyNot(t *testing.T) {
	s := newStage(t)
	for typed, c := range map[string]struct {
		reason     tenant.RouteReason
		id, parent string
	}{
		" User@ACME.example ":     {tenant.Routed, demo.SSOID, ""},
		"user@sales.acme.example": {tenant.SubDomain, "", demo.SSODomain},
		"user@other.example":      {tenant.Unassigned, "", ""},
		"user@gmail.com":          {tenant.Public, "", ""},
		"acme.example":            {tenant.NoAddress, "", ""},
		"A User <a@acme.example>": {tenant.NoAddress, "", ""},
		"":                        {tenant.NoAddress, "", ""},
	} {
		got, err := s.engine.RouteEmail(t.Context(), s.request(), typed)
		if err != nil {
			t.Errorf("%q: %v", typed, err)
			continue
		}
		id := ""
		if len(got.Connectors) == 1 {
			id = got.Connectors[0].ID
		}
		if got.Reason != c.reason || id != c.id || got.Parent != c.parent {
			t.Errorf("%q: %+v", typed, got.Route)
		}
		if asked := len(got.Exchanges) > 0; asked == (c.reason == tenant.NoAddress) {
			t.Errorf("%q: %d exchanges", typed, len(got.Exchanges))
		}
	}
}

// door is a tenant of which one thing is different.
func door(t *testing.T, listing string, paths map[string]http.HandlerFunc) flows.Request {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/api/.well-known/sign-in-exp", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(listing)) })
	mux.HandleFunc("/oidc/auth", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/sign-in", http.StatusSeeOther) })
	for path, handler := range paths {
		mux.HandleFunc(path, handler)
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return logtoAt(server.URL)
}

func answers(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

func TestAnotherServerIsNotGuessedAt(t *testing.T) {
	const off = `{"signIn":{"methods":[]},"socialConnectors":[],"ssoConnectors":[],"singleSignOnEnabled":false}`
	const none = `{"signIn":{"methods":[]},"socialConnectors":[],"ssoConnectors":[],"singleSignOnEnabled":true}`
	begun := answers(http.StatusNoContent, "")
	engine := flows.New(flows.Config{})
	for name, c := range map[string]struct {
		req    flows.Request
		reason tenant.RouteReason
	}{
		"switched off": {door(t, off, map[string]http.HandlerFunc{
			"/api/experience": begun, "/api/experience/sso-connectors": answers(200, `{"connectorIds":[]}`),
		}), tenant.SSOOff},
		"no connector": {door(t, none, map[string]http.HandlerFunc{
			"/api/experience": begun, "/api/experience/sso-connectors": answers(200, `{"connectorIds":[]}`),
		}), tenant.NoSSO},
		"no address to Logto": {door(t, none, map[string]http.HandlerFunc{
			"/api/experience": begun, "/api/experience/sso-connectors": answers(400, `{"code":"guard.invalid_input","message":"no"}`),
		}), tenant.NoAddress},
		"a connector that is not shown": {door(t, none, map[string]http.HandlerFunc{
			"/api/experience": begun, "/api/experience/sso-connectors": answers(200, `{"connectorIds":["hidden"]}`),
		}), tenant.Routed},
	} {
		got, err := engine.RouteEmail(t.Context(), c.req, "user@acme.example")
		if err != nil || got.Reason != c.reason {
			t.Errorf("%s: %v, %+v", name, err, got.Route)
		}
	}
	for name, c := range map[string]struct {
		paths map[string]http.HandlerFunc
		want  fault.Code
	}{
		"an older server":          {nil, fault.LogtoNoExperience},
		"another shape":            {map[string]http.HandlerFunc{"/api/experience": begun, "/api/experience/sso-connectors": answers(200, `[]`)}, fault.LogtoNoExperience},
		"a lost session":           {map[string]http.HandlerFunc{"/api/experience": answers(400, `{"code":"session.not_found","message":"Session not found."}`)}, "logto.session.not_found"},
		"an exception":             {map[string]http.HandlerFunc{"/api/experience": answers(500, `{"message":"Internal server error."}`)}, fault.LogtoInternal},
		"a gateway in front of it": {map[string]http.HandlerFunc{"/api/experience": answers(502, "<html><title>Bad gateway</title></html>")}, fault.ResponseHTML},
	} {
		_, err := engine.RouteEmail(t.Context(), door(t, none, c.paths), "user@acme.example")
		if code := codeOf(t, err); code != c.want {
			t.Errorf("%s: %s, want %s", name, code, c.want)
		}
	}
}
