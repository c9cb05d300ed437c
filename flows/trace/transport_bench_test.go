package trace

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sort"
	"strings"
	"testing"
	"time"

	"signbench/flows/oauth"
)

// answers is a provider that answers at once, as a token endpoint does.
func answers(tb testing.TB, body string) *httptest.Server {
	tb.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", jsonType)
		_, _ = io.WriteString(w, body)
	}))
	tb.Cleanup(server.Close)
	return server
}

// ask makes one token request and reads the answer.
func ask(tb testing.TB, client *http.Client, target string) {
	tb.Helper()
	req, err := http.NewRequestWithContext(WithStep(tb.Context(), oauth.StepToken), http.MethodPost, target, strings.NewReader("grant_type=authorization_code&code=c&redirect_uri=http%3A%2F%2Flocalhost"))
	if err != nil {
		tb.Fatal(err)
	}
	req.Header.Set("Content-Type", formType)
	resp, err := client.Do(req)
	if err != nil {
		tb.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	_ = resp.Body.Close()
}

func clients(tb testing.TB) (plain, traced *http.Client) {
	tb.Helper()
	base := func() *http.Transport {
		t := http.DefaultTransport.(*http.Transport).Clone()
		tb.Cleanup(t.CloseIdleConnections)
		return t
	}
	return &http.Client{Transport: base()}, &http.Client{Transport: &Transport{
		Base: NewWire(base()), Recorder: NewRecorder("run", time.Now, func(*Exchange) {}),
	}}
}

var tokenAnswer = `{"access_token":"` + strings.Repeat("a", 900) + `","id_token":"` + strings.Repeat("b", 900) + `","expires_in":3600}`

// BenchmarkRequest compares a traced client with one that is not, against the same
// handler on this machine: one that does nothing, so that no request is cheaper;
// one that does what the least endpoint does, reading the form and writing 1 KB of
// JSON; and one that signs an ID token besides, as a token endpoint must.
func BenchmarkRequest(b *testing.B) {
	b.Run("idle", func(b *testing.B) { compare(b, answers(b, tokenAnswer)) })
	b.Run("plain", func(b *testing.B) { compare(b, introspects(b)) })
	b.Run("signing", func(b *testing.B) { compare(b, signs(b)) })
}

// introspects is a provider that answers a form with 1 KB of JSON.
func introspects(tb testing.TB) *httptest.Server {
	tb.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		w.Header().Set("Content-Type", jsonType)
		_ = json.NewEncoder(w).Encode(map[string]any{"active": r.PostForm.Get("grant_type") != "", "scope": strings.Repeat("s", 960), "exp": 3600})
	}))
	tb.Cleanup(server.Close)
	return server
}

// signs is a provider whose token endpoint does the least that one must: read the
// form, sign an ID token with RS256 (OIDC Core, 15.1), write JSON.
func signs(tb testing.TB) *httptest.Server {
	tb.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		tb.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		digest := sha256.Sum256([]byte(tokenAnswer))
		signature, _ := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, digest[:])
		w.Header().Set("Content-Type", jsonType)
		_ = json.NewEncoder(w).Encode(map[string]any{"access_token": strings.Repeat("a", 900), "id_token": base64.RawURLEncoding.EncodeToString(signature), "expires_in": 3600})
	}))
	tb.Cleanup(server.Close)
	return server
}

// compare sends requests in pairs, a traced one and one that is not, each as often
// first, so that what the machine does besides troubles both alike. The cost is the
// median over rounds of what the medians of a round say.
func compare(b *testing.B, server *httptest.Server) {
	b.Helper()
	const round = 500
	plain, traced := clients(b)
	timed := func(client *http.Client) float64 {
		start := time.Now()
		ask(b, client, server.URL)
		return float64(time.Since(start))
	}
	for range 50 {
		timed(plain)
		timed(traced)
	}
	var without, with, cost, one, other []float64
	for i := 0; b.Loop(); i++ {
		if i%2 == 0 {
			one, other = append(one, timed(plain)), append(other, timed(traced))
		} else {
			other, one = append(other, timed(traced)), append(one, timed(plain))
		}
		if len(one) == round {
			without, with = append(without, median(one)), append(with, median(other))
			cost = append(cost, 100*(median(other)/median(one)-1))
			one, other = one[:0], other[:0]
		}
	}
	if len(cost) == 0 {
		return // too few to say anything
	}
	b.ReportMetric(median(without), "ns/untraced")
	b.ReportMetric(median(with), "ns/traced")
	b.ReportMetric(median(cost), "%cost")
}

func median(all []float64) float64 {
	sort.Float64s(all)
	return all[len(all)/2]
}

func BenchmarkUntraced(b *testing.B) {
	server := answers(b, tokenAnswer)
	plain, _ := clients(b)
	b.ReportAllocs()
	for b.Loop() {
		ask(b, plain, server.URL)
	}
}

func BenchmarkTraced(b *testing.B) {
	server := answers(b, tokenAnswer)
	_, traced := clients(b)
	b.ReportAllocs()
	for b.Loop() {
		ask(b, traced, server.URL)
	}
}
