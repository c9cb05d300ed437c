package check

import (
	"slices"
	"strings"

	"signbench/flows/jose"
)

// crit refuses every critical extension, because none is implemented.
func (l *list) crit(id string, t jose.Token) {
	if raw, found := t.Header.Object.Get("crit"); found {
		l.fail(id, jose.CritUnknown, "", string(raw))
		return
	}
	l.pass(id, "", "")
}

// headerKey warns of keys that the token itself brings. They are never used.
func (l *list) headerKey(id string, t jose.Token) {
	var names []string
	for name, present := range map[string]bool{
		"jwk": t.Header.HasJWK, "jku": t.Header.HasJKU, "x5u": t.Header.HasX5U, "x5c": t.Header.HasX5C,
	} {
		if present {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		slices.Sort(names)
		l.warn(id, Present, "", shown(names))
		return
	}
	l.pass(id, "", "")
}

// idTokenAlg looks at the algorithm alone; whether the signature is good under it
// is another check.
func (l *list) idTokenAlg(in IDTokenInput) {
	const id = "id_token.alg"
	alg, allowed := in.Token.Header.Alg, in.Metadata.IDTokenAlgs
	want := shown(allowed)
	if alg == "" {
		l.fail(id, Absent, want, "")
		return
	}
	switch jose.AlgClass(alg) {
	case "none":
		l.fail(id, jose.AlgNone, want, alg)
	case "symmetric":
		l.fail(id, jose.AlgSymmetric, want, alg)
	case "unknown":
		l.fail(id, jose.AlgUnknown, want, alg)
	default:
		if len(allowed) > 0 && !slices.Contains(allowed, alg) {
			l.fail(id, jose.AlgNotAllowed, want, alg)
			return
		}
		l.pass(id, want, alg)
	}
}

// signature verifies with the published keys. Without keys it fails rather than
// skips: a token whose signature nobody looked at must not count as good.
func (l *list) signature(id string, t jose.Token, keys jose.KeySet, keysErr error) {
	got := strings.TrimSpace(t.Header.Alg + " " + t.Header.Kid)
	want := shown(keys.KIDs())
	if keysErr != nil {
		l.fail(id, KeysUnavailable, "", got)
		return
	}
	v := keys.Verify(t, nil)
	if v.OK() {
		l.pass(id, want, strings.TrimSpace(v.Alg+" "+v.Key.KID))
		return
	}
	if v.Reason == jose.Malformed {
		got = codes(t.Problems)
	}
	l.fail(id, v.Reason, want, got)
}

// idTokenType refuses a token that says it is something else (RFC 8725, 3.11). Most
// providers write JWT or nothing.
func (l *list) idTokenType(t jose.Token) {
	const id, want = "id_token.typ", "JWT"
	typ := mediaType(t.Header.Typ)
	switch {
	case !t.Header.Object.Has("typ"):
		l.skip(id, Absent, "")
	case typ == "jwt":
		l.pass(id, want, t.Header.Typ)
	case typ == "at+jwt":
		l.fail(id, IsAccessToken, want, t.Header.Typ)
	default:
		l.warn(id, Unusual, want, quoteEmpty(t.Header.Typ))
	}
}

// mediaType normalises a typ: case does not count, and application/ may be left
// out (RFC 7515, 4.1.9).
func mediaType(typ string) string {
	return strings.TrimPrefix(strings.ToLower(typ), "application/")
}
