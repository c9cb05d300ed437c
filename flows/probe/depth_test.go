package probe_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"signbench/flows/demo"
	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/flows/trace"
)

// roundTripTime is how long each request takes in these tests, by a clock that
// stands still while anything works: what passes is the depth, exactly.
const roundTripTime = 50 * time.Millisecond

func TestThreeRoundTripsAtMost(t *testing.T) {
	for name, c := range map[string]struct {
		fault  demo.Fault
		change func(*probe.Setup)
		depth  int
	}{
		"all is well":             {"", func(s *probe.Setup) { s.AskWrongSecret = true }, 3},
		"no such redirect URI":    {"", func(s *probe.Setup) { s.Profile.Client.RedirectURI = "http://localhost:1/x" }, 3},
		"no such app":             {"", func(s *probe.Setup) { s.Profile.Client.ID = "nobody" }, 2},
		"a wrong secret":          {"", func(s *probe.Setup) { s.Secret = "CANARY-wrong" }, 3},
		"no document":             {"discovery-404", func(*probe.Setup) {}, 2},
		"the document is another": {"discovery-issuer-mismatch", func(*probe.Setup) {}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tenant := demo.New(demo.Options{Faults: []demo.Fault{c.fault}})
				p := oauth.NewProfile(oauth.KindLogto, "Demo")
				p.Endpoint, p.Client.ID = "http://127.0.0.1:3911", demo.AppID
				b := &bench{t: t, machine: machine(), setup: probe.Setup{Profile: p, Secret: oauth.Secret(demo.AppSecret)}}
				c.change(&b.setup)
				b.base = roundTrip(func(req *http.Request) (*http.Response, error) {
					time.Sleep(roundTripTime)
					w := httptest.NewRecorder()
					if req.Body == nil {
						req.Body = http.NoBody
					}
					tenant.Handler().ServeHTTP(w, req)
					resp := w.Result()
					resp.Request = req
					return resp, nil
				})
				started := time.Now()
				b.run(t.Context())
				if took := time.Since(started); took != time.Duration(c.depth)*roundTripTime {
					t.Errorf("the run took %v: %.1f round trips, want %d", took, float64(took)/float64(roundTripTime), c.depth)
				}
			})
		})
	}
}

// BenchmarkCheck has a server that takes 50 ms for each request. It reports the
// whole run as a multiple of one request, and what it takes beyond three.
func BenchmarkCheck(b *testing.B) {
	handler := demo.New(demo.Options{}).Handler()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(roundTripTime)
		handler.ServeHTTP(w, r)
	}))
	defer server.Close()
	for name, uri := range map[string]string{"well": oauth.DefaultRedirectURI, "near": "http://localhost:4000/callback"} {
		b.Run(name, func(b *testing.B) {
			p := oauth.NewProfile(oauth.KindLogto, "Demo")
			p.Endpoint, p.Client.ID, p.Client.RedirectURI = server.URL, demo.AppID, uri
			setup := probe.Setup{Profile: p, Secret: oauth.Secret(demo.AppSecret), AskWrongSecret: true}
			var one, whole time.Duration
			for b.Loop() {
				transport := &http.Transport{}
				recorder := trace.NewRecorder(oauth.NewRunID(), time.Now, func(*trace.Exchange) {})
				client := &http.Client{Transport: &trace.Transport{Base: transport, Recorder: recorder}}
				started := time.Now()
				resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get(server.URL + "/oidc/jwks")
				if err != nil {
					b.Fatal(err)
				}
				_ = resp.Body.Close()
				one += time.Since(started)
				started = time.Now()
				probe.Run(b.Context(), client, setup, machine(), func(probe.Row) {})
				whole += time.Since(started)
				transport.CloseIdleConnections()
			}
			b.ReportMetric(float64(whole)/float64(one), "requests/run")
			b.ReportMetric(float64(whole-3*one)/float64(b.N)/float64(time.Millisecond), "ms-beyond-three")
		})
	}
}
