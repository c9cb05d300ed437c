package feishu

import (
	"context"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

var required = []string{
	"sub", "name", "picture", "open_id", "union_id", "en_name", "tenant_key",
	"avatar_url", "avatar_thumb", "avatar_middle", "avatar_big",
}

func TestAUserSignsIn(t *testing.T) {
	c := newCloud(t, false)
	if page := c.page(); !strings.Contains(page, `value="allow"`) || !strings.Contains(page, `value="deny"`) {
		t.Error("the page does not ask")
	}
	user := c.signIn()
	for _, name := range append(required, "email", "mobile", "user_id", "employee_no") {
		if s, _ := user[name].(string); s == "" {
			t.Errorf("%s is %v", name, user[name])
		}
	}
	w, _ := c.form(authorizePath, request("decision", "deny"))
	if got := w.Header().Get("Location"); got != callback+"?error=access_denied&state=s+1" {
		t.Error(got)
	}
	if status, e := c.get("/suite/passport/oauth/userinfo", "u-other"); status != 401 || e["error"] != "invalid_token" {
		t.Errorf("%d %v", status, e)
	}
}

func TestWhatIsWrongWithARequestIsToldToTheUserAlone(t *testing.T) {
	c := newCloud(t, false)
	for _, v := range [][]string{
		{"redirect_uri", "http://localhost:3001/callback/other"},
		{"redirect_uri", "https://acme.example/callback/demo"},
		{"redirect_uri", callback + "?x=1"},
		{"redirect_uri", ""},
	} {
		if page := c.page(v...); !strings.Contains(page, "20029") || strings.Contains(page, "<form") {
			t.Errorf("%v was taken", v)
		}
		if w, _ := c.form(authorizePath, request(append(v, "decision", "allow")...)); w.Code != 200 {
			t.Errorf("%v was posted: %d", v, w.Code)
		}
	}
	for _, v := range [][]string{{"client_id", "cli_other"}, {"response_type", "token"}} {
		if page := c.page(v...); strings.Contains(page, "<form") || strings.Contains(page, "20029") {
			t.Errorf("%v was taken", v)
		}
	}
	if page := c.page("client_id", `"><script>x</script>`); strings.Contains(page, `"><`) {
		t.Error("the page can be written to")
	}
}

func TestCodesAreGoodOnceAndForFiveMinutes(t *testing.T) {
	c := newCloud(t, false)
	refused := func(what, want string, status int, reply map[string]any) {
		t.Helper()
		if status != 400 || reply["error"] != want || reply["error_description"] == "" {
			t.Errorf("%s: %d %v", what, status, reply)
		}
	}
	code := c.code()
	if status, reply := c.redeem(code); status != 200 {
		t.Fatalf("%d %v", status, reply)
	}
	for what, values := range map[string][]string{
		"used":                {},
		"other redirect URI":  {"code", c.code(), "redirect_uri", callback + "x"},
		"unknown code":        {"code", "nonsense"},
		"invalid_client":      {"code", c.code(), "client_secret", "other"},
		"other client":        {"code", c.code(), "client_id", "cli_other"},
		"unsupported_grant_t": {"grant_type", "refresh_token"},
	} {
		want := map[string]string{"invalid_client": "invalid_client", "other client": "invalid_client", "unsupported_grant_t": "unsupported_grant_type"}[what]
		if want == "" {
			want = "invalid_grant"
		}
		status, reply := c.redeem(code, values...)
		refused(what, want, status, reply)
	}
	late := c.code()
	c.at = c.at.Add(codeLife + time.Second)
	status, reply := c.redeem(late)
	refused("late", "invalid_grant", status, reply)
}

func TestAnAppReadsAboutItself(t *testing.T) {
	c := newCloud(t, false)
	for _, one := range []struct {
		id, secret string
		status     int
		code       float64
		msg        string
	}{
		{AppID, AppSecret, 200, 0, "ok"},
		{AppID, "other", 400, 10014, "app secret invalid"},
		{"cli_other", AppSecret, 200, 10014, "app id not exists"},
		{"other", AppSecret, 200, 10003, "invalid param"},
		{AppID, "", 200, 10003, "invalid param"},
	} {
		status, document := c.tenantToken(one.id, one.secret)
		if status != one.status || document["code"] != one.code || document["msg"] != one.msg {
			t.Errorf("%s: %d %v", one.id, status, document)
		}
	}
	w, document := c.do(httptest.NewRequest("POST", "/open-apis/auth/v3/app_access_token/internal",
		strings.NewReader(`{"app_id":"`+AppID+`","app_secret":"`+AppSecret+`"}`)))
	if w.Code != 200 || document["app_access_token"] == nil {
		t.Errorf("%d %v", w.Code, document)
	}
	if _, document := c.get("/open-apis/application/v6/applications/"+AppID+"?lang=en_us", "t-other"); document["code"] != 99991663.0 {
		t.Errorf("%v", document)
	}
	status, document := c.app()
	data, _ := document["data"].(map[string]any)
	app, _ := data["app"].(map[string]any)
	urls, _ := app["redirect_urls"].([]any)
	if status != 200 || app["status"] != 1.0 || len(urls) != 1 || urls[0] != callback || app["online_version_id"] == "" {
		t.Errorf("%d %v", status, document)
	}
}

// Each switch changes what it says, and nothing before it in the flow.
func TestSwitches(t *testing.T) {
	user := func(c *cloud, name string) any { return c.signIn()[name] }
	appMember := func(c *cloud, name string) any {
		_, document := c.app()
		data, _ := document["data"].(map[string]any)
		app, _ := data["app"].(map[string]any)
		return app[name]
	}
	shows := map[ID]func(c *cloud) bool{
		RedirectURIUnknown: func(c *cloud) bool {
			urls, _ := appMember(c, "redirect_urls").([]any)
			return strings.Contains(c.page(), "20029") && len(urls) == 1 && urls[0] != callback
		},
		WrongSecret: func(c *cloud) bool {
			status, reply := c.redeem(c.code())
			_, document := c.tenantToken(AppID, AppSecret)
			return status == 400 && reply["error"] == "invalid_client" && document["msg"] == "app secret invalid"
		},
		LarkTenant: func(c *cloud) bool {
			_, here := c.tenantToken(AppID, AppSecret)
			_, there := newCloud(t, true, LarkTenant).tenantToken(AppID, AppSecret)
			return here["msg"] == "app id not exists" && there["code"] == 0.0 && !strings.Contains(c.page(), "<form")
		},
		AppInfoForbidden: func(c *cloud) bool {
			status, document := c.app()
			return status == 400 && document["code"] == 99991672.0
		},
		NotPublished: func(c *cloud) bool { return appMember(c, "status") == 2.0 && !strings.Contains(c.page(), "<form") },
		AppDisabled:  func(c *cloud) bool { return appMember(c, "status") == 0.0 && !strings.Contains(c.page(), "<form") },
		ExpiredCode: func(c *cloud) bool {
			_, reply := c.redeem(c.code())
			return reply["error"] == "invalid_grant"
		},
		ExpiresInString: func(c *cloud) bool {
			_, reply := c.redeem(c.code())
			return reply["expires_in"] == "7200"
		},
		NoContactPermission: func(c *cloud) bool {
			return user(c, "email") == nil && user(c, "mobile") == nil && user(c, "sub") != nil
		},
		MissingEnName: func(c *cloud) bool { return user(c, "en_name") == nil && user(c, "name") != nil },
		MissingAvatar: func(c *cloud) bool { return user(c, "avatar_thumb") == nil && user(c, "avatar_url") != nil },
		NumericSub:    func(c *cloud) bool { return user(c, "sub") == 4711.0 },
		HTMLError: func(c *cloud) bool {
			w, _ := c.form("/suite/passport/oauth/token", nil)
			return w.Code == 502 && strings.Contains(w.Body.String(), "<h1>") && strings.Contains(c.page(), "<form")
		},
		Hang: func(c *cloud) bool {
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			w, _ := c.do(httptest.NewRequestWithContext(ctx, "POST", "/suite/passport/oauth/token", nil))
			return w.Body.Len() == 0 && strings.Contains(c.page(), "<form")
		},
	}
	for _, known := range Switches() {
		if show := shows[known.ID]; show == nil || !show(newCloud(t, false, known.ID)) {
			t.Errorf("%s does not show", known.ID)
		}
	}
	c := newCloud(t, false, WrongSecret)
	if err := c.Set("nosuch"); err == nil || !c.has(WrongSecret) {
		t.Error("an unknown switch was taken")
	}
	if _, document := newCloud(t, true).tenantToken(AppID, AppSecret); document["code"] == 0.0 {
		t.Error("Lark knows the app of Feishu")
	}
}

func TestManySignInsAtOnce(t *testing.T) {
	c := newCloud(t, false)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if status, reply := c.redeem(c.code()); status != 200 {
				t.Errorf("%v", reply)
			}
			_ = c.Set(NoContactPermission)
		})
	}
	all.Wait()
}
