package flows_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/fault"
)

// beforeTokens does something when the code is on its way to the token endpoint.
type beforeTokens struct{ do func() }

func (b beforeTokens) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/token") {
		b.do()
	}
	return http.DefaultTransport.RoundTrip(r)
}

// The browser may come back twice. The second answer changes nothing and is shown,
// and the browser is told.
func TestARepeatedCallbackIsShown(t *testing.T) {
	s := newStage(t)
	var run *flows.Run
	started := make(chan struct{})
	cfg := s.config()
	cfg.Transport = beforeTokens{do: func() {
		<-started
		waiting := last[flows.Waiting](t, run)
		sent, err := url.Parse(waiting.URL.Reveal())
		if err != nil {
			t.Error(err)
			return
		}
		again := url.Values{"code": {"another"}, "state": {sent.Query().Get("state")}}
		resp, err := http.Get(waiting.ReturnURI + "?" + again.Encode())
		if err != nil {
			t.Errorf("nobody answers the browser: %v", err)
			return
		}
		_ = resp.Body.Close()
	}}
	s.engine = flows.New(cfg)
	run = s.engine.SignIn(t.Context(), s.request())
	close(started)
	if ended := outcome(t, run); len(codes(ended, fault.Error)) != 0 {
		t.Fatalf("%+v", ended.Faults)
	}
	var kinds []string
	for _, c := range every[flows.CallbackSeen](run) {
		kinds = append(kinds, c.Kind)
	}
	if want := []string{"accepted", "repeated"}; !slices.Equal(kinds, want) {
		t.Errorf("shown: %v, want %v", kinds, want)
	}
}
