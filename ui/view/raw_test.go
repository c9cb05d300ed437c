package view

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"signbench/flows/trace"
)

func exchangeWith(contentType, body string) *trace.Exchange {
	return &trace.Exchange{
		ID: 1, Request: trace.Request{Method: "POST", URL: "https://op.example/token?a=b", Proto: "HTTP/1.1", Header: http.Header{}},
		Response: &trace.Response{
			Status: 200, Proto: "HTTP/1.1", Header: http.Header{"Content-Type": {contentType}},
			Body: trace.Body{Bytes: []byte(body), Size: int64(len(body))},
		},
	}
}

func TestRawLaysBodiesOut(t *testing.T) {
	for name, c := range map[string]struct{ contentType, body, want string }{
		"JSON":         {"application/json", `{"a":{"b":1}}`, "{\n  \"a\": {\n    \"b\": 1\n  }\n}"},
		"a form":       {"application/x-www-form-urlencoded", "grant_type=a%20b&code=c%26d", "grant_type = a b\ncode = c&d\n"},
		"a JWT":        {"application/jwt", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1In0.", "\"sub\": \"u\""},
		"binary":       {"image/png", "\x89PNG\x00\xff", "6 bytes that are not text"},
		"bad charset":  {"text/html; charset=shift_jis", "\x83e", "2 bytes that are not text"},
		"plain":        {"text/plain", "hello", "hello"},
		"a half JSON":  {"application/json", `{"a":`, `{"a":`},
		"not labelled": {"", `[1,2]`, "[\n  1,\n  2\n]"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := rawText(exchangeWith(c.contentType, c.body)); !strings.Contains(got, c.want) {
				t.Errorf("raw = %q, want %q in it", got, c.want)
			}
		})
	}
}

func TestRawSaysWhatIsNotThere(t *testing.T) {
	ex := exchangeWith("text/plain", "x")
	ex.Response.Body.Truncated, ex.Response.Body.Size = true, 5_000_000
	if got := rawText(ex); !strings.Contains(got, "5000000 bytes in all") {
		t.Errorf("a cut body: %q", got)
	}
	ex.Response, ex.Err = nil, errors.New("connection refused")
	if got := rawText(ex); !strings.Contains(got, "No answer came: connection refused") {
		t.Errorf("a lost answer: %q", got)
	}
	ex.Err = nil
	if got := rawText(ex); !strings.Contains(got, "not seen here") {
		t.Errorf("a hop of the browser: %q", got)
	}
}

func TestRawBoundsHeaders(t *testing.T) {
	ex := exchangeWith("text/plain", "x")
	for i := range 10_000 {
		ex.Response.Header.Set(fmt.Sprintf("X-%05d", i), "v")
	}
	if got := strings.Count(rawText(ex), "\n"); got > 2*shownHeaders {
		t.Errorf("%d lines", got)
	}
}

func TestTheGuideExplainsAHop(t *testing.T) {
	ex := exchangeWith("application/json", `{"error":"invalid_grant","access_token":"x","unheard_of":1}`)
	ex.Step, ex.Response.Status = "token", 400
	ex.Request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	ex.Request.Body = trace.Body{Bytes: []byte("grant_type=authorization_code&code=c")}
	ex.Request.Header.Set("Authorization", "Basic YXBwOnNlY3JldA==")
	g := newGuide(ex, []*trace.Exchange{ex}, nil)
	if g.Badge != "400 invalid_grant" || g.Title == "" || g.Purpose == "" || g.Look == "" || g.Spec == "" {
		t.Errorf("guide = %+v", g)
	}
	var sent []string
	for _, row := range g.Sent {
		sent = append(sent, row[0].Text+"="+row[1].Text)
	}
	if got := strings.Join(sent, " "); got != "a=b code=c grant_type=authorization_code Authorization=Basic app" {
		t.Errorf("sent: %s", got)
	}
	if len(g.Received) != 2 {
		t.Errorf("received: %v", g.Received)
	}
	if len(g.Facts) == 0 {
		t.Error("nothing on the wire")
	}
}
