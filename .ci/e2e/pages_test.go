package e2e

import (
	"fmt"
	"testing"

	"signbench/ui/text"
)

// TestPictures leaves pictures of each page and of the states in between, to be
// looked at.
func TestPictures(t *testing.T) {
	for _, theme := range []string{"light", "dark"} {
		t.Run(theme, func(t *testing.T) {
			h := newHome(t)
			h.open().quit() // writes the settings
			h.edit("settings.json", map[string]any{"theme": theme})
			c := h.browser()
			w := h.open()
			state := func(name string) { w.shot("state/" + theme + "-" + name) }

			for _, page := range w.now().Pages[1:] {
				w.show(page)
				state("no-" + page)
			}
			w.signIn()
			p := c.page("#refuse")
			state("waiting")
			p.click(t, "#refuse")
			w.until("the refusal", func(s shown) bool { return s.failed() })
			state("refused")
			c.tidy()
			portFree(t)
			w.press(text.T("action.try_again"))
			c.page("#as-taro").click(t, "#as-taro")
			w.until("the tokens", func(s shown) bool { return s.works("sign_in") && s.Page == "tokens" })
			c.tidy()
			for _, size := range [][2]int{{1180, 760}, {900, 600}, {1400, 900}} {
				w.resize(size[0], size[1])
				for _, page := range append(w.now().Pages, "settings", "help") {
					w.leave()
					w.show(page)
					w.shot(fmt.Sprintf("%s-%dx%d-%s", theme, size[0], size[1], page))
				}
			}
			w.quit()
			s := h.open().until("the same page", func(s shown) bool { return s.says("verdict.restored") })
			if s.Page != "help" || s.Width != 1400 || s.Height != 900 {
				t.Errorf("the next start: %vx%v, %s", s.Width, s.Height, s)
			}
		})
	}
}

// Every page and every profile can be reached from inside a field.
func TestShortcutsWorkInsideAField(t *testing.T) {
	h := newHome(t)
	w := h.open()
	w.key("ctrl+n")
	w.until("the field", func(s shown) bool { return s.Focus.Type == "FieldEntry" && len(s.Profiles) == 2 })
	for _, page := range append(w.now().Pages, "settings") {
		w.show("setup")
		for w.now().Focus.Type != "FieldEntry" {
			w.tab()
		}
		w.show(page)
	}
	w.leave()
	w.show("help")
	first := w.now().Profile
	w.key("ctrl+Next")
	w.until("the other profile", func(s shown) bool { return s.Profile != first })
	w.key("ctrl+Prior")
	w.until("the first profile", func(s shown) bool { return s.Profile == first })
	w.quit()
}
