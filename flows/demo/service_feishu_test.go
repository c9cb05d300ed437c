package demo

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"signbench/flows/demo/feishu"
)

// The two clouds are services of their own, and the callbacks of the tenant, where
// it listens now, are registered in the app.
func TestFeishuAndLark(t *testing.T) {
	tenant := New(Options{Addr: "localhost:0", Linger: -1})
	endpoint, release, err := tenant.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tenant.Close() }()
	defer release()
	here, err := tenant.FeishuURL(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	there, err := tenant.LarkURL(t.Context())
	if err != nil || here == there {
		t.Fatalf("%v: %s and %s", err, here, there)
	}
	asks := func(base string) bool {
		q := url.Values{"client_id": {feishu.AppID}, "response_type": {"code"}, "redirect_uri": {endpoint + "/callback/" + FeishuID}}
		a := newBench(t).get(base + "/suite/passport/oauth/authorize?" + q.Encode())
		return a.StatusCode == http.StatusOK && strings.Contains(a.body, `value="allow"`)
	}
	if !asks(here) || asks(there) {
		t.Error("the app is not one of Feishu alone")
	}
	if err := tenant.SetFeishuSwitches(feishu.LarkTenant); err != nil || asks(here) || !asks(there) {
		t.Errorf("%v: the app is not one of Lark alone", err)
	}
	if err := tenant.SetFeishuSwitches("nosuch"); err == nil || asks(here) {
		t.Error("an unknown switch changed something")
	}
	if all := feishuRedirectURLs(endpoint); !slices.Contains(all, endpoint+"/account/callback/social/"+FeishuID) || !slices.Contains(all, "http://localhost:3000/callback") {
		t.Errorf("registered: %v", all)
	}
}
