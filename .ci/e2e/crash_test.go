package e2e

import (
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"
)

// The program is killed at any moment; what was there before is there at the next
// start, and nothing is damaged.
func TestKilledAtAnyMoment(t *testing.T) {
	const canary = "CANARY-d2c4b8-crash"
	h := newHome(t, canary)
	emptyKeyring(t)
	c := h.browser()
	w := h.open()
	acme := oidc{name: "Acme", issuer: "https://acme.example", clientID: "acme", secret: canary}
	w.newProfile(acme)
	until(t, "the profile's file", func() bool { return h.profiles()[acme.name]["issuer"] == acme.issuer })
	safe := w.now().Profiles

	moments := []struct {
		name string
		work func(w *window)
	}{
		{"right after a new profile", func(w *window) { w.key("ctrl+n") }},
		{"while typing", func(w *window) {
			w.key("ctrl+n")
			w.until("the field", func(s shown) bool { return s.Focus.Type == "FieldEntry" })
			w.fill("A name that is")
		}},
		{"while it is written", func(w *window) {
			w.key("ctrl+n")
			w.until("the field", func(s shown) bool { return s.Focus.Type == "FieldEntry" })
			w.fill("Written")
			time.Sleep(400 * time.Millisecond) // about when the typing is taken to have rested
		}},
		{"while the browser is away", func(w *window) {
			for w.now().Secret != "demo" {
				before := w.now().Profile
				w.key("ctrl+Next")
				w.until("another profile", func(s shown) bool { return s.Profile != before })
			}
			w.signIn()
			c.page("#username")
		}},
	}
	for _, m := range moments {
		m.work(w)
		w.kill()
		h.profiles() // all of them whole
		w = h.open()
		s := w.until("the profiles", func(s shown) bool { return len(s.Profiles) > 0 })
		for _, name := range safe {
			if !slices.Contains(s.Profiles, name) {
				t.Errorf("killed %s: %q is gone: %q", m.name, name, s.Profiles)
			}
		}
		if s.Banner != "" {
			t.Errorf("killed %s: %q", m.name, s.Banner)
		}
	}
	w.quit()
}

// The very first start is killed at moments that no test can name, so there are
// several of them.
func TestKilledAtTheFirstStart(t *testing.T) {
	h := newHome(t)
	for _, after := range []time.Duration{0, 30, 60, 120, 250, 500, 1000} {
		cmd := exec.Command(os.Getenv("SIGNBENCH_BIN"))
		cmd.Dir, cmd.Env = h.dir, h.env()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(after * time.Millisecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	w := h.open()
	s := w.until("the demo tenant", func(s shown) bool { return s.Secret == "demo" })
	if len(s.Profiles) != 1 || s.Banner != "" {
		t.Errorf("after seven kills: %s", s)
	}
	w.quit()
	h.profiles()
}
