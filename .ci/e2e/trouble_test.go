package e2e

import (
	"net"
	"os"
	"strconv"
	"strings"
	"testing"

	"signbench/ui/text"
)

func TestTheUserRefuses(t *testing.T) {
	h := newHome(t)
	c := h.browser()
	w := h.open()
	w.signIn()
	c.page("#refuse").click(t, "#refuse")
	w.until("the refusal", func(s shown) bool { return s.titled("authorize.access_denied") })
	c.tidy()
	portFree(t)
	w.press(text.T("action.try_again"))
	c.page("#as-taro").click(t, "#as-taro")
	w.until("the verdict", func(s shown) bool { return s.works("sign_in") })
	w.quit()
}

// The browser is closed on the provider's page: the window waits on, and can be
// told to stop.
func TestTheBrowserIsClosedHalfWay(t *testing.T) {
	h := newHome(t)
	c := h.browser()
	w := h.open()
	w.signIn()
	c.page("#username")
	c.quit()
	if s := w.now(); !s.says("verdict.waiting") {
		t.Errorf("after the browser's end: %s", s)
	}
	w.press(text.T("action.cancel"))
	w.until("the cancellation", func(s shown) bool {
		return !s.Busy && s.says("verdict.cancelled", text.Params{"Scenario": text.T("scenario.sign_in")})
	})
	signInAtDemo(t, w, c) // in a browser that has to start anew
	w.quit()
}

// Another program holds the callback's port: it is named, and one button moves on.
func TestThePortIsTaken(t *testing.T) {
	h := newHome(t)
	c := h.browser()
	w := h.open()
	portFree(t)
	for _, host := range []string{"127.0.0.1", "::1"} {
		l, err := net.Listen("tcp", net.JoinHostPort(host, callbackPort))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = l.Close() })
	}
	w.key("ctrl+Return")
	s := w.until("the taken port", func(s shown) bool { return s.titled("callback.port_taken", text.Params{"Port": callbackPort}) })
	if !strings.Contains(s.Verdict.Detail, "process "+strconv.Itoa(os.Getpid())) {
		t.Errorf("the holder, process %d, is not named: %s", os.Getpid(), s)
	}
	offer := ""
	for _, label := range s.Verdict.Actions {
		if strings.HasPrefix(label, text.T("action.use_port", text.Params{"Port": ""})) {
			offer = label
		}
	}
	if offer == "" {
		t.Fatalf("no other port is offered: %s", s)
	}
	w.click(offer)
	w.key("ctrl+Return")
	c.page("#as-taro").click(t, "#as-taro")
	w.until("the verdict", func(s shown) bool { return s.works("sign_in") })
	w.quit()
}

// A wrong secret fails at the token step, and leads to the field that mends it.
func TestAWrongSecret(t *testing.T) {
	const wrong, right = "CANARY-41d8a0b6-wrong", "CANARY-7c93ee52-right"
	h := newHome(t, wrong, right)
	emptyKeyring(t)
	c := h.browser()
	w := h.open()
	w.newProfile(oidc{name: "Wrong secret", issuer: provider(t, "bench-e2e", right).Issuer, clientID: "bench-e2e", secret: wrong})
	signInAtProvider(t, w, c)
	s := w.until("the failure", func(s shown) bool { return s.titled("token.invalid_client") })
	if !strings.Contains(strings.Join(s.Rail, ","), text.T("step.token")+" failed") {
		t.Errorf("steps: %q", s.Rail)
	}
	w.press(text.T("action.edit"))
	w.until("the field", func(s shown) bool { return s.Page == "setup" && s.Focus.Type == "FieldEntry" })
	w.fill(right)
	until(t, "the right secret in the keychain", func() bool { return strings.Contains(kept(t), "secret = "+right) })
	c.tidy()
	w.signIn()
	w.until("the verdict", func(s shown) bool { return s.works("sign_in") })
	w.quit()
}

func TestAWrongEndpoint(t *testing.T) {
	h := newHome(t, "CANARY-0b77d1-endpoint")
	emptyKeyring(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := "http://" + l.Addr().String()
	_ = l.Close()
	w := h.open()
	w.newProfile(oidc{name: "Wrong endpoint", issuer: nobody, clientID: "bench-e2e", secret: "CANARY-0b77d1-endpoint"})
	w.key("ctrl+Return")
	s := w.until("the failure", func(s shown) bool { return s.failed() })
	if !strings.Contains(s.Verdict.Title, text.T("step.discovery")) || !strings.Contains(s.Verdict.Title, strings.TrimPrefix(nobody, "http://")) {
		t.Errorf("the verdict: %s", s)
	}
	w.quit()
}
