package inspect

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"time"

	"signbench/flows/check"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// ErrNoKeys says that nothing was given to verify with.
var ErrNoKeys = errors.New("inspect: no keys were given")

// Keys are what to verify or to decrypt with. A key set that was fetched is handed
// over as its text, and a fetch that failed as its error.
type Keys struct {
	Text   oauth.Secret // a JWK Set, a JWK or PEM; a private key of these decrypts a JWE
	Err    error        // why there is no text
	Secret oauth.Secret // of HS* signatures and of direct or password encryption
	RSA15  bool         // open a JWE of RSA1_5 all the same: see jose.Decrypt
}

// Expect is what a token is measured against. What is empty is not compared.
type Expect struct {
	Issuer   string // of a client assertion, the client ID
	Audience string // the client ID, or the resource of an access token, or the server of a client assertion
	ClientID string // of an access token; empty: as Audience
	Nonce    oauth.Secret
	Type     string       // of a token of no profile
	State    oauth.Secret // of an authorization response
	Request  Request      // that a DPoP proof was made for
	Algs     []string     // what the client is registered for; empty: any that the keys fit
	Now      time.Time
	Skew     time.Duration
}

// Request is the request that a DPoP proof was sent with.
type Request struct {
	Method      string
	URL         string
	AccessToken oauth.Secret // empty at the token endpoint
}

// Verdict is the outcome of a verification in one word: inspect.verdict.<verdict>.
type Verdict string

// The verdicts.
const (
	Good        Verdict = "good"          // the signature was verified and no check failed
	BadClaims   Verdict = "bad_claims"    // the signature was verified, and a claim is not what it must be
	BadSigned   Verdict = "bad_signed"    // the signature was not verified
	NotSigned   Verdict = "not_signed"    // there is nothing to verify
	Undecrypted Verdict = "not_decrypted" // a JWE that was not opened
)

// Verdicts lists every verdict, for the test that each has its sentence.
func Verdicts() []Verdict { return []Verdict{Good, BadClaims, BadSigned, NotSigned, Undecrypted} }

// Verify makes every check that the kind of the document calls for, with keys from
// nowhere but here. A document without a signature has an empty report.
func Verify(d Document, keys Keys, want Expect) check.Report {
	if !d.Signed() {
		return nil
	}
	if d.BringsKey() {
		return proof(d.Token, want)
	}
	v, set, err := verification(d.Token, keys, want.Algs)
	switch d.Kind {
	case ClientAssertion:
		return check.ClientAssertion(check.ClientAssertionInput{
			Token: d.Token, Signature: v, KeysErr: err, Weak: weak(d.Token, keys), ClientID: want.Issuer, Audience: want.Audience,
			Now: want.Now, Skew: want.Skew,
		})
	case JARM:
		return check.JARM(check.JARMInput{
			Token: d.Token, Signature: v, KeysErr: err, Weak: weak(d.Token, keys), Issuer: want.Issuer, ClientID: want.Audience,
			State: want.State.Reveal(), Now: want.Now, Skew: want.Skew,
		})
	}
	want, left := fill(d.Token, want)
	return without(report(d, keys, want, v, set, err), left)
}

// proof verifies a DPoP proof with the key that it brings.
func proof(t jose.Token, want Expect) check.Report {
	v, key := jose.VerifyByHeader(t)
	return check.DPoP(check.DPoPInput{
		Token: t, Signature: v, Key: key, Method: want.Request.Method, URL: want.Request.URL, AccessToken: want.Request.AccessToken,
		Nonce: want.Nonce.Reveal(), Now: want.Now, Skew: want.Skew,
	})
}

// weak is how many bits a shared secret has that is too short, or 0.
func weak(t jose.Token, keys Keys) int {
	bits, short := jose.WeakSecret(t.Header, []byte(keys.Secret.Reveal()))
	if !short {
		return 0
	}
	return bits
}

// fill takes what is not expected from the token itself, because the checks of a
// kind compare always. The checks that this makes void are named, to be left out.
func fill(t jose.Token, want Expect) (Expect, []string) {
	var left []string
	if want.Issuer == "" {
		want.Issuer, _ = t.Claims.String("iss")
		left = append(left, ".iss")
	}
	if want.Audience == "" {
		if aud, ok := t.Claims.Strings("aud"); ok && len(aud) > 0 {
			want.Audience = aud[0]
		}
		left = append(left, ".aud", ".azp")
	}
	if want.ClientID == "" {
		want.ClientID, _ = t.Claims.String("client_id")
		left = append(left, ".client_id")
	}
	if want.Nonce.Empty() {
		nonce, _ := t.Claims.String("nonce")
		want.Nonce = oauth.Secret(nonce)
		left = append(left, "id_token.nonce", "jws.nonce")
	}
	return want, left
}

