package oidc

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// verifier checks an ID token by the rules of jose, with the options that Logto
// gives it, and gathers everything that is wrong: jose stops at the first.
type verifier struct {
	*hop
	token    jose.Token
	issuers  []string // nil: not checked
	evidence []int
	faults   []fault.Fault
}

// verify is what Logto does with the ID token before it looks at the user's claims.
func (h *hop) verify(ctx context.Context, raw oauth.Secret, issuers []string) (jose.Token, error) {
	h.Reach(connector.StepVerify)
	v := &verifier{hop: h, token: jose.Decode(raw.Reveal()), issuers: issuers, evidence: h.redeemed}
	if v.token.Form != jose.JWT {
		v.note(tokenMalformed, "JWSInvalid: Invalid Compact JWS", "Form", string(v.token.Form))
		return v.token, v.result()
	}
	v.algorithms()
	if len(v.faults) == 0 {
		keys, a := h.fetchKeys(ctx)
		if ctx.Err() != nil {
			return v.token, ctx.Err()
		}
		v.evidence = append(slices.Clone(h.redeemed), a.IDs...)
		switch what := readKeys(a); what {
		case "":
			v.signature(keys)
		case unsent:
			return v.token, h.unsent(connector.StepJWKS, h.jwksURI, a)
		default:
			return v.token, h.keysFault(what, a)
		}
	}
	v.claims()
	return v.token, v.result()
}

func (h *hop) keysFault(what string, a connector.Answer) error {
	log := "JOSEError: Expected 200 OK from the JSON Web Key Set HTTP response"
	if what == keysUnreadable {
		log = "JWKSInvalid: JSON Web Key Set malformed"
	}
	return h.stop(connector.StepJWKS, what, a.IDs, "URL", h.jwksURI, "Status", a.StatusText(), "Words", a.Told(), "LogtoLog", log)
}

func (v *verifier) note(what, log string, params ...string) {
	v.faults = append(v.faults, v.fault(connector.StepVerify, what, v.evidence, append(params, "LogtoLog", log)...))
}

func (v *verifier) result() error {
	if len(v.faults) == 0 {
		return nil
	}
	return stopped(v.faults...)
}

const verification = "idTokenVerificationConfig."

func (v *verifier) algorithms() {
	header := v.token.Header
	allowed := v.config.Strings(verification + "algorithms")
	switch {
	case len(allowed) > 0 && !slices.Contains(allowed, header.Alg):
		v.note(tokenAlgorithm, `JOSEAlgNotAllowed: "alg" (Algorithm) Header Parameter value not allowed`, "Got", header.Alg, "Want", strings.Join(allowed, ", "))
	case jose.AlgClass(header.Alg) != "asymmetric":
		v.note(tokenAlgorithm, "JOSENotSupported: Unsupported \"alg\" value for a JSON Web Key Set", "Got", header.Alg, "Want", "RS256, PS256, ES256, EdDSA ...")
	}
}

// signature verifies with the one key that fits. Unlike other libraries jose refuses
// when several do.
func (v *verifier) signature(keys jose.KeySet) {
	fit := keys.Candidates(v.token)
	verified := keys.Verify(v.token, nil)
	kids := strings.Join(keys.KIDs(), ", ")
	switch {
	case verified.Reason == jose.CritUnknown:
		v.note(tokenCritical, "JOSENotSupported: Extension Header Parameter is not recognized")
	case verified.Reason == jose.Malformed:
		v.note(tokenMalformed, "JWSInvalid: Invalid Compact JWS", "Form", string(v.token.Form))
	case len(fit) == 0:
		v.note(keyMissing, "JWKSNoMatchingKey: no applicable key found in the JSON Web Key Set", "KID", v.token.Header.Kid, "KIDs", kids, "Alg", v.token.Header.Alg)
	case len(fit) > 1:
		v.note(keyAmbiguous, "JWKSMultipleMatchingKeys: multiple matching keys found in the JSON Web Key Set", "KID", v.token.Header.Kid, "Count", strconv.Itoa(len(fit)))
	case !verified.OK():
		v.note(tokenSignature, "JWSSignatureVerificationFailed: signature verification failed", "KID", v.token.Header.Kid, "Alg", v.token.Header.Alg)
	}
}

