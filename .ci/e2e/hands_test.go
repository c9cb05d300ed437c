package e2e

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// front brings the window before the browser's and gives it the keyboard.
func (w *window) front() {
	w.t.Helper()
	id, err := strconv.ParseInt(w.id, 0, 64)
	if err != nil {
		w.t.Fatal(err)
	}
	until(w.t, "the focus", func() bool {
		run(w.t, "wmctrl", "-i", "-a", w.id)
		time.Sleep(often)
		active := strings.TrimSpace(run(w.t, "xdotool", "getwindowfocus"))
		return active == strconv.FormatInt(id, 10)
	})
}

// key presses keys one after the other, such as ctrl+Return.
func (w *window) key(keys ...string) {
	w.t.Helper()
	w.front()
	run(w.t, "xdotool", append([]string{"key", "--clearmodifiers", "--delay", "40"}, keys...)...)
}

// write types a text into the field that has the keyboard, at its end, and waits
// until it is there.
func (w *window) write(text string) {
	w.t.Helper()
	length := w.now().Focus.Length + utf8.RuneCountInString(text)
	w.front()
	run(w.t, "xdotool", "type", "--clearmodifiers", "--delay", "25", "--", text)
	w.until("what was typed", func(s shown) bool { return s.Focus.Length == length })
}

// fill replaces what is in the field that has the keyboard.
func (w *window) fill(text string) {
	w.t.Helper()
	w.key("ctrl+a", "BackSpace")
	w.until("an empty field", func(s shown) bool { return s.Focus.Length == 0 })
	w.write(text)
}

// tab goes to the next control and waits until it is there.
func (w *window) tab() {
	w.t.Helper()
	before := w.now().Focus.Turn
	w.key("Tab")
	w.until("another focus", func(s shown) bool { return s.Focus.Turn > before })
}

// reach goes by Tab to the button with these words.
func (w *window) reach(label string) shown {
	w.t.Helper()
	for range 80 { // more controls than any page has
		if s := w.now(); s.Focus.Label == label {
			return s
		}
		w.tab()
	}
	w.t.Fatalf("Tab does not reach %q; the window shows %s", label, w.now())
	return shown{}
}

// press goes by Tab to the button with these words and presses it.
func (w *window) press(label string) {
	w.t.Helper()
	w.reach(label)
	w.key("Return")
}

// click clicks with the mouse on the button with these words.
func (w *window) click(label string) {
	w.t.Helper()
	f := w.reach(label).Focus
	w.front()
	// Not in the middle: the right end of a button may be a menu of its own.
	run(w.t, "xdotool", "mousemove", "--window", w.id, strconv.Itoa(f.X+f.Width/3), strconv.Itoa(f.Y+f.Height/2), "click", "1")
}

// leave takes the keyboard from the control that has it, by a click where nothing is.
func (w *window) leave() {
	w.t.Helper()
	w.front()
	run(w.t, "xdotool", "mousemove", "--window", w.id, "4", "4", "click", "1")
	w.until("no focus", func(s shown) bool { return s.Focus.Type == "" })
}

// show goes to a page by its keys.
func (w *window) show(page string) {
	w.t.Helper()
	keys := map[string]string{"settings": "ctrl+comma", "help": "F1"}
	for i, listed := range w.now().Pages {
		keys[listed] = "ctrl+" + strconv.Itoa(i+1)
	}
	w.key(keys[page])
	w.until("the page "+page, func(s shown) bool { return s.Page == page })
}

// resize gives the window's content a size.
func (w *window) resize(width, height int) {
	w.t.Helper()
	run(w.t, "xdotool", "windowsize", w.id, strconv.Itoa(width), strconv.Itoa(height))
	w.until("the size", func(s shown) bool { return int(s.Width) == width && int(s.Height) == height })
}
