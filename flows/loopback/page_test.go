package loopback

import (
	"bytes"
	"html"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
)

func TestEveryPageHasItsSentences(t *testing.T) {
	texts := sentences(t)
	asked := map[string]bool{}
	pages, err := NewPages(os.DirFS("../../assets"), func(key string, _ map[string]string) string {
		asked[key] = true
		if texts[key] == "" {
			t.Errorf("no sentence for %s", key)
		}
		return texts[key]
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, outcome := range Outcomes {
		var b bytes.Buffer
		if err := pages.Render(&b, Page{Outcome: outcome, Error: "e", ErrorDescription: "d", Nonce: "n"}); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{".title", ".message"} {
			if !strings.Contains(html.UnescapeString(b.String()), texts["page."+string(outcome)+key]) {
				t.Errorf("%s does not show its %s", outcome, key)
			}
		}
	}
	for key, text := range texts {
		if !asked[key] {
			t.Errorf("%s is on no page", key)
		}
		if strings.Contains(text, "!") {
			t.Errorf("%s exclaims", key)
		}
	}
}

// TestTemplatesHoldNoSentences renders every page with empty texts: whatever
// words are left would stand in the template, and never be translated.
func TestTemplatesHoldNoSentences(t *testing.T) {
	pages, err := NewPages(os.DirFS("../../assets"), func(string, map[string]string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`(?s)<(style|script)[^>]*>.*?</(style|script)>|<[^>]*>`)
	for _, outcome := range Outcomes {
		var b bytes.Buffer
		if err := pages.Render(&b, Page{Outcome: outcome}); err != nil {
			t.Fatal(err)
		}
		if left := code.ReplaceAllString(b.String(), ""); strings.ContainsFunc(left, unicode.IsLetter) {
			t.Errorf("%s says %q by itself", outcome, strings.TrimSpace(left))
		}
		if regexp.MustCompile(`(?i)https?:|url\(|@import|\son\w+=|\sstyle=`).MatchString(b.String()) {
			t.Errorf("%s reaches outside, or has a style or handler that the policy forbids", outcome)
		}
	}
}

func TestPagesNeedTheirTemplates(t *testing.T) {
	if _, err := NewPages(fstest.MapFS{}, nil); err == nil {
		t.Error("no error without templates")
	}
}

func TestTranslatedTextIsEscaped(t *testing.T) {
	pages, err := NewPages(os.DirFS("../../assets"), func(string, map[string]string) string { return "<b>サインイン</b>" })
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := pages.Render(&b, Page{Outcome: PageSignedIn}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "<b>") || !strings.Contains(b.String(), "サインイン") {
		t.Errorf("got %s", b.String())
	}
}

func TestShown(t *testing.T) {
	for in, want := range map[string]string{
		"plain words":                     "plain words",
		"two\r\nlines\ttab":               "two  lines tab",
		"nul\x00 and \u202ereversed":      "nul and reversed",
		"bad \xff utf-8":                  "bad \uFFFD utf-8",
		"ผู้ใช้ปฏิเสธ 拒否":                 "ผู้ใช้ปฏิเสธ 拒否",
		strings.Repeat("長", 600):          strings.Repeat("長", 500) + "…",
		strings.Repeat("x", longestShown): strings.Repeat("x", longestShown),
	} {
		if got := shown(in); got != want {
			t.Errorf("shown(%.30q) = %.40q", in, got)
		}
	}
}

func TestBrokenPagesDoNotLoseTheAnswer(t *testing.T) {
	pages, err := NewPages(fstest.MapFS{
		"pages/callback.html": {Data: []byte("half{{.NoSuchField}}")},
		"pages/relay.html":    {Data: []byte("")},
	}, func(string, map[string]string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	for _, broken := range []Pages{pages, nil} {
		l := start(t, func(c *Config) { c.Pages = broken })
		r := get(t, l.RedirectURI()+"?code=c&state="+testState)
		if cb := next(t, l); cb.Kind != Accepted || r.status != 200 || r.body != "" {
			t.Errorf("got %s, answered %d %q", cb.Kind, r.status, r.body)
		}
	}
}
