package trace

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"signbench/flows/oauth"
)

// kept gathers what a recorder hands over.
type kept struct {
	mu  sync.Mutex
	all []*Exchange
}

func (k *kept) sink(ex *Exchange) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.all = append(k.all, ex)
}

func (k *kept) last(t *testing.T) *Exchange {
	t.Helper()
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.all) == 0 {
		t.Fatal("nothing was recorded")
	}
	return k.all[len(k.all)-1]
}

// watched is a client whose exchanges are kept.
func watched(base http.RoundTripper) (*http.Client, *kept) {
	k := &kept{}
	return &http.Client{Transport: &Transport{Base: base, Recorder: NewRecorder("run", time.Now, k.sink)}}, k
}

func serve(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

// do sends one request, reads the answer, and returns what the caller saw.
func do(t *testing.T, client *http.Client, method, target string, body io.Reader) (string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(WithStep(t.Context(), oauth.StepToken), method, target, body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Sent", "yes")
	resp, err := client.Do(req)
	if err != nil {
		return "", err
	}
	defer func() { _ = resp.Body.Close() }()
	got, err := io.ReadAll(resp.Body)
	return string(got), err
}

func echo(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.Header().Set("X-Answer", "yes")
	w.WriteHeader(http.StatusAccepted)
	_, _ = fmt.Fprintf(w, "%s %s %s", r.Method, r.Header.Get("X-Sent"), body)
}

func TestTransportRecordsAndChangesNothing(t *testing.T) {
	server := serve(t, echo)
	client, k := watched(&http.Transport{})
	for name, body := range map[string]io.Reader{
		"in memory": strings.NewReader("hello"), "streamed": io.MultiReader(strings.NewReader("hel"), strings.NewReader("lo")),
		"bytes": bytes.NewReader([]byte("hello")),
	} {
		got, err := do(t, client, "POST", server.URL+"/p?q=1#f", body)
		if err != nil || got != "POST yes hello" {
			t.Errorf("%s: %q %v", name, got, err)
		}
		ex := k.last(t)
		if string(ex.Request.Body.Bytes) != "hello" || ex.Request.Body.Size != 5 || ex.Request.Body.Truncated ||
			ex.Request.Header.Get("X-Sent") != "yes" || !strings.HasPrefix(ex.Request.URL, server.URL+"/p?q=1") ||
			ex.Response.Status != 202 || ex.Response.Header.Get("X-Answer") != "yes" || string(ex.Response.Body.Bytes) != got ||
			ex.Response.Body.Size != int64(len(got)) || ex.Step != oauth.StepToken || ex.Channel != BackChannel || ex.Err != nil ||
			ex.TLS != nil || ex.Proxy != "" || "http://"+ex.Remote != server.URL || ex.Response.Proto != "HTTP/1.1" {
			t.Errorf("%s: %+v %+v", name, ex, ex.Response)
		}
	}
	if got, err := do(t, client, "GET", server.URL, nil); err != nil || got != "GET yes " || k.last(t).Request.Body.Bytes != nil {
		t.Errorf("%q %v", got, err)
	}
}

func TestTransportCountsAttempts(t *testing.T) {
	server := serve(t, echo)
	client, k := watched(&http.Transport{})
	for _, target := range []string{"/token", "/token?x=1", "/other", "/token#y"} {
		if _, err := do(t, client, "POST", server.URL+target, nil); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := do(t, client, "GET", server.URL+"/token", nil); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, ex := range k.all {
		got = append(got, fmt.Sprint(ex.ID, "/", ex.Attempt))
	}
	if want := []string{"1/1", "2/2", "3/1", "4/3", "5/1"}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

func TestTransportTimesInOrder(t *testing.T) {
	for name, base := range map[string]func(*http.Transport) http.RoundTripper{
		"any base": func(t *http.Transport) http.RoundTripper { return t },
		"a wire":   func(t *http.Transport) http.RoundTripper { return NewWire(t) },
	} {
		t.Run(name, func(t *testing.T) { timesInOrder(t, base) })
	}
}

func timesInOrder(t *testing.T, wrap func(*http.Transport) http.RoundTripper) {
	t.Helper()
	server := httptest.NewTLSServer(http.HandlerFunc(echo))
	t.Cleanup(server.Close)
	u, _ := url.Parse(server.URL)
	base := server.Client().Transport.(*http.Transport).Clone()
	base.TLSClientConfig.ServerName = "example.com" // a name in the certificate; localhost is not
	client, k := watched(wrap(base))
	// A name, so that it is resolved; the server listens on 127.0.0.1.
	target := "https://localhost:" + u.Port()
	for i := range 2 {
		if _, err := do(t, client, "GET", target, nil); err != nil {
			t.Fatal(err)
		}
		in := k.last(t).Instants
		order := []time.Duration{in.GotConn, in.WroteRequest, in.FirstByte, in.Done}
		phases := []PhaseKind{PhaseWait, PhaseReceive}
		if i == 0 {
			order = append([]time.Duration{in.DNSStart, in.DNSDone, in.ConnectStart, in.ConnectDone, in.TLSStart, in.TLSDone}, order...)
			phases = append([]PhaseKind{PhaseDNS, PhaseConnect, PhaseTLS}, phases...)
		} else if in.DNSStart+in.ConnectStart+in.TLSStart != 0 {
			t.Errorf("a reused connection was made: %+v", in)
		}
		if in.Reused != (i == 1) {
			t.Errorf("reused %v", in.Reused)
		}
		for j, at := range order {
			if at <= 0 || j > 0 && at < order[j-1] && order[j-1] != in.WroteRequest { // the answer may be there before the request's end was noted
				t.Errorf("request %d: instant %d is %v in %+v", i, j, at, in)
			}
		}
		var kinds []PhaseKind
		end := time.Duration(0)
		for _, p := range Timings(k.last(t)) {
			if p.From < end || p.To <= p.From {
				t.Errorf("%+v overlaps", p)
			}
			end = p.To
			kinds = append(kinds, p.Kind)
		}
		if i == 0 && !slices.Contains(kinds, PhaseTLS) || !slices.Contains(kinds, PhaseWait) || len(kinds) > len(phases) {
			t.Errorf("%v", kinds)
		}
	}
}

func TestTransportTLS(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(echo))
	server.EnableHTTP2 = true
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	client, k := watched(server.Client().Transport)
	if _, err := do(t, client, "GET", server.URL, nil); err != nil {
		t.Fatal(err)
	}
	ex := k.last(t)
	if ex.TLS == nil || ex.TLS.Version != "TLS 1.3" || len(ex.TLS.Peer) == 0 || ex.TLS.Peer[0].NotAfter.IsZero() || ex.Response.Proto != "HTTP/2.0" {
		t.Errorf("%+v %+v", ex.TLS, ex.Response)
	}
	found := map[FactName]Fact{}
	for _, f := range Facts(ex) {
		found[f.Name] = f
	}
	if found[FactTLS].Value != "TLS 1.3" || found[FactHTTP].Value != "HTTP/2.0" || found[FactConnection].Value != "new" {
		t.Errorf("%+v", found)
	}
	if days, err := strconv.Atoi(found[FactCertificate].Params["Days"]); err != nil || days < 1 {
		t.Errorf("%+v", found[FactCertificate])
	}

	// A certificate that is not trusted: a transport failure, with the chain as evidence.
	stranger, k := watched(&http.Transport{})
	if _, err := do(t, stranger, "GET", server.URL, nil); err == nil {
		t.Fatal("trusted")
	}
	ex = k.last(t)
	if ex.Response != nil || ClassOf(ex.Err) != ClassCertificate || ex.TLS == nil || len(ex.TLS.Peer) == 0 {
		t.Errorf("%+v", ex)
	}
}

func TestTransportProxy(t *testing.T) {
	var asked string
	proxy := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.String() + " " + r.Header.Get("Proxy-Authorization")
		_, _ = io.WriteString(w, "by proxy")
	})
	withPassword := strings.Replace(proxy.URL, "http://", "http://user:pass-word@", 1)
	client, k := watched(NewWire(&http.Transport{Proxy: to(withPassword)}))
	if got, err := do(t, client, "GET", "http://idp.example/x", nil); err != nil || got != "by proxy" {
		t.Errorf("%q %v", got, err)
	}
	ex := k.last(t)
	if ex.Proxy != proxy.URL || !strings.HasPrefix(asked, "http://idp.example/x Basic ") || "http://"+ex.Remote != proxy.URL {
		t.Errorf("%q, remote %q, asked %q", ex.Proxy, ex.Remote, asked)
	}
	client, k = watched(&http.Transport{Proxy: func(*http.Request) (*url.URL, error) { return nil, errors.New("no") }})
	if _, err := do(t, client, "GET", proxy.URL, nil); err == nil || k.last(t).Err == nil {
		t.Error("no error")
	}
}

// Redirects, each an exchange of its own, know where they come from and lead to.
func TestTransportRedirects(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/first" {
			http.Redirect(w, r, "/second?x=1", http.StatusFound)
			return
		}
		echo(w, r)
	})
	client, k := watched(&http.Transport{})
	if _, err := do(t, client, "GET", server.URL+"/first", nil); err != nil || len(k.all) != 2 {
		t.Fatalf("%v, %d exchanges", err, len(k.all))
	}
	first, second := FactsIn(k.all[0], k.all), FactsIn(k.all[1], k.all)
	if !slices.ContainsFunc(first, func(f Fact) bool {
		return f.Name == FactRedirectTo && strings.HasSuffix(f.Value, "/second") && f.Params["Exchange"] == "2"
	}) {
		t.Errorf("%+v", first)
	}
	if !slices.ContainsFunc(second, func(f Fact) bool { return f.Name == FactRedirectFrom && f.Value == "1" }) {
		t.Errorf("%+v", second)
	}
}
