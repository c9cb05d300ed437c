package feishu_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"signbench/flows/connector"
	"signbench/flows/connector/feishu"
	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/flows/trace"
)

// stall is a Feishu whose answers are by path; the rows that were told are kept.
type stall struct {
	*testing.T
	desk  connector.Desk
	setup connector.Setup

	mu    sync.Mutex
	rows  map[string]probe.Row
	steps []oauth.Step
}

func newStall(t *testing.T, handler http.HandlerFunc) *stall {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	config, err := connector.Parse(connector.Feishu, []byte(`{"appId":"cli_1","appSecret":"CANARY%+:é"}`))
	if err != nil {
		t.Fatal(err)
	}
	s := &stall{T: t, rows: map[string]probe.Row{}}
	s.setup = connector.Setup{Kind: connector.Feishu, Config: config, RedirectURI: "http://127.0.0.1:1/callback", Addresses: map[string]string{
		connector.FeishuPassport: server.URL, connector.FeishuOpen: server.URL + "/", connector.LarkOpen: server.URL + "/lark",
	}}
	recorder := trace.NewRecorder(oauth.NewRunID(), time.Now, func(*trace.Exchange) {})
	s.desk = connector.Desk{
		Client: &http.Client{Transport: &trace.Transport{Base: transport, Recorder: recorder}}, Now: time.Now,
		Emit: func(row probe.Row) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.rows[strings.TrimPrefix(row.ID, "connector.feishu.")] = row
		},
		Enter: func(step oauth.Step) { s.steps = append(s.steps, step) },
	}
	return s
}

// comesBack is a sign-in from its callback on: what came, the code of the fault that
// ended it, and its parameters.
func (s *stall) comesBack(b feishu.Bench, callback url.Values) (connector.Arrival, string, map[string]string) {
	s.Helper()
	from, err := b.Depart(s.Context(), s.desk, s.setup, s.setup.RedirectURI, "state")
	if err != nil {
		s.Fatal(err)
	}
	in, err := b.Return(s.Context(), s.desk, s.setup, from, callback)
	var stop *connector.Stopped
	if !errors.As(err, &stop) {
		return in, "", nil
	}
	return in, strings.TrimPrefix(string(stop.Faults[0].Code), "connector.feishu."), stop.Faults[0].Params
}

func hangs(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body) // or the server does not see the client go
	<-r.Context().Done()
}

var code = url.Values{"code": {"c1"}}

// Logto waits for ever, and the limit is said to be the bench's own.
func TestTheLimitIsTheBenchsOwn(t *testing.T) {
	impatient := feishu.Bench{Patience: time.Millisecond}
	s := newStall(t, hangs)
	_, got, params := s.comesBack(impatient, code)
	if got != "no_answer" || params["Limit"] != "1ms" || params["LogtoStatus"] != "" || !strings.HasSuffix(params["URL"], "/oauth/token") {
		t.Errorf("%s %v", got, params)
	}
	impatient.Check(t.Context(), s.desk, s.setup)
	if len(s.rows) != len(impatient.Rows()) || s.rows["passport"].Reason != "unreachable" || s.rows["open"].Reason != "unreachable" || s.rows["secret"].Reason != "no_answer" {
		t.Errorf("%v", s.rows)
	}
}

const (
	token = `{"access_token":"t1","token_type":"Bearer","expires_in":7200}`
	user  = `{"sub":"u1","name":"花","picture":"p","open_id":"o","union_id":"u","en_name":"Hana","tenant_key":"t",
		"avatar_url":"a","avatar_thumb":"b","avatar_middle":"c","avatar_big":"d","email":"","mobile":"+8190"}`
)

