package flows_test

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"signbench/flows"
	"signbench/flows/demo"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// at is a stage whose profile points at that endpoint instead of the demo tenant.
func at(t *testing.T, endpoint string) *stage {
	t.Helper()
	s := newStage(t)
	s.profile.Kind, s.profile.Endpoint = oauth.KindLogto, endpoint
	return s
}

func TestWrongEndpoints(t *testing.T) {
	serve := func(h http.HandlerFunc) string {
		server := httptest.NewServer(h)
		t.Cleanup(server.Close)
		return server.URL
	}
	tlsServer := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(tlsServer.Close)
	page := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<!doctype html><title>Welcome</title><p>to the shop"))
	}
	for name, c := range map[string]struct{ endpoint, want string }{
		"refused":             {"http://localhost:1", "transport.refused"},
		"no such host":        {"http://nothing.invalid", "transport.dns"},
		"unknown authority":   {tlsServer.URL, "transport.tls_unknown_authority"},
		"https to http":       {strings.Replace(serve(page), "http://", "https://", 1), "transport.tls_not_tls"},
		"not found":           {serve(http.NotFound), "response.not_found"},
		"a web page":          {serve(page), "response.html"},
		"not JSON":            {serve(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok")) }), "response.not_json"},
		"JSON, not an object": {serve(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("[1]")) }), "response.not_json"},
		"an error":            {serve(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }), "response.status"},
		"a closed connection": {serve(func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }), "transport.reset"},
		"not HTTP":            {"http://" + speakNonsense(t), "transport.protocol"},
	} {
		t.Run(name, func(t *testing.T) {
			run := at(t, c.endpoint).fails(c.want)
			ended := outcome(t, run)
			if ended.Step != oauth.StepDiscovery || ended.Faults[0].Remedy != fault.EditEndpoint {
				t.Errorf("step = %s, remedy = %q", ended.Step, ended.Faults[0].Remedy)
			}
			if strings.Contains(ended.Faults[0].Params["Cause"], "well-known") {
				t.Errorf("the cause repeats the URL: %q", ended.Faults[0].Params["Cause"])
			}
		})
	}
}

func speakNonsense(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = c.Read(make([]byte, 1)) // a server that speaks first is a race that net/http answers differently
			_, _ = c.Write([]byte("SSH-2.0-OpenSSH_9.2\r\n"))
			_ = c.Close()
		}
	}()
	return l.Addr().String()
}

func TestCertificateForAnotherNameIsTold(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	s := at(t, strings.Replace(server.URL, "127.0.0.1", "localhost", 1))
	cfg := s.config()
	trusting := http.DefaultTransport.(*http.Transport).Clone()
	trusting.TLSClientConfig = &tls.Config{RootCAs: server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs, MinVersion: tls.VersionTLS12}
	cfg.Transport = trusting
	s.engine = flows.New(cfg)
	run := s.fails("transport.tls_wrong_name")
	if ex := exchangesOf(run, oauth.StepDiscovery)[0]; ex.TLS == nil || len(ex.TLS.Peer) == 0 {
		t.Error("the refused certificate is not in the trace")
	}
}

func TestASlowEndpointIsCancelledAtOnce(t *testing.T) {
	reached, release := make(chan struct{}), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(reached)
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(func() { close(release); server.Close() })
	s := at(t, server.URL)
	run := s.engine.SignIn(t.Context(), s.request())
	<-reached
	run.Cancel()
	if ended := outcome(t, run); ended.Outcome != flows.Cancelled || len(ended.Faults) != 0 {
		t.Errorf("%+v", ended)
	}
}

func TestASlowEndpointTimesOut(t *testing.T) {
	s := newStage(t, demo.Fault("discovery-slow"))
	s.engine = s.engine.WithLimits(flows.Limits{Request: 50 * time.Millisecond})
	s.fails("transport.timeout")
}

func TestRedirectsWithoutEnd(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Path+"/again", http.StatusFound)
	}))
	t.Cleanup(server.Close)
	at(t, server.URL).fails("transport.redirects")
}

