package connector

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

const feishuUser = `{"sub":"u1","name":"花","picture":"p","open_id":"o","union_id":"u","en_name":"Hana","tenant_key":"t",
"avatar_url":"a","avatar_thumb":"b","avatar_middle":"c","avatar_big":"d","email":"hana@acme.example","mobile":"+8190"}`

func TestFeishu(t *testing.T) {
	good := map[string]string{"code": "c1", "redirectUri": redirectURI}
	const token = `{"access_token":"t1","token_type":"Bearer","expires_in":7140}`
	for name, c := range map[string]struct {
		data                  map[string]string
		tokenStatus, meStatus int
		token, me             string
		want                  wrong // of status 0: it succeeds
	}{
		"good":            {good, 200, 200, token, feishuUser, wrong{}},
		"no code":         {map[string]string{"error": "access_denied"}, 200, 200, token, feishuUser, wrong{400, "invalid_response", "access_denied", ""}},
		"wrong secret":    {good, 400, 200, `{"error":"invalid_client","error_description":"app secret invalid"}`, "", wrong{401, "social_auth_code_invalid", "app secret invalid", ""}},
		"a page":          {good, 502, 200, "<html>", "", wrong{400, "invalid_response", "html", ""}},
		"no token":        {good, 200, 200, `{"access_token":"","token_type":"Bearer","expires_in":1}`, "", wrong{401, "social_auth_code_invalid", "", ""}},
		"life in text":    {good, 200, 200, `{"access_token":"t","token_type":"Bearer","expires_in":"1"}`, "", wrong{400, "invalid_response", "", ""}},
		"token refused":   {good, 200, 401, token, `{"error":"invalid_token","error_description":"no longer"}`, wrong{401, "social_invalid_access_token", "no longer", ""}},
		"user at a wall":  {good, 200, 403, token, "<html>", wrong{400, "invalid_response", "html", ""}},
		"token in a page": {good, 200, 200, "<html>", "", wrong{400, "general", "Failed to get access token", ""}},
		"user in a page":  {good, 200, 200, token, "<html>", wrong{400, "general", "Failed to get user info", ""}},
		"a number":        {good, 200, 200, token, strings.Replace(feishuUser, `"hana@acme.example"`, "5", 1), wrong{400, "invalid_response", "invalid user response", ""}},
		"a field missing": {good, 200, 200, token, strings.Replace(feishuUser, `"en_name":"Hana",`, "", 1), wrong{400, "invalid_response", "invalid user response", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			b := &bench{T: t, client: &http.Client{}}
			var form url.Values
			mux := http.NewServeMux()
			mux.HandleFunc("POST /suite/passport/oauth/token", func(w http.ResponseWriter, r *http.Request) {
				_ = r.ParseForm()
				form = r.PostForm
				w.WriteHeader(c.tokenStatus)
				_, _ = fmt.Fprint(w, c.token)
			})
			mux.HandleFunc("GET /suite/passport/oauth/userinfo", func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Authorization") != "Bearer t1" {
					t.Errorf("Authorization %q", r.Header.Get("Authorization"))
				}
				w.WriteHeader(c.meStatus)
				_, _ = fmt.Fprint(w, c.me)
			})
			server := httptest.NewServer(mux)
			defer server.Close()
			f, err := NewFeishu(b.client, server.URL, []byte(`{"appId":"cli_1","appSecret":"s1"}`))
			if err != nil {
				t.Fatal(err)
			}
			target, kept, err := f.Begin(t.Context(), "s1", redirectURI)
			if err != nil || !strings.HasPrefix(target, server.URL+"/suite/passport/oauth/authorize?client_id=cli_1&redirect_uri=http%3A") {
				t.Errorf("%v %s", err, target)
			}
			p, err := f.Finish(t.Context(), c.data, kept)
			if c.want.status != 0 {
				if err == nil || !c.want.match(b.asError(err)) {
					t.Errorf("%v", err)
				}
				return
			}
			if err != nil || p.ID != "u1" || p.Phone != "8190" || p.Email != "hana@acme.example" || p.Avatar != "a" {
				t.Errorf("%v", err)
			}
			if form.Encode() != "client_id=cli_1&client_secret=s1&code=c1&grant_type=authorization_code&redirect_uri="+url.QueryEscape(redirectURI) {
				t.Errorf("form %v", form)
			}
		})
	}
	if _, err := NewFeishu(nil, "", []byte(`{"appId":"cli_1"}`)); err == nil {
		t.Error("a configuration without a secret was taken")
	}
}

const templates = `[{"usageType":"Register","content":"R {{code}}"},{"usageType":"SignIn","content":"S {{code}}"},
{"usageType":"ForgotPassword","content":"F"},{"usageType":"Generic","content":"Your code is {{ code }}."}]`

func TestTwilio(t *testing.T) {
	status, body := http.StatusCreated, `{"sid":"SM1"}`
	var form url.Values
	var user, password, path string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ = r.BasicAuth()
		path = r.URL.Path
		_ = r.ParseForm()
		form = r.PostForm
		w.WriteHeader(status)
		_, _ = fmt.Fprint(w, body)
	}))
	defer server.Close()
	b := &bench{T: t, client: &http.Client{}}
	config := `{"accountSID":"AC1","authToken":"t1","fromMessagingServiceSID":"MG1","templates":` + templates + `}`
	twilio, err := NewTwilio(b.client, server.URL, []byte(config))
	if err != nil {
		t.Fatal(err)
	}
	for usage, content := range map[string]string{"SignIn": "S 123456", "BindMfa": "Your code is 123456."} {
		if err := twilio.Send(t.Context(), "15551234567", usage, "123456"); err != nil {
			t.Fatal(err)
		}
		want := url.Values{"To": {"+15551234567"}, "MessagingServiceSid": {"MG1"}, "Body": {content}, "RiskCheck": {"enable"}}
		if form.Encode() != want.Encode() || user != "AC1" || password != "t1" || path != "/2010-04-01/Accounts/AC1/Messages.json" {
			t.Errorf("%s: %v to %s", usage, form, path)
		}
	}
	status, body = http.StatusUnauthorized, `{"code":20003,"message":"Authenticate","status":401}`
	err = twilio.Send(t.Context(), "+15551234567", "Generic", "000000")
	if e := b.asError(err); !(wrong{400, "general", `"code":20003`, ""}).match(e) || !strings.Contains(e.Message, "Authenticate") {
		t.Errorf("%v", err)
	}
	server.Close()
	if err := twilio.Send(t.Context(), "1", "Generic", "000000"); !(wrong{500, "", "", "fetch failed"}).match(b.asError(err)) {
		t.Errorf("%v", err)
	}
	_, err = NewTwilio(b.client, server.URL, []byte(strings.Replace(config, `"Register"`, `"Registration"`, 1)))
	if !(wrong{400, "invalid_config", "UsageType (Register)", ""}).match(b.asError(err)) {
		t.Errorf("%v", err)
	}
}
