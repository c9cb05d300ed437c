package state_test

import (
	"bytes"
	"context"
	"flag"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"signbench/assets"
	"signbench/flows"
	"signbench/flows/demo"
	"signbench/flows/loopback"
	"signbench/flows/oauth"
	"signbench/flows/testkit/headless"
	"signbench/flows/trace"
)

var update = flag.Bool("update", false, "record the logs in testdata anew, and what they show")

// recordings are the logs in testdata.
var recordings = []string{"sign_in", "wrong_secret", "refused", "timeout", "refresh", "sign_out"}

// studio is an engine with the demo tenant behind it and a user in front.
type studio struct {
	t       *testing.T
	browser *headless.Browser
	engine  *flows.Engine
	request flows.Request
}

func newStudio(t *testing.T) *studio {
	t.Helper()
	tenant := demo.New(demo.Options{})
	t.Cleanup(func() { _ = tenant.Close() })
	pages, err := loopback.NewPages(assets.Pages, func(key string, _ map[string]string) string { return key })
	if err != nil {
		t.Fatal(err)
	}
	s := &studio{t: t, browser: headless.New(map[string]string{"username": "alice", "password": "alice-demo"}, "submit")}
	s.engine = flows.New(flows.Config{
		Browser: func(_ context.Context, url string) error { return s.browser.Launch(url) }, Pages: pages, Tenant: tenant,
	})
	profile := oauth.NewProfile(oauth.KindDemo, "Demo tenant")
	profile.ID = "demo"
	profile.Client.ID = demo.AppID
	port := freePort(t)
	profile.Client.RedirectURI = "http://localhost:" + port + "/callback"
	profile.Client.PostLogoutRedirectURI = "http://localhost:" + port + "/"
	s.request = flows.Request{Profile: profile, Secret: demo.AppSecret}
	return s
}

// freePort is one of those at which the demo tenant's app is registered.
func freePort(t *testing.T) string {
	t.Helper()
	for port := 3000; port < 3010; port++ {
		l, err := net.Listen("tcp", "localhost:"+strconv.Itoa(port))
		if err == nil {
			_ = l.Close()
			return strconv.Itoa(port)
		}
	}
	t.Fatal("the ports 3000 to 3009 are all taken")
	return ""
}

// tape is a file of lines.
type tape struct{ bytes.Buffer }

func (f *tape) Append(lines ...[]byte) error {
	for _, line := range lines {
		f.Write(line)
		f.WriteByte('\n')
	}
	return nil
}

// record writes what a run does to testdata, and returns the session it brought.
func (s *studio) record(name string, run *flows.Run) *oauth.Session {
	s.t.Helper()
	var tape tape
	if err := flows.Keep(run, trace.NewDisarmer(), &tape); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("testdata", name+".jsonl"), tape.Bytes(), 0o600); err != nil {
		s.t.Fatal(err)
	}
	for _, e := range run.Log().Events() {
		if in, ok := e.Body.(flows.SignedIn); ok {
			return &in.Session
		}
	}
	return nil
}

// TestRecord makes the logs when it is asked to: go test ./ui/state -update. They
// are disarmed, as everything that is kept.
func TestRecord(t *testing.T) {
	if !*update {
		return // the logs are there: a regression is found by those of yesterday
	}
	s := newStudio(t)
	ctx := t.Context()
	s.request.Session = s.record("sign_in", s.engine.SignIn(ctx, s.request))
	s.request.Session = s.record("refresh", s.engine.Refresh(ctx, s.request))
	s.record("sign_out", s.engine.SignOut(ctx, s.request))
	s.request.Session = nil

	s.browser.ForgetCookies()
	wrong := s.request
	wrong.Secret = "a-wrong-secret-of-a-test"
	s.record("wrong_secret", s.engine.SignIn(ctx, wrong))
	s.browser.ForgetCookies()
	s.browser.Press = []string{"refuse"}
	s.record("refused", s.engine.SignIn(ctx, s.request))
	s.browser.Answer = func(*headless.Page) (*headless.Form, *headless.Button) { return nil, nil } // closes the tab
	limits := flows.Limits{Callback: 400 * time.Millisecond, Overdue: 100 * time.Millisecond}
	s.record("timeout", s.engine.WithLimits(limits).SignIn(ctx, s.request))
}