func TestWrongIssuerShowsBoth(t *testing.T) {
	run := newStage(t, demo.Fault("discovery-issuer-mismatch")).fails("discovery.issuer")
	f := outcome(t, run).Faults[0]
	if f.Params["Want"] == "" || f.Params["Got"] == "" || f.Params["Want"] == f.Params["Got"] || f.Remedy != fault.UseIssuer {
		t.Errorf("%+v", f)
	}
}

// Logto shows an error page for an app or a redirect URI that it does not know,
// and redirects nobody: only the clock can tell.
func TestWhatNeverComesBackIsExplained(t *testing.T) {
	for name, change := range map[string]func(*oauth.Profile){
		"wrong app ID": func(p *oauth.Profile) { p.Client.ID = "nosuchclient" },
		"redirect URI not registered": func(p *oauth.Profile) {
			p.Client.RedirectURI = strings.Replace(p.Client.RedirectURI, "/callback", "/other", 1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			change(&s.profile)
			s.engine = s.engine.WithLimits(flows.Limits{Callback: 400 * time.Millisecond, Overdue: 100 * time.Millisecond})
			run := s.fails("callback.timeout")
			last[flows.Overdue](t, run)
			f := outcome(t, run).Faults[0]
			if f.Params["redirect_uri"] != s.profile.Client.RedirectURI || f.Remedy != fault.CopyRedirectURI || len(f.Evidence) == 0 {
				t.Errorf("%+v", f)
			}
		})
	}
}

func TestWrongSecret(t *testing.T) {
	for _, method := range []oauth.AuthMethod{oauth.ClientSecretBasic, oauth.ClientSecretPost} {
		s := newStage(t)
		s.profile.Client.AuthMethod, s.secret = method, "CANARY-wrong-secret"
		run := s.fails("token.invalid_client")
		ended := outcome(t, run)
		if ended.Step != oauth.StepToken || ended.Faults[0].Remedy != fault.EditSecret || len(exchangesOf(run, oauth.StepToken)) != 1 {
			t.Errorf("%+v", ended)
		}
	}
}

func TestMissingSecretStopsBeforeAnythingIsSent(t *testing.T) {
	s := newStage(t)
	s.secret = ""
	run := s.fails("prepare.no_secret")
	if n := len(every[flows.Exchanged](run)); n != 0 {
		t.Errorf("%d requests were made", n)
	}
}

func TestTheUserRefuses(t *testing.T) {
	s := newStage(t)
	s.browser.Press = []string{"refuse"}
	run := s.fails("authorize.access_denied")
	if ended := outcome(t, run); ended.Step != oauth.StepCallback {
		t.Errorf("step = %s", ended.Step)
	}
}

func TestPortTakenNamesTheHolderAndOffersAnother(t *testing.T) {
	s := newStage(t)
	u, err := url.Parse(s.profile.Client.RedirectURI)
	if err != nil {
		t.Fatal(err)
	}
	holder, err := net.Listen("tcp", "127.0.0.1:"+u.Port())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = holder.Close() }()
	run := s.fails("callback.port_taken")
	f := outcome(t, run).Faults[0]
	if f.Params["Port"] != u.Port() || f.Params["Holder"] == "" || f.Params["free_port"] == "" || f.Remedy != fault.UsePort {
		t.Errorf("%+v", f)
	}
	if n := len(exchangesOf(run, oauth.StepAuthorize)); n != 0 {
		t.Error("the browser was sent away although nothing could come back")
	}
}

func TestWithoutABrowserTheURLCanBeOpenedByHand(t *testing.T) {
	s := newStage(t)
	cfg := s.config()
	cfg.Browser = func(context.Context, string) error { return errors.New("no browser was found") }
	s.engine = flows.New(cfg)
	run := s.engine.SignIn(t.Context(), s.request())
	until(t, run, func(b flows.BrowserFailed) bool { return b.Err != nil })
	waiting := last[flows.Waiting](t, run)
	if err := s.browser.Launch(waiting.URL.Reveal()); err != nil {
		t.Fatal(err)
	}
	ended := outcome(t, run)
	if got := codes(ended, fault.Warning); !slices.Contains(got, "callback.browser") || ended.Outcome != flows.Warned {
		t.Errorf("%s with %v", ended.Outcome, got)
	}
}

