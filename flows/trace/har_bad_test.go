package trace

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
)

const callbackEntry = `{"startedDateTime":"2026-03-01T12:00:00Z","request":{"method":"GET","url":"http://localhost/cb?code=c&state=s"},"response":{"status":200}}`

func TestHARProblems(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		limits HARLimits
		want   HARProblem
		params string
	}{
		"empty":             {"", HARLimits{}, HARNotJSON, "map[Offset:0]"},
		"a page":            {"<html>", HARLimits{}, HARNotJSON, "map[Offset:0]"},
		"an image":          {"\x89PNG\r\n\x1a\n", HARLimits{}, HARNotJSON, "map[Offset:0]"},
		"cut off":           {`{"log":{"version":"1.2","entries":[{"request":{"meth`, HARLimits{}, HARNotJSON, ""},
		"cut off early":     {`{"lo`, HARLimits{}, HARNotJSON, ""},
		"a list":            {`[{"log":{}}]`, HARLimits{}, HARNotHAR, "map[]"},
		"a word":            {`"log"`, HARLimits{}, HARNotHAR, "map[]"},
		"an object":         {`{"a":[1,{"b":2}]}`, HARLimits{}, HARNotHAR, "map[]"},
		"a log of trees":    {`{"log":"oak"}`, HARLimits{}, HARNotHAR, "map[]"},
		"no entries":        {`{"log":{"version":"1.2"}}`, HARLimits{}, HARNotHAR, "map[]"},
		"entries no list":   {`{"log":{"version":"1.2","entries":{}}}`, HARLimits{}, HARNotHAR, "map[]"},
		"newer":             {`{"log":{"version":"2.0","entries":[` + callbackEntry + `]}}`, HARLimits{}, HARNewerVersion, "map[Version:2.0]"},
		"a little newer":    {`{"log":{"entries":[` + callbackEntry + `],"version":1.3}}`, HARLimits{}, HARNewerVersion, "map[Version:1.3]"},
		"nothing in it":     {`{"log":{"version":"1.2","entries":[]}}`, HARLimits{}, HARNoSignIn, "map[Entries:0]"},
		"no sign-in in it":  {`{"log":{"version":"1.2","entries":[{"request":{"method":"GET","url":"https://news.example/?state=CA"},"response":{"status":200}},7]}}`, HARLimits{}, HARNoSignIn, "map[Entries:2]"},
		"too large":         {`{"log":{"version":"1.2","entries":[` + callbackEntry + `]}}`, HARLimits{Bytes: 60}, HARTooLarge, "map[Limit:60]"},
		"too large entry":   {`{"log":{"version":"1.2","entries":[` + callbackEntry + `]}}`, HARLimits{Entry: 40}, HARTooLarge, "map[Limit:40]"},
		"an endless number": {`{"log":{"version":` + strings.Repeat("1", 1000) + `}}`, HARLimits{Entry: 500}, HARTooLarge, "map[Limit:500]"},
		"too deep":          {`{"log":{"x":` + strings.Repeat("[", 100_000) + `}}`, HARLimits{}, HARNotJSON, ""},
	} {
		t.Run(name, func(t *testing.T) {
			exchanges, _, err := ReadHAR(strings.NewReader(c.text), c.limits)
			var problem *HARError
			if !errors.As(err, &problem) || problem.Problem != c.want || exchanges != nil {
				t.Fatalf("%v, want %s", err, c.want)
			}
			if c.params != "" && fmt.Sprint(problem.Params) != c.params {
				t.Errorf("%v, want %s", problem.Params, c.params)
			}
			if problem.Error() == "" {
				t.Error("no words")
			}
		})
	}
	_, _, err := ReadHAR(iotest.ErrReader(errors.New("unplugged")), HARLimits{})
	var problem *HARError
	if !errors.As(err, &problem) || problem.Problem != HARUnreadable || !strings.Contains(err.Error(), "unplugged") {
		t.Errorf("%v", err)
	}
}

// What is exactly as large as the limit is not too large, however it arrives.
func TestHARLimitIsExact(t *testing.T) {
	text := `{"log":{"version":"1.2","entries":[` + callbackEntry + `]}}`
	for _, r := range []func() io.Reader{
		func() io.Reader { return strings.NewReader(text) },
		func() io.Reader { return iotest.OneByteReader(strings.NewReader(text)) },
		func() io.Reader { return iotest.DataErrReader(strings.NewReader(text)) },
	} {
		if _, _, err := ReadHAR(r(), HARLimits{Bytes: int64(len(text))}); err != nil {
			t.Error(err)
		}
		if _, _, err := ReadHAR(r(), HARLimits{Bytes: int64(len(text)) - 1}); err == nil {
			t.Error("no error for one byte too much")
		}
	}
}

func TestHARInUTF16(t *testing.T) {
	text := `{"log":{"version":"1.2","creator":{"name":"Ünïcode 𝄞","version":""},"entries":[` + callbackEntry + `]}}`
	for mark, order := range map[string][2]int{"\xff\xfe": {0, 8}, "\xfe\xff": {8, 0}} {
		encoded := []byte(mark)
		for _, unit := range utf16.Encode([]rune(text)) {
			encoded = append(encoded, byte(unit>>order[0]), byte(unit>>order[1]))
		}
		exchanges, info, err := ReadHAR(strings.NewReader(string(encoded)), HARLimits{})
		if err != nil || len(exchanges) != 1 || info.Creator != "Ünïcode 𝄞" {
			t.Errorf("%v %+v", err, info)
		}
	}
}

// endless is a text in the middle of which stands a very long one, made while it
// is read.
type endless struct {
	head, fill, tail string
	left             int
}

