package fault

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"signbench/flows/oauth"
	"signbench/flows/trace"
)

func answered(status int, mediaType, body string) *trace.Response {
	return &trace.Response{
		Status: status, Header: http.Header{"Content-Type": {mediaType}},
		Body: trace.Body{Bytes: []byte(body), Size: int64(len(body))},
	}
}

func body(t *testing.T, members map[string]string) string {
	t.Helper()
	b, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The codes as the registries list them, by the endpoint at which they are
// registered: each must come out as its own fault.
func TestEveryRegisteredErrorHasItsFault(t *testing.T) {
	oidc := "interaction_required login_required account_selection_required consent_required invalid_request_uri " +
		"invalid_request_object request_not_supported request_uri_not_supported registration_not_supported unmet_authentication_requirements"
	six := "invalid_request unauthorized_client access_denied unsupported_response_type invalid_scope server_error temporarily_unavailable"
	for step, names := range map[oauth.Step]string{
		oauth.StepCallback: six + " " + oidc + " invalid_target invalid_authorization_details",
		oauth.StepToken: "invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type invalid_scope " +
			"authorization_pending slow_down access_denied expired_token invalid_target invalid_authorization_details invalid_dpop_proof " +
			"use_dpop_nonce need_info request_denied request_submitted unsupported_pop_key incompatible_ace_profiles",
		oauth.StepRefresh:    "invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type invalid_scope invalid_target",
		oauth.StepUserInfo:   "invalid_request invalid_token insufficient_scope insufficient_user_authentication invalid_dpop_proof use_dpop_nonce",
		oauth.StepRevoke:     "unsupported_token_type invalid_client invalid_request",
		oauth.StepIntrospect: "invalid_client invalid_token invalid_request",
		oauth.StepPush:       "invalid_request invalid_client unauthorized_client invalid_scope invalid_request_object invalid_target use_dpop_nonce",
		oauth.StepDevice:     "invalid_request invalid_client unauthorized_client invalid_scope",
		oauth.StepRegister:   "invalid_redirect_uri invalid_client_metadata invalid_software_statement unapproved_software_statement",
	} {
		for name := range strings.FieldsSeq(names) {
			answer, ok := ReadErrorResponse(answered(400, "application/json", body(t, map[string]string{"error": name})))
			if !ok {
				t.Fatalf("%s is not read as an error", name)
			}
			f := FromErrorResponse(step, oauth.Profile{}, answer)
			e, known := Lookup(f.Code)
			if !known || e.Unknown || !strings.HasSuffix(string(f.Code), "."+name) {
				t.Errorf("%s at %s is %s", name, step, f.Code)
			}
			if f.Spec == "" || f.Severity != Error || f.Step != step {
				t.Errorf("%s at %s lacks what the catalogue knows: %+v", name, step, f)
			}
		}
	}
}

func TestLogtosOwnCodesAreRead(t *testing.T) {
	for _, c := range []struct {
		step    oauth.Step
		members map[string]string
		want    Code
	}{
		{oauth.StepAuthorize, map[string]string{"code": "oidc.invalid_redirect_uri", "message": "x"}, "authorize.invalid_redirect_uri"},
		{oauth.StepAuthorize, map[string]string{"code": "oidc.invalid_client", "message": "invalid client a"}, "authorize.invalid_client"},
		{oauth.StepToken, map[string]string{"code": "oidc.invalid_grant", "message": "x", "error": "invalid_grant"}, "token.invalid_grant"},
		{oauth.StepToken, map[string]string{"code": "oidc.custom_claims_script_error", "error": "invalid_request"}, "logto.oidc.custom_claims_script_error"},
		{oauth.StepRefresh, map[string]string{"code": "oidc.access_denied", "message": "user is not a member of the organization"}, "refresh.access_denied"},
		{oauth.StepCallback, map[string]string{"code": "session.not_found", "message": "x"}, "logto.session.not_found"},
		{oauth.StepEndSession, map[string]string{"code": "oidc.invalid_request", "error": "invalid_request", "error_description": "post_logout_redirect_uri not registered"}, "end_session.unregistered_uri"},
		{oauth.StepEndSession, map[string]string{"code": "oidc.invalid_request", "error": "invalid_request", "error_description": "could not decode id_token_hint"}, "end_session.invalid_request"},
	} {
		answer, ok := ReadErrorResponse(answered(400, "application/json", body(t, c.members)))
		if got := FromErrorResponse(c.step, oauth.Profile{}, answer).Code; !ok || got != c.want {
			t.Errorf("%v at %s is %s (%t), want %s", c.members, c.step, got, ok, c.want)
		}
	}
	for _, code := range logtoCodes { // at a step that has no OAuth errors as well
		f, wrong := Unusable(oauth.StepDiscovery, "https://a.logto.app/oidc", answered(422, "application/json", body(t, map[string]string{"code": code, "message": "m"})), false)
		if !wrong || f.Code != Code("logto."+code) || f.Params["Words"] != "m" {
			t.Errorf("%s is %+v", code, f)
		}
	}
}

// A page is named by words that its vendor uses for one thing only.
func TestPagesOfVendorsAreNamed(t *testing.T) {
	for page, want := range map[string]Code{
		"AADSTS50011: The redirect URI 'x' does not match":                                     "authorize.invalid_redirect_uri",
		"Authorization Error. Error 400: redirect_uri_mismatch":                                "authorize.invalid_redirect_uri",
		"We are sorry... Invalid parameter: redirect_uri":                                      "authorize.invalid_redirect_uri",
		"Callback URL mismatch. The provided redirect_uri is not in the list":                  "authorize.invalid_redirect_uri",
		"The 'redirect_uri' parameter must be a Login redirect URI in the client app settings": "authorize.invalid_redirect_uri",
		"AADSTS700016: Application with identifier 'x' was not found in the directory":         "authorize.invalid_client",
		"Something about cats": ResponseHTML,
	} {
		f, _ := Unusable(oauth.StepAuthorize, "https://op.example/authorize", answered(400, "text/html", "<html><body>"+page+"</body></html>"), false)
		if f.Code != want {
			t.Errorf("%q is %s, want %s", page, f.Code, want)
		}
	}
	f := FromErrorResponse(oauth.StepCallback, oauth.Profile{}, ErrorResponse{Code: "invalid_request", Description: "Authorization Server policy requires PKCE to be used for this request"})
	if f.Code != "authorize.pkce_required" {
		t.Errorf("a missing PKCE is %s", f.Code)
	}
}

func TestWhatIsUnknownIsSaidToBe(t *testing.T) {
	texts := translations(t)
	for _, step := range []oauth.Step{
		oauth.StepCallback, oauth.StepToken, oauth.StepRefresh, oauth.StepUserInfo, oauth.StepRevoke, oauth.StepIntrospect,
		oauth.StepPush, oauth.StepDevice, oauth.StepBackchannel, oauth.StepRegister, oauth.StepEndSession, oauth.StepDiscovery,
	} {
		f := FromErrorResponse(step, oauth.Profile{}, ErrorResponse{Code: "flux_capacitor", Description: "needs\x00 1.21\r\n GW"})
		if f.Params["Error"] != "flux_capacitor" || f.Params["Description"] != "needs 1.21 GW" {
			t.Errorf("%s: the raw words are %q: %q", step, f.Params["Error"], f.Params["Description"])
		}
		title := texts["fault."+string(f.Code)+".title"]
		if !strings.Contains(title, "unknown") || !strings.Contains(title, "{{.Error}}") {
			t.Errorf("%s: the title is %q", step, title)
		}
		causes, unknown := Likely(f)
		if !unknown || causes[0] == "" || causes[1] == "" || causes[0] == causes[1] {
			t.Errorf("%s: likely are %v", step, causes)
		}
	}
	if _, unknown := Likely(New("token.invalid_grant", oauth.StepToken, nil)); unknown {
		t.Error("a registered error is guessed at")
	}
	token, _ := Likely(New("token.unknown_error", oauth.StepToken, map[string]string{"Status": "400"}))
	limited, _ := Likely(New("token.unknown_error", oauth.StepToken, map[string]string{"Status": "429"}))
	if token == limited {
		t.Error("the status makes no difference")
	}
}

func TestLongForeignWordsAreCut(t *testing.T) {
	f := FromErrorResponse(oauth.StepToken, oauth.Profile{}, ErrorResponse{Code: strings.Repeat("é", 5000), Description: strings.Repeat("w ", 5000)})
	if n := len([]rune(f.Params["Error"])); n != mostOfCode {
		t.Errorf("%d characters of the code", n)
	}
	if n := len([]rune(f.Params["Description"])); n != mostOfDescription {
		t.Errorf("%d characters of the description", n)
	}
}

// An error of which nobody knows where it came from is taken for one of an endpoint
// that has such an error.
func TestErrorsFromSomewhere(t *testing.T) {
	for code, want := range map[string]Code{
		"invalid_grant": "token.invalid_grant", "invalid_redirect_uri": "authorize.invalid_redirect_uri",
		"login_required": "authorize.login_required", "invalid_token": "userinfo.invalid_token",
		"authorization_pending": "", "nonsense": PastedUnknown,
	} {
		got := FromSomewhere(ErrorResponse{Code: code}).Code
		if want != "" && got != want {
			t.Errorf("%s is taken for %s, want %s", code, got, want)
		}
		if e, _ := Lookup(got); e.Unknown != (code == "nonsense") {
			t.Errorf("%s is unknown: %v", code, e.Unknown)
		}
	}
}
