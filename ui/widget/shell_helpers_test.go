package widget

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"signbench/ui/theme"
)

// clock stands in for After: it collects what is to be done, until time passes.
type clock struct{ due []func() }

func (c *clock) pass() {
	due := c.due
	c.due = nil
	for _, f := range due {
		f()
	}
}

// bench starts an app in our theme, with a clock that the test moves.
func bench(t testing.TB) *clock {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	c, before := &clock{}, After
	After = func(_ time.Duration, f func()) { c.due = append(c.due, f) }
	t.Cleanup(func() { After = before })
	return c
}

// inWindow shows an object in a window, settled: an object's height may follow
// from its width, which takes a second pass.
func inWindow(t testing.TB, o fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	w := test.NewTempWindow(t, o)
	w.SetPadded(false)
	for range 2 {
		w.Resize(fyne.NewSize(width-1, height))
		w.Resize(fyne.NewSize(width, height))
	}
	return w
}

func strike(o fyne.Focusable, keys ...fyne.KeyName) {
	for _, k := range keys {
		o.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func moveTo(o desktop.Hoverable, x, y float32) {
	o.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}})
}

// hostile are texts that nobody writes on purpose, and somebody's name will be.
var hostile = map[string]string{
	"empty":      "",
	"space":      "   ",
	"unbroken":   strings.Repeat("x", 10000),
	"words":      strings.Repeat("word ", 2000),
	"chinese":    strings.Repeat("验证失败，请检查配置。", 900),
	"thai":       strings.Repeat("เข้าสู่ระบบไม่สำเร็จ", 500),
	"arabic":     strings.Repeat("فشل تسجيل الدخول ", 300),
	"family":     strings.Repeat("👩‍👩‍👧‍👦🇯🇵👍🏽", 700),
	"marks":      "e" + strings.Repeat("\u0301", 10000),
	"lines":      strings.Repeat("line\n", 2000),
	"control":    "a\x00b\tc\r\nd\u2028e",
	"not UTF-8":  "\xff\xfe\xfa" + strings.Repeat("\x80", 1000),
	"url":        "https://provider.example.test/" + strings.Repeat("path-of-some-length/", 500),
	"percent":    "%s %d %!",
	"underscore": strings.Repeat("_", 3000),
}
