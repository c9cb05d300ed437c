package loopback

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

const (
	testState = "Zr2xK0d1-the-state"
)

// never is long enough that a test which waits for it has failed.
const never = time.Minute

// sentences reads the English sentences as the window would.
func sentences(t *testing.T) map[string]string {
	t.Helper()
	raw, err := os.ReadFile("../../assets/translations/en/pages.json")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	if err := json.Unmarshal(raw, &texts); err != nil {
		t.Fatal(err)
	}
	return texts
}

func testPages(t *testing.T) Pages {
	t.Helper()
	texts := sentences(t)
	pages, err := NewPages(os.DirFS("../../assets"), func(key string, _ map[string]string) string {
		text, ok := texts[key]
		if !ok {
			t.Errorf("no sentence for %s", key)
		}
		return text
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// start listens with what a sign-in would use, changed by the given functions.
func start(t *testing.T, change ...func(*Config)) *Listener {
	t.Helper()
	cfg := Config{RedirectURI: "http://localhost:0/callback", State: testState, Pages: testPages(t)}
	for _, f := range change {
		f(&cfg)
	}
	l, err := Listen(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return l
}

// client does not follow redirects, of which there must be none, and resolves
// localhost to the IPv4 address so that no resolver takes part.
func client(t *testing.T) *http.Client {
	t.Helper()
	transport := &http.Transport{
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, strings.Replace(addr, "localhost:", "127.0.0.1:", 1))
		},
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{
		Transport:     transport,
		Timeout:       never,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// reply is an answer of the listener, read to its end.
type reply struct {
	status int
	header http.Header
	body   string
}

func send(t *testing.T, req *http.Request) reply {
	t.Helper()
	resp, err := client(t).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{resp.StatusCode, resp.Header, string(body)}
}

func request(t *testing.T, method, url, body string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return req
}

func get(t *testing.T, url string) reply {
	t.Helper()
	return send(t, request(t, http.MethodGet, url, ""))
}

func post(t *testing.T, url, form string) reply {
	t.Helper()
	return send(t, request(t, http.MethodPost, url, form))
}

// next waits for a callback.
func next(t *testing.T, l *Listener) Callback {
	t.Helper()
	select {
	case cb, ok := <-l.Callbacks():
		if !ok {
			t.Fatal("the channel is closed")
		}
		return cb
	case <-time.After(never):
		t.Fatal("no callback came")
	}
	return Callback{}
}

// awaitKind reads callbacks until one of the kind comes.
func awaitKind(t *testing.T, l *Listener, kind Kind) Callback {
	t.Helper()
	for {
		if cb := next(t, l); cb.Kind == kind {
			return cb
		}
	}
}

// stillWaits proves that the listener takes the true answer.
func stillWaits(t *testing.T, l *Listener) {
	t.Helper()
	get(t, l.RedirectURI()+"?code=c&state="+testState)
	awaitKind(t, l, Accepted)
}