// claims are those that jose checks, in its order.
func (v *verifier) claims() {
	c := v.token.Claims
	age := v.config.Type(verification + "maxTokenAge")
	required := []struct {
		name string
		when bool
	}{{"iat", age != ""}, {"aud", true}, {"sub", v.config.Has(verification + "subject")}, {"iss", v.issuers != nil}}
	if want := v.config.Text(verification + "typ"); want != "" && mediaType(v.token.Header.Typ) != mediaType(want) {
		v.note(tokenType, `JWTClaimValidationFailed: unexpected "typ" JWT header value`, "Want", want, "Got", v.token.Header.Typ)
	}
	missing := map[string]bool{}
	for _, r := range required {
		if r.when && !c.Has(r.name) {
			missing[r.name] = true
			v.note(claimAbsent, `JWTClaimValidationFailed: missing required "`+r.name+`" claim`, "Claim", r.name)
		}
	}
	if got, _ := c.String("iss"); v.issuers != nil && !missing["iss"] && !slices.Contains(v.issuers, got) {
		v.note(issuerDifferent, unexpected("iss"), "Want", strings.Join(v.issuers, ", "), "Got", got)
	}
	if want := v.config.Text(verification + "subject"); want != "" && !missing["sub"] {
		if got, _ := c.String("sub"); got != want {
			v.note(subjectDifferent, unexpected("sub"), "Want", want, "Got", got)
		}
	}
	if audiences := audience(c); !missing["aud"] && !slices.Contains(audiences, v.clientID()) {
		v.note(audienceDifferent, unexpected("aud"), "Want", v.clientID(), "Got", strings.Join(audiences, ", "))
	}
	v.times(c)
}

func unexpected(claim string) string {
	return `JWTClaimValidationFailed: unexpected "` + claim + `" claim value`
}

func audience(c *jose.Object) []string {
	if one, ok := c.String("aud"); ok {
		return []string{one}
	}
	list, _ := c.Array("aud")
	return list
}

func mediaType(s string) string { return strings.TrimPrefix(strings.ToLower(s), "application/") }

func (v *verifier) times(c *jose.Object) {
	now, tolerance := float64(v.Now().Unix()), v.seconds(verification+"clockTolerance")
	at := func(name string) (float64, bool) {
		n, ok := c.Number(name)
		if !ok {
			if c.Has(name) {
				v.note(claimType, `JWTClaimValidationFailed: "`+name+`" claim must be a number`, "Claim", name, "Want", "number", "Got", connector.TypeOf(c, name))
			}
			return 0, false
		}
		f, err := n.Float64()
		return f, err == nil
	}
	if nbf, ok := at("nbf"); ok && nbf > now+tolerance {
		v.note(notYetValid, `JWTClaimValidationFailed: "nbf" claim timestamp check failed`, "Got", clock(nbf), "Now", clock(now))
	}
	if exp, ok := at("exp"); ok && exp <= now-tolerance {
		v.note(expired, `JWTExpired: "exp" claim timestamp check failed`, "Got", clock(exp), "Now", clock(now))
	}
	iat, dated := at("iat")
	if v.config.Has(verification+"maxTokenAge") && dated {
		limit := v.seconds(verification + "maxTokenAge")
		if old := now - iat; old-tolerance > limit || old < -tolerance {
			v.note(tooOld, `JWTExpired: "iat" claim timestamp check failed (too far in the past)`, "Got", clock(iat), "Now", clock(now))
		}
	}
	// Logto's single sign-on looks at iat itself, and takes 0 for one that is absent.
	if v.kind == connector.SSO && math.Abs(iat-now) > window.Seconds() {
		v.note(issuedElsewhen, "", "Got", clock(iat), "Now", clock(now), "Window", window.String())
	}
}

// window is how far iat may be from now in single sign-on.
const window = 600 * time.Second

// seconds reads an option that is a number or a time span; 0 for none. What the
// schema refuses has stopped the run before.
func (v *verifier) seconds(path string) float64 {
	if n, err := strconv.ParseFloat(v.config.Text(path), 64); err == nil && v.config.Type(path) == connector.Number {
		return n
	}
	span, _ := connector.ReadSpan(v.config.Text(path))
	return span.Seconds()
}

func clock(seconds float64) string {
	return time.Unix(int64(seconds), 0).UTC().Format(time.RFC3339)
}

// rawJSON is the claims as Logto keeps them.
func rawJSON(o *jose.Object, payload []byte) json.RawMessage {
	if o == nil || !json.Valid(payload) {
		return nil
	}
	return json.RawMessage(payload)
}
