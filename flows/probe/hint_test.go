package probe_test

import (
	"slices"
	"testing"

	"signbench/flows/oauth"
	"signbench/flows/probe"
)

func TestTheHintIsPlannedWhereItCanBeAsked(t *testing.T) {
	for hint, want := range map[string]bool{
		"": false, "alice": false, "user@acme.example": true, "Hana <user@acme.example>": false, " user@acme.example": false,
	} {
		for _, kind := range []oauth.Kind{oauth.KindLogto, oauth.KindOIDC} {
			p := oauth.NewProfile(kind, "Hint")
			p.LoginHint = hint
			planned := slices.ContainsFunc(probe.Plan(probe.Setup{Profile: p}), func(p probe.Planned) bool { return p.ID == "logto.login_hint" })
			if planned != (want && kind == oauth.KindLogto) {
				t.Errorf("%s, %q: planned %t", kind, hint, planned)
			}
		}
	}
}

// A row tells the domain and not the address, and says it in whole sentences.
func TestHintRows(t *testing.T) {
	p := oauth.NewProfile(oauth.KindLogto, "Hint")
	p.LoginHint = "hana.sato@Eu.Acme.example"
	have := texts(t)
	for _, sso := range []map[string]string{nil, {"first_screen": "single_sign_on"}, {"direct_sign_in": "sso:x"}} {
		p.Extra = sso
		for reason, row := range map[string]probe.Row{
			map[bool]string{true: "claimed", false: "routed"}[sso == nil]:        probe.HintRow(p, []string{"sso1"}, "", []int{4}),
			map[bool]string{true: "not_routed", false: "sub_domain"}[sso == nil]: probe.HintRow(p, nil, "acme.example", []int{4}),
			"not_asked": probe.HintUnasked(false, []int{4}),
			"cancelled": probe.HintUnasked(true, []int{4}),
		} {
			if row.Reason != reason || row.Verdict == "" || have["probe."+row.ID+"."+reason] == "" || !slices.Equal(row.Evidence, []int{4}) {
				t.Errorf("%+v, want %s", row, reason)
			}
			if row.Got != "" && row.Got != "eu.acme.example" || row.Params["Got"] != row.Got || row.Params["Want"] != row.Want {
				t.Errorf("%+v", row)
			}
		}
	}
	if row := probe.HintRow(p, nil, "", nil); row.Reason != "unassigned" || row.Verdict != probe.Fail {
		t.Errorf("%+v", row)
	}
}
