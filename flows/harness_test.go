package flows_test

import (
	"context"
	"net"
	"slices"
	"strconv"
	"testing"
	"time"

	"signbench/assets"
	"signbench/flows"
	"signbench/flows/demo"
	"signbench/flows/fault"
	"signbench/flows/loopback"
	"signbench/flows/oauth"
	"signbench/flows/testkit/headless"
)

// patience bounds what a test waits for; nothing comes near it unless it hangs.
const patience = 30 * time.Second

// stage is an engine with a browser in front of it and a provider behind.
type stage struct {
	t       *testing.T
	engine  *flows.Engine
	browser *headless.Browser
	tenant  *demo.Tenant
	profile oauth.Profile
	secret  oauth.Secret
}

// user fills in the demo tenant's sign-in page.
func user(name, password string) *headless.Browser {
	return headless.New(map[string]string{"username": name, "password": password}, "submit")
}

// newStage is a stage with the demo tenant, its ready-made app and Alice.
func newStage(t *testing.T, faults ...demo.Fault) *stage {
	t.Helper()
	s := &stage{t: t, browser: user("alice", "alice-demo")}
	s.tenant = demo.New(demo.Options{Addr: "localhost:0", Faults: faults})
	t.Cleanup(func() { _ = s.tenant.Close() })
	s.profile = oauth.NewProfile(oauth.KindDemo, "Demo tenant")
	s.profile.Client.ID = demo.AppID
	s.profile.Client.RedirectURI = "http://localhost:" + demoPort(t) + "/callback"
	s.profile.Client.PostLogoutRedirectURI = "http://localhost:" + demoPort(t) + "/"
	s.secret = oauth.Secret(demo.AppSecret)
	s.engine = flows.New(s.config())
	return s
}

func (s *stage) config() flows.Config {
	return flows.Config{
		Browser: func(_ context.Context, url string) error { return s.browser.Launch(url) },
		Pages:   pages(s.t), Tenant: s.tenant,
		Pause:  func(ctx context.Context, _ time.Duration) error { return ctx.Err() }, // between looks at a message
		Limits: flows.Limits{Request: 10 * time.Second, Callback: patience, Return: patience, Overdue: patience},
	}
}

func pages(t *testing.T) loopback.Pages {
	t.Helper()
	p, err := loopback.NewPages(assets.Pages, func(key string, _ map[string]string) string { return key })
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// demoPort is a free one of the ports at which the demo tenant's app is registered.
// The window's tests take the upper half of them: packages are tested side by side.
func demoPort(t *testing.T) string {
	t.Helper()
	for port := 3000; port < 3005; port++ {
		if free(port) {
			return strconv.Itoa(port)
		}
	}
	t.Fatal("the ports 3000 to 3004 are all taken")
	return ""
}

func free(port int) bool {
	for _, host := range []string{"127.0.0.1", "::1"} {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
		if err != nil {
			return false
		}
		_ = l.Close()
	}
	return true
}

func (s *stage) request() flows.Request {
	return flows.Request{Profile: s.profile, Secret: s.secret}
}

// outcome waits for the run to end.
func outcome(t *testing.T, run *flows.Run) flows.Ended {
	t.Helper()
	select {
	case <-run.Log().Complete():
	case <-time.After(patience):
		t.Fatalf("the run did not end; so far: %+v", bodies(run))
	}
	events := run.Log().Events()
	return events[len(events)-1].Body.(flows.Ended)
}

func bodies(run *flows.Run) []flows.Body {
	var out []flows.Body
	for _, e := range run.Log().Events() {
		out = append(out, e.Body)
	}
	return out
}

// last is the last event of that type.
func last[T flows.Body](t *testing.T, run *flows.Run) T {
	t.Helper()
	all := every[T](run)
	if len(all) == 0 {
		t.Fatalf("the run has no %T", *new(T))
	}
	return all[len(all)-1]
}

func every[T flows.Body](run *flows.Run) []T {
	var out []T
	for _, e := range run.Log().Events() {
		if b, ok := e.Body.(T); ok {
			out = append(out, b)
		}
	}
	return out
}

// until waits for the first event of that type.
func until[T flows.Body](t *testing.T, run *flows.Run, ok func(T) bool) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var found *T
	run.Log().Follow(ctx, 0, func(events []flows.Event) {
		for _, e := range events {
			if b, is := e.Body.(T); is && found == nil && (ok == nil || ok(b)) {
				found = &b
				cancel()
			}
		}
	})
	if found == nil {
		t.Fatalf("no such %T; the run has %+v", *new(T), bodies(run))
	}
	return *found
}

// codes are the codes of the faults of that severity, sorted.
func codes(ended flows.Ended, severity fault.Severity) []string {
	var out []string
	for _, f := range ended.Faults {
		if f.Severity == severity {
			out = append(out, string(f.Code))
		}
	}
	slices.Sort(out)
	return out
}

// signedIn runs a sign-in that must work and returns its session.
func (s *stage) signedIn() oauth.Session {
	s.t.Helper()
	run := s.engine.SignIn(s.t.Context(), s.request())
	if ended := outcome(s.t, run); ended.Outcome != flows.OK && ended.Outcome != flows.Warned {
		s.t.Fatalf("sign-in ended %s: %+v", ended.Outcome, ended.Faults)
	}
	return last[flows.SignedIn](s.t, run).Session
}

// fails runs a sign-in that must fail with exactly these errors.
func (s *stage) fails(want ...string) *flows.Run {
	s.t.Helper()
	run := s.engine.SignIn(s.t.Context(), s.request())
	ended := outcome(s.t, run)
	if got := codes(ended, fault.Error); ended.Outcome != flows.Failed || !slices.Equal(got, want) {
		s.t.Fatalf("the run ended %s with %v, want failed with %v\n%+v", ended.Outcome, got, want, ended.Faults)
	}
	if n := len(every[flows.SignedIn](run)); n != 0 {
		s.t.Errorf("a failed run signed in %d times", n)
	}
	return run
}
