package check

import (
	"context"
	"crypto"
	"slices"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"signbench/flows/jose"
)

var libraryChecks = []entry{
	{"id_token.library", "OIDC Core 3.1.3.7", []string{Refused, Disagrees, Lenient, Unsupported, KeysUnavailable}},
}

// libraryKeys gives go-oidc the very keys that kid and alg select, and no other:
// its own static set would try them all.
type libraryKeys struct{ keys []crypto.PublicKey }

// VerifySignature implements oidc.KeySet. It verifies with go-jose, which shares
// no code with flows/jose.
func (k libraryKeys) VerifySignature(ctx context.Context, raw string) ([]byte, error) {
	set := oidc.StaticKeySet{PublicKeys: k.keys}
	return set.VerifySignature(ctx, raw)
}

// library asks go-oidc for its opinion of the whole token. It stops at the first
// failure and does not look at nonce, azp, iat, at_hash or auth_time, so it can
// only confirm; where it contradicts the list, one of the two is wrong, and that
// is worth a line.
func (l *list) library(in IDTokenInput) {
	const id = "id_token.library"
	alg := in.Token.Header.Alg
	switch {
	case in.KeysErr != nil:
		l.skip(id, KeysUnavailable, "")
		return
	case alg == "Ed25519": // RFC 9864 is younger than the library
		l.skip(id, Unsupported, alg)
		return
	}
	algs := in.Metadata.IDTokenAlgs
	if len(algs) == 0 {
		algs = jose.Algorithms()
	}
	var keys []crypto.PublicKey
	for _, k := range in.Keys.Candidates(in.Token) {
		keys = append(keys, k.Public())
	}
	verifier := oidc.NewVerifier(in.Issuer, libraryKeys{keys}, &oidc.Config{
		ClientID:             in.ClientID,
		SupportedSigningAlgs: slices.DeleteFunc(slices.Clone(algs), notAsymmetric),
		// The library gives exp no leeway; the list gives it the skew.
		Now: func() time.Time { return in.Now.Add(-in.Skew) },
	})
	_, err := verifier.Verify(context.Background(), in.Token.Raw)
	switch {
	case err == nil && l.report.failedAny(sharedWithLibrary):
		l.warn(id, Lenient, "", "")
	case err == nil:
		l.pass(id, "", "")
	case l.report.Failed():
		l.fail(id, Refused, "", err.Error())
	default:
		l.fail(id, Disagrees, "", err.Error())
	}
}

// notAsymmetric keeps none and HS* away from the library even when the provider
// advertises them.
func notAsymmetric(alg string) bool { return jose.AlgClass(alg) != "asymmetric" }

// sharedWithLibrary are the checks that go-oidc makes too.
var sharedWithLibrary = []string{
	"id_token.form", "id_token.crit", "id_token.alg", "id_token.signature", "id_token.iss", "id_token.aud", "id_token.exp",
}

func (r Report) failedAny(ids []string) bool {
	return slices.ContainsFunc(r, func(res Result) bool {
		return res.Verdict == Fail && slices.Contains(ids, res.ID)
	})
}
