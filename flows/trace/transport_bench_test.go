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
	"strings"
	"testing"
	"time"

	"signbench/flows/oauth"
	"signbench/flows/testkit/cost"
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

// ask makes one token request and has the answer taken.
func ask(tb testing.TB, client *http.Client, target string, take func(io.Reader)) {
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
	take(resp.Body)
	_ = resp.Body.Close()
}

// drained throws an answer away, as a caller does who finds it in the trace.
func drained(r io.Reader) { _, _ = io.Copy(io.Discard, r) }

// read reads an answer, as a caller must who has no trace.
func read(r io.Reader) { _, _ = io.ReadAll(r) }

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
//
// Measured on two processors, beyond a client that reads the answer: idle 3 %, plain
// 4 %, signing nothing that stands out of what rounds differ by, and 4 to 6 % of the
// processors' time for idle and plain. Beyond a client that throws the answer away
// without having looked at it: 7 % and 6 %, 2 us.
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

// compare sends the same request in three ways: traced, and the answer taken from
// the trace, as the engine does; not traced, and the answer read, as the engine would
// have to; and not traced, with an answer that nobody wants, so that the difference
// is all of the trace, its copy of the answer too.
func compare(b *testing.B, server *httptest.Server) {
	b.Helper()
	plain, traced := clients(b)
	way := func(name string, client *http.Client, take func(io.Reader)) cost.Way {
		return cost.Way{Name: name, Do: func() { ask(b, client, server.URL, take) }}
	}
	cost.Comparison{Round: 200}.Run(b, way("traced", traced, drained), way("untraced", plain, read), way("unread", plain, drained))
}

func BenchmarkUntraced(b *testing.B) {
	server := answers(b, tokenAnswer)
	plain, _ := clients(b)
	b.ReportAllocs()
	for b.Loop() {
		ask(b, plain, server.URL, read)
	}
}

func BenchmarkTraced(b *testing.B) {
	server := answers(b, tokenAnswer)
	_, traced := clients(b)
	b.ReportAllocs()
	for b.Loop() {
		ask(b, traced, server.URL, drained)
	}
}
