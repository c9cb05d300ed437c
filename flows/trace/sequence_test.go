package trace

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"signbench/flows/oauth"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// aSignIn is a run from discovery to user info; the browser is away for 90 seconds.
func aSignIn() []*Exchange {
	ms := time.Millisecond
	back := func(id int, step oauth.Step, at time.Duration, method, target string, resp *Response) *Exchange {
		return &Exchange{ID: id, Step: step, Channel: BackChannel, Attempt: 1, Started: noon.Add(at), Instants: Instants{Done: 40 * ms}, Request: Request{Method: method, URL: target}, Response: resp}
	}
	return []*Exchange{
		back(1, oauth.StepDiscovery, 0, "GET", "https://idp.example/.well-known/openid-configuration", &Response{Status: 200}),
		{ID: 2, Step: oauth.StepAuthorize, Channel: FrontChannel, Started: noon.Add(time.Second), Request: Request{Method: "GET", URL: "https://idp.example/auth?response_type=code&state=s1"}},
		{ID: 3, Step: oauth.StepCallback, Channel: FrontChannel, Started: noon.Add(91 * time.Second), Request: Request{Method: "GET", URL: "http://localhost:3000/callback?code=c&state=s1"}, Response: &Response{Status: 200}},
		back(4, oauth.StepToken, 92*time.Second, "POST", "https://idp.example/token", &Response{Status: 200}),
	}
}

func rows(msgs []Message) []string {
	var out []string
	for _, m := range msgs {
		row := fmt.Sprintf("%s>%s %s", m.From, m.To, m.Kind)
		for _, s := range []string{string(m.Code), m.Title, m.Caption} {
			if s != "" {
				row += " " + s
			}
		}
		if m.Failed {
			row += " FAILED"
		}
		if m.Inferred {
			row += " inferred"
		}
		out = append(out, row)
	}
	return out
}

func TestMessagesOfASignIn(t *testing.T) {
	msgs := Messages(aSignIn())
	want := []string{
		"signbench>provider request GET /.well-known/openid-configuration",
		"provider>signbench answer 200 OK",
		"signbench>browser open opened",
		"browser>provider request GET /auth response_type=code inferred",
		"browser>provider gap at_provider",
		"provider>browser redirect sent_back inferred",
		"browser>signbench callback GET /callback",
		"signbench>browser answer 200 OK",
		"signbench>provider request POST /token",
		"provider>signbench answer 200 OK",
	}
	if got := rows(msgs); !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if gap := msgs[4]; gap.Took != 90*time.Second || !gap.At.Equal(noon.Add(time.Second)) {
		t.Errorf("%+v", gap)
	}
	if answer := msgs[1]; answer.Took != 40*time.Millisecond || answer.Exchange != 1 || !answer.At.Equal(noon.Add(40*time.Millisecond)) {
		t.Errorf("%+v", answer)
	}
}

// Disarmed or not, the rows are the same: a state that was removed still compares.
func TestMessagesOfDisarmed(t *testing.T) {
	n := newNest()
	clean, _ := n.disarmAll()
	a, b := rows(Messages(n.exchanges)), rows(Messages(clean))
	for i := range a {
		if a[i] != b[i] && !strings.Contains(b[i], "removed") { // a path with a secret in it
			t.Errorf("%q, disarmed %q", a[i], b[i])
		}
	}
	if len(a) != len(b) {
		t.Errorf("%d rows, disarmed %d", len(a), len(b))
	}
}

