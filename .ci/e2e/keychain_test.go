package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"signbench/ui/text"
)

var backend = text.Params{"Backend": "Secret Service"}

// The keychain is locked at the start: a banner says so; saving a secret asks once,
// and when the user does not want to, memory serves. Once the user unlocks, what is
// in memory moves.
func TestTheKeychainIsLocked(t *testing.T) {
	const canary = "CANARY-a90e33-locked"
	h := newHome(t, canary)
	emptyKeyring(t)
	lockKeyring(t)
	t.Cleanup(func() { unlockKeyring(t) })
	w := h.open()
	w.until("the banner", func(s shown) bool { return s.Banner == text.T("keychain.locked", backend) })
	w.shot("state/keychain-locked")
	w.typeProfile(oidc{name: "Locked", issuer: "https://locked.example", clientID: "locked", secret: canary})
	w.tab() // it asks when the field is left, not in the midst of the typing
	answerKeyring(t, "")
	w.until("the place in memory", func(s shown) bool { return s.Secret == "in_memory" })
	w.press(text.T("action.unlock"))
	answerKeyring(t, os.Getenv("SIGNBENCH_KEYRING_PASSWORD"))
	w.until("the keychain", func(s shown) bool { return s.Banner == "" && s.Secret == "in_keychain" })
	if !strings.Contains(kept(t), "secret = "+canary) {
		t.Error("what was in memory did not move into the keychain")
	}
	w.quit()
}

// There is no keychain at all: a whole sign-in works, and the next start knows
// nothing of it.
func TestThereIsNoKeychain(t *testing.T) {
	const canary = "CANARY-66b1f4-absent"
	h := newHome(t, canary)
	noBus := "DBUS_SESSION_BUS_ADDRESS=unix:path=" + filepath.Join(h.dir, "no-bus")
	c := h.browser()
	w := h.open(noBus)
	w.until("the banner", func(s shown) bool { return s.Banner == text.T("keychain.absent", backend) })
	issuer := provider(t, "bench-e2e", canary).Issuer
	w.newProfile(oidc{name: "Nowhere", issuer: issuer, clientID: "bench-e2e", secret: canary})
	if s := w.now(); s.Secret != "in_memory" {
		t.Errorf("the secret is %s", s.Secret)
	}
	signInAtProvider(t, w, c)
	w.until("the verdict", func(s shown) bool { return s.works("sign_in") })
	w.shot("state/no-keychain")
	w.quit()
	w = h.open(noBus)
	s := w.until("the next start", func(s shown) bool { return s.Secret == "none" })
	if s.Pill != text.T("session.none") || s.Profile != "Nowhere" {
		t.Errorf("the next start: %s", s)
	}
	w.quit()
}
