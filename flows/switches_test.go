package flows_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"signbench/flows"
	"signbench/flows/demo"
	"signbench/flows/fault"
)

// verdicts is the product's specification: for each thing that the demo tenant can
// do wrong, exactly the faults that must come out of a sign-in. An empty list is a
// sign-in that must work: the switch does something legal, or something that a
// sign-in does not meet.
var verdicts = map[demo.Fault][]string{
	"discovery-issuer-mismatch":        {"discovery.issuer"},
	"discovery-404":                    {"response.not_found"},
	"discovery-html":                   {"response.html"},
	"discovery-not-json":               {"response.not_json"},
	"discovery-slow":                   {"transport.timeout"},
	"discovery-missing-token-endpoint": {"discovery.token_endpoint"},
	"end-session-missing":              {},

	"jwks-404":   {"response.not_found"},
	"jwks-empty": {"jwks.empty"},
	"jwks-html":  {"response.html"},

	"invalid-authorization-response-iss": {"authorization_response.iss"},
	"remove-authorization-response-iss":  {"authorization_response.iss"},
	"state-invalid":                      {"callback.state"},
	"state-missing":                      {"callback.state_absent"},
	"code-missing":                       {"authorization_response.code"},
	"error-access-denied":                {"authorize.access_denied"},
	"error-server-error":                 {"authorize.server_error"},
	"error-temporarily-unavailable":      {"authorize.temporarily_unavailable"},

	"token-html":                 {"response.html"},
	"token-500":                  {"response.status"},
	"token-slow":                 {"transport.timeout"},
	"token-missing-access-token": {"token.missing_access_token"},
	"token-type-mac":             {"token_response.token_type"},
	"token-text-plain":           {"token.missing_access_token"},
	"expires-in-string":          {},
	"missing-id-token":           {"token_response.id_token"},

	"invalid-iss":              {"id_token.iss"},
	"missing-iss":              {"id_token.iss"},
	"missing-sub":              {"id_token.sub"},
	"invalid-aud":              {"id_token.aud", "id_token.azp"},
	"missing-aud":              {"id_token.aud"},
	"invalid-secondary-aud":    {"id_token.azp"},
	"missing-iat":              {"id_token.iat"},
	"future-iat":               {"id_token.iat"},
	"missing-exp":              {"id_token.exp"},
	"expired-exp":              {"id_token.exp"},
	"future-nbf":               {"id_token.nbf"},
	"missing-nonce":            {"id_token.nonce"},
	"nonce-invalid":            {"id_token.nonce"},
	"invalid-athash":           {"id_token.at_hash"},
	"missing-athash":           {}, // optional in the code flow, OIDC Core 3.1.3.6
	"kid-absent-single-jwks":   {},
	"kid-absent-multiple-jwks": {},
	"idtoken-sig-rs256":        {},
	"idtoken-sig-es256":        {},
	"idtoken-sig-none":         {"id_token.alg", "id_token.signature"},
	"invalid-sig":              {"id_token.signature"},
	"invalid-alternate-alg":    {"id_token.alg", "id_token.signature"},
	"unknown-kid":              {"id_token.signature"},
	"signing-key-rotation-just-before-signing": {},
	"invalid-typ": {"id_token.typ"},

	"userinfo-invalid-sub": {"userinfo.sub"},
	"userinfo-401":         {"userinfo.invalid_token"},
	"userinfo-html":        {"response.html"},
	"userinfo-signed":      {},

	"refresh-token-invalid-issuer": {},
	"refresh-token-invalid-sub":    {},
	"rp-init-logout-other-state":   {},
	"rp-init-logout-no-state":      {},
	"logout-session-stays":         {},
}

