package trace

import (
	"net/http"
	"net/http/cookiejar"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Headers are recorded in full: what net/http does around a Transport, with cookies and
// across a redirect, leaves those of each exchange as they went over the wire.
func TestTransportRecordsWhatIsSent(t *testing.T) {
	var sent []http.Header
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		sent = append(sent, r.Header.Clone())
		http.SetCookie(w, &http.Cookie{Name: "at", Value: r.URL.Path[1:]})
		if r.URL.Path != "/last" {
			http.Redirect(w, r, map[string]string{"/first": "/second", "/second": "/last"}[r.URL.Path], http.StatusFound)
		}
	})
	client, k := watched(NewWire(&http.Transport{}))
	client.Jar, _ = cookiejar.New(nil)
	if _, err := do(t, client, "POST", server.URL+"/first", strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	if len(k.all) != 3 || len(sent) != 3 {
		t.Fatalf("%d exchanges, %d requests", len(k.all), len(sent))
	}
	for i, ex := range k.all {
		if !reflect.DeepEqual(ex.Request.Header, sent[i]) {
			t.Errorf("request %d: recorded %v, sent %v", i+1, ex.Request.Header, sent[i])
		}
		if want := []string{"at=" + []string{"first", "second", "last"}[i]}; !slices.Equal(ex.Response.Header["Set-Cookie"], want) {
			t.Errorf("answer %d: %v", i+1, ex.Response.Header)
		}
	}
	if k.all[0].Request.Header["Cookie"] != nil || k.all[2].Request.Header.Get("Cookie") != "at=second" {
		t.Errorf("cookies %v, %v", k.all[0].Request.Header, k.all[2].Request.Header)
	}
}

// A compressed answer would be undone by net/http, with the headers that say so.
func TestTransportAsksForNoCompression(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			w.Header().Set("Content-Encoding", "gzip")
		}
		echo(w, r)
	})
	client, k := watched(NewWire(&http.Transport{}))
	if _, err := do(t, client, "POST", server.URL, nil); err != nil {
		t.Fatal(err)
	}
	ex := k.last(t)
	if ex.Response.Header.Get("Content-Encoding") != "" || ex.Response.Header.Get("Content-Length") == "" || ex.Request.Header.Get("Content-Length") != "0" {
		t.Errorf("sent %v, received %v", ex.Request.Header, ex.Response.Header)
	}
}
