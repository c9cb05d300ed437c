package probe_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"testing"

	"signbench/flows/probe"
)

func TestAnswersOfAuthorizationEndpoints(t *testing.T) {
	asked, err := url.Parse("https://up.test/auth?x=1")
	if err != nil {
		t.Fatal(err)
	}
	const own = "https://app.test/callback"
	google := "/signin/oauth/error?authError=" + url.QueryEscape(base64.URLEncoding.EncodeToString([]byte("\n\x15redirect_uri_mismatch\x12 more")))
	for name, c := range map[string]struct {
		status         int
		location, body string
		seen           probe.Seen
		code           string
	}{
		"login page":         {302, "/login", "", probe.Login, ""},
		"back":               {303, own + "?code=1", "", probe.Returned, ""},
		"back with an error": {303, own + "#error=invalid_scope", "", probe.Returned, "invalid_scope"},
		"own error page":     {302, "/error?error=invalid_client", "", probe.Refused, "invalid_client"},
		"Google's":           {302, google, "", probe.Refused, "redirect_uri_mismatch"},
		"Google's, broken":   {302, "/x?authError=%21", "", probe.Refused, ""},
		"JSON":               {400, "", `{"error":"invalid_redirect_uri"}`, probe.Refused, "invalid_redirect_uri"},
		"page":               {400, "", "<p>Error: invalid_client</p>", probe.Refused, "invalid_client"},
		"broken":             {502, "", "", probe.Broken, ""},
		"a page as such":     {200, "", "hello", probe.Page, ""},
	} {
		header := http.Header{"Location": {c.location}}
		if got := probe.ReadAuthorization(own, asked, c.status, header, []byte(c.body)); got.Seen != c.seen || got.Code != c.code {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
