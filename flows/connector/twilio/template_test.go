package twilio_test

import (
	"slices"
	"strings"
	"testing"

	"signbench/flows/connector"
	"signbench/flows/connector/twilio"
)

func TestSegments(t *testing.T) {
	x := strings.Repeat
	for _, c := range []struct {
		text     string
		encoding twilio.Encoding
		units    int
		segments int
		forced   rune
		place    int
	}{
		{"", twilio.GSM7, 0, 0, 0, 0},
		{"Your code is 123456.", twilio.GSM7, 20, 1, 0, 0},
		{x("a", 160), twilio.GSM7, 160, 1, 0, 0},
		{x("a", 161), twilio.GSM7, 161, 2, 0, 0},
		{x("a", 306), twilio.GSM7, 306, 2, 0, 0},
		{x("a", 307), twilio.GSM7, 307, 3, 0, 0},
		{"@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\n", twilio.GSM7, 43, 1, 0, 0},
		{"^{}\\[~]|€\f", twilio.GSM7, 20, 1, 0, 0},
		{x("€", 80), twilio.GSM7, 160, 1, 0, 0},
		{x("€", 81), twilio.GSM7, 162, 2, 0, 0},
		{x("a", 152) + "€" + x("a", 151), twilio.GSM7, 305, 2, 0, 0}, // the escape moves on with its character
		{x("a", 152) + "€" + x("a", 152), twilio.GSM7, 306, 3, 0, 0},
		{"ç", twilio.UCS2, 1, 1, 'ç', 1}, // only Ç is in GSM-7
		{"Don’t", twilio.UCS2, 5, 1, '’', 4},
		{x("あ", 70), twilio.UCS2, 70, 1, 'あ', 1},
		{x("あ", 71), twilio.UCS2, 71, 2, 'あ', 1},
		{x("あ", 134), twilio.UCS2, 134, 2, 'あ', 1},
		{x("あ", 135), twilio.UCS2, 135, 3, 'あ', 1},
		{x("😀", 35), twilio.UCS2, 70, 1, '😀', 1},
		{x("😀", 36), twilio.UCS2, 72, 2, '😀', 1},
		{x("😀", 67), twilio.UCS2, 134, 3, '😀', 1}, // 33 to a segment: a pair is not torn
		{"a\xff", twilio.UCS2, 2, 1, '\uFFFD', 2},
	} {
		if got := twilio.Segments(c.text); got != (twilio.Size{Encoding: c.encoding, Units: c.units, Segments: c.segments, Forced: c.forced, Place: c.place}) {
			t.Errorf("%.20q: %+v", c.text, got)
		}
	}
}

func TestRenderAsLogtoDoes(t *testing.T) {
	data := map[string]any{
		"code": "123456", "application": map[string]any{"name": "Logto", "empty": nil}, "list": []any{"a", nil, 1.5}, "yes": true,
	}
	for template, want := range map[string]string{
		"Code {{code}}.":                  "Code 123456.",
		"{{ code }} {{\u00a0code\n}}":     "123456 123456",
		"{{code}}{{code}}":                "123456123456",
		"{{Code}} {{locale}}":             "{{Code}} {{locale}}",
		"{{user.name}}":                   "{{user.name}}",
		"{{application.name}}":            "Logto",
		"{{application.url}}|":            "|",
		"{{application.empty}}|":          "|",
		"{{application}}":                 "[object Object]",
		"{{code.length}}|":                "|",
		"{{list}} {{yes}}":                "a,,1.5 true",
		"{{.code}} {{}} {{co-de}} {code}": "{{.code}} {{}} {{co-de}} {code}",
		"{{{code}}}":                      "{123456}",
		"$& {{code}} $1":                  "$& 123456 $1",
	} {
		if got := twilio.Render(template, data); got != want {
			t.Errorf("%q: %q, want %q", template, got, want)
		}
	}
}

func TestMessagesFallBackToGeneric(t *testing.T) {
	c, err := connector.Parse(connector.Twilio, []byte(`{"templates":[
		{"usageType":"SignIn","content":"In {{code}} {{ user.name }}"},{"usageType":"SignIn","content":"never"},
		{"usageType":"OrganizationInvitation","content":"Join {{link}}"},
		{"usageType":"Own","content":"no code"},{"usageType":"Generic","content":"Code {{code}} ☂"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]twilio.Rendered{}
	for _, m := range twilio.Messages(c) {
		got[m.UsageType] = m
	}
	if len(got) != len(connector.UsageTypes())+1 {
		t.Errorf("%d", len(got))
	}
	if m := got["SignIn"]; m.From != "SignIn" || m.Text != "In 000000 {{ user.name }}" || !slices.Equal(m.Left, []string{"{{ user.name }}"}) || !m.HasCode {
		t.Errorf("%+v", m)
	}
	if m := got["Register"]; m.From != "Generic" || m.Size.Forced != '☂' || m.Size.Segments != 1 {
		t.Errorf("%+v", m)
	}
	if m := got["OrganizationInvitation"]; m.Text != "Join https://example.com/invitation" || !m.HasCode || m.Left != nil {
		t.Errorf("%+v", m)
	}
	if m := got["Own"]; m.HasCode || m.From != "Own" {
		t.Errorf("%+v", m)
	}
	if m := twilio.Message(connector.NewConfig(connector.Twilio), "SignIn"); m.From != "" || m.Text != "" {
		t.Errorf("%+v", m)
	}
}

// Whatever a template holds, its size adds up, and filling it in a second time
// changes nothing that the first time left.
func FuzzTemplates(f *testing.F) {
	for _, seed := range []string{"", "Code {{code}}", "{{{{code}}}}", "{{ code\u00a0}} €", strings.Repeat("€", 77) + "あ😀\xff", "{{code.a.b}}{{x}}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, template string) {
		text := twilio.Render(template, map[string]any{"code": "000000"})
		if again := twilio.Render(text, map[string]any{}); again != text {
			t.Errorf("%q became %q", text, again)
		}
		size := twilio.Segments(text)
		alone, beside := 160, 153
		if size.Encoding == twilio.UCS2 {
			alone, beside = 70, 67
		}
		switch {
		case size.Units <= alone && size.Segments > 1, (size.Units == 0) != (size.Segments == 0):
			t.Errorf("%+v", size)
		case size.Units > alone && (size.Segments*beside < size.Units || (size.Segments-1)*(beside-1) >= size.Units):
			t.Errorf("%+v", size)
		case (size.Place != 0) != (size.Encoding == twilio.UCS2) || size.Units < len([]rune(text)):
			t.Errorf("%q: %+v", text, size)
		}
	})
}
