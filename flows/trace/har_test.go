package trace

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"signbench/flows/oauth"
)

func harText3(t *testing.T, exchanges []*Exchange) string {
	t.Helper()
	var b strings.Builder
	receipt := Receipt{ClaimsKept: 2, Removals: []Removal{{Kind: KindCode, Place: PlaceQuery, Name: "code", Step: oauth.StepCallback, Count: 1}}}
	if err := WriteHAR(&b, HARMeta{Title: "Acme dev - sign-in", Version: "0.1.0", Comment: "Disarmed.", Receipt: &receipt}, exchanges); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// recorded are exchanges with all that can be recorded.
func recorded() []*Exchange {
	start := time.Date(2026, 3, 1, 12, 0, 0, 123456000, time.UTC)
	ms := time.Millisecond
	return []*Exchange{
		{
			ID: 1, Run: "r1", Step: oauth.StepDiscovery, Channel: BackChannel, Attempt: 1, Started: start, Remote: "127.0.0.1:3001",
			Instants: Instants{1 * ms, 2 * ms, 2 * ms, 5 * ms, 5 * ms, 9 * ms, 9 * ms, 10 * ms, 30 * ms, 31 * ms, false},
			Request:  Request{Method: "GET", URL: "https://idp.example/.well-known/openid-configuration", Proto: "HTTP/1.1", Header: header("Accept", jsonType)},
			Response: &Response{Status: 200, Proto: "HTTP/1.1", Header: header("Content-Type", jsonType), Body: Body{Bytes: []byte(`{"issuer":"é"}`), Size: 15}},
			TLS: &TLS{Version: "TLS 1.3", CipherSuite: "TLS_AES_128_GCM_SHA256", ServerName: "idp.example", Peer: []Certificate{{
				Subject: "CN=idp.example", Issuer: "CN=CA", DNSNames: []string{"idp.example"}, NotBefore: start.Add(-time.Hour).Truncate(time.Second), NotAfter: start.Add(time.Hour).Truncate(time.Second),
			}}},
		},
		{
			ID: 2, Run: "r1", Step: oauth.StepAuthorize, Channel: FrontChannel, Attempt: 1, Started: start.Add(time.Second),
			Request: Request{Method: "GET", URL: "https://idp.example/auth?client_id=app&response_type=code&x=%zz", Header: http.Header{}},
		},
		{
			ID: 3, Run: "r1", Step: oauth.StepToken, Channel: BackChannel, Attempt: 2, Started: start.Add(2 * time.Second), Remote: "[::1]:3001", Proxy: "http://proxy:8080",
			Instants: Instants{GotConn: 1, WroteRequest: 2, FirstByte: 3, Done: 4, Reused: true},
			Request: Request{
				Method: "POST", URL: "https://idp.example/token", Proto: "HTTP/2.0", Header: header("Content-Type", formType, "Cookie", "a=b; c=d"),
				Body: Body{Bytes: []byte("grant_type=authorization_code&x=a%20b"), Size: 37},
			},
			Response: &Response{Status: 200, Proto: "HTTP/2.0", Header: header("Content-Type", "application/octet-stream", "Set-Cookie", "s=t; Path=/"), Body: Body{
				Bytes: []byte{0, 1, 2, 0xff}, Size: 5 << 20, Truncated: true, Err: &Failure{Class: ClassReset, Text: "reset"},
			}},
		},
		{
			ID: 4, Run: "r1", Step: oauth.StepUserInfo, Channel: BackChannel, Attempt: 1, Started: start.Add(3 * time.Second),
			Request: Request{Method: "GET", URL: "https://idp.example/me", Header: header("Authorization", "Bearer x")},
			Err:     &Failure{Class: ClassTimeout, Text: "timed out"},
		},
		{
			ID: 5, Run: "r1", Step: "upstream_post", Channel: BackChannel, Attempt: 1, Started: start.Add(4 * time.Second),
			Request:  Request{Method: "POST", URL: "https://up.example/", Header: http.Header{}, Body: Body{Bytes: []byte{0xff, 0, 0xfe}, Size: 3}},
			Response: &Response{Status: 204, Header: http.Header{}},
		},
	}
}

func TestHARComesBackAsItWas(t *testing.T) {
	want := recorded()
	got, info, err := ReadHAR(strings.NewReader(harText3(t, want)), HARLimits{})
	if err != nil {
		t.Fatal(err)
	}
	if info.Creator != "Signbench 0.1.0" || !info.Own || info.Title != "Acme dev - sign-in" || info.Version != "1.2" || info.Kept != 5 || info.Entries != 5 ||
		info.Receipt == nil || info.Receipt.ClaimsKept != 2 || len(info.Receipt.Removals) != 1 {
		t.Errorf("%+v", info)
	}
	if len(got) != len(want) {
		t.Fatalf("%d exchanges", len(got))
	}
	for i := range want {
		if !want[i].Started.Equal(got[i].Started) {
			t.Errorf("%v, want %v", got[i].Started, want[i].Started)
		}
		got[i].Started = want[i].Started
		if !reflect.DeepEqual(got[i], want[i]) {
			a, _ := json.Marshal(got[i])
			b, _ := json.Marshal(want[i])
			t.Errorf("exchange %d:\n%s\nwant\n%s", i, a, b)
		}
	}
}

// The members that section 3 of the specification requires, with their types.
func TestHARIsHAR12(t *testing.T) {
	var har map[string]any
	if err := json.Unmarshal([]byte(harText3(t, recorded())), &har); err != nil {
		t.Fatal(err)
	}
	log := member[map[string]any](t, har, "log")
	if member[string](t, log, "version") != "1.2" {
		t.Error("version")
	}
	creator := member[map[string]any](t, log, "creator")
	member[string](t, creator, "name")
	member[string](t, creator, "version")
	page := member[[]any](t, log, "pages")[0].(map[string]any)
	for _, name := range []string{"startedDateTime", "id", "title"} {
		member[string](t, page, name)
	}
	member[map[string]any](t, page, "pageTimings")
	for i, e := range member[[]any](t, log, "entries") {
		entry := e.(map[string]any)
		if _, err := time.Parse(time.RFC3339, member[string](t, entry, "startedDateTime")); err != nil {
			t.Error(err)
		}
		request, response := member[map[string]any](t, entry, "request"), member[map[string]any](t, entry, "response")
		for _, name := range []string{"method", "url", "httpVersion"} {
			member[string](t, request, name)
		}
		member[string](t, response, "statusText")
		member[string](t, response, "redirectURL")
		member[float64](t, response, "status")
		member[map[string]any](t, entry, "cache")
		for _, m := range []map[string]any{request, response} {
			member[[]any](t, m, "cookies")
			member[[]any](t, m, "headers")
			member[float64](t, m, "headersSize")
			member[float64](t, m, "bodySize")
		}
		member[[]any](t, request, "queryString")
		content := member[map[string]any](t, response, "content")
		member[float64](t, content, "size")
		member[string](t, content, "mimeType")
		timings, sum := member[map[string]any](t, entry, "timings"), 0.0
		for name, v := range timings {
			ms := v.(float64)
			if ms < 0 && ms != -1 || ms < 0 && (name == "send" || name == "wait" || name == "receive") {
				t.Errorf("entry %d: %s is %v", i, name, ms)
			}
			if name != "ssl" {
				sum += max(0, ms)
			}
		}
		if whole := member[float64](t, entry, "time"); whole < sum-0.01 || whole > sum+0.01 {
			t.Errorf("entry %d: time %v, its phases %v", i, whole, sum)
		}
	}
}

func member[T any](t *testing.T, m map[string]any, name string) T {
	t.Helper()
	v, ok := m[name].(T)
	if !ok {
		t.Fatalf("%q is %T", name, m[name])
	}
	return v
}

type failingWriter struct{ left int }

func (w *failingWriter) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, errors.New("disk full")
	}
	return len(p), nil
}

