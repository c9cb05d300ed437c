package flows_test

import (
	"net/http"
	"testing"

	"signbench/flows"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// What a recording shows to be wrong is named as it is in a run of our own, at each
// endpoint that has errors of its own, and in the words of the vendor's console.
func TestARecordingsErrorsAreNamed(t *testing.T) {
	const asJSON, page = "application/json", "text/html"
	for name, c := range map[string]struct {
		step            oauth.Step
		host            string
		mediaType, body string
		code            fault.Code
		vendor          fault.Vendor
	}{
		"Logto's redirect URI": {
			oauth.StepAuthorize, "id.example", asJSON,
			`{"code":"oidc.invalid_redirect_uri","message":"m","error":"invalid_redirect_uri"}`, "authorize.invalid_redirect_uri", "",
		},
		"Google's page": {
			oauth.StepAuthorize, "accounts.google.com", page,
			"<html><title>Authorization Error</title>Error 400: redirect_uri_mismatch</html>", "authorize.invalid_redirect_uri", fault.Google,
		},
		"a session of Logto's": {oauth.StepAuthorize, "id.example", asJSON, `{"code":"session.not_found","message":"m"}`, "logto.session.not_found", fault.Logto},
		"a pushed request":     {oauth.StepPush, "id.example", asJSON, `{"error":"invalid_request"}`, "push.invalid_request", ""},
		"a device request":     {oauth.StepDevice, "id.example", asJSON, `{"error":"unauthorized_client"}`, "device.unauthorized_client", ""},
		"a registration":       {oauth.StepRegister, "id.example", asJSON, `{"error":"invalid_client_metadata"}`, "register.invalid_client_metadata", ""},
		"an introspection":     {oauth.StepIntrospect, "id.example", asJSON, `{"error":"invalid_client"}`, "introspect.invalid_client", ""},
		"a sign-out": {
			oauth.StepEndSession, "a1.logto.app", asJSON,
			`{"code":"oidc.invalid_request","error":"invalid_request","error_description":"post_logout_redirect_uri not registered"}`, "end_session.unregistered_uri", fault.Logto,
		},
		"a page that nobody knows": {oauth.StepAuthorize, "id.example", page, "<html><body>Out to lunch</body></html>", "response.html", ""},
	} {
		t.Run(name, func(t *testing.T) {
			discovery := &trace.Exchange{
				ID: 1, Step: oauth.StepDiscovery, Request: trace.Request{Method: http.MethodGet, URL: "https://" + c.host + "/.well-known/openid-configuration"},
				Response: &trace.Response{Status: 200, Header: http.Header{"Content-Type": {asJSON}}, Body: trace.Body{Bytes: []byte(`{"issuer":"https://` + c.host + `"}`)}},
			}
			wrong := &trace.Exchange{
				ID: 2, Step: c.step, Request: trace.Request{Method: http.MethodPost, URL: "https://" + c.host + "/x"},
				Response: &trace.Response{Status: 400, Header: http.Header{"Content-Type": {c.mediaType}}, Body: trace.Body{Bytes: []byte(c.body)}},
			}
			events := flows.Imported("recording", []*trace.Exchange{discovery, wrong})
			ended, ok := events[len(events)-1].Body.(flows.Ended)
			if !ok || len(ended.Faults) != 1 {
				t.Fatalf("it ends with %+v", events[len(events)-1].Body)
			}
			if f := ended.Faults[0]; f.Code != c.code || f.Vendor != c.vendor || len(f.Evidence) != 1 || f.Evidence[0] != 2 {
				t.Errorf("the fault is %+v, want %s of %q", f, c.code, c.vendor)
			}
		})
	}
}
