package e2e

import (
	"net"
	"strings"
	"testing"

	"signbench/flows/testkit/npmprovider"
	"signbench/ui/text"
)

// callbackPort is where the ready-made profiles expect the browser back.
const callbackPort = "3000"

// portFree waits until nobody holds the callback's port: the last test's program may
// still be letting go of it.
func portFree(t *testing.T) {
	t.Helper()
	until(t, "port "+callbackPort, func() bool {
		for _, host := range []string{"127.0.0.1", "::1"} {
			l, err := net.Listen("tcp", net.JoinHostPort(host, callbackPort))
			if err != nil {
				return false
			}
			_ = l.Close()
		}
		return true
	})
}

// signIn presses the keys for it and waits until the browser is away. Another program
// may take the port between the look at it and the run.
func (w *window) signIn() {
	w.t.Helper()
	taken := text.Params{"Port": callbackPort}
	for {
		portFree(w.t)
		before := w.changes()
		w.key("ctrl+Return")
		s := w.until("the wait", func(s shown) bool {
			return w.changes() > before && (s.says("verdict.waiting") || s.titled("callback.port_taken", taken) || s.works("sign_in"))
		})
		if !s.titled("callback.port_taken", taken) {
			return
		}
	}
}

// signInAtDemo signs in at the demo tenant by typing into its page.
func signInAtDemo(t *testing.T, w *window, c *chromium) {
	t.Helper()
	w.signIn()
	p := c.page("#username")
	p.fill(t, "#username", "taro")
	p.fill(t, "#password", "taro-demo")
	p.click(t, "#submit")
	c.ends(text.T("page.signed_in.title"))
	w.until("the verdict", func(s shown) bool { return s.works("sign_in") })
}

// signInAtProvider signs in as Hanako at the provider by other hands.
func signInAtProvider(t *testing.T, w *window, c *chromium) {
	t.Helper()
	w.signIn()
	p := c.page("input[name=password]")
	p.fill(t, "input[name=username]", "hanako")
	p.fill(t, "input[name=password]", "sakura-saku-2")
	p.click(t, "button[value=login]")
	c.page("button[value=consent]").click(t, "button[value=consent]")
	c.ends(text.T("page.signed_in.title"))
}

// oidc is a profile of the kind OpenID Connect, as a user types it.
type oidc struct{ name, issuer, clientID, secret string }

// newProfile makes a profile with nothing but the keyboard, and waits until its
// secret is kept.
func (w *window) newProfile(p oidc) {
	w.t.Helper()
	w.typeProfile(p)
	w.until("the profile", func(s shown) bool {
		return s.Profile == p.name && (s.Secret == "in_keychain" || s.Secret == "in_memory")
	})
}

func (w *window) typeProfile(p oidc) {
	w.t.Helper()
	w.key("ctrl+n")
	w.until("the new profile", func(s shown) bool {
		return s.Profile == text.T("profile.new.name") && s.Page == "setup" && s.Focus.Type == "FieldEntry"
	})
	w.fill(p.name)
	w.tab()
	w.until("the kinds", func(s shown) bool { return s.Focus.Type == "SelectField" })
	w.key("Down")
	w.until("the menu", func(s shown) bool { return s.Menu })
	w.key("Down", "Return")
	w.until("the kind", func(s shown) bool { return !s.Menu && s.Focus.Label == text.T("kind.oidc") })
	w.tab()
	w.fill(p.issuer)
	w.tab()
	w.fill(p.clientID)
	w.tab()
	w.fill(p.secret)
}

// provider starts the provider by other hands with one client of that secret.
func provider(t *testing.T, clientID, secret string) *npmprovider.Provider {
	t.Helper()
	return npmprovider.Start(t, npmprovider.Config{Clients: []npmprovider.Client{
		npmprovider.NewClient(clientID, secret, "client_secret_basic", "RS256"),
	}})
}

// titled reports whether the verdict is a failure with the title of that fault.
func (s shown) titled(fault string, params ...text.Params) bool {
	return s.failed() && strings.HasSuffix(s.Verdict.Title, text.T("fault."+fault+".title", params...))
}
