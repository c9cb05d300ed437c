package view

import (
	"strings"
	"testing"

	"signbench/flows/check"
	"signbench/flows/inspect"
	"signbench/flows/jose"
	"signbench/ui/text"
)

// Everything that the Inspect page can say has its words.
func TestInspectHasItsWords(t *testing.T) {
	var keys []string
	for _, k := range inspect.Kinds() {
		keys = append(keys, "inspect.kind."+string(k), "inspect.about."+string(k))
	}
	for _, code := range inspect.NoteCodes() {
		keys = append(keys, "inspect.note."+code)
	}
	for _, v := range inspect.Verdicts() {
		keys = append(keys, "inspect.verdict."+string(v))
		if _, ok := verdictKinds[v]; !ok {
			t.Errorf("%s has no look", v)
		}
	}
	for _, c := range []jose.Code{
		jose.Whitespace, jose.Padding, jose.NotBase64URL, jose.TrailingBits, jose.SegmentCount, jose.JSONSerialization, jose.HeaderNotJSON,
		jose.PayloadNotJSON, jose.TrailingData, jose.Duplicate, jose.NotUTF8, jose.MemberType, jose.Unprotected,
	} {
		keys = append(keys, "inspect.problem."+string(c))
	}
	for _, p := range []string{
		jose.KeyNotObject, jose.KeyMalformed, jose.KeyNoType, jose.KeyUnknownType, jose.KeyUnknownCurve, jose.KeyNotOnCurve, jose.KeyTooSmall,
		jose.KeyTooLarge, jose.KeyWeakExponent, jose.KeyPrivate, jose.KeySymmetric, jose.KeyCertMismatch, jose.KeyNotForVerify, jose.KeyDuplicateNames,
	} {
		keys = append(keys, "inspect.key."+p)
	}
	for _, r := range []string{
		jose.NotJWE, jose.RSA15, jose.KeyPublic, jose.CannotOpen, jose.TooLarge, jose.TooManyTurns, jose.NoKey, jose.AlgUnknown,
		jose.CritUnknown, jose.Malformed, jose.KeyUnusable, jose.KeyUnknownCurve,
	} {
		keys = append(keys, "inspect.decrypt."+r)
	}
	for _, key := range keys {
		if _, ok := text.Lookup(key); !ok {
			t.Errorf("%q has no words", key)
		}
	}
}

// What is drawn of a token response: the response, and each token in it.
func TestATokenResponseIsDrawnInParts(t *testing.T) {
	shown := DrawInspected(inspect.Read([]byte(
		`{"access_token":"opaque-at","id_token":"eyJhbGciOiJub25lIn0.eyJpc3MiOiJpIiwiZXhwIjoxfQ.","refresh_token":"opaque-rt"}`)))
	var names []string
	for _, p := range shown.parts {
		names = append(names, partName(p.doc))
	}
	if shown.Len() != 4 || names[0] != "Token response" || names[1] != "ID token" || names[3] != "refresh_token · Opaque text" {
		t.Errorf("%q", names)
	}
	if first(shown) != 1 || len(shown.parts[1].claims) != 2 || len(shown.parts[0].rows) != 3 {
		t.Errorf("begins with %d, %d claims, %d members", first(shown), len(shown.parts[1].claims), len(shown.parts[0].rows))
	}
	grown := shown.With(inspect.Read([]byte(`{"keys":[{"kty":"EC"}]}`)))
	if grown.Len() != 5 || shown.Len() != 4 || !grown.parts[4].keys {
		t.Errorf("%d documents, %d before", grown.Len(), shown.Len())
	}
}

func TestTheProfileSaysWhatIsExpected(t *testing.T) {
	m := InspectModel{Issuer: "i", ClientID: "c"}
	for kind, want := range map[inspect.Kind][2]string{
		inspect.IDToken: {"i", "c"}, inspect.LogoutToken: {"i", "c"}, inspect.AccessToken: {"i", ""},
		inspect.ClientAssertion: {"c", "i"}, inspect.DPoP: {"", ""},
	} {
		if issuer, audience := expected(kind, m); issuer != want[0] || audience != want[1] {
			t.Errorf("%s: %q, %q", kind, issuer, audience)
		}
	}
}

// The flaws of an encoding are told in words, in the row of their check as in its sentence.
func TestARowSaysTheFlawOfAnEncodingInWords(t *testing.T) {
	said := "Payload: " + text.T("inspect.problem.duplicate_member")
	row := checkRows(check.Report{{ID: "jws.form", Verdict: check.Fail, Reason: check.Malformed, Got: "payload:duplicate_member"}})[0]
	if row.Found != said || !strings.HasSuffix(row.Sentence, said) {
		t.Errorf("%q, %q", row.Found, row.Sentence)
	}
}