func TestEverySwitchHasItsVerdict(t *testing.T) {
	for _, sw := range demo.Switches() {
		want, listed := verdicts[sw.Name]
		if !listed {
			t.Errorf("%s has no verdict", sw.Name)
			continue
		}
		t.Run(string(sw.Name), func(t *testing.T) {
			s := newStage(t, sw.Name)
			limits := flows.Limits{Request: patience, Callback: patience}
			if strings.HasSuffix(string(sw.Name), "-slow") {
				limits.Request = 100 * time.Millisecond // the tenant never answers
			}
			if strings.HasPrefix(string(sw.Name), "state-") {
				limits.Callback = time.Second // no acceptable callback ever comes
			}
			s.engine = s.engine.WithLimits(limits)
			run := s.engine.SignIn(t.Context(), s.request())
			ended := outcome(t, run)
			if got := codes(ended, fault.Error); !slices.Equal(got, want) {
				t.Fatalf("faults = %v, want %v", got, want)
			}
			if worked := len(every[flows.SignedIn](run)) == 1; worked != (len(want) == 0) {
				t.Errorf("signed in: %t", worked)
			}
		})
	}
}

// The unbroken tenant raises no fault; the one warning is Logto's milliseconds.
func TestTheUnbrokenTenantHasNoFault(t *testing.T) {
	s := newStage(t)
	ended := outcome(t, s.engine.SignIn(t.Context(), s.request()))
	if errs, warnings := codes(ended, fault.Error), codes(ended, fault.Warning); len(errs) != 0 || !slices.Equal(warnings, []string{"id_token.updated_at"}) {
		t.Errorf("errors %v, warnings %v", errs, warnings)
	}
}

func TestRefreshSwitches(t *testing.T) {
	for sw, want := range map[demo.Fault][]string{
		"refresh-token-invalid-issuer": {"id_token.iss", "id_token.previous_iss"},
		"refresh-token-invalid-sub":    {"id_token.previous_sub"},
		"":                             {},
	} {
		t.Run("switch "+string(sw), func(t *testing.T) {
			s := newStage(t)
			session := s.signedIn()
			if sw != "" {
				s.tenant.SetFaults(sw)
			}
			run := s.engine.Refresh(t.Context(), flows.Request{Profile: s.profile, Secret: s.secret, Session: &session})
			if got := codes(outcome(t, run), fault.Error); !slices.Equal(got, want) {
				t.Errorf("faults = %v, want %v", got, want)
			}
		})
	}
}

func TestSignOutSwitches(t *testing.T) {
	for sw, want := range map[demo.Fault]struct {
		codes []string
		state flows.StateMatch
		proof []string
	}{
		"":                           {nil, flows.StateEqual, nil},
		"rp-init-logout-other-state": {[]string{"end_session.state_different"}, flows.StateDifferent, nil},
		"rp-init-logout-no-state":    {[]string{"end_session.state_absent"}, flows.StateAbsent, nil},
		"logout-session-stays":       {nil, flows.StateEqual, []string{"proof.still_signed_in"}},
		"end-session-missing":        {[]string{"end_session.missing"}, "", []string{"proof.still_signed_in"}},
	} {
		t.Run("switch "+string(sw), func(t *testing.T) {
			s := newStage(t)
			session := s.signedIn()
			if sw != "" {
				s.tenant.SetFaults(sw)
			}
			request := flows.Request{Profile: s.profile, Secret: s.secret, Session: &session}
			run := s.engine.SignOut(t.Context(), request)
			ended := outcome(t, run)
			got := append(codes(ended, fault.Error), codes(ended, fault.Warning)...)
			if !slices.Equal(got, want.codes) {
				t.Fatalf("faults = %v, want %v", got, want.codes)
			}
			if len(every[flows.SignedOut](run)) != 1 {
				t.Error("the local session was not ended")
			}
			if returned := every[flows.Returned](run); want.state != "" && (len(returned) != 1 || returned[0].State != want.state) {
				t.Errorf("returned: %+v, want %s", returned, want.state)
			}
			proof := s.engine.Prove(t.Context(), request)
			if got := codes(outcome(t, proof), fault.Error); !slices.Equal(got, want.proof) {
				t.Errorf("the proof says %v, want %v", got, want.proof)
			}
		})
	}
}