func TestPastedCallback(t *testing.T) {
	s := newStage(t)
	s.profile.Client.RedirectURI = "https://app.example.com/callback"
	cfg := s.config()
	cfg.Browser = func(context.Context, string) error { return nil }
	s.engine = flows.New(cfg)
	run := s.engine.SignIn(t.Context(), s.request())
	waiting := until(t, run, func(flows.Waiting) bool { return true })
	if len(waiting.Listening) != 0 {
		t.Errorf("listening at %v", waiting.Listening)
	}
	u, err := url.Parse(waiting.URL.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	run.Paste("https://app.example.com/callback?code=forged&state=forged")
	until(t, run, func(c flows.CallbackSeen) bool { return !c.Accepted })
	run.Paste("  https://app.example.com/callback?error=access_denied&state=" + u.Query().Get("state") + "&iss=" + url.QueryEscape(last[flows.Discovered](t, run).Metadata.Issuer) + "\n")
	if got := codes(outcome(t, run), fault.Error); !slices.Equal(got, []string{"authorize.access_denied"}) {
		t.Errorf("faults = %v", got)
	}
}

// Whatever else knocks never ends the wait, and is shown.
func TestForeignCallbacksChangeNothing(t *testing.T) {
	s := newStage(t)
	cfg := s.config()
	cfg.Browser = func(context.Context, string) error { return nil }
	s.engine = flows.New(cfg)
	run := s.engine.SignIn(t.Context(), s.request())
	waiting := until(t, run, func(flows.Waiting) bool { return true })
	knock := func(target, host string) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)
		if err != nil {
			t.Fatal(err)
		}
		if host != "" {
			req.Host = host
		}
		resp, err := http.DefaultClient.Do(req)
		if err == nil {
			_ = resp.Body.Close()
		}
	}
	knock(waiting.ReturnURI+"?code=forged&state=forged", "")
	knock(waiting.ReturnURI+"?code=forged", "")
	knock(waiting.ReturnURI+"?code=x&state=y", "evil.example")
	knock(strings.Replace(waiting.ReturnURI, "/callback", "/admin", 1), "")
	knock(waiting.ReturnURI+"?code="+strings.Repeat("a", 1<<20), "")
	until(t, run, func(c flows.CallbackSeen) bool { return c.Kind == "too_large" })
	if err := s.browser.Launch(waiting.URL.Reveal()); err != nil {
		t.Fatal(err)
	}
	if ended := outcome(t, run); len(codes(ended, fault.Error)) != 0 {
		t.Fatalf("%+v", ended.Faults)
	}
	kinds := map[string]bool{}
	for _, c := range every[flows.CallbackSeen](run) {
		kinds[c.Kind] = true
	}
	for _, want := range []string{"wrong_state", "missing_state", "foreign_host", "unknown_path", "too_large", "accepted"} {
		if !kinds[want] {
			t.Errorf("%s was not shown; shown: %v", want, kinds)
		}
	}
}

func TestCancelWhileTheBrowserIsAway(t *testing.T) {
	s := newStage(t)
	cfg := s.config()
	cfg.Browser = func(context.Context, string) error { return nil }
	s.engine = flows.New(cfg)
	run := s.engine.SignIn(t.Context(), s.request())
	waiting := until(t, run, func(flows.Waiting) bool { return true })
	run.Cancel()
	if ended := outcome(t, run); ended.Outcome != flows.Cancelled {
		t.Errorf("outcome = %s", ended.Outcome)
	}
	// The port is free again at once: the next try must not find it taken.
	again := s.engine.SignIn(t.Context(), s.request())
	if w := until(t, again, func(flows.Waiting) bool { return true }); w.ReturnURI != waiting.ReturnURI {
		t.Errorf("listening at %s", w.ReturnURI)
	}
	again.Cancel()
	outcome(t, again)
}
