package flows_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"signbench/flows/connector/tenant"
)

// The pictures of a tenant's connectors come from where they say, without a word
// about who asks; what is none is left out.
func TestThePicturesOfTheConnectors(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cookie") != "" || r.Header.Get("Authorization") != "" {
			t.Errorf("%s was told %v", r.URL, r.Header)
		}
		switch r.URL.Path {
		case "/logo.png":
			w.Header().Set("Content-Type", "image/png")
			_, _ = w.Write([]byte("png"))
		case "/page":
			_, _ = w.Write([]byte("<html>"))
		case "/endless":
			w.Header().Set("Content-Type", "image/png")
			_, _ = w.Write([]byte(strings.Repeat("x", 20<<20)))
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	const inline = "data:image/svg+xml,%3Csvg/%3E"
	l := tenant.Listing{Connectors: []tenant.Connector{
		{ID: "1", Logo: server.URL + "/logo.png", LogoDark: inline},
		{ID: "2", Logo: server.URL + "/page", LogoDark: server.URL + "/gone"},
		{ID: "3", Logo: server.URL + "/endless"},
		{ID: "4", Logo: "not a URL\n"},
	}}
	logos := newStage(t).engine.Logos(t.Context(), logtoAt(server.URL), l)
	if len(logos) != 2 || string(logos[server.URL+"/logo.png"]) != "png" || string(logos[inline]) != "<svg/>" {
		t.Errorf("%q", logos)
	}
}