// Each answer that Logto does not take, and what it shows for it.
func TestAnswersAreReadAsLogtoReadsThem(t *testing.T) {
	for name, c := range map[string]struct {
		callback    url.Values
		tokenStatus int
		token       string
		userStatus  int
		user        string
		want, says  string
		words       string
	}{
		"good":             {code, 200, token, 200, user, "", "", ""},
		"denied":           {url.Values{"error": {"access_denied"}}, 200, token, 200, user, "upstream_refused", "400 connector.invalid_response", "access_denied"},
		"nothing":          {url.Values{}, 200, token, 200, user, "no_code", "400 connector.invalid_response", ""},
		"client":           {code, 400, `{"error":"invalid_client","error_description":"it is CANARY%+:é"}`, 200, user, "token_invalid_client", "401 connector.social_auth_code_invalid", "invalid_client: it is"},
		"code":             {code, 400, `{"error":"invalid_grant"}`, 200, user, "token_invalid_grant", "401 connector.social_auth_code_invalid", "invalid_grant"},
		"another":          {code, 400, `{"error":"invalid_request","error_description":"no"}`, 200, user, "token_refused", "401 connector.social_auth_code_invalid", "invalid_request: no"},
		"envelope":         {code, 400, `{"code":20003,"msg":"code not found"}`, 200, user, "token_status", "400 connector.invalid_response", "20003: code not found"},
		"envelope, 200":    {code, 200, `{"code":20003,"msg":"code not found"}`, 200, user, "token_shape", "400 connector.invalid_response", "code not found"},
		"page":             {code, 200, "<title>Log in</title>", 200, user, "token_unreadable", "400 connector.general", "Log in"},
		"form":             {code, 200, "access_token=t1", 200, user, "token_unreadable", "400 connector.general", ""},
		"array":            {code, 200, "[]", 200, user, "token_shape", "400 connector.invalid_response", ""},
		"life in text":     {code, 200, strings.Replace(token, "7200", `"7200"`, 1), 200, user, "token_shape", "400 connector.invalid_response", ""},
		"no type":          {code, 200, `{"access_token":"t1","expires_in":1}`, 200, user, "token_shape", "400 connector.invalid_response", ""},
		"empty token":      {code, 200, strings.Replace(token, "t1", "", 1), 200, user, "token_empty", "401 connector.social_auth_code_invalid", ""},
		"token refused":    {code, 200, token, 401, `{"error":"invalid_token","error_description":"no"}`, "userinfo_refused", "401 connector.social_invalid_access_token", "invalid_token: no"},
		"user at a wall":   {code, 200, token, 403, "<title>Forbidden</title>", "userinfo_status", "400 connector.invalid_response", "Forbidden"},
		"user in a page":   {code, 200, token, 200, "<title>Log in</title>", "userinfo_unreadable", "400 connector.general", "Log in"},
		"a field missing":  {code, 200, token, 200, strings.Replace(user, `"en_name"`, `"name_en"`, 1), "userinfo_fields", "400 connector.invalid_response", ""},
		"a field null":     {code, 200, token, 200, strings.Replace(user, `"en_name":"Hana"`, `"en_name":null`, 1), "userinfo_fields", "400 connector.invalid_response", ""},
		"a number":         {code, 200, token, 200, strings.Replace(user, `"email":""`, `"email":5`, 1), "userinfo_fields", "400 connector.invalid_response", ""},
		"user in envelope": {code, 200, token, 200, `{"code":0,"data":` + user + `}`, "userinfo_fields", "400 connector.invalid_response", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStall(t, func(w http.ResponseWriter, r *http.Request) {
				status, body := c.tokenStatus, c.token
				if strings.HasSuffix(r.URL.Path, "/userinfo") {
					status, body = c.userStatus, c.user
				}
				w.WriteHeader(status)
				_, _ = io.WriteString(w, body)
			})
			in, got, params := s.comesBack(feishu.Bench{}, c.callback)
			if got != c.want || !strings.Contains(params["Words"], c.words) {
				t.Fatalf("%s %v", got, params)
			}
			if says := strings.TrimSpace(params["LogtoStatus"] + " " + params["LogtoCode"]); says != c.says {
				t.Errorf("Logto says %q", says)
			}
			for name, v := range params {
				if strings.Contains(v, "CANARY") || strings.Contains(v, "t1") {
					t.Errorf("%s shows a secret", name)
				}
			}
			if got != "" {
				return
			}
			p := in.Profile
			if p.Field("id").Value != "u1" || p.Field("phone").Value != "8190" || p.Field("email").Value != "" || len(in.Warnings) != 0 || s.rows["field_email"].Reason != "absent" {
				t.Errorf("%+v", p)
			}
			if i := slices.IndexFunc(p.Dropped, func(d connector.Dropped) bool { return d.Reason == connector.DropEmpty }); i < 0 || p.Dropped[i].Claim != "email" {
				t.Errorf("dropped: %+v", p.Dropped)
			}
			if want := []oauth.Step{connector.StepToken, connector.StepUserInfo, connector.StepProfile}; !slices.Equal(s.steps, want) {
				t.Errorf("steps %v", s.steps)
			}
		})
	}
}