func without(r check.Report, left []string) check.Report {
	return slices.DeleteFunc(r, func(res check.Result) bool {
		return slices.ContainsFunc(left, func(end string) bool { return strings.HasSuffix(res.ID, end) })
	})
}

func report(d Document, keys Keys, want Expect, v jose.Verification, set jose.KeySet, err error) check.Report {
	switch {
	case d.Kind == LogoutToken:
		return check.LogoutToken(check.LogoutTokenInput{
			Token: d.Token, Signature: v, KeysErr: err, Algs: want.Algs, Issuer: want.Issuer, ClientID: want.Audience,
			Now: want.Now, Skew: want.Skew,
		})
	case d.Kind == IDToken && keys.Secret.Empty():
		return check.IDToken(check.IDTokenInput{
			Token: d.Token, Issuer: want.Issuer, ClientID: want.Audience, Nonce: want.Nonce.Reveal(), Keys: set, KeysErr: err,
			Metadata: oauth.Metadata{IDTokenAlgs: want.Algs}, Now: want.Now, Skew: want.Skew,
		})
	case d.Kind == AccessToken && keys.Secret.Empty() && profiled(d.Token):
		return check.AccessToken(d.Token, check.AccessTokenInput{
			Issuer: want.Issuer, ClientID: want.ClientID, Resource: want.Audience, Keys: set, KeysErr: err, Now: want.Now, Skew: want.Skew,
		})
	}
	in := check.SignedInput{
		Token: d.Token, Signature: v, KeysErr: err, Issuer: want.Issuer, Audience: want.Audience, Nonce: want.Nonce.Reveal(),
		Type: want.Type, Now: want.Now, Skew: want.Skew, Weak: weak(d.Token, keys),
	}
	return check.Signed(in)
}

func profiled(t jose.Token) bool {
	return strings.TrimPrefix(strings.ToLower(t.Header.Typ), "application/") == "at+jwt"
}

// verification looks at the signature with the one kind of key that was given.
func verification(t jose.Token, keys Keys, algs []string) (jose.Verification, jose.KeySet, error) {
	if !keys.Secret.Empty() {
		return jose.VerifySecret(t, []byte(keys.Secret.Reveal())), jose.KeySet{}, nil
	}
	set, err := ReadKeys(keys)
	if err != nil {
		return jose.Verification{Alg: t.Header.Alg, KID: t.Header.Kid}, set, err
	}
	v := set.Verify(t, algs)
	if v.Reason == jose.AlgNotAllowed { // a check of its own says so
		v = set.Verify(t, nil)
	}
	return v, set, nil
}

// ReadKeys reads the public keys, and says why there are none.
func ReadKeys(keys Keys) (jose.KeySet, error) {
	switch {
	case keys.Err != nil:
		return jose.KeySet{}, keys.Err
	case keys.Text.Empty():
		return jose.KeySet{}, ErrNoKeys
	}
	return jose.ParseKeys([]byte(keys.Text.Reveal()))
}

// Decrypt opens a JWE with the private key or the secret, and reads what is inside.
// The outcome says with what it is encrypted, or why it stays closed.
func Decrypt(d Document, keys Keys) (inner Document, outcome jose.Decryption) {
	key := keys.Secret
	if key.Empty() {
		key = keys.Text
	}
	outcome = jose.Decrypt(d.Text.Reveal(), []byte(key.Reveal()), keys.RSA15)
	if outcome.Reason != jose.Decrypted {
		return Document{}, outcome
	}
	inner = Read(bytes.TrimSpace(outcome.Plain))
	inner.Where, outcome.Plain = "plaintext", nil
	return inner, outcome
}

// Judge says in one word what a report amounts to.
func Judge(d Document, r check.Report) Verdict {
	switch {
	case d.Encrypted():
		return Undecrypted
	case !d.Signed():
		return NotSigned
	}
	for _, res := range r {
		if strings.HasSuffix(res.ID, ".signature") && res.Verdict == check.Pass {
			if r.Failed() {
				return BadClaims
			}
			return Good
		}
	}
	return BadSigned
}
