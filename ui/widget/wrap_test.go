package widget

import (
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

func TestWrapKeepsTheWidthAndTheText(t *testing.T) {
	bench(t)
	f := face{13, fyne.TextStyle{}}
	for name, text := range hostile {
		if name == "not UTF-8" || name == "control" || name == "marks" {
			continue // not kept letter by letter
		}
		text = string([]rune(text)[:min(300, utf8.RuneCountInString(text))])
		for _, width := range []float32{60, 203.5, 600} {
			lines := f.wrap(text, width, 1000)
			for _, l := range lines {
				if w := f.width(l); w > width+0.5 {
					t.Errorf("%s: %q is %.1f wide, more than %.1f", name, l, w, width)
				}
			}
			squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
			if got := squeeze(strings.Join(lines, "")); got != squeeze(text) {
				t.Errorf("%s at %.0f: text was lost:\n%q\n%q", name, width, got, text)
			}
		}
	}
}

func TestWrapBreaksWhereAReaderWould(t *testing.T) {
	bench(t)
	f := face{13, fyne.TextStyle{}}
	tests := []struct {
		name, text, like string
		never            []string // no line begins with one of these
	}{
		{"between words", "the client secret is wrong", "the client secret", []string{" "}},
		{"no line begins with Japanese punctuation", "これは、日本語の、文章です。改行、位置を、決めます。", "これは、日本", []string{"、", "。"}},
		{"no line begins with a Thai vowel that follows", "เข้าสู่ระบบไม่สำเร็จกรุณาลองใหม่อีกครั้ง", "เข้าสู่ระ", []string{"ะ", "า", "ำ", "็", "่"}},
		{"a URL after its punctuation", "https://login.example.test/oidc/auth/interaction", "https://login.example.", nil},
	}
	for _, tt := range tests {
		lines := f.wrap(tt.text, f.width(tt.like)+2, 100)
		if len(lines) < 2 {
			t.Errorf("%s: not wrapped: %q", tt.name, lines)
		}
		for _, l := range lines {
			for _, bad := range tt.never {
				if strings.HasPrefix(l, bad) {
					t.Errorf("%s: a line begins with %q: %q", tt.name, bad, lines)
				}
			}
		}
	}
	if got := f.wrap("https://login.example.test/oidc/auth", f.width("https://login.example.test/oi"), 9)[0]; got != "https://login.example.test/" {
		t.Errorf("the first line of a URL is %q", got)
	}
}

func TestWrapEndsWithAnEllipsis(t *testing.T) {
	bench(t)
	f := face{13, fyne.TextStyle{}}
	for _, text := range []string{strings.Repeat("word ", 500), strings.Repeat("x", 5000), strings.Repeat("界", 900)} {
		lines := f.wrap(text, 200, 3)
		if len(lines) != 3 || !strings.HasSuffix(lines[2], "…") {
			t.Errorf("got %d lines, the last %q", len(lines), lines[len(lines)-1])
		}
		if w := f.width(lines[2]); w > 200.5 {
			t.Errorf("the last line is %.1f wide", w)
		}
	}
}

func TestElide(t *testing.T) {
	bench(t)
	f := face{13, fyne.TextStyle{}}
	if got := f.elide("short", 200); got != "short" {
		t.Errorf("what fits is shown: %q", got)
	}
	if got := f.elide("short", f.width("short")); got != "short" {
		t.Errorf("what just fits is shown: %q", got)
	}
	for name, text := range hostile {
		for _, width := range []float32{-1, 0, 5, 50, 333} {
			got := f.elide(oneLine(text), width)
			if w := f.width(got); w > max(width, 0)+0.5 {
				t.Errorf("%s at %.0f: %q is %.1f wide", name, width, got, w)
			}
		}
	}
}

func TestClustersStayWhole(t *testing.T) {
	for s, want := range map[string]string{
		"👩‍👩‍👧‍👦x":       "👩‍👩‍👧‍👦",
		"🇯🇵🇩🇪":           "🇯🇵",
		"👍🏽!":            "👍🏽",
		"e\u0301a":       "e\u0301",
		"กิน":            "กิ",
		"ab":             "a",
		"\xffa":          "\xff",
		"山":              "山",
		"\u0915\u093fx":  "\u0915\u093f",
		"\u2764\ufe0fab": "\u2764\ufe0f",
	} {
		if got := s[:nextCluster(s)]; got != want {
			t.Errorf("first of %q is %q, want %q", s, got, want)
		}
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"Demo tenant": "Dt", "acme": "ac", "a": "a", "": "–", "山田 太郎": "山太", "本番環境": "本", "my-app_dev": "ma", "👩‍👩‍👧‍👦": "👩‍👩‍👧‍👦",
	} {
		if got := initials(name); got != want {
			t.Errorf("initials of %q are %q, want %q", name, got, want)
		}
	}
}
