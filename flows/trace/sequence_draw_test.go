package trace

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

// hostileMessages hold everything that means something to Mermaid, XML or HTML.
func hostileMessages() []Message {
	var out []Message
	for _, text := range []string{
		"a;b", "a#b", "#35;", "line\nline", "</svg><script>alert(1)</script>", "&amp; & <b>", "end", "%%{init: {}}%%", "$$x$$",
		"wrap: x", "nowrap:x", "note over", "-->>", "\x00\x01\x1b[0m", "\xff\xfe", "\u2028", "", "日本語の長い題名がここに入ります、とても長い題名です", "a]]>b", `"quoted" 'text'`, strings.Repeat("long ", 100),
		"participant", "alt", "browser->>provider: x", "`code`", "\\n", "{}", "+", "- -", ":", "title: x", "autonumber", "loop",
	} {
		out = append(out,
			Message{From: Browser, To: Provider, Kind: MessageRequest, Title: text, Caption: text},
			Message{From: Provider, To: Browser, Kind: MessageAnswer, Title: text, Failed: true},
			Message{From: Browser, To: Browser, Kind: MessageRequest, Title: text},
			Message{From: Browser, To: Upstream, Kind: MessageGap, Title: text, Took: time.Minute})
	}
	return out
}

func TestMermaidStaysInItsLines(t *testing.T) {
	msgs := hostileMessages()
	labels := ActorLabels{Browser: "A;B\nend", Signbench: "#", Provider: "<b>", Upstream: " "}
	lines := strings.Split(strings.TrimSuffix(Mermaid(msgs, labels), "\n"), "\n")
	if len(lines) != 1+4+len(msgs) {
		t.Fatalf("%d lines for %d messages", len(lines), len(msgs))
	}
	for _, line := range lines[5:] {
		_, text, ok := strings.Cut(line, ": ")
		if !ok || strings.TrimSpace(text) == "" {
			t.Errorf("no text in %q", line)
		}
		text = strings.TrimSpace(text)
		for i := 0; i < len(text); i++ {
			switch text[i] {
			case '#': // begins an entity, which a semicolon ends
				end := strings.IndexByte(text[i:], ';')
				if end < 2 || strings.Trim(text[i+1:i+end], "0123456789") != "" {
					t.Fatalf("%q", line)
				}
				i += end
			case ';', '<', '>', '&', '%', '"', '`', '\\', '{', '}', '$':
				t.Fatalf("%q is bare in %q", text[i], line)
			}
		}
	}
}

func TestMermaidSaysTheSame(t *testing.T) {
	got := Mermaid(Messages(aSignIn()), ActorLabels{Provider: "Logto", Words: map[MessageCode]string{CodeAtProvider: "Anmeldung"}})
	for _, want := range []string{
		"sequenceDiagram\n    participant browser as Browser\n    participant signbench as Signbench\n    participant provider as Logto\n",
		"    browser-->>provider: GET /auth (inferred · response_type=code)\n",
		"    Note over browser,provider: Anmeldung (90.0 s)\n",
		"    provider-->>signbench: 200 OK (40 ms)\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestSVGIsXML(t *testing.T) {
	for _, theme := range []Theme{ThemeLight, ThemeDark, "sepia"} {
		for name, msgs := range map[string][]Message{"hostile": hostileMessages(), "empty": nil, "sign-in": Messages(aSignIn())} {
			var b strings.Builder
			if err := SVG(&b, msgs, ActorLabels{Browser: "<&\x00"}, theme); err != nil {
				t.Fatal(err)
			}
			decoder := xml.NewDecoder(strings.NewReader(b.String()))
			elements, texts := map[string]int{}, 0
			for {
				token, err := decoder.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				switch token := token.(type) {
				case xml.StartElement:
					elements[token.Name.Local]++
				case xml.CharData:
					texts += len(token)
				}
			}
			if elements["script"] > 0 || elements["svg"] != 1 || elements["g"] != len(msgs) || texts == 0 {
				t.Errorf("%s: %v", name, elements)
			}
		}
	}
}

// Colour is not the only sign: the drawing without its colours still tells a
// failure from a success, and what was seen from what was not.
func TestSVGTellsByShape(t *testing.T) {
	draw := func(m Message) string {
		m.From, m.To, m.Title = Signbench, Provider, "x"
		var b strings.Builder
		if err := SVG(&b, []Message{m}, ActorLabels{}, ThemeLight); err != nil {
			t.Fatal(err)
		}
		_, drawn, _ := strings.Cut(b.String(), "<g>")
		return strings.NewReplacer(" x\"", "\"", " f\"", "\"").Replace(drawn) // the classes that only colour
	}
	seen := map[string]string{}
	for name, m := range map[string]Message{
		"request": {Kind: MessageRequest}, "failed": {Kind: MessageRequest, Failed: true}, "answer": {Kind: MessageAnswer},
		"failed answer": {Kind: MessageAnswer, Failed: true}, "lost": {Kind: MessageLost, Failed: true}, "gap": {Kind: MessageGap},
	} {
		drawn := draw(m)
		if other, ok := seen[drawn]; ok {
			t.Errorf("%s and %s look the same", name, other)
		}
		seen[drawn] = name
	}
}

func TestLengths(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "", -1: "", 400 * time.Nanosecond: "0 µs", 12 * time.Microsecond: "12 µs", 340 * time.Millisecond: "340 ms",
		1234 * time.Millisecond: "1.23 s", 90 * time.Second: "90.0 s", 3 * time.Minute: "3m0s",
	} {
		if got := length(d); got != want {
			t.Errorf("%v: %q", d, got)
		}
	}
}