func TestHARSaysThatItCouldNotBeWritten(t *testing.T) {
	exchanges := []*Exchange{}
	for range 100 {
		exchanges = append(exchanges, recorded()...)
	}
	for _, left := range []int{0, 70_000} {
		if err := WriteHAR(&failingWriter{left}, HARMeta{}, exchanges); err == nil {
			t.Errorf("no error after %d bytes", left)
		}
	}
	if err := SVG(&failingWriter{}, Messages(exchanges), ActorLabels{}, ThemeDark); err == nil {
		t.Error("no error")
	}
	var empty strings.Builder
	if err := WriteHAR(&empty, HARMeta{}, nil); err != nil || !json.Valid([]byte(empty.String())) {
		t.Errorf("%v %s", err, empty.String())
	}
}

// chromium is a sign-in as Chromium's tools save it.
func chromium() string {
	entry := func(resource, method, url, requestHeaders, post, response string) string {
		if post != "" {
			post = `,"postData":` + post
		}
		return fmt.Sprintf(`{"_initiator":{"type":"other"},"_priority":"VeryHigh","_resourceType":%q,"cache":{},"connection":"443",
"request":{"method":%q,"url":%q,"httpVersion":"h2","headers":[{"name":":authority","value":"idp.example"}%s],"queryString":[],"cookies":[],"headersSize":-1,"bodySize":0%s},
"response":%s,"serverIPAddress":"[2001:db8::1]","startedDateTime":"2026-03-01T12:00:00.123Z","time":52.5,
"timings":{"blocked":1.5,"dns":2,"ssl":10,"connect":20,"send":1,"wait":25,"receive":3,"_blocked_queueing":0.4}}`, resource, method, url, requestHeaders, post, response)
	}
	answer := func(status int, mime, text, headers string) string {
		return fmt.Sprintf(`{"status":%d,"statusText":"","httpVersion":"h2","headers":[%s],"cookies":[],"content":{"size":%d,"mimeType":%q,"text":%q},"redirectURL":"","headersSize":-1,"bodySize":-1,"_transferSize":100,"_error":null}`,
			status, headers, len(text), mime, text)
	}
	location := func(to string) string { return fmt.Sprintf(`{"name":"location","value":%q}`, to) }
	return `{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},"pages":[{"startedDateTime":"2026-03-01T12:00:00Z","id":"page_1","title":"https://app.example/","pageTimings":{"onContentLoad":1,"onLoad":null}}],"entries":[` + strings.Join([]string{
		entry("document", "GET", "https://app.example/sign-in", "", "", answer(302, "", "", location("https://idp.example/oidc/auth?client_id=a"))),
		entry("document", "GET", "https://idp.example/oidc/auth?client_id=a&response_type=code&state=s1&redirect_uri=https%3A%2F%2Fapp.example%2Fcb", "", "", answer(302, "", "", location("/sign-in"))),
		entry("image", "GET", "https://idp.example/logo.png", "", "", answer(200, "image/png", "", "")),
		entry("script", "GET", "https://idp.example/main.js", "", "", answer(200, "application/javascript", "alert(1)", "")),
		entry("fetch", "POST", "https://idp.example/api/experience/identification", "", `{"mimeType":"application/json","text":"{\"password\":\"hunter22\"}"}`, answer(204, "", "", "")),
		entry("document", "GET", "https://idp.example/oidc/auth?client_id=up&response_type=code&state=s2&redirect_uri=https%3A%2F%2Fidp.example%2Fcallback%2Fgoogle", "", "", answer(200, "text/html", "<html>", "")),
		entry("document", "GET", "https://app.example/cb?code=c1&state=s1", "", "", answer(200, "text/html", "<html>", "")),
		entry("fetch", "POST", "https://idp.example/oidc/token", "", `{"mimeType":"application/x-www-form-urlencoded","text":"","params":[{"name":"grant_type","value":"authorization_code"},{"name":"code","value":"c1"}]}`, answer(200, "application/json", `{"access_token":"x"}`, "")),
		entry("fetch", "GET", "https://idp.example/oidc/jwks", "", "", answer(200, "application/json", `{"keys":[{}]}`, "")),
		entry("fetch", "GET", "https://idp.example/oidc/me", `,{"name":"authorization","value":"Bearer x"}`, "", answer(200, "application/json", `{"sub":"u"}`, "")),
		entry("document", "GET", "https://idp.example/oidc/session/end?id_token_hint=h&post_logout_redirect_uri=https%3A%2F%2Fapp.example%2Fbye", "", "", answer(303, "", "", location("https://app.example/bye"))),
		entry("document", "GET", "https://app.example/bye", "", "", answer(200, "text/html", "", "")),
		entry("document", "GET", "https://blocked.example/", "", "", `{"status":0,"statusText":"","httpVersion":"","headers":[],"cookies":[],"content":{"size":0,"mimeType":"x-unknown"},"redirectURL":"","headersSize":-1,"bodySize":-1,"_error":"net::ERR_CONNECTION_REFUSED"}`),
	}, ",") + `]}}`
}

