package demo

// The authorization responses as a JWT (JARM, 2.1): one that is sound, and those of the
// modules that FAPI 2 Message Signing adds.
const (
	ResponseSound      Pasted = "jarm-sound"
	ResponseWithoutIss Pasted = "ensure-jarm-without-iss-fails"
	ResponseWithoutAud Pasted = "ensure-jarm-without-aud-fails"
	ResponseWithoutExp Pasted = "ensure-jarm-without-exp-fails"
	ResponseWrongIss   Pasted = "ensure-jarm-with-invalid-iss-fails"
	ResponseWrongAud   Pasted = "ensure-jarm-with-invalid-aud-fails"
	ResponseWrongSig   Pasted = "ensure-jarm-with-invalid-sig-fails"
	ResponseExpired    Pasted = "ensure-jarm-with-expired-exp-fails"
	ResponseAlgNone    Pasted = "ensure-jarm-signature-is-not-none"
)

// responses are what breaks each of them.
var responses = map[Pasted]func(*jws, int64){
	ResponseSound:      func(*jws, int64) {},
	ResponseWithoutIss: func(r *jws, _ int64) { delete(r.claims, "iss") },
	ResponseWithoutAud: func(r *jws, _ int64) { delete(r.claims, "aud") },
	ResponseWithoutExp: func(r *jws, _ int64) { delete(r.claims, "exp") },
	ResponseWrongIss:   func(r *jws, _ int64) { r.claims["iss"] = "https://other.signbench.test/oidc" },
	ResponseWrongAud:   func(r *jws, _ int64) { r.claims["aud"] = "another-client" },
	ResponseExpired:    func(r *jws, now int64) { r.claims["exp"] = now - 600 },
	ResponseWrongSig: func(r *jws, _ int64) {
		sign := r.sign
		r.sign = func(input []byte) ([]byte, error) { return sign(append(input, 'x')) }
	},
	ResponseAlgNone: func(r *jws, _ int64) {
		r.header["alg"] = "none"
		delete(r.header, "kid")
		r.sign = func([]byte) ([]byte, error) { return nil, nil }
	},
}

// response is the answer to an authorization request of the demo app.
func (t *Tenant) response(issuer string, broken Pasted) (string, error) {
	now := t.now().Unix()
	token := signedBy(t.keys().signer(), "JWT", map[string]any{
		"iss": issuer, "aud": AppID, "exp": now + 300, "code": newHandle(), "state": newHandle(),
	})
	responses[broken](token, now)
	return token.compact()
}
