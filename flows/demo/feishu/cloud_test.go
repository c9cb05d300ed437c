package feishu

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

const callback = "http://localhost:3001/callback/demo"

// cloud is one of the two with a clock that tests move.
type cloud struct {
	*testing.T
	*Service
	at time.Time
}

func newCloud(t *testing.T, lark bool, ids ...ID) *cloud {
	t.Helper()
	c := &cloud{T: t, at: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	c.Service = New(Options{Lark: lark, Now: func() time.Time { return c.at }, RedirectURLs: func() []string { return []string{callback} }})
	if err := c.Set(ids...); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *cloud) do(r *http.Request) (*httptest.ResponseRecorder, map[string]any) {
	w := httptest.NewRecorder()
	c.ServeHTTP(w, r)
	var document map[string]any
	_ = json.Unmarshal(w.Body.Bytes(), &document)
	return w, document
}

func request(values ...string) url.Values {
	v := url.Values{"client_id": {AppID}, "redirect_uri": {callback}, "response_type": {"code"}, "state": {"s 1"}}
	for i := 0; i+1 < len(values); i += 2 {
		v.Set(values[i], values[i+1])
	}
	return v
}

func (c *cloud) page(values ...string) string {
	c.Helper()
	w, _ := c.do(httptest.NewRequest("GET", authorizePath+"?"+request(values...).Encode(), nil))
	body := w.Body.String()
	if w.Code != 200 || w.Header().Get("Location") != "" || strings.Contains(body, "<script") {
		c.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	return body
}

func (c *cloud) form(path string, v url.Values) (*httptest.ResponseRecorder, map[string]any) {
	r := httptest.NewRequest("POST", path, strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.do(r)
}

// code is what the user's Allow brings.
func (c *cloud) code() string {
	c.Helper()
	w, _ := c.form(authorizePath, request("decision", "allow"))
	u, err := url.Parse(w.Header().Get("Location"))
	if err != nil || w.Code != http.StatusFound || u.Query().Get("state") != "s 1" || !strings.HasPrefix(u.String(), callback+"?") {
		c.Fatalf("%d to %v", w.Code, u)
	}
	return u.Query().Get("code")
}

func (c *cloud) redeem(code string, values ...string) (int, map[string]any) {
	v := url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "client_id": {AppID}, "client_secret": {AppSecret}, "redirect_uri": {callback},
	}
	for i := 0; i+1 < len(values); i += 2 {
		v.Set(values[i], values[i+1])
	}
	w, document := c.form("/suite/passport/oauth/token", v)
	return w.Code, document
}

func (c *cloud) get(path, token string) (int, map[string]any) {
	r := httptest.NewRequest("GET", path, nil)
	r.Header.Set("Authorization", "Bearer "+token)
	w, document := c.do(r)
	return w.Code, document
}

// signIn is the whole way to the user's fields.
func (c *cloud) signIn() map[string]any {
	c.Helper()
	status, reply := c.redeem(c.code())
	token, _ := reply["access_token"].(string)
	if status != 200 || token == "" || reply["token_type"] != "Bearer" {
		c.Fatalf("%d %v", status, reply)
	}
	status, user := c.get("/suite/passport/oauth/userinfo", token)
	if status != 200 {
		c.Fatalf("%d %v", status, user)
	}
	return user
}

func (c *cloud) tenantToken(id, secret string) (int, map[string]any) {
	body, _ := json.Marshal(map[string]string{"app_id": id, "app_secret": secret})
	w, document := c.do(httptest.NewRequest("POST", "/open-apis/auth/v3/tenant_access_token/internal", strings.NewReader(string(body))))
	return w.Code, document
}

// app is what the app reads of itself.
func (c *cloud) app() (int, map[string]any) {
	c.Helper()
	_, document := c.tenantToken(AppID, AppSecret)
	token, _ := document["tenant_access_token"].(string)
	return c.get("/open-apis/application/v6/applications/"+AppID+"?lang=en_us", token)
}
