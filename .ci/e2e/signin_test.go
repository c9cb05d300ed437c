package e2e

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"signbench/ui/text"
)

// The first start on a machine: the demo tenant is there, and one key signs in.
func TestFirstStart(t *testing.T) {
	h := newHome(t)
	c := h.browser()
	w := h.open()
	s := w.until("the demo tenant", func(s shown) bool { return s.says("verdict.idle") && s.Secret == "demo" })
	if s.Profile != text.T("profile.demo.name") || len(s.Profiles) != 1 || s.Page != "setup" || s.Banner != "" {
		t.Errorf("the first page: %s", s)
	}
	signInAtDemo(t, w, c)
	s = w.until("the tokens", func(s shown) bool { return s.Page == "tokens" && s.Trust == "verified" })
	if !strings.Contains(s.Pill, "山田 太郎") {
		t.Errorf("signed in: %s", s)
	}
	if slices.ContainsFunc(s.Rail, func(step string) bool { return strings.HasSuffix(step, "failed") || strings.HasSuffix(step, "pending") }) {
		t.Errorf("steps: %q", s.Rail)
	}

	for _, key := range []string{"ctrl+shift+i", "ctrl+shift+c"} {
		before := clipboard()
		w.key(key)
		w.until("the word that it was copied", func(s shown) bool { return s.Toast == text.T("toast.copied.secret") })
		until(t, "the token in the clipboard", func() bool { return len(clipboard()) > 20 && clipboard() != before })
		token := clipboard()
		h.tokens = append(h.tokens, token[strings.LastIndex(token, ".")+1:]) // an ID token's signature
	}

	portFree(t)
	w.click(text.T("action.sign_out"))
	c.ends(text.T("page.signed_out.title"))
	s = w.until("the end of the session", func(s shown) bool { return s.says("verdict.signed_out") })
	if s.Pill != text.T("session.none") || s.Trust != "" {
		t.Errorf("signed out: %s", s)
	}
	portFree(t)
	w.press(text.T("action.prove"))
	w.until("the proof", func(s shown) bool { return s.says("verdict.proven") })
	c.tidy()
	until(t, "the clearing of the clipboard", func() bool { return clipboard() == "" })
	w.quit()
}

func clipboard() string {
	out, _ := exec.Command("xclip", "-selection", "clipboard", "-o").Output() // fails when it is empty
	return string(out)
}

// A new profile from the keyboard at a provider by other hands; the secret lands in
// the real keychain and nowhere else; a restart finds the user signed in; the
// sign-out is proven.
func TestNewProfileFromSecretToProof(t *testing.T) {
	const canary = "CANARY-5e1f0c7a9b-new-profile"
	h := newHome(t, canary)
	emptyKeyring(t)
	acme := oidc{name: "Acme by keyboard", issuer: provider(t, "bench-e2e", canary).Issuer, clientID: "bench-e2e", secret: canary}
	c := h.browser()
	w := h.open()
	w.newProfile(acme)
	if s := w.now(); s.Secret != "in_keychain" || !s.says("verdict.idle") {
		t.Errorf("the new profile: %s, secret %s", s, s.Secret)
	}
	if !strings.Contains(kept(t), "secret = "+canary) {
		t.Error("secret-tool does not find the secret in the keychain")
	}
	until(t, "the profile's file", func() bool { return h.profiles()[acme.name]["issuer"] == acme.issuer })

	signInAtProvider(t, w, c)
	w.until("the verdict", func(s shown) bool { return s.works("sign_in") && s.Page == "tokens" })
	if s := w.now(); !strings.HasPrefix(s.Pill, text.T("session.in")) || s.Trust != "verified" {
		t.Errorf("signed in: %s", s)
	}
	until(t, "the session in the keychain", func() bool { return strings.Contains(kept(t), "/session") })
	w.quit()

	w = h.open()
	s := w.until("the session of the last time", func(s shown) bool { return s.says("verdict.restored") })
	if s.Profile != acme.name || !strings.HasPrefix(s.Pill, text.T("session.in")) || s.Trust != "verified_then" {
		t.Errorf("after the restart: %s", s)
	}

	portFree(t)
	w.key("ctrl+shift+o")
	c.page("button[value=yes]").click(t, "button[value=yes]")
	c.ends(text.T("page.signed_out.title"))
	w.until("the end of the session", func(s shown) bool { return s.says("verdict.signed_out") })
	portFree(t)
	w.press(text.T("action.prove"))
	s = w.until("the proof", func(s shown) bool { return s.says("verdict.proven") })
	if !strings.Contains(s.Verdict.Detail, "login_required") {
		t.Errorf("the proof: %s", s)
	}
	w.quit()
	until(t, "the keychain without a session", func() bool { return !strings.Contains(kept(t), "/session") })
	if !strings.Contains(kept(t), canary) {
		t.Error("the client secret has left the keychain")
	}
}

// The answer in a fragment never reaches the loopback by itself: a script on its
// page sends it on. The answer in a form is posted by the provider's page.
func TestResponseModes(t *testing.T) {
	for _, mode := range []string{"fragment", "form_post"} {
		t.Run(mode, func(t *testing.T) {
			h := newHome(t)
			c := h.browser()
			h.open().quit()
			h.edit("profiles/*.json", map[string]any{"response_mode": mode})
			w := h.open()
			w.signIn()
			c.page("#as-taro").click(t, "#as-taro")
			c.ends(text.T("page.signed_in.title"))
			s := w.until("the verdict", func(s shown) bool { return s.works("sign_in") })
			if s.Trust != "verified" {
				t.Errorf("signed in: %s", s)
			}
			w.quit()
		})
	}
}