// Each answer of the open platform about the app, and then about its settings.
func TestTheOpenPlatformIsRead(t *testing.T) {
	const good = `{"code":0,"msg":"ok","tenant_access_token":"t-1","expire":7200}`
	app := func(members string) string { return `{"code":0,"data":{"app":{` + members + `}}}` }
	for name, c := range map[string]struct {
		token, lark, settings string
		app, secret, status   string
		redirect              string
	}{
		"enabled":         {good, "", app(`"status":1,"redirect_urls":["http://127.0.0.1:1/callback"],"online_version_id":"v"`), "known", "accepted", "enabled", "registered"},
		"none registered": {good, "", app(`"status":1,"redirect_urls":[],"online_version_id":"v"`), "known", "accepted", "enabled", "not_registered"},
		"no list":         {good, "", app(`"status":1,"online_version_id":"v"`), "known", "accepted", "enabled", "silent"},
		"no version":      {good, "", app(`"status":1,"redirect_urls":[]`), "known", "accepted", "not_published", "not_registered"},
		"unknown state":   {good, "", app(`"status":3,"online_version_id":"v"`), "known", "accepted", "unclear", "silent"},
		"forbidden":       {good, "", `{"code":99991672,"msg":"Access denied."}`, "known", "accepted", "forbidden", "forbidden"},
		"other refusal":   {good, "", `{"code":210504,"msg":"no such app in tenant"}`, "known", "accepted", "unclear", "silent"},
		"settings a page": {good, "", `<title>x</title>`, "known", "accepted", "unclear", "silent"},
		"wrong secret":    {`{"code":10014,"msg":"app secret invalid"}`, `{"code":10014,"msg":"app id not exists"}`, "", "known", "refused", "no_answer", "silent"},
		"wrong cloud":     {`{"code":10014,"msg":"app secret invalid"}`, good, "", "at_lark", "accepted_at_lark", "no_answer", "silent"},
		"unknown app":     {`{"code":10014,"msg":"app id not exists"}`, `{"code":10014,"msg":"app id not exists"}`, "", "unknown_app", "no_answer", "no_answer", "silent"},
		"malformed":       {`{"code":10003,"msg":"invalid param"}`, `<title>x</title>`, "", "malformed", "no_answer", "no_answer", "silent"},
		"unheard of":      {`{"code":4711,"msg":"sorry"}`, `{}`, "", "unclear", "unclear", "no_answer", "silent"},
		"code in text":    {`{"code":"0","tenant_access_token":"t-CANARY"}`, "", "", "no_answer", "no_answer", "no_answer", "silent"},
		"token elsewhere": {`{"code":0,"app_access_token":"t-CANARY"}`, `{}`, "", "unclear", "unclear", "no_answer", "silent"},
		"no envelope":     {`{"ok":true}`, "", "", "no_answer", "no_answer", "no_answer", "silent"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStall(t, func(w http.ResponseWriter, r *http.Request) {
				switch {
				case strings.HasPrefix(r.URL.Path, "/lark/"):
					_, _ = io.WriteString(w, c.lark)
				case strings.HasSuffix(r.URL.Path, "/internal"):
					_, _ = io.WriteString(w, c.token)
				case r.URL.Path == "/open-apis/application/v6/applications/cli_1" && r.Header.Get("Authorization") == "Bearer t-1":
					_, _ = io.WriteString(w, c.settings)
				default:
					_, _ = io.WriteString(w, "<div id=app></div>")
				}
			})
			feishu.Bench{}.Check(t.Context(), s.desk, s.setup)
			for row, want := range map[string]string{
				"app": c.app, "secret": c.secret, "status": c.status, "redirect_uri_bench": c.redirect, "redirect_uri": "no_uri",
			} {
				if got := s.rows[row].Reason; got != want {
					t.Errorf("%s is %s, want %s: %v", row, got, want, s.rows[row].Params)
				}
			}
			for id, row := range s.rows {
				for name, v := range row.Params {
					if strings.Contains(v, "CANARY") {
						t.Errorf("%s of %s shows a secret", name, id)
					}
				}
			}
			if len(s.rows) != len(feishu.Bench{}.Rows()) {
				t.Errorf("%d rows", len(s.rows))
			}
		})
	}
}

// Whoever points the bench at a gateway in Feishu's place has not meant the secret
// for Lark.
func TestLarkIsNotAskedInThePlaceOfAGateway(t *testing.T) {
	s := newStall(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/internal") {
			_, _ = io.WriteString(w, `{"code":10014,"msg":"app id not exists"}`)
		}
	})
	feishu.Bench{}.Check(t.Context(), s.desk, s.setup)
	if row := s.rows["app"]; row.Params["Lark"] != "10014: app id not exists" || len(row.Evidence) != 2 {
		t.Errorf("%+v", row)
	}
	delete(s.setup.Addresses, connector.LarkOpen)
	feishu.Bench{}.Check(t.Context(), s.desk, s.setup)
	if row := s.rows["app"]; row.Reason != "unknown_app" || row.Params["Lark"] != "" || len(row.Evidence) != 1 {
		t.Errorf("%+v", row)
	}
}

// Newer versions of Logto take null for absent, and know a scope. All encode the
// redirect URI twice.
func TestVersionsOfLogtoDiffer(t *testing.T) {
	s := newStall(t, func(w http.ResponseWriter, r *http.Request) {
		body := token
		if strings.HasSuffix(r.URL.Path, "/userinfo") {
			body = strings.Replace(user, `"email":""`, `"email":null`, 1)
		}
		_, _ = io.WriteString(w, body)
	})
	in, got, _ := s.comesBack(feishu.Bench{}, code)
	if got != "" || in.Profile.Field("email").Value != "" || s.rows["field_email"].Reason != "null" || s.rows["field_email"].Verdict != probe.Warn {
		t.Errorf("%s %+v", got, s.rows["field_email"])
	}
	s.setup.Config = s.setup.Config.Set("scope", "contact:user.email:readonly,offline_access ")
	from, err := feishu.Bench{}.Depart(t.Context(), s.desk, s.setup, "http://localhost:1/é b", "the state")
	if err != nil {
		t.Fatal(err)
	}
	_, query, _ := strings.Cut(from.URL.Reveal(), "?")
	if want := "client_id=cli_1&redirect_uri=http%3A%2F%2Flocalhost%3A1%2F%25C3%25A9%2520b&response_type=code&state=the+state&scope=contact%3Auser.email%3Areadonly+offline_access"; query != want {
		t.Errorf("sent %s", query)
	}
}
