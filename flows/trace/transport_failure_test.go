package trace

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTransportFailures(t *testing.T) {
	dead := httptest.NewServer(nil)
	dead.Close()
	hung := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	plain := serve(t, echo)
	cut := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			_ = conn.Close()
		}
	})
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	late, stop := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer stop()
	for name, c := range map[string]struct {
		ctx    context.Context
		base   *http.Transport
		target string
		want   Class
	}{
		"refused":     {t.Context(), &http.Transport{}, dead.URL, ClassRefused},
		"no name":     {t.Context(), &http.Transport{DialContext: noSuchHost}, "http://nowhere.invalid/", ClassDNS},
		"cancelled":   {cancelled, &http.Transport{}, plain.URL, ClassCancelled},
		"timeout":     {late, &http.Transport{}, hung.URL, ClassTimeout},
		"plain HTTP":  {t.Context(), &http.Transport{}, strings.Replace(plain.URL, "http:", "https:", 1), ClassPlain},
		"ended":       {t.Context(), &http.Transport{DisableKeepAlives: true}, cut.URL, ClassEOF},
		"dead proxy":  {t.Context(), &http.Transport{Proxy: to(dead.URL)}, "https://idp.example/", ClassProxy},
		"proxy plain": {t.Context(), &http.Transport{Proxy: to(dead.URL)}, "http://idp.example/", ClassProxy},
	} {
		t.Run(name, func(t *testing.T) {
			client, k := watched(c.base)
			req, err := http.NewRequestWithContext(c.ctx, http.MethodGet, c.target, nil)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := client.Do(req)
			if err == nil {
				_ = resp.Body.Close()
				t.Fatal("no error")
			}
			ex := k.last(t)
			if ex.Response != nil || ex.Err == nil || ClassOf(ex.Err) != c.want || len(k.all) != 1 || ex.Instants.Done == 0 {
				t.Errorf("%s: %v, %d exchanges", ClassOf(ex.Err), ex.Err, len(k.all))
			}
			if clean := NewDisarmer().Exchange(ex); ClassOf(clean.Err) != c.want {
				t.Errorf("disarmed: %s", ClassOf(clean.Err))
			}
		})
	}
	// An error response is a response.
	refuses := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, `{"error":"invalid_client"}`, http.StatusUnauthorized)
	})
	client, k := watched(&http.Transport{})
	if _, err := do(t, client, "POST", refuses.URL, strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	if ex := k.last(t); ex.Err != nil || ex.Response.Status != 401 {
		t.Errorf("%+v", ex)
	}
}

func noSuchHost(context.Context, string, string) (net.Conn, error) {
	return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", IsNotFound: true}}
}

func to(proxy string) func(*http.Request) (*url.URL, error) {
	u, err := url.Parse(proxy)
	return func(*http.Request) (*url.URL, error) { return u, err }
}

// An answer that breaks off is an answer, and says that it broke off.
func TestTransportBrokenBody(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, "only this")
	})
	client, k := watched(&http.Transport{})
	if got, err := do(t, client, "GET", server.URL, nil); err == nil || got != "only this" {
		t.Errorf("%q %v", got, err)
	}
	ex := k.last(t)
	if ex.Response == nil || ex.Err != nil || !errors.Is(ex.Response.Body.Err, io.ErrUnexpectedEOF) || string(ex.Response.Body.Bytes) != "only this" {
		t.Errorf("%+v", ex)
	}
	if !slices.ContainsFunc(Facts(ex), func(f Fact) bool { return f.Name == FactBroken && f.Value == string(ClassEOF) }) {
		t.Errorf("%+v", Facts(ex))
	}
}