func TestMessagesThatDoNotBelong(t *testing.T) {
	run := aSignIn()
	callback := func(id int, target string, status int) *Exchange {
		return &Exchange{ID: id, Step: oauth.StepCallback, Channel: FrontChannel, Started: noon.Add(time.Minute), Request: Request{Method: "GET", URL: target}, Response: &Response{Status: status}}
	}
	foreign := callback(10, "http://localhost:3000/callback?code=x&state=other", 400)
	knock := callback(11, "http://localhost:3000/favicon.ico", 404)
	late := callback(12, "http://localhost:3000/callback?error=access_denied&state=s1", 400)
	got := rows(Messages([]*Exchange{run[1], foreign, knock, run[2], late, nil}))
	want := []string{
		"signbench>browser open opened",
		"browser>provider request GET /auth response_type=code inferred",
		"browser>signbench callback foreign_state GET /callback FAILED",
		"signbench>browser answer 400 Bad Request FAILED",
		"browser>signbench callback knock GET /favicon.ico FAILED",
		"signbench>browser answer 404 Not Found FAILED",
		"browser>provider gap at_provider",
		"provider>browser redirect sent_back inferred",
		"browser>signbench callback GET /callback",
		"signbench>browser answer 200 OK",
		"browser>signbench callback late GET /callback access_denied FAILED",
		"signbench>browser answer 400 Bad Request FAILED",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestMessagesThatFail(t *testing.T) {
	at := func(id int, resp *Response, err error) *Exchange {
		return &Exchange{ID: id, Step: oauth.StepToken, Channel: BackChannel, Attempt: id, Request: Request{
			Method: "POST", URL: "https://idp.example", Body: form("grant_type", "refresh_token", "refresh_token", "r"),
		}, Response: resp, Err: err}
	}
	got := rows(Messages([]*Exchange{
		at(1, nil, &Failure{Class: ClassRefused}),
		at(2, &Response{Status: 401, Header: header("WWW-Authenticate", `Bearer realm="x", error="invalid_token", error_description="y"`)}, nil),
		at(3, &Response{Status: 400, Body: Body{Bytes: []byte(`{"error":"invalid_grant\n;#"}`)}}, nil),
		at(4, &Response{Status: 200, Body: Body{Err: io.ErrUnexpectedEOF}}, nil),
		at(5, &Response{Status: 302, Header: header("Location", "https://else.example/path?code=x")}, nil),
		at(6, &Response{}, nil),
		{ID: 7, Step: oauth.StepAuthorize, Channel: FrontChannel, Request: Request{Method: "GET", URL: "https://idp.example/auth"}},
	}))
	request := func(n int) string {
		out := "signbench>provider request POST / grant_type=refresh_token"
		if n > 1 {
			out += fmt.Sprintf(", attempt %d", n)
		}
		return out
	}
	want := []string{
		request(1), "provider>signbench lost no_answer refused FAILED",
		request(2), "provider>signbench answer 401 Unauthorized invalid_token FAILED",
		request(3), "provider>signbench answer 400 Bad Request invalid_grant ;# FAILED",
		request(4), "provider>signbench answer broken 200 OK eof FAILED",
		request(5), "provider>signbench answer 302 Found else.example/path",
		request(6), "provider>signbench lost no_answer FAILED",
		"signbench>browser open opened", "browser>provider request GET /auth inferred", "browser>provider gap waiting",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

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

// Every code has words to fall back on, and no two codes are the same.
func TestCodesAreWhole(t *testing.T) {
	for _, code := range MessageCodes() {
		if english[code] == "" {
			t.Errorf("%s has no words", code)
		}
	}
	if len(english) != len(MessageCodes()) {
		t.Error("words for codes that are none")
	}
	unique(t, Kinds())
	unique(t, Places())
	unique(t, Classes())
	unique(t, FactNames())
	unique(t, HARProblems())
	unique(t, PhaseKinds())
	for name, kind := range exactNames {
		if !slices.Contains(Kinds(), kind) {
			t.Errorf("%s is of the unknown kind %s", name, kind)
		}
		if plainName(name) != name {
			t.Errorf("%s is never found", name)
		}
	}
}

func unique[T ~string](t *testing.T, all []T) {
	t.Helper()
	sorted := slices.Sorted(slices.Values(all))
	if len(slices.Compact(sorted)) != len(all) {
		t.Errorf("one twice in %v", all)
	}
}

func manyExchanges(n int) []*Exchange {
	one := aSignIn()
	out := make([]*Exchange, 0, n)
	for i := range n {
		ex := *one[i%len(one)]
		ex.ID = i + 1
		out = append(out, &ex)
	}
	return out
}

func BenchmarkMessages5000(b *testing.B) {
	exchanges := manyExchanges(5000)
	b.ReportAllocs()
	for b.Loop() {
		if len(Messages(exchanges)) < 5000 {
			b.Fatal("rows are missing")
		}
	}
}

func BenchmarkSVG5000(b *testing.B) {
	msgs := Messages(manyExchanges(5000))
	b.ReportAllocs()
	for b.Loop() {
		if err := SVG(io.Discard, msgs, ActorLabels{}, ThemeDark); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMermaid5000(b *testing.B) {
	msgs := Messages(manyExchanges(5000))
	b.ReportAllocs()
	for b.Loop() {
		_ = Mermaid(msgs, ActorLabels{})
	}
}

// largeRun is a run of 50 MB, as WriteHAR gets it.
func largeRun() []*Exchange {
	body := []byte(strings.Repeat(`{"name":"a value of the provider's, \"quoted\"","n":12345},`, 20_000))[:1<<20]
	var out []*Exchange
	for i := range 50 {
		ex := *recorded()[0]
		ex.ID = i + 1
		ex.Response = &Response{Status: 200, Header: header("Content-Type", jsonType), Body: Body{Bytes: body, Size: 1 << 20}}
		out = append(out, &ex)
	}
	return out
}

func BenchmarkWriteHAR50MB(b *testing.B) {
	exchanges := largeRun()
	b.SetBytes(50 << 20)
	b.ReportAllocs()
	for b.Loop() {
		if err := WriteHAR(io.Discard, HARMeta{}, exchanges); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadHAR50MB(b *testing.B) {
	var har strings.Builder
	run := largeRun()
	run[0].Request.URL += "?code=c&state=s"
	if err := WriteHAR(&har, HARMeta{}, run); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(har.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := ReadHAR(strings.NewReader(har.String()), HARLimits{}); err != nil {
			b.Fatal(err)
		}
	}
}

// heapWatch looks at what is alive while somebody writes.
type heapWatch struct {
	most    uint64
	written int
}

func (w *heapWatch) Write(p []byte) (int, error) {
	if w.written += len(p); w.written > 12<<20 {
		w.written = 0
		runtime.GC()
		var now runtime.MemStats
		runtime.ReadMemStats(&now)
		w.most = max(w.most, now.HeapAlloc)
	}
	return len(p), nil
}

func TestLargeRunIsNotHeldTwice(t *testing.T) {
	exchanges := largeRun()
	var before runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	most := &heapWatch{}
	if err := WriteHAR(most, HARMeta{}, exchanges); err != nil {
		t.Fatal(err)
	}
	if held := most.most - min(most.most, before.HeapAlloc); held > 25<<20 {
		t.Errorf("%d MB were held to write a run of 50 MB", held>>20)
	}
	if !reflect.DeepEqual(exchanges, largeRun()) {
		t.Error("writing changed the run")
	}
}
