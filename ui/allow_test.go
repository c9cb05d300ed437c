package ui

import (
	"strings"
	"testing"

	"signbench/flows/oauth"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// A refused sign-in says which rule stopped it and what would have come next. One
// press goes on without the rule, for this one run: the tokens show as not verified,
// nothing goes into the keychain, and the report says why. The next run is strict.
func TestARefusalOffersToGoOnWithoutTheCheck(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.tenant.SetFaults("nonce-invalid")
	d.signIn()
	m := d.verdict()
	if m.Kind != widget.KindFail || !strings.Contains(m.Detail, text.T("refused.verify")) {
		t.Fatalf("verdict = %q: %q", m.Title, m.Detail)
	}
	if tokens, ok := d.bench.state.Of(d.bench.selected).Tokens(); !ok || tokens.Trust != state.Rejected || tokens.Decoded.ID.Claims == nil {
		t.Errorf("what it would have got: %t, %s", ok, tokens.Trust)
	}
	refused := d.bench.state.Of(d.bench.selected).Run.ID
	d.press(text.T("refused.go_on", text.Params{"Rule": text.T("allowance.nonce")}))
	d.until("the second run", func() bool { return d.bench.state.Of(d.bench.selected).Run.ID != refused && d.ended() })
	d.settle()

	if m = d.verdict(); m.Kind != widget.KindWarn || !strings.HasSuffix(m.Title, "with checks set aside: nonce") {
		t.Errorf("verdict = %q: %q", m.Title, m.Detail)
	}
	if d.pill().Kind != widget.KindWarn {
		t.Errorf("pill = %+v", d.pill())
	}
	bench := d.bench.state.Of(d.bench.selected)
	if tokens, _ := bench.Tokens(); tokens.Trust != state.SetAside || len(tokens.SetAside) != 1 {
		t.Errorf("the tokens look %s, without %v", tokens.Trust, tokens.SetAside)
	}
	if d.vault.holds("session") {
		t.Error("a session that was not verified is in the keychain")
	}
	for _, format := range []view.ShareFormat{view.ShareReport, view.ShareHAR} {
		if content, _ := d.bench.shared(bench.Run, nil, format); !strings.Contains(content, "the run went on with checks set aside: nonce") {
			t.Errorf("%s does not say what was set aside", format)
		}
	}

	d.signIn()
	if run := d.bench.state.Of(d.bench.selected).Run; !run.Failed() || run.Allowed != nil {
		t.Errorf("the run after it: failed %t, allowed %v", run.Failed(), run.Allowed)
	}
}

// A run without a way around offers none, and neither does a run of another time.
func TestNoWayAroundIsOfferedWhereThereIsNone(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.tenant.SetFaults("missing-id-token")
	d.signIn()
	prefix, _, _ := strings.Cut(text.T("refused.go_on", text.Params{"Rule": "|"}), "|")
	offered := func() bool {
		for _, a := range d.verdict().Actions {
			if strings.HasPrefix(a.Label, prefix) {
				return true
			}
		}
		return false
	}
	if offered() {
		t.Errorf("%+v", d.verdict().Actions)
	}
	d.tenant.SetFaults("nonce-invalid")
	d.signIn()
	if !offered() {
		t.Fatal("the button is missing: the test looks for nothing")
	}
	d.settle()
	d.close()
	d.open()
	d.until("the kept run", func() bool { return d.bench.state.Of(d.bench.selected).Run != nil })
	if offered() {
		t.Error("a run of another time offers to go on")
	}
}

// Several rules in one run are named, and those given before are asked for again.
func TestSeveralRulesAreNamed(t *testing.T) {
	given := []oauth.Allowance{oauth.AllowIssuer, oauth.AllowIssuerMismatch}
	if got := view.ParseAllowances("iss issuer_mismatch nonsense"); len(got) != 2 || got[0] != given[1] || got[1] != given[0] {
		t.Errorf("%v", got)
	}
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.tenant.SetFaults("invalid-iss", "nonce-invalid", "missing-sub")
	d.signIn()
	if m := d.verdict(); !strings.Contains(m.Detail, "rules: iss, sub, nonce.") {
		t.Errorf("%q", m.Detail)
	}
	refused := d.bench.state.Of(d.bench.selected).Run.ID
	d.press(text.N("refused.go_on.several", 3))
	d.until("the second run", func() bool { return d.bench.state.Of(d.bench.selected).Run.ID != refused && d.ended() })
	if m := d.verdict(); m.Kind != widget.KindWarn || !strings.HasSuffix(m.Title, "iss, sub, nonce") {
		t.Errorf("%q", m.Title)
	}
}
