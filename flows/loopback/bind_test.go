package loopback

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// hasIPv6 reports whether this machine has the second loopback address; the tests
// then expect it, and otherwise expect that nothing fails for the lack of it.
func hasIPv6(t *testing.T) bool {
	t.Helper()
	ln, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		return false
	}
	_ = ln.Close()
	return true
}

func TestLocalhostIsBothFamiliesAtOnePort(t *testing.T) {
	l := start(t)
	want := 1
	if hasIPv6(t) {
		want = 2
	}
	if len(l.Addrs()) != want {
		t.Fatalf("listening on %v", l.Addrs())
	}
	for i, addr := range l.Addrs() {
		_, port, err := net.SplitHostPort(addr)
		if err != nil || l.RedirectURI() != "http://localhost:"+port+"/callback" {
			t.Errorf("%s does not fit %s", addr, l.RedirectURI())
		}
		req := request(t, "GET", fmt.Sprintf("http://%s/callback?code=c&state=%s", addr, testState), "")
		req.Host = "localhost:" + port
		send(t, req)
		if cb := next(t, l); cb.Kind != []Kind{Accepted, Repeated}[i] {
			t.Errorf("on %s: %s", addr, cb.Kind)
		}
	}
}

func TestLiteralIsOneFamily(t *testing.T) {
	literals := []string{"127.0.0.1"}
	if hasIPv6(t) {
		literals = append(literals, "[::1]")
	}
	for _, host := range literals {
		l := start(t, func(c *Config) { c.RedirectURI = "http://" + host + ":0/cb" })
		addrs := l.Addrs()
		if len(addrs) != 1 || l.RedirectURI() != "http://"+addrs[0]+"/cb" || !strings.HasPrefix(addrs[0], host+":") {
			t.Errorf("%s: listening on %v for %s", host, addrs, l.RedirectURI())
		}
		stillWaits(t, l)
	}
}

func TestAbsentFamilyIsLeftOut(t *testing.T) {
	absent := netip.MustParseAddr("192.0.2.1") // TEST-NET-1 (RFC 5737): no machine has it
	here := netip.MustParseAddr("127.0.0.1")
	for _, addrs := range [][]netip.Addr{{absent, here}, {here, absent}} {
		opened, err := bindAll(t.Context(), addrs, 0)
		if err != nil || len(opened) != 1 {
			t.Fatalf("opened %v: %v", opened, err)
		}
		closeAll(opened)
	}
	if _, err := bindAll(t.Context(), []netip.Addr{absent}, 0); err == nil {
		t.Error("no address at all was taken for success")
	}
}

func TestFixedPortKeepsTheURIAsRegistered(t *testing.T) {
	port := freePort(t)
	uri := "http://LOCALHOST:" + port + "/a%2Fb?x=%20"
	l := start(t, func(c *Config) { c.RedirectURI = uri })
	if l.RedirectURI() != uri {
		t.Errorf("got %s", l.RedirectURI())
	}
	get(t, "http://localhost:"+port+"/a%2Fb?x=%20&code=c&state="+testState)
	if cb := next(t, l); cb.Kind != Accepted {
		t.Errorf("got %s (%s)", cb.Kind, cb.Reason)
	}
}

// freePort asks the system for a port and gives it back.
func freePort(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return strconv.Itoa(portOf(ln))
}

func TestTakenPortNamesItsHolder(t *testing.T) {
	held := []string{"127.0.0.1:0", "0.0.0.0:0"}
	if hasIPv6(t) {
		held = append(held, "[::1]:0", "[::]:0") // taken in one family is taken
	}
	for _, at := range held {
		t.Run(at, func(t *testing.T) {
			ln, err := net.Listen("tcp", at)
			if err != nil {
				t.Fatal(err)
			}
			defer ln.Close()
			uri := fmt.Sprintf("http://localhost:%d/callback", portOf(ln))
			_, err = Listen(t.Context(), Config{RedirectURI: uri, State: testState, limits: limits{holder: never}})
			var taken *PortTakenError
			if !errors.As(err, &taken) {
				t.Fatalf("got %v", err)
			}
			if taken.Holder == nil || taken.Holder.PID != os.Getpid() || taken.Holder.Name == "" {
				t.Errorf("holder %+v", taken.Holder)
			}
			if taken.Port != portOf(ln) || taken.Free <= taken.Port {
				t.Errorf("port %d, free %d", taken.Port, taken.Free)
			}
			if !strings.Contains(taken.Error(), strconv.Itoa(os.Getpid())) {
				t.Errorf("said %q", taken)
			}
		})
	}
}

func TestTakenPortWithoutAName(t *testing.T) {
	got := (&PortTakenError{Port: 3000}).Error()
	if got != "loopback: port 3000 is taken" {
		t.Error(got)
	}
}

func TestListenRefuses(t *testing.T) {
	for uri, reason := range map[string]string{
		"":                                "scheme",
		"http://[::1/cb":                  "syntax",
		"https://localhost:3000/cb":       "scheme",
		"com.example.app:/cb":             "scheme",
		"http://example.com/cb":           "host",
		"http://127.0.0.2:3000/cb":        "host",
		"http://0.0.0.0:3000/cb":          "host",
		"http://localhost.evil.example/":  "host",
		"http://u:p@localhost:3000/cb":    "userinfo",
		"http://localhost:3000/cb#x":      "fragment",
		"http://localhost:3000/cb#":       "fragment",
		"http://localhost:70000/cb":       "port",
		"http://localhost:3000/cb?x=%zz":  "syntax",
		"http:localhost":                  "syntax",
		"http://localhost:3000\n/cb":      "syntax",
		"http://192.168.1.20:3000/cb":     "host",
		"http://[::ffff:127.0.0.1]:1/cb":  "host",
		"http://[fe80::1%25eth0]:3000/cb": "host",
	} {
		_, err := Listen(t.Context(), Config{RedirectURI: uri, State: testState})
		var refused *NotLoopbackError
		if !errors.As(err, &refused) || refused.Reason != reason || refused.URI != uri {
			t.Errorf("%q: %v, want reason %s", uri, err, reason)
		}
	}
	if _, err := Listen(t.Context(), Config{RedirectURI: "http://localhost:0/"}); !errors.Is(err, ErrNoState) {
		t.Errorf("without a state: %v", err)
	}
}

func TestListenEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Listen(ctx, Config{RedirectURI: "http://localhost:0/", State: testState})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestAddrsIsACopy(t *testing.T) {
	l := start(t)
	before := slices.Clone(l.Addrs())
	l.Addrs()[0] = "changed"
	if !slices.Equal(before, l.Addrs()) {
		t.Errorf("got %v", l.Addrs())
	}
}
