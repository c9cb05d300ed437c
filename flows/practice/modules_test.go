package practice_test

import (
	"strings"
	"testing"

	"signbench/flows/practice"
)

// plans are the modules for clients of the conformance suite that a client of the
// code flow meets, plan by plan, as the suite names them.
var plans = map[string]string{
	"oidcc-client-test": `
		-invalid-iss -missing-sub -invalid-aud -missing-iat -kid-absent-single-jwks -kid-absent-multiple-jwks
		-idtoken-sig-rs256 -idtoken-sig-none -invalid-sig-rs256 -userinfo-invalid-sub -nonce-invalid
		-scope-userinfo-claims -client-secret-basic

		-discovery-openid-config -discovery-jwks-uri-keys -discovery-issuer-mismatch
		-signing-key-rotation-just-before-signing -signing-key-rotation

		-form-post-error

		-refresh-token -refresh-token-invalid-issuer -refresh-token-invalid-sub

		-rp-init-logout -rp-init-logout-other-state -rp-init-logout-no-state

		-rp-backchannel-rpinitlogout -rp-backchannel-rpinitlogout-alg-none -rp-backchannel-rpinitlogout-no-event
		-rp-backchannel-rpinitlogout-with-nonce -rp-backchannel-rpinitlogout-wrong-alg -rp-backchannel-rpinitlogout-wrong-aud
		-rp-backchannel-rpinitlogout-wrong-event -rp-backchannel-rpinitlogout-wrong-iss`,
	"fapi2-security-profile-final-client-test": `
		-invalid-authorization-response-iss -remove-authorization-response-iss
		-ensure-authorization-response-with-invalid-state-fails -ensure-authorization-response-with-invalid-missing-state-fails
		-invalid-secondary-aud -invalid-alternate-alg -invalid-expired-exp -invalid-missing-exp -invalid-missing-iss
		-invalid-missing-nonce

		-ensure-jarm-without-iss-fails -ensure-jarm-without-aud-fails -ensure-jarm-without-exp-fails
		-ensure-jarm-with-invalid-iss-fails -ensure-jarm-with-invalid-aud-fails -ensure-jarm-with-invalid-sig-fails
		-ensure-jarm-with-expired-exp-fails -ensure-jarm-signature-is-not-none`,
}

// namesakes are modules of FAPI 2 whose provider does what another module's does, by
// whose name it is practised.
var namesakes = map[string]string{
	"discovery-issuer-mismatch": "discovery-issuer-mismatch", "invalid-iss": "invalid-iss", "invalid-aud": "invalid-aud",
	"invalid-missing-aud": "missing-aud", "invalid-nonce": "nonce-invalid", "invalid-null-alg": "idtoken-sig-none",
}

func TestEveryModuleIsPractised(t *testing.T) {
	practised := map[string]bool{}
	for _, e := range practice.Exercises() {
		practised[e.Module] = true
	}
	if !practised["oidcc-client-test"] {
		t.Error("nobody practises the plain sign-in")
	}
	for plan, modules := range plans {
		for _, module := range strings.Fields(modules) {
			if !practised[plan+module] {
				t.Errorf("nobody practises %s%s", plan, module)
			}
		}
	}
	for module, id := range namesakes {
		if e, ok := practice.Find(id); !ok || e.Allowed() {
			t.Errorf("%s is practised as %s, of which nothing must be found", module, id)
		}
	}
}
