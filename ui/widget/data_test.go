package widget

import (
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"signbench/ui/theme"
)

// dataBench opens an app with the bench's theme.
func dataBench(t testing.TB) {
	a := test.NewApp()
	a.Settings().SetTheme(theme.New(theme.Light))
	t.Cleanup(a.Quit)
}

// dataWindow shows an object alone in a window of a size.
func dataWindow(t testing.TB, o fyne.CanvasObject, width, height float32) fyne.Window {
	dataBench(t)
	w := test.NewWindow(o)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	t.Cleanup(w.Close)
	return w
}

func press(rows *dataRows, keys ...fyne.KeyName) {
	for _, k := range keys {
		rows.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// awkward are texts that widgets have died of.
var awkward = []string{
	"", " ", "\n", "\r\n", "\r", "\x00", "\xff\xfe", "a\xc3", "…",
	"山田 太郎", "สมชาย ใจดี", "เก้าอี้น้ำ", "김철수", "محمد بن عبد الله", "👩‍👩‍👧‍👦👍🏽🇯🇵🇹🇭",
	"\u202eevil\u202c", "e\u0301\u0301\u0301", strings.Repeat("\u0301", 500),
	strings.Repeat("x", 1<<20), strings.Repeat("山", 5000), strings.Repeat("\n", 5000), strings.Repeat("ก็", 4000),
}

func TestFitIsNoWiderThanAsked(t *testing.T) {
	dataBench(t)
	face := dataMono()
	for _, text := range awkward {
		for _, width := range []float32{0, 5, 40, 400} {
			shown, cut := face.fit(text, width)
			got := min(face.width(shown), fyne.MeasureText(shown, face.size, face.style).Width)
			if got > width+0.5 {
				t.Errorf("fit(%.20q, %v) is %v wide", text, width, got)
			}
			if !utf8.ValidString(shown) || strings.ContainsAny(shown, "\n\r\x00") {
				t.Errorf("fit(%.20q, %v) cannot be drawn: %q", text, width, shown)
			}
			if cut && width >= 40 && !strings.HasSuffix(shown, dataEllipsis) {
				t.Errorf("fit(%.20q, %v) = %q does not say that it was cut", text, width, shown)
			}
		}
	}
}

func TestFitNeverSplitsAMarkFromItsBase(t *testing.T) {
	dataBench(t)
	face := dataFaceFor(textSize(), fyne.TextStyle{})
	text := strings.Repeat("ที่เก้าน้ำ", 20)
	for width := float32(20); width < 300; width++ {
		shown, cut := face.fit(text, width)
		if !cut {
			continue
		}
		kept := strings.TrimSuffix(shown, dataEllipsis)
		next, _ := utf8.DecodeRuneInString(text[len(kept):])
		last, _ := utf8.DecodeLastRuneInString(kept)
		if kept != "" && dataJoins(last, next) {
			t.Fatalf("cut between %q and %q", last, next)
		}
	}
}

func TestWrapKeepsEveryCharacter(t *testing.T) {
	dataBench(t)
	for _, face := range []*dataFace{dataMono(), dataFaceFor(textSize(), fyne.TextStyle{})} {
		for _, text := range []string{"one two three four five", strings.Repeat("x", 999), "สมชาย ใจดี ผู้ใช้งานระบบ", "山田太郎山田太郎山田太郎", "a\nb\n\nc"} {
			lines, whole := face.wrap(text, 60, 1000)
			if got := strings.Join(lines, ""); !whole || got != strings.ReplaceAll(text, "\n", "") {
				t.Errorf("wrap(%.20q) = %q", text, got)
			}
			for _, line := range lines {
				if face.width(strings.TrimRight(line, " ")) > 60 {
					t.Errorf("wrap(%.20q) has the wide line %q", text, line)
				}
			}
		}
	}
	if lines, whole := dataMono().wrap(strings.Repeat("x", 1<<20), 60, 5); len(lines) != 5 || whole {
		t.Errorf("wrap did not stop: %d lines", len(lines))
	}
}