func (e *endless) Read(p []byte) (int, error) {
	switch {
	case e.head != "":
		n := copy(p, e.head)
		e.head = e.head[n:]
		return n, nil
	case e.left > 0:
		n := 0
		for n+len(e.fill) <= len(p) && e.left >= len(e.fill) {
			n += copy(p[n:], e.fill)
			e.left -= len(e.fill)
		}
		if n > 0 {
			return n, nil
		}
		e.left = 0
		return e.Read(p)
	case e.tail != "":
		n := copy(p, e.tail)
		e.tail = e.tail[n:]
		return n, nil
	}
	return 0, io.EOF
}

// A recording with a film in it costs little more than one without.
func TestHARHoldsLittle(t *testing.T) {
	const film, text = 12 << 20, 64 << 10
	for _, fill := range []string{"YWJj", `\u00e9`, `\\`, "é"} {
		r := &endless{
			head: `{"log":{"version":"1.2","entries":[` + callbackEntry + `,{"request":{"method":"GET","url":"https://x/","headers":[]},"response":{"status":200,"headers":[],"content":{"size":12582912,"mimeType":"text/plain","text":"`,
			fill: fill, left: film, tail: `"}}}]}}`,
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		exchanges, info, err := ReadHAR(r, HARLimits{Text: text})
		runtime.ReadMemStats(&after)
		if err != nil || len(exchanges) != 2 || info.Cut != 1 {
			t.Fatalf("%q: %v %+v", fill, err, info)
		}
		body := exchanges[1].Response.Body
		if !body.Truncated || body.Size != film || len(body.Bytes) == 0 || len(body.Bytes) > 3*text { // an escape counts as one
			t.Errorf("%q: %d of %d bytes, truncated %v", fill, len(body.Bytes), body.Size, body.Truncated)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20 {
			t.Errorf("%q: %d KB were allocated", fill, used>>10)
		}
	}
}

func TestHARWithOddMessages(t *testing.T) {
	var headers strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&headers, `,{"name":"X-%d","value":"v"}`, i)
	}
	text := `{"log":{"entries":[{"request":{"method":"post","url":"https://idp/token","headers":[{"name":"a\nb","value":null}` + headers.String() + `],"postData":{"text":"grant_type=refresh_token&x=` +
		strings.Repeat("y", 10<<20) + `"}},"response":{"status":99999,"headers":[{"name":"","value":""}],"content":{"text":"\ud800\u0000 ` + "\xff" + `","encoding":"rot13","size":-5}}}]}}`
	exchanges, info, err := ReadHAR(strings.NewReader(text), HARLimits{})
	if err != nil || len(exchanges) != 1 {
		t.Fatalf("%v %+v", err, info)
	}
	ex := exchanges[0]
	if ex.Step != "" && ex.Step != "refresh" || len(ex.Request.Header) < 10_000 || !ex.Request.Body.Truncated || len(ex.Request.Body.Bytes) != BodyCap || ex.Response.Status != 999 {
		t.Errorf("%s, %d headers, %d bytes, status %d", ex.Step, len(ex.Request.Header), len(ex.Request.Body.Bytes), ex.Response.Status)
	}
	d := NewDisarmer("y-secret")
	d.Exchange(ex)
	_ = Curl(ex, CurlOptions{})
	FactsIn(ex, exchanges)
	Messages(exchanges)
}

func TestHARKeepsBodiesWithinTheLimit(t *testing.T) {
	entry := `{"request":{"method":"GET","url":"http://localhost/cb?code=c&state=s"},"response":{"status":200,"content":{"text":"` + strings.Repeat("x", 1000) + `"}}}`
	text := `{"log":{"entries":[` + entry + strings.Repeat(","+entry, 9) + `]}}`
	exchanges, info, err := ReadHAR(strings.NewReader(text), HARLimits{Bodies: 3500, Entries: 8})
	if err != nil || len(exchanges) != 8 || info.Cut != 5 || info.Skipped != 2 {
		t.Fatalf("%v %+v", err, info)
	}
	if b := exchanges[7].Response.Body; b.Bytes != nil || b.Size != 1000 || !b.Truncated {
		t.Errorf("%+v", b)
	}
}

func FuzzReadHAR(f *testing.F) {
	f.Add([]byte(chromium()))
	f.Add([]byte(firefox))
	f.Add([]byte(`{"log":{"version":"1.2","entries":[` + callbackEntry + `]}}`))
	f.Add([]byte("\xff\xfe{\x00"))
	f.Add([]byte(`{"log":{"creator":{"name":"Signbench"},"_receipt":{"removals":null},"entries":[{"_step":"x","_instants":{"done":-1},"request":{"url":"http://[?code=&state="},"timings":{"wait":1e300},"_failure":{}}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := HARLimits{Bytes: 1 << 20, Text: 64, Entry: 1 << 16}
		exchanges, info, err := ReadHAR(strings.NewReader(string(data)), limits)
		var problem *HARError
		if err != nil && !errors.As(err, &problem) {
			t.Fatalf("an error without a name: %v", err)
		}
		if err == nil && (len(exchanges) == 0 || info.Kept != len(exchanges)) {
			t.Fatalf("%d exchanges, %+v", len(exchanges), info)
		}
		d := NewDisarmer()
		for _, ex := range exchanges {
			d.Exchange(ex)
			Timings(ex)
			FactsIn(ex, exchanges)
		}
		var out strings.Builder
		if err := WriteHAR(&out, HARMeta{}, exchanges); err != nil {
			t.Fatal(err)
		}
		if again, _, err := ReadHAR(strings.NewReader(out.String()), HARLimits{}); len(exchanges) > 0 && (err != nil || len(again) != len(exchanges)) {
			t.Fatalf("what was written does not come back: %v, %d of %d", err, len(again), len(exchanges))
		}
		_ = Mermaid(Messages(exchanges), ActorLabels{})
	})
}
