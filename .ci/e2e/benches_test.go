package e2e

import (
	"testing"

	"signbench/flows/connector"
	"signbench/ui/text"
)

// TestTheBenches runs each connector bench end to end in the real window, with the
// real browser at the upstream's page.
func TestTheBenches(t *testing.T) {
	h := newHome(t)
	c := h.browser()
	w := h.open()
	w.show("connectors")
	for _, kind := range connector.Kinds() {
		w.leave()
		w.press(text.T("connector.kind." + string(kind)))
		w.press(text.T("bench.check"))
		w.until("the check of "+kind.Bench(), func(s shown) bool { return !s.Busy && s.says("verdict.benched") })
		w.shot("bench/" + kind.Bench() + "-checked")
		if kind == connector.Twilio {
			continue // it signs nobody in
		}
		portFree(t)
		w.press(text.T("bench.sign_in"))
		c.page("#allow").click(t, "#allow")
		w.until("the sign-in of "+kind.Bench(), func(s shown) bool { return s.works("upstream") })
		c.tidy()
		w.shot("bench/" + kind.Bench() + "-signed-in")
	}
	w.show("flow")
	w.shot("bench/flow")
	w.quit()
}

// TestPractice practises on a broken provider in the real window: it is found by
// its name, run by a press, refused for the right reason, and switched off again.
func TestPractice(t *testing.T) {
	h := newHome(t)
	c := h.browser()
	w := h.open()
	w.show("practice")
	for w.now().Focus.Type != "FieldEntry" {
		w.tab()
	}
	w.write("nonce-invalid")
	portFree(t)
	w.press(text.T("practise.run"))
	c.page("#as-taro").click(t, "#as-taro")
	w.until("the refusal", func(s shown) bool { return s.titled("id_token.nonce") })
	c.tidy()
	w.show("practice")
	w.shot("practice/refused")
	w.press(text.T("practise.off"))
	w.leave()
	portFree(t)
	w.signIn()
	c.page("#as-taro").click(t, "#as-taro")
	w.until("the sound tenant", func(s shown) bool { return s.works("sign_in") })
	w.quit()
}