func TestReadChromium(t *testing.T) {
	exchanges, info, err := ReadHAR(strings.NewReader(chromium()), HARLimits{})
	if err != nil {
		t.Fatal(err)
	}
	var steps []string
	for _, ex := range exchanges {
		steps = append(steps, fmt.Sprintf("%s/%s", ex.Step, ex.Channel))
	}
	want := []string{
		"/front", "authorize/front", "/front", "authorize/front", "callback/front", "token/back", "jwks/back",
		"userinfo/back", "end_session/front", "return/front", "/front",
	}
	if !reflect.DeepEqual(steps, want) {
		t.Errorf("%q", steps)
	}
	if info.Skipped != 2 || info.Creator != "WebInspector 537.36" || info.Own || info.Entries != 13 || info.Title != "https://app.example/" {
		t.Errorf("%+v", info)
	}
	token := exchanges[5]
	if string(token.Request.Body.Bytes) != "grant_type=authorization_code&code=c1" || token.Request.Header.Get("Content-Type") != formType ||
		token.Request.Header[":authority"] != nil || token.Remote != "[2001:db8::1]:443" || token.Request.Proto != "HTTP/2.0" {
		t.Errorf("%+v", token)
	}
	i := token.Instants
	if i.DNSDone-i.DNSStart != 2*time.Millisecond || i.TLSDone-i.TLSStart != 10*time.Millisecond || i.ConnectDone-i.ConnectStart != 10*time.Millisecond ||
		i.FirstByte-i.WroteRequest != 25*time.Millisecond || i.Done-i.FirstByte != 3*time.Millisecond {
		t.Errorf("%+v", i)
	}
	if last := exchanges[10]; last.Response != nil || last.Err == nil || ClassOf(last.Err) != ClassRefused {
		t.Errorf("%+v %v", last.Response, last.Err)
	}
	var rows []string
	for _, m := range Messages(exchanges) {
		if m.Kind == MessageCallback || m.Step == oauth.StepAuthorize && m.Kind == MessageRequest {
			rows = append(rows, fmt.Sprintf("%s>%s %s %s", m.From, m.To, m.Title, m.Code))
		}
	}
	if !reflect.DeepEqual(rows, []string{"browser>provider GET /oidc/auth ", "browser>provider GET /oidc/auth ", "browser>signbench GET /cb ", "browser>signbench GET /bye "}) {
		t.Errorf("%q", rows)
	}
}

