package probe

import (
	"net/mail"
	"strings"

	"signbench/flows/oauth"
)

// HintRequests is the most that is sent for the e-mail address of a profile, beside
// MaxRequests: two to enter the sign-in page, one for the address, three for the
// domains above its own.
const HintRequests = 6

// Hint is the e-mail address of login_hint, of which Logto's sign-in page is asked
// where it is sent. False: it is none, or the provider is not Logto.
func Hint(p oauth.Profile) (address string, ok bool) {
	parsed, err := mail.ParseAddress(p.LoginHint)
	if !p.Kind.IsLogto() || err != nil || parsed.Name != "" || parsed.Address != p.LoginHint {
		return "", false
	}
	return parsed.Address, true
}

// HintRow is what came of asking for the address of the profile: the enterprise
// connectors that it is sent to, or the domain above its own that one has. Evidence is
// the exchanges that say so.
func HintRow(p oauth.Profile, connectors []string, parent string, evidence []int) Row {
	address, _ := Hint(p)
	domain := strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
	wanted := p.Extra["first_screen"] == "single_sign_on" || strings.HasPrefix(p.Extra["direct_sign_in"], "sso:")
	switch {
	case len(connectors) > 0 && wanted:
		return hintRow("routed", domain, strings.Join(connectors, ", "), evidence)
	case len(connectors) > 0:
		return hintRow("claimed", domain, strings.Join(connectors, ", "), evidence)
	case !wanted:
		return hintRow("not_routed", domain, "", evidence)
	case parent != "":
		return hintRow("sub_domain", domain, parent, evidence)
	}
	return hintRow("unassigned", domain, "", evidence)
}

// HintUnasked is the row when nobody was let in to ask, or the run ended first.
func HintUnasked(ended bool, evidence []int) Row {
	if ended {
		return hintRow(cancelled, "", "", evidence)
	}
	return hintRow("not_asked", "", "", evidence)
}

func hintRow(reason, got, want string, evidence []int) Row {
	e := byID[rowHint]
	return Row{
		ID: e.id, Group: e.group, Verdict: VerdictOf(e.id, reason), Reason: reason, Spec: e.spec, Want: want, Got: got,
		Params: map[string]string{"Want": want, "Got": got}, Evidence: evidence,
	}
}
