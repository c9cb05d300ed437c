package demo

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"signbench/flows/testkit/headless"
)

// The switches may be thrown while requests are served. The race detector is the
// judge; what is asserted is that every answer is a whole one.
func TestSwitchingWhileServing(t *testing.T) {
	b := newBench(t)
	got := b.tokens(params())
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				b.tenant.SetFaults("signing-key-rotation-just-before-signing", "userinfo-invalid-sub")
				b.tenant.SetFaults()
			}
		})
		wg.Go(func() {
			for range 20 {
				w := httptest.NewRecorder()
				r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/oidc/me", nil)
				r.Header.Set("Authorization", "Bearer "+text(got, "access_token"))
				b.tenant.Handler().ServeHTTP(w, r)
				if sub := text(decode(w.Body.Bytes()), "sub"); sub != "alice0demo01" && sub != "someone0else" {
					t.Errorf("%d %s", w.Code, w.Body)
				}
			}
		})
	}
	wg.Wait()
	if sub := text(b.object(b.me(text(got, "access_token")).body), "sub"); sub != "alice0demo01" {
		t.Errorf("after switching off: sub %s", sub)
	}
}

// decode is for goroutines, where a test must not be ended.
func decode(body []byte) map[string]any {
	var m map[string]any
	_ = json.Unmarshal(body, &m) // a broken body has no sub, and the caller says so
	return m
}

// Several browsers go through the upstream at once, while its switches are thrown.
// Those thrown change how an answer comes, and not whether.
func TestSigningInWithConnectorsAtOnce(t *testing.T) {
	b, app := newBench(t), newApplication(t)
	const browsers = 6
	var wg sync.WaitGroup
	for n := range browsers {
		direct := directSocial
		if n%2 == 1 {
			direct = directSSO
		}
		wg.Go(func() {
			q := params("client_id", NativeAppID, "redirect_uri", app.callback, "direct_sign_in", direct)
			if _, err := headless.New(nil, "allow").Visit(t.Context(), b.base+"/oidc/auth?"+q.Encode()); err != nil {
				t.Error(err)
			}
		})
		wg.Go(func() {
			for range 20 {
				b.tenant.SetUpstreamSwitches("form_post", "userinfo_other_claims")
				b.tenant.SetUpstreamSwitches()
			}
		})
	}
	wg.Wait()
	if back, times := app.came(); times != browsers || back.Get("code") == "" {
		t.Errorf("%d times, the last with %v", times, back)
	}
}