// firefox differs: other names, empty and missing members, no resource types.
const firefox = `{"log":{"version":"1.2","creator":{"name":"Firefox","version":"141.0"},"browser":{"name":"Firefox","version":"141.0"},"pages":[],
"entries":[{"pageref":"page_1","startedDateTime":"2026-03-01T13:00:00.123+01:00","request":{"bodySize":0,"method":"GET","url":"https://idp.example/auth?client_id=a&response_type=id_token&response_mode=form_post","httpVersion":"HTTP/2","headers":[],"cookies":[],"queryString":[],"headersSize":400},
"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/2","headers":[],"cookies":[],"content":{"mimeType":"text/html; charset=utf-8","size":9,"encoding":"base64","text":"PGh0bWw+/zwv"},"redirectURL":"","headersSize":1,"bodySize":1},"cache":{},"timings":{"blocked":0,"dns":0,"connect":0,"ssl":0,"send":0,"wait":100,"receive":0},"time":100,"_securityState":"secure"},
{"startedDateTime":"2026-03-01T13:00:01+01:00","request":{"method":"POST","url":"https://app.example/cb","headers":[{"name":"Content-Type","value":"application/x-www-form-urlencoded"}],"postData":{"mimeType":"application/x-www-form-urlencoded","params":[],"text":"error=access_denied&state=x"}},"response":{"status":403},"timings":{},"time":null},
{"startedDateTime":null,"request":null,"response":null},
{"request":{"url":5,"method":{},"headers":"none"},"response":[],"time":"long"}]}}`

func TestReadFirefox(t *testing.T) {
	exchanges, info, err := ReadHAR(strings.NewReader("\xef\xbb\xbf"+firefox), HARLimits{})
	if err != nil {
		t.Fatal(err)
	}
	if info.Browser != "Firefox 141.0" || len(exchanges) != 2 || info.Entries != 4 || info.Skipped != 2 {
		t.Fatalf("%+v, %d exchanges", info, len(exchanges))
	}
	if ex := exchanges[0]; ex.Step != oauth.StepAuthorize || string(ex.Response.Body.Bytes) != "<html>\xff</" || !ex.Instants.Reused || ex.Instants.Done < 100*time.Millisecond {
		t.Errorf("%+v %+v", ex, ex.Response)
	}
	if ex := exchanges[1]; ex.Step != oauth.StepCallback || ex.Response.Status != 403 || ex.Started.UTC().Hour() != 12 {
		t.Errorf("%+v", ex)
	}
}
