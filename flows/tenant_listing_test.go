package flows_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/connector/tenant"
	"signbench/flows/demo"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// logtoAt is a profile of a Logto tenant at that address.
func logtoAt(endpoint string) flows.Request {
	p := oauth.NewProfile(oauth.KindLogto, "Tenant")
	p.Endpoint, p.Client.ID = endpoint, "app"
	return flows.Request{Profile: p}
}

// codeOf is the first fault of what was asked and failed.
func codeOf(t *testing.T, err error) fault.Code {
	t.Helper()
	var failed *flows.Failure
	if !errors.As(err, &failed) || len(failed.Faults) == 0 {
		t.Fatalf("%v is no failure with a fault", err)
	}
	return failed.Faults[0].Code
}

func TestTheDemoTenantListsItsConnectors(t *testing.T) {
	s := newStage(t)
	got, err := s.engine.Connectors(t.Context(), s.request())
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, c := range got.Connectors {
		ids = append(ids, c.ID)
	}
	if !slices.Equal(ids, []string{demo.SocialID, demo.FeishuID, demo.SSOID}) || len(got.Notes) != 0 || got.SingleSignOn != tenant.On {
		t.Errorf("%+v", got.Listing)
	}
	feishu, _ := got.Find(demo.FeishuID)
	if feishu.Kind != connector.Feishu || feishu.Callbacks[0].URI != got.Endpoint+"/callback/"+demo.FeishuID {
		t.Errorf("%+v at %s", feishu, got.Endpoint)
	}
	if len(got.Exchanges) != 2 || !strings.Contains(got.Exchanges[0].Request.URL, "/api/.well-known/sign-in-exp?appId="+demo.AppID) {
		t.Errorf("%d exchanges", len(got.Exchanges))
	}
}

func TestAListingThatCannotBeReadSaysWhy(t *testing.T) {
	answer := func(status int, kind, body string) string {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}))
		t.Cleanup(server.Close)
		return server.URL
	}
	gone := httptest.NewServer(nil)
	gone.Close()
	engine := flows.New(flows.Config{})
	for name, c := range map[string]struct {
		req  flows.Request
		want fault.Code
	}{
		"no Logto profile": {flows.Request{Profile: oauth.NewProfile(oauth.KindOIDC, "x")}, fault.PrepareNotLogto},
		"no endpoint":      {logtoAt(""), fault.PrepareProfile},
		"nobody there":     {logtoAt(gone.URL), fault.TransportRefused},
		"another server":   {logtoAt(answer(404, "text/html", "<html><title>Not here</title></html>")), fault.ResponseNotFound},
		"a page":           {logtoAt(answer(200, "text/html", "<html></html>")), fault.ResponseHTML},
		"other JSON":       {logtoAt(answer(200, "application/json", `{"hello":1}`)), fault.ResponseNotJSON},
	} {
		got, err := engine.Connectors(t.Context(), c.req)
		if code := codeOf(t, err); code != c.want || len(got.Connectors) != 0 {
			t.Errorf("%s: %s, want %s", name, code, c.want)
		}
	}
}

// An issuer at another origin is another place where users begin, and return to.
func TestTheIssuersOriginHasCallbacksOfItsOwn(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/.well-known/sign-in-exp", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"signIn":{"methods":[]},"socialConnectors":[{"id":"s1","target":"t"}],"socialSignInConnectorTargets":["t"],
			"ssoConnectors":[],"singleSignOnEnabled":false,"forgotPassword":{}}`))
	})
	mux.HandleFunc("/oidc/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"issuer":"https://auth.acme.example/oidc"}`))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	got, err := flows.New(flows.Config{}).Connectors(t.Context(), logtoAt(server.URL+"/"))
	if err != nil || len(got.Notes) != 1 || got.Notes[0].Code != tenant.OtherOrigin {
		t.Fatalf("%v, %+v", err, got.Notes)
	}
	var uris []string
	for _, c := range got.Connectors[0].Callbacks {
		uris = append(uris, strings.TrimPrefix(c.URI, server.URL))
	}
	if want := []string{
		"/callback/s1", "/account/callback/social/s1",
		"https://auth.acme.example/callback/s1", "https://auth.acme.example/account/callback/social/s1",
	}; !slices.Equal(uris, want) {
		t.Errorf("%q", uris)
	}
}
