package check

import "signbench/flows/jose"

var refreshChecks = []entry{
	{"id_token.previous_iss", "OIDC Core 12.2", []string{Different}},
	{"id_token.previous_sub", "OIDC Core 12.2", []string{Different}},
	{"id_token.previous_aud", "OIDC Core 12.2", []string{Different}},
	{"id_token.previous_azp", "OIDC Core 12.2", []string{Different}},
	{"id_token.previous_auth_time", "OIDC Core 12.2", []string{Different, Absent}},
}

// sameAsBefore compares an ID token from a refresh with the one it replaces: it
// must be about the same user, from the same issuer, for the same client.
func (l *list) sameAsBefore(now, before *jose.Object) {
	l.previousString("iss", now, before)
	l.previousString("sub", now, before)
	want, _ := before.Strings("aud")
	got, _ := now.Strings("aud")
	// aud is a set (RFC 7519, 4.1.3): order says nothing. "aud MUST include the aud
	// of the original": further ones are the business of id_token.aud.
	l.previous("id_token.previous_aud", shown(want), shown(got), len(missing(want, got)) == 0)
	l.previousString("azp", now, before)

	const id = "id_token.previous_auth_time"
	old, recent := readTime(before, "auth_time"), readTime(now, "auth_time")
	if recent.reason == Absent {
		// "if the ID Token contains an auth_time Claim": it need not be repeated.
		l.skip(id, Absent, "")
		return
	}
	l.previous(id, old.got, recent.got, old.reason == Absent || old.got == recent.got)
}

func (l *list) previousString(name string, now, before *jose.Object) {
	got, _ := now.String(name)
	want, _ := before.String(name)
	l.previous("id_token.previous_"+name, want, got, want == got)
}

func (l *list) previous(id, want, got string, equal bool) {
	if equal {
		l.pass(id, want, got)
		return
	}
	l.fail(id, Different, orAbsent(want), orAbsent(got))
}
