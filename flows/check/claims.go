package check

import (
	"slices"
	"strconv"
	"strings"

	"signbench/flows/jose"
)

// stringClaim reads a claim that must be a string, and says why it is not.
func stringClaim(o *jose.Object, name string) (value, reason, got string) {
	if !o.Has(name) {
		return "", Absent, ""
	}
	s, ok := o.String(name)
	if !ok {
		return "", WrongType, kindOf(o, name)
	}
	return s, "", quoteEmpty(s)
}

// present wants a string that is not empty.
func (l *list) present(id string, claims *jose.Object, name string) {
	value, reason, got := stringClaim(claims, name)
	if reason == "" && value == "" {
		reason = Empty
	}
	if reason != "" {
		l.fail(id, reason, "", got)
		return
	}
	l.pass(id, "", got)
}

// issuer compares iss with the issuer exactly (OIDC Core 3.1.3.7 (2)).
func (l *list) issuer(id string, claims *jose.Object, want string) {
	iss, reason, got := stringClaim(claims, "iss")
	if reason == "" {
		reason = sameOrSlash(want, iss)
	}
	if reason != "" {
		l.fail(id, reason, want, got)
		return
	}
	l.pass(id, want, got)
}

// maxSubject is the longest sub there may be (OIDC Core 2).
const maxSubject = 255

// subject looks at sub: present, and at most 255 ASCII characters.
func (l *list) subject(id string, claims *jose.Object) {
	sub, reason, got := stringClaim(claims, "sub")
	switch {
	case reason != "":
	case sub == "":
		reason = Empty
	case len(sub) > maxSubject:
		reason, got = TooLong, strconv.Itoa(len(sub))
	case strings.ContainsFunc(sub, func(r rune) bool { return r > 0x7f }):
		reason = NotASCII
	}
	switch reason {
	case "":
		l.pass(id, "", got)
	case TooLong:
		l.fail(id, reason, strconv.Itoa(maxSubject), got)
	default:
		l.fail(id, reason, "", got)
	}
}

// idTokenAudience wants the client among the audiences. Others beside it are
// admitted with a warning when azp names this client, which idTokenAuthorizedParty
// looks at.
func (l *list) idTokenAudience(in IDTokenInput) {
	const id = "id_token.aud"
	if !in.Token.Claims.Has("aud") {
		l.fail(id, Absent, in.ClientID, "")
		return
	}
	list, ok := in.Token.Claims.Strings("aud")
	switch {
	case !ok:
		l.fail(id, WrongType, in.ClientID, kindOf(in.Token.Claims, "aud"))
	case !slices.Contains(list, in.ClientID):
		l.fail(id, Different, in.ClientID, shown(list))
	case len(missing(list, []string{in.ClientID})) > 0:
		l.warn(id, Additional, in.ClientID, shown(list))
	default:
		l.pass(id, in.ClientID, shown(list))
	}
}

// idTokenAuthorizedParty wants azp to be this client when it is there, and to be
// there when the token is for others too: they are not known to be trustworthy.
func (l *list) idTokenAuthorizedParty(in IDTokenInput) {
	const id = "id_token.azp"
	list, _ := in.Token.Claims.Strings("aud")
	several := len(missing(list, []string{in.ClientID})) > 0
	azp, reason, got := stringClaim(in.Token.Claims, "azp")
	switch {
	case reason == Absent && !several:
		l.skip(id, NotRequired, "")
	case reason != "":
		l.fail(id, reason, in.ClientID, got)
	case azp != in.ClientID:
		l.fail(id, Different, in.ClientID, got)
	default:
		l.pass(id, in.ClientID, got)
	}
}

// idTokenNonce compares the nonce. After a refresh it need not be there (OIDC Core
// 12.2), but must be the original one when it is.
func (l *list) idTokenNonce(in IDTokenInput) {
	const id = "id_token.nonce"
	want := in.Nonce
	if want == "" && in.Previous != nil {
		want, _ = in.Previous.Claims.String("nonce")
	}
	nonce, reason, got := stringClaim(in.Token.Claims, "nonce")
	if reason == "" {
		got = shorten(nonce)
	}
	switch {
	case reason == Absent && in.Previous != nil:
		l.skip(id, NotRequired, "")
	case reason == Absent && want == "":
		l.skip(id, NotSent, "")
	case reason != "":
		l.fail(id, reason, shorten(want), got)
	case want == "":
		l.warn(id, Unexpected, "", got)
	case nonce != want:
		l.fail(id, Different, shorten(want), got)
	default:
		l.pass(id, shorten(want), got)
	}
}

// idTokenACR compares acr with what was asked for. acr_values is a wish (OIDC Core
// 3.1.2.1), so an unfulfilled one is a warning.
func (l *list) idTokenACR(in IDTokenInput) {
	const id = "id_token.acr"
	asked := strings.Fields(in.ACRValues)
	acr, reason, got := stringClaim(in.Token.Claims, "acr")
	switch {
	case len(asked) == 0:
		l.skip(id, NotRequested, got)
	case reason != "":
		l.warn(id, reason, in.ACRValues, got)
	case !slices.Contains(asked, acr):
		l.warn(id, Different, in.ACRValues, got)
	default:
		l.pass(id, in.ACRValues, got)
	}
}

// idTokenAccessTokenHash binds the access token to the ID token. In the code flow
// at_hash is optional.
func (l *list) idTokenAccessTokenHash(in IDTokenInput) {
	const id = "id_token.at_hash"
	atHash, reason, got := stringClaim(in.Token.Claims, "at_hash")
	want, known := jose.HalfHash(in.Token.Header.Alg, in.AccessToken.Reveal())
	switch {
	case reason == Absent:
		l.skip(id, Absent, "")
	case reason != "":
		l.fail(id, reason, same, got)
	case in.AccessToken.Empty():
		l.skip(id, NoAccessToken, "")
	case !known:
		l.skip(id, jose.AlgUnknown, in.Token.Header.Alg)
	case atHash != want:
		l.fail(id, Different, same, differs)
	default:
		l.pass(id, same, same)
	}
}
