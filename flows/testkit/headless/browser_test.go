package headless_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"signbench/flows/testkit/headless"
)

func serve(t *testing.T, routes map[string]http.HandlerFunc) string {
	t.Helper()
	mux := http.NewServeMux()
	for pattern, handler := range routes {
		mux.HandleFunc(pattern, handler)
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func page(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = fmt.Fprint(w, "<!doctype html>", body)
	}
}

func echo(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	_, _ = fmt.Fprintf(w, "%s %s", r.Method, r.Form.Encode())
}

func TestVisit(t *testing.T) {
	const controls = `<form action="/echo" method="post">
<input type="hidden" name="h" value="1"><input name="user" value="nobody">
<input type="checkbox" name="unticked"><input type="checkbox" name="ticked" checked>
<input name="off" value="x" disabled>
<select name="pick"><option>one</option><option value="2" selected>two</option></select>
<textarea name="note">text</textarea>
<button type="button" name="script">No</button>
<button name="do" value="yes">Yes, do it</button>
<button name="do" value="no" formaction="/other" formmethod="get">No</button></form>
<form action="/search"><input name="q"></form>`

	for name, c := range map[string]struct {
		body  string
		press []string
		want  string
	}{
		"first button":         {controls, nil, "POST do=yes&h=1&note=text&pick=2&ticked=on&user=alice"},
		"button by value":      {controls, []string{"no"}, "GET do=no&h=1&note=text&pick=2&ticked=on&user=alice"},
		"button by text":       {controls, []string{"absent", "yes, do it"}, "POST do=yes&h=1&note=text&pick=2&ticked=on&user=alice"},
		"button outside":       {`<form id="f" action="/echo" method="post"><input type="hidden" name="h" value="1"></form><button form="f" name="b" value="2">B</button>`, nil, "POST b=2&h=1"},
		"sends itself":         {`<form action="/echo" method="post"><input type="hidden" name="h" value="a&amp;b"><noscript><button>Continue</button></noscript></form><script>document.forms[0].submit()</script>`, nil, "POST h=a%26b"},
		"get replaces a query": {`<form action="/echo?old=1"><input type="hidden" name="h" value="1"></form>`, nil, "GET h=1"},
		"base":                 {`<base href="/deep/"><form action="../echo"><input name="user"></form>`, nil, "GET user=alice"},
	} {
		t.Run(name, func(t *testing.T) {
			origin := serve(t, map[string]http.HandlerFunc{"/": page(c.body), "/echo": echo, "/other": echo})
			browser := headless.New(map[string]string{"user": "alice", "h": "never", "off": "never"}, c.press...)
			got, err := browser.Visit(context.Background(), origin+"/")
			if err != nil {
				t.Fatal(err)
			}
			if got.Text != c.want {
				t.Errorf("got  %s\nwant %s", got.Text, c.want)
			}
		})
	}
}

func TestRedirectsKeepCookiesAndFragments(t *testing.T) {
	origin := serve(t, map[string]http.HandlerFunc{
		"/": func(w http.ResponseWriter, r *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
			http.Redirect(w, r, "/next#code=1", http.StatusFound)
		},
		"/next": func(w http.ResponseWriter, r *http.Request) {
			if cookie, err := r.Cookie("seen"); err != nil || cookie.Value != "1" {
				t.Error("the cookie was not kept")
			}
			page("<title>Next</title>")(w, r)
		},
	})
	browser := headless.New(nil)
	got, err := browser.Visit(context.Background(), origin)
	if err != nil || got.URL.Fragment != "code=1" || got.Title != "Next" {
		t.Errorf("%v: %+v", err, got)
	}
	if visits := browser.Visits(); len(visits) != 2 || visits[0].Status != http.StatusFound {
		t.Errorf("visits: %+v", visits)
	}
}

func TestPostIsRepeatedOnlyWhenTold(t *testing.T) {
	for status, want := range map[int]string{
		http.StatusTemporaryRedirect: "POST h=1",
		http.StatusSeeOther:          "GET ",
	} {
		origin := serve(t, map[string]http.HandlerFunc{
			"/":     page(`<form action="/go" method="post"><input type="hidden" name="h" value="1"></form>`),
			"/go":   func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/echo", status) },
			"/echo": echo,
		})
		got, err := headless.New(nil).Visit(context.Background(), origin)
		if err != nil || got.Text != want {
			t.Errorf("%d: %v, got %q, want %q", status, err, got.Text, want)
		}
	}
}

func TestEndlessPages(t *testing.T) {
	n := 0
	origin := serve(t, map[string]http.HandlerFunc{
		"/loop": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) },
		"/again": func(w http.ResponseWriter, r *http.Request) {
			n++
			page(fmt.Sprintf(`<p>Wrong password</p><form method="post"><input type="hidden" name="t" value="%d"><input name="user"></form>`, n))(w, r)
		},
		"/app": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "myapp://callback?code=1")
			w.WriteHeader(http.StatusFound)
		},
	})
	browser := headless.New(map[string]string{"user": "alice"})
	if _, err := browser.Visit(context.Background(), origin+"/loop"); !errors.Is(err, headless.ErrLost) {
		t.Errorf("loop: %v", err)
	}
	got, err := browser.Visit(context.Background(), origin+"/again")
	if !errors.Is(err, headless.ErrRefused) || got == nil || got.Text != "Wrong password" {
		t.Errorf("again: %v %+v", err, got)
	}
	if _, err := browser.Visit(context.Background(), origin+"/app"); err == nil || !strings.Contains(err.Error(), "myapp") {
		t.Errorf("scheme: %v", err)
	}
}

func TestAnswerDecides(t *testing.T) {
	origin := serve(t, map[string]http.HandlerFunc{"/": page(`<title>Ask</title><form action="/echo"><button>Go</button></form>`), "/echo": echo})
	browser := headless.New(nil)
	browser.Answer = func(*headless.Page) (*headless.Form, *headless.Button) { return nil, nil }
	got, err := browser.Visit(context.Background(), origin)
	if err != nil || got.Title != "Ask" || len(got.Forms) != 1 {
		t.Errorf("%v: %+v", err, got)
	}
}

func TestLaunchReturnsAtOnce(t *testing.T) {
	release := make(chan struct{})
	origin := serve(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
		<-release
		page("<title>Late</title>")(w, r)
	}})
	browser := headless.New(nil)
	if err := browser.Launch(origin); err != nil {
		t.Fatal(err)
	}
	close(release)
	if got, err := browser.Wait(); err != nil || got.Title != "Late" {
		t.Errorf("%v: %+v", err, got)
	}
}
