package fault

import (
	"slices"
	"testing"

	"signbench/flows/oauth"
)

func found(codes ...Code) []Fault {
	var out []Fault
	for _, code := range codes {
		e, _ := Lookup(code)
		step := oauth.StepVerify
		if len(e.Steps) > 0 {
			step = e.Steps[0]
		}
		out = append(out, New(code, step, nil))
	}
	return out
}

func TestOrderPutsRootCausesFirst(t *testing.T) {
	type told struct{ code, because Code }
	jwks := New("response.html", oauth.StepJWKS, nil)
	elsewhere := New("response.html", oauth.StepUserInfo, nil)
	warned := found("token_response.scope")
	warned[0].Severity = Warning
	updated := found("userinfo.email_verified")
	updated[0].Severity = Warning
	for name, c := range map[string]struct {
		faults []Fault
		want   []told
	}{
		"nothing":            {nil, nil},
		"one by itself":      {found("id_token.exp"), []told{{"id_token.exp", ""}}},
		"a wrong issuer":     {found("id_token.iss", "discovery.issuer"), []told{{"discovery.issuer", ""}, {"id_token.iss", "discovery.issuer"}}},
		"http behind TLS":    {found("discovery.token_endpoint", "discovery.issuer", "discovery.jwks_uri"), []told{{"discovery.issuer", ""}, {"discovery.token_endpoint", "discovery.issuer"}, {"discovery.jwks_uri", "discovery.issuer"}}},
		"a clock":            {found("id_token.exp", "id_token.nonce", ClockSkew), []told{{"id_token.nonce", ""}, {ClockSkew, ""}, {"id_token.exp", ClockSkew}}},
		"an algorithm":       {found("id_token.alg", "id_token.signature"), []told{{"id_token.alg", ""}, {"id_token.signature", "id_token.alg"}}},
		"a proof":            {found("dpop.signature", "dpop.jkt", "dpop.jwk"), []told{{"dpop.jwk", ""}, {"dpop.signature", "dpop.jwk"}, {"dpop.jkt", "dpop.jwk"}}},
		"another app":        {found("id_token.azp", "id_token.aud"), []told{{"id_token.aud", ""}, {"id_token.azp", "id_token.aud"}}},
		"a chain":            {found("id_token.previous_azp", "id_token.azp", "id_token.aud"), []told{{"id_token.aud", ""}, {"id_token.azp", "id_token.aud"}, {"id_token.previous_azp", "id_token.azp"}}},
		"keys":               {append(found("id_token.signature"), jwks), []told{{"response.html", ""}, {"id_token.signature", "response.html"}}},
		"a page elsewhere":   {append(found("id_token.signature"), elsewhere), []told{{"id_token.signature", ""}, {"response.html", ""}}},
		"no ID token":        {found("id_token.nonce", "token_response.id_token"), []told{{"token_response.id_token", ""}, {"id_token.nonce", "token_response.id_token"}}},
		"no browser":         {found(CallbackTimeout, CallbackBrowser), []told{{CallbackBrowser, ""}, {CallbackTimeout, CallbackBrowser}}},
		"a method":           {found("token.invalid_client", DiscoveryAuthMethod), []told{{DiscoveryAuthMethod, ""}, {"token.invalid_client", DiscoveryAuthMethod}}},
		"a warning explains": {slices.Concat(updated, found("token_response.id_token"), warned), []told{{"token_response.scope", ""}, {"token_response.id_token", "token_response.scope"}, {"userinfo.email_verified", ""}}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []told
			for _, f := range Order(c.faults) {
				got = append(got, told{f.Code, f.Because})
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("order = %v, want %v", got, c.want)
			}
			var again []told
			for _, f := range Order(Order(c.faults)) {
				again = append(again, told{f.Code, f.Because})
			}
			if !slices.Equal(again, got) {
				t.Errorf("ordered twice: %v, once: %v", again, got)
			}
		})
	}
}

// Whatever is found together, all of it is told, each once.
func TestOrderLosesNothing(t *testing.T) {
	var all []Fault
	for _, e := range Catalog() {
		all = append(all, found(e.Code)...)
	}
	ordered := Order(all)
	if len(ordered) != len(all) {
		t.Fatalf("%d faults of %d", len(ordered), len(all))
	}
	told := 0
	for _, root := range Fold(ordered) {
		told += 1 + len(root.Followers)
		if root.Because != "" {
			t.Errorf("%s follows from %s and stands by itself", root.Code, root.Because)
		}
	}
	if told != len(all) {
		t.Errorf("%d are told of %d", told, len(all))
	}
}

// A link to a code that is not there would never fold anything.
func TestLinksNameWhatIsThere(t *testing.T) {
	for _, l := range links {
		for _, pattern := range []Code{l.effect, l.cause} {
			if !slices.ContainsFunc(Catalog(), func(e Entry) bool { return matches(pattern, e.Code) }) {
				t.Errorf("%s is no fault", pattern)
			}
		}
	}
}

func TestFoldKeepsAFollowerWithoutItsCause(t *testing.T) {
	alone := found("id_token.azp")
	alone[0].Because = "id_token.aud"
	if got := Fold(alone); len(got) != 1 || got[0].Code != "id_token.azp" {
		t.Errorf("folded: %+v", got)
	}
}
