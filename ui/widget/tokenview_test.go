package widget

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func testToken(header, payload, signature int) TokenModel {
	return TokenModel{[]TokenSegment{
		{strings.Repeat("h", header), TokenHeader},
		{strings.Repeat("p", payload), TokenPayload},
		{strings.Repeat("s", signature), TokenSignature},
	}}
}

func flowText(f tokenFlow, columns int) string {
	var out strings.Builder
	for i := range f.rows(columns) {
		cells := 0
		for _, p := range f.row(i, columns) {
			out.WriteString(p.text)
			cells += p.cells
		}
		if cells > columns {
			return "a row is too wide"
		}
	}
	return out.String()
}

func TestFlowAddsUpToTheToken(t *testing.T) {
	for _, m := range []TokenModel{{}, testToken(0, 0, 0), testToken(10, 100, 33), {Segments: []TokenSegment{{"opaque", TokenOpaque}}}} {
		f := flowToken(m.Segments, 0)
		for _, columns := range []int{1, 7, 80, 1000} {
			if got := flowText(f, columns); got != m.text() {
				t.Errorf("%d columns: %q, want %q", columns, got, m.text())
			}
		}
	}
}

func TestCollapsedFlowKeepsToItsBudget(t *testing.T) {
	for _, m := range []TokenModel{
		testToken(100, 900, 300), testToken(5, 5000, 5), testToken(5000, 5, 5), testToken(1, 1, 5000),
		{Segments: []TokenSegment{{strings.Repeat("a", 80), TokenHeader}, {strings.Repeat("b", 300), TokenEncryptedKey}, {strings.Repeat("c", 16), TokenIV}, {strings.Repeat("d", 900), TokenCiphertext}, {strings.Repeat("e", 22), TokenTag}}},
		{Segments: []TokenSegment{{strings.Repeat("o", 9000), TokenOpaque}}},
	} {
		for _, budget := range []int{60, 100, 158} {
			f := flowToken(m.Segments, budget)
			text := flowText(f, 50)
			if f.total > budget || !strings.Contains(text, dataEllipsis) {
				t.Errorf("%d cells for a budget of %d: %s", f.total, budget, text)
			}
			if n := strings.Count(text, "."); n != len(m.Segments)-1 {
				t.Errorf("%d dots: %s", n, text)
			}
		}
	}
}

func TestTokenViewExpands(t *testing.T) {
	v := NewTokenView(TokenLabels{Expand: "More", Collapse: "Less"})
	dataWindow(t, v, 400, 300)
	v.Set(testToken(120, 400, 86))
	if v.body.length != 2 || !v.link.Visible() {
		t.Fatalf("%d rows", v.body.length)
	}
	collapsed := v.MinSize().Height
	expanded := false
	v.OnExpand = func(on bool) { expanded = on }
	test.Tap(v.link)
	if !v.Expanded() || !expanded || v.MinSize().Height <= collapsed || v.link.text.Text != "Less" {
		t.Error("not expanded")
	}
	if got := flowText(v.flow, v.columns); got != v.model.text() {
		t.Error("the expanded token is not whole")
	}
	press(v.body, fyne.KeyReturn)
	if v.Expanded() || v.MinSize().Height != collapsed {
		t.Error("not collapsed by the keyboard")
	}
	v.Set(testToken(3, 3, 3))
	if v.link.Visible() || v.body.length != 1 {
		t.Error("a short token has something to expand")
	}
}

func TestTokenViewFollowsItsWidth(t *testing.T) {
	v := NewTokenView(TokenLabels{Expand: "More", Collapse: "Less"})
	dataWindow(t, v, 700, 300)
	v.Set(testToken(120, 400, 86))
	v.SetExpanded(true)
	wide := v.body.length
	v.Resize(fyne.NewSize(300, 300))
	if v.body.length <= wide {
		t.Errorf("%d rows at 300, %d at 700", v.body.length, wide)
	}
	for _, o := range test.WidgetRenderer(v.body.content).Objects() {
		if o.Visible() && o.Position().X+o.Size().Width > v.body.Size().Width+1 {
			t.Errorf("a piece ends at %v of %v", o.Position().X+o.Size().Width, v.body.Size().Width)
		}
	}
}

func TestTokenViewOfAMegabyte(t *testing.T) {
	v := NewTokenView(TokenLabels{Expand: "More", Collapse: "Less"})
	dataWindow(t, v, 700, 300)
	v.Set(testToken(1000, 1<<20, 86))
	v.SetExpanded(true)
	v.Resize(v.MinSize().Max(fyne.NewSize(700, 0)))
	if n := len(v.body.content.live); n == 0 || n > 60 {
		t.Errorf("%d rows alive", n)
	}
	copied := ""
	v.OnCopy = func(s string) { copied = s }
	v.body.TypedShortcut(&fyne.ShortcutCopy{})
	if len(copied) != v.flow.total {
		t.Errorf("copied %d bytes of %d", len(copied), v.flow.total)
	}
}

func TestTokenViewSurvivesAwkwardTexts(t *testing.T) {
	v := NewTokenView(TokenLabels{Expand: "More", Collapse: "Less"})
	dataWindow(t, v, 400, 300)
	for _, text := range awkward {
		v.Set(TokenModel{[]TokenSegment{{text, TokenHeader}, {text, TokenPayload}, {text, TokenRole(99)}}})
		v.SetExpanded(!v.Expanded())
	}
	many := TokenModel{}
	for range 100 {
		many.Segments = append(many.Segments, TokenSegment{"x", TokenIV})
	}
	v.Set(many)
	v.Set(TokenModel{})
	if cleanToken("a\tb\x00c\u202e山") != `a\tb\x00c\u202e\u5c71` {
		t.Error(cleanToken("a\tb\x00c\u202e山"))
	}
}
