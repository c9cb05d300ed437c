package text

import (
	"strings"
	"testing"

	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// The words of a vendor's console win over the general ones, and a vendor without
// any gets those.
func TestRemediesSpeakTheVendorsWords(t *testing.T) {
	params := map[string]string{"RedirectURI": "http://localhost:3000/callback"}
	f := fault.New("authorize.invalid_redirect_uri", oauth.StepAuthorize, params)
	general := FaultRemedy(f)
	for vendor, words := range map[fault.Vendor]string{
		fault.Logto: "Console > Applications", fault.Entra: "App registrations", fault.Okta: "Sign-in redirect URIs",
		fault.Google: "Authorized redirect URIs", fault.Keycloak: "Valid redirect URIs", fault.Auth0: "Allowed Callback URLs",
	} {
		f.Vendor = vendor
		if got := FaultRemedy(f); !strings.Contains(got, words) || !strings.Contains(got, params["RedirectURI"]) {
			t.Errorf("%s: %q", vendor, got)
		}
	}
	if f.Vendor = "somebody"; FaultRemedy(f) != general {
		t.Errorf("of an unknown vendor: %q", FaultRemedy(f))
	}
}

// A name on the wire keeps its letters also where a sentence begins with it.
func TestAHostIsNotCapitalised(t *testing.T) {
	for title, f := range map[string]fault.Fault{
		"localhost did not answer in time":           fault.New(fault.TransportTimeout, oauth.StepDiscovery, map[string]string{"Host": "localhost"}),
		"Nothing listens at localhost:3001":          fault.New(fault.TransportRefused, oauth.StepDiscovery, map[string]string{"Host": "localhost:3001"}),
		"The app secret is wrong":                    fault.New("token.invalid_client", oauth.StepToken, nil),
		"localhost redirects this request elsewhere": fault.New(fault.ResponseRedirect, oauth.StepToken, map[string]string{"Host": "localhost"}),
	} {
		if got := FaultTitle(f); got != title {
			t.Errorf("%q, want %q", got, title)
		}
	}
}

// An app that sent no secret can not have sent a wrong one, in nobody's words.
func TestWithoutASecretNoneIsWrong(t *testing.T) {
	for _, step := range []oauth.Step{oauth.StepToken, oauth.StepRefresh} {
		for method, want := range map[oauth.AuthMethod]string{oauth.AuthMethodNone: "sent no secret", oauth.ClientSecretBasic: "secret is wrong"} {
			var p oauth.Profile
			p.Client.AuthMethod = method
			f := fault.FromErrorResponse(step, p, fault.ErrorResponse{Status: 401, Code: "invalid_client"})
			if title := FaultTitle(f); !strings.Contains(title, want) {
				t.Errorf("%s at %s: %q", method, step, title)
			}
			if (f.Remedy == fault.EditSecret) == (method == oauth.AuthMethodNone) || (f.Params["supported"] == string(oauth.ClientSecretBasic)) != (method == oauth.AuthMethodNone) {
				t.Errorf("%s at %s: the button is %s", method, step, f.Remedy)
			}
			for _, vendor := range append(fault.Vendors(), "") {
				f.Vendor = vendor
				if said := FaultRemedy(f); method == oauth.AuthMethodNone && (strings.Contains(said, "again") || strings.Contains(said, "choose “none”")) {
					t.Errorf("%s: %q", vendor, said)
				}
			}
		}
	}
}

// What is unknown shows the raw words and names two causes, which depend on the step.
func TestTheUnknownNamesTwoCauses(t *testing.T) {
	said := map[string]bool{}
	for _, step := range []oauth.Step{oauth.StepCallback, oauth.StepToken, oauth.StepUserInfo, oauth.StepRegister} {
		f := fault.FromErrorResponse(step, oauth.Profile{}, fault.ErrorResponse{Code: "flux_capacitor", Description: "1.21 GW needed"})
		if title := FaultTitle(f); !strings.Contains(title, "unknown") || !strings.Contains(title, "flux_capacitor") {
			t.Errorf("%s: the title is %q", step, title)
		}
		if cause := FaultCause(f); !strings.Contains(cause, "1.21 GW needed") {
			t.Errorf("%s: the cause is %q", step, cause)
		}
		_, causes, ok := strings.Cut(FaultRemedy(f), "The two most likely causes: ")
		if !ok || !strings.Contains(causes, "; or ") || strings.Contains(causes, "fault.") || said[causes] {
			t.Errorf("%s: likely are %q", step, causes)
		}
		said[causes] = true
	}
}

// An unknown error that was pasted is said to be from a document: no endpoint is blamed.
func TestAnUnknownErrorThatWasPastedBlamesNoEndpoint(t *testing.T) {
	f := fault.FromSomewhere(fault.ErrorResponse{Code: "something.unknown", Description: "1.21 GW needed", Detail: "something.unknown"})
	title, cause, remedy := FaultTitle(f), FaultCause(f), FaultRemedy(f)
	for said, wants := range map[string][]string{
		title:  {"pasted", "unknown", "something.unknown"},
		cause:  {"does not say which endpoint", "1.21 GW needed"},
		remedy: {"The two most likely causes: ", "; or "},
	} {
		for _, want := range wants {
			if !strings.Contains(said, want) {
				t.Errorf("no %q in %q", want, said)
			}
		}
	}
	if all := title + cause + remedy; strings.Contains(all, "token endpoint") || strings.Contains(all, "fault.") {
		t.Errorf("%q", all)
	}
}

// What Logto says of a fault of a connector stands behind its cause: also that it
// said nothing of a message that did not arrive.
func TestWhatLogtoSays(t *testing.T) {
	for status, want := range map[string]string{"400": "Logto answers 400 connector.general (words).", "204": "Logto answers 204, as for a message that arrives"} {
		code := "connector.general"
		if status == "204" {
			code = ""
		}
		f := fault.Fault{Code: "connector.twilio.carrier_unknown", Params: map[string]string{
			"Words": "30008 Unknown error", "LogtoStatus": status, "LogtoCode": code, "LogtoMessage": "words",
		}}
		if got := FaultCause(f); !strings.Contains(got, "“30008 Unknown error”") || !strings.Contains(got, want) {
			t.Errorf("%s: %q", status, got)
		}
	}
}

// The list of runs knows codes only.
func TestAFaultHasANameWithoutItsRun(t *testing.T) {
	for code, want := range map[string]string{
		"transport.refused": "nothing listens at the provider", "callback.port_taken": "port of the callback is taken",
		"response.not_found": "there is nothing at the address", "clock.skew": "this machine's clock and the provider's differ by minutes",
		"token.invalid_grant": "",
	} {
		if words, ok := FaultName(code); !ok || words == "" || want != "" && words != want {
			t.Errorf("%s: %q, %t", code, words, ok)
		}
	}
	for _, code := range []string{"token.unknown_error", "of.tomorrow"} {
		if words, ok := FaultName(code); ok {
			t.Errorf("%s: %q", code, words)
		}
	}
}
