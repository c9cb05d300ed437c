package connector_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"signbench/flows/connector"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

func recording(t *testing.T) *http.Client {
	t.Helper()
	recorder := trace.NewRecorder(oauth.NewRunID(), time.Now, func(*trace.Exchange) {})
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: &trace.Transport{Base: transport, Recorder: recorder}}
}

func TestEachCallSeesItsOwnExchange(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(r.URL.Path)) }))
	defer server.Close()
	client := recording(t)
	var calls sync.WaitGroup
	for _, path := range []string{"/a", "/b", "/c", "/d", "/e", "/f"} {
		calls.Go(func() {
			a := connector.Send(t.Context(), client, connector.Call{Step: connector.StepToken, URL: server.URL + path, Patience: time.Minute})
			if !a.OK() || string(a.Body()) != path || a.Step != connector.StepToken || !slices.Equal(a.IDs, []int{a.ID}) {
				t.Errorf("%s: %v %q %v", path, a.Err, a.Body(), a.IDs)
			}
		})
	}
	calls.Wait()
}

// ky and got ask a GET again, twice, and a POST never.
func TestRetriesAreThoseOfLogtosLibraries(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	defer server.Close()
	call := connector.Call{Step: connector.StepJWKS, URL: server.URL, Patience: time.Minute, Retries: 2}
	if a := connector.Send(t.Context(), recording(t), call); asked.Load() != 3 || len(a.IDs) != 3 || a.Status() != http.StatusServiceUnavailable {
		t.Errorf("GET: %d asked, %v", asked.Load(), a.IDs)
	}
	asked.Store(0)
	call.Method, call.Form = http.MethodPost, "a=b"
	if a := connector.Send(t.Context(), recording(t), call); asked.Load() != 1 || len(a.IDs) != 1 {
		t.Errorf("POST: %d asked, %v", asked.Load(), a.IDs)
	}
}

func TestALineThatDoesNotAnswerIsGivenUp(t *testing.T) {
	hang := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-hang }))
	defer server.Close()
	defer close(hang)
	a := connector.Send(t.Context(), recording(t), connector.Call{Step: connector.StepToken, URL: server.URL, Patience: 50 * time.Millisecond})
	if trace.ClassOf(a.Err) != trace.ClassTimeout || a.Status() != 0 || len(a.IDs) != 1 {
		t.Errorf("%v %v", a.Err, a.IDs)
	}
}
