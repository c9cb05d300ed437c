package trace

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"signbench/flows/oauth"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// aSignIn is a run from discovery to user info; the browser is away for 90 seconds.
func aSignIn() []*Exchange {
	ms := time.Millisecond
	back := func(id int, step oauth.Step, at time.Duration, method, target string, resp *Response) *Exchange {
		return &Exchange{ID: id, Step: step, Channel: BackChannel, Attempt: 1, Started: noon.Add(at), Instants: Instants{Done: 40 * ms}, Request: Request{Method: method, URL: target}, Response: resp}
	}
	return []*Exchange{
		back(1, oauth.StepDiscovery, 0, "GET", "https://idp.example/.well-known/openid-configuration", &Response{Status: 200}),
		{ID: 2, Step: oauth.StepAuthorize, Channel: FrontChannel, Started: noon.Add(time.Second), Request: Request{Method: "GET", URL: "https://idp.example/auth?response_type=code&state=s1"}},
		{ID: 3, Step: oauth.StepCallback, Channel: FrontChannel, Started: noon.Add(91 * time.Second), Request: Request{Method: "GET", URL: "http://localhost:3000/callback?code=c&state=s1"}, Response: &Response{Status: 200}},
		back(4, oauth.StepToken, 92*time.Second, "POST", "https://idp.example/token", &Response{Status: 200}),
	}
}

func rows(msgs []Message) []string {
	var out []string
	for _, m := range msgs {
		row := fmt.Sprintf("%s>%s %s", m.From, m.To, m.Kind)
		for _, s := range []string{string(m.Code), m.Title, m.Caption} {
			if s != "" {
				row += " " + s
			}
		}
		if m.Failed {
			row += " FAILED"
		}
		if m.Inferred {
			row += " inferred"
		}
		out = append(out, row)
	}
	return out
}

func TestMessagesOfASignIn(t *testing.T) {
	msgs := Messages(aSignIn())
	want := []string{
		"signbench>provider request GET /.well-known/openid-configuration",
		"provider>signbench answer 200 OK",
		"signbench>browser open opened",
		"browser>provider request GET /auth response_type=code inferred",
		"browser>provider gap at_provider",
		"provider>browser redirect sent_back inferred",
		"browser>signbench callback GET /callback",
		"signbench>browser answer 200 OK",
		"signbench>provider request POST /token",
		"provider>signbench answer 200 OK",
	}
	if got := rows(msgs); !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if gap := msgs[4]; gap.Took != 90*time.Second || !gap.At.Equal(noon.Add(time.Second)) {
		t.Errorf("%+v", gap)
	}
	if answer := msgs[1]; answer.Took != 40*time.Millisecond || answer.Exchange != 1 || !answer.At.Equal(noon.Add(40*time.Millisecond)) {
		t.Errorf("%+v", answer)
	}
}

// Disarmed or not, the rows are the same: a state that was removed still compares.
func TestMessagesOfDisarmed(t *testing.T) {
	n := newNest()
	clean, _ := n.disarmAll()
	a, b := rows(Messages(n.exchanges)), rows(Messages(clean))
	for i := range a {
		if a[i] != b[i] && !strings.Contains(b[i], "removed") { // a path with a secret in it
			t.Errorf("%q, disarmed %q", a[i], b[i])
		}
	}
	if len(a) != len(b) {
		t.Errorf("%d rows, disarmed %d", len(a), len(b))
	}
}

func TestMessagesThatDoNotBelong(t *testing.T) {
	run := aSignIn()
	callback := func(id int, target string, status int) *Exchange {
		return &Exchange{ID: id, Step: oauth.StepCallback, Channel: FrontChannel, Started: noon.Add(time.Minute), Request: Request{Method: "GET", URL: target}, Response: &Response{Status: status}}
	}
	foreign := callback(10, "http://localhost:3000/callback?code=x&state=other", 400)
	knock := callback(11, "http://localhost:3000/favicon.ico", 404)
	late := callback(12, "http://localhost:3000/callback?error=access_denied&state=s1", 400)
	got := rows(Messages([]*Exchange{run[1], foreign, knock, run[2], late, nil}))
	want := []string{
		"signbench>browser open opened",
		"browser>provider request GET /auth response_type=code inferred",
		"browser>signbench callback foreign_state GET /callback FAILED",
		"signbench>browser answer 400 Bad Request FAILED",
		"browser>signbench callback knock GET /favicon.ico FAILED",
		"signbench>browser answer 404 Not Found FAILED",
		"browser>provider gap at_provider",
		"provider>browser redirect sent_back inferred",
		"browser>signbench callback GET /callback",
		"signbench>browser answer 200 OK",
		"browser>signbench callback late GET /callback access_denied FAILED",
		"signbench>browser answer 400 Bad Request FAILED",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestMessagesThatFail(t *testing.T) {
	at := func(id int, resp *Response, err error) *Exchange {
		return &Exchange{ID: id, Step: oauth.StepToken, Channel: BackChannel, Attempt: id, Request: Request{
			Method: "POST", URL: "https://idp.example", Body: form("grant_type", "refresh_token", "refresh_token", "r"),
		}, Response: resp, Err: err}
	}
	got := rows(Messages([]*Exchange{
		at(1, nil, &Failure{Class: ClassRefused}),
		at(2, &Response{Status: 401, Header: header("WWW-Authenticate", `Bearer realm="x", error="invalid_token", error_description="y"`)}, nil),
		at(3, &Response{Status: 400, Body: Body{Bytes: []byte(`{"error":"invalid_grant\n;#"}`)}}, nil),
		at(4, &Response{Status: 200, Body: Body{Err: io.ErrUnexpectedEOF}}, nil),
		at(5, &Response{Status: 302, Header: header("Location", "https://else.example/path?code=x")}, nil),
		at(6, &Response{}, nil),
		{ID: 7, Step: oauth.StepAuthorize, Channel: FrontChannel, Request: Request{Method: "GET", URL: "https://idp.example/auth"}},
	}))
	request := func(n int) string {
		out := "signbench>provider request POST / grant_type=refresh_token"
		if n > 1 {
			out += fmt.Sprintf(", attempt %d", n)
		}
		return out
	}
	want := []string{
		request(1), "provider>signbench lost no_answer refused FAILED",
		request(2), "provider>signbench answer 401 Unauthorized invalid_token FAILED",
		request(3), "provider>signbench answer 400 Bad Request invalid_grant ;# FAILED",
		request(4), "provider>signbench answer broken 200 OK eof FAILED",
		request(5), "provider>signbench answer 302 Found else.example/path",
		request(6), "provider>signbench lost no_answer FAILED",
		"signbench>browser open opened", "browser>provider request GET /auth inferred", "browser>provider gap waiting",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
