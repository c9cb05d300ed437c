package ui

import (
	"strings"
	"testing"

	"signbench/flows/trace"
)

// What is opened on the Flow page is disarmed, in a run that grows too, and of what
// was asked for in a row only the last is shown.
func TestWhatIsOpenedIsDisarmed(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.signIn()
	_, bench, _ := d.bench.shown()
	secrets := append(d.bench.secretsOf(bench.Run), bench.Session.Tokens.AccessToken, bench.Session.Tokens.RefreshToken)
	for _, ex := range bench.Run.Exchanges {
		var shown *trace.Exchange
		d.bench.disarm(bench.Run.Exchanges[0], func(*trace.Exchange) { t.Error("what nobody waits for any more is shown") })
		d.bench.disarm(ex, func(disarmed *trace.Exchange) { shown = disarmed })
		d.until("the exchange", func() bool { return shown != nil })
		var words strings.Builder
		words.WriteString(shown.Request.URL + string(shown.Request.Body.Bytes))
		_ = shown.Request.Header.Write(&words)
		if shown.Response != nil {
			words.Write(shown.Response.Body.Bytes)
			_ = shown.Response.Header.Write(&words)
		}
		for _, s := range secrets {
			if strings.Contains(words.String(), s.Reveal()) {
				t.Errorf("exchange %d shows a secret of %d characters", ex.ID, s.Len())
			}
		}
		if shown.ID != ex.ID {
			t.Errorf("%d was asked for, %d is shown", ex.ID, shown.ID)
		}
	}
	if known := d.bench.screen; known.run != bench.Run.ID || known.learned != len(bench.Run.Exchanges) {
		t.Errorf("%d of %d exchanges are known", known.learned, len(bench.Run.Exchanges))
	}
	before := d.bench.screen
	d.signIn()
	_, bench, _ = d.bench.shown()
	done := false
	d.bench.disarm(bench.Run.Exchanges[0], func(*trace.Exchange) { done = true })
	d.until("the exchange of the next run", func() bool { return done })
	if d.bench.screen == before {
		t.Error("another run is shown with what was known of the last")
	}
}
