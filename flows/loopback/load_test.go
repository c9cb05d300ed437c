package loopback

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// dial opens a bare connection to the listener and closes it after the test.
func dial(t *testing.T, l *Listener) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", l.Addrs()[0])
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func write(t *testing.T, c net.Conn, text string) {
	t.Helper()
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
}

func TestTwoHundredAtOnce(t *testing.T) {
	const forged, genuine = 150, 50
	l := start(t)
	var wg sync.WaitGroup
	for i := range forged + genuine {
		state := testState
		if i%4 != 0 {
			state = fmt.Sprintf("forged-%d", i)
		}
		wg.Go(func() {
			resp, err := client(t).Get(l.RedirectURI() + "?code=c&state=" + state)
			if err != nil {
				t.Error(err)
				return
			}
			_ = resp.Body.Close()
		})
	}
	wg.Wait()
	count := map[Kind]int{}
	for range forged + genuine {
		cb := next(t, l)
		if cb.Kind == Repeated && count[Accepted] == 0 {
			t.Error("a repetition was told before the answer")
		}
		count[cb.Kind]++
	}
	if count[Accepted] != 1 || count[Repeated] != genuine-1 || count[WrongState] != forged {
		t.Errorf("got %v", count)
	}
}

func TestConnectionsThatSayNothingMakeRoom(t *testing.T) {
	for name, words := range map[string]string{
		"silent":      "",
		"slow header": "GET /callback?code=c HTTP/1.1\r\nHost: loc",
		"slow body":   "POST /callback HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\ncode=",
	} {
		t.Run(name, func(t *testing.T) {
			l := start(t, func(c *Config) {
				c.limits = limits{conns: 8, queue: time.Millisecond, readHeader: never, read: never, close: time.Millisecond}
			})
			for range 24 {
				write(t, dial(t, l), words)
			}
			stillWaits(t, l)
		})
	}
}

func TestSlowHeaderIsCutOff(t *testing.T) {
	l := start(t, func(c *Config) { c.limits = limits{readHeader: time.Millisecond} })
	c := dial(t, l)
	write(t, c, "GET /callback HTTP/1.1\r\n")
	if _, err := io.Copy(io.Discard, c); err != nil { // ends when the listener hangs up
		t.Logf("hung up with %v", err)
	}
	stillWaits(t, l)
}

func TestSlowBodyIsCutOff(t *testing.T) {
	l := start(t, func(c *Config) { c.limits = limits{read: 50 * time.Millisecond} })
	c := dial(t, l)
	write(t, c, fmt.Sprintf("POST /callback HTTP/1.1\r\nHost: %s\r\nContent-Length: 100\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\n\r\nstate=%s&code=",
		strings.TrimSuffix(strings.TrimPrefix(l.RedirectURI(), "http://"), "/callback"), testState))
	if cb := next(t, l); cb.Kind != Malformed || cb.Reason != ReasonBody {
		t.Errorf("got %s (%s)", cb.Kind, cb.Reason)
	}
}

func TestMegabytes(t *testing.T) {
	megabyte := strings.Repeat("x", 1<<20)
	for name, test := range map[string]struct {
		change func(*http.Request)
		body   string
		method string
		reason string
	}{
		"query":  {method: "GET", change: func(r *http.Request) { r.URL.RawQuery = "code=" + megabyte + "&state=" + testState }, reason: ReasonHeader},
		"header": {method: "GET", change: func(r *http.Request) { r.Header.Set("Cookie", megabyte) }, reason: ReasonHeader},
		"form":   {method: "POST", change: func(*http.Request) {}, body: "state=" + testState + "&code=" + megabyte, reason: ReasonBody},
	} {
		t.Run(name, func(t *testing.T) {
			l := start(t)
			req := request(t, test.method, l.RedirectURI(), test.body)
			test.change(req)
			// The listener may hang up while the rest is still being sent, so an
			// error here is as good as a status.
			if resp, err := client(t).Do(req); err == nil {
				_ = resp.Body.Close()
				if resp.StatusCode < 400 {
					t.Errorf("answered %d", resp.StatusCode)
				}
			}
			cb := next(t, l)
			if cb.Kind != TooLarge || cb.Reason != test.reason || cb.Size < 64<<10 || cb.Remote == "" {
				t.Errorf("got %s (%s) of %d bytes from %q", cb.Kind, cb.Reason, cb.Size, cb.Remote)
			}
			stillWaits(t, l)
		})
	}
}

func TestBusyReaderLosesNeverTheAnswer(t *testing.T) {
	l := start(t, func(c *Config) { c.limits = limits{buffer: 4} })
	for range 10 {
		get(t, l.RedirectURI()+"?code=c&state=forged")
	}
	get(t, l.RedirectURI()+"?code=c&state="+testState)
	awaitKind(t, l, Accepted)
	if l.Dropped() != 7 {
		t.Errorf("dropped %d, want 7", l.Dropped())
	}
}

// heldPages renders nothing until it is released, as a slow page would.
type heldPages struct{ release chan struct{} }

func (p heldPages) Render(w io.Writer, _ Page) error {
	<-p.release
	_, err := io.WriteString(w, "the last page")
	return err
}

func TestCloseLetsTheLastPageBeWritten(t *testing.T) {
	pages := heldPages{make(chan struct{})}
	l := start(t, func(c *Config) { c.Pages, c.limits = pages, limits{close: never} })
	c := dial(t, l)
	host := strings.TrimSuffix(strings.TrimPrefix(l.RedirectURI(), "http://"), "/callback")
	write(t, c, "GET /callback?code=c&state="+testState+" HTTP/1.1\r\nHost: "+host+"\r\n\r\n")
	awaitKind(t, l, Accepted)
	silent := dial(t, l) // as browsers open in advance; Close does not wait for it
	closed := make(chan error)
	go func() { closed <- l.Close() }()
	_, _ = io.Copy(io.Discard, silent) // ends when Close has begun
	close(pages.release)
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); err != nil || string(body) != "the last page" {
		t.Errorf("got %q, %v", body, err)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
}

func TestCloseIsBounded(t *testing.T) {
	pages := heldPages{make(chan struct{})}
	l := start(t, func(c *Config) { c.Pages, c.limits = pages, limits{close: time.Millisecond} })
	c := dial(t, l)
	host := strings.TrimSuffix(strings.TrimPrefix(l.RedirectURI(), "http://"), "/callback")
	write(t, c, "GET /callback?code=c&state="+testState+" HTTP/1.1\r\nHost: "+host+"\r\n\r\n")
	awaitKind(t, l, Accepted)
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	close(pages.release)
}

func TestCloseFreesThePort(t *testing.T) {
	first := start(t)
	uri := first.RedirectURI()
	for range 20 { // at once again, as a run after a cancelled one
		if err := first.Close(); err != nil {
			t.Fatal(err)
		}
		again, err := Listen(t.Context(), Config{RedirectURI: uri, State: testState})
		if err != nil {
			t.Fatal(err)
		}
		first = again
	}
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	if err := first.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
}
