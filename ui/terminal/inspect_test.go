package terminal_test

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"signbench/flows/demo"
	"signbench/ui/terminal"
)

// A pasted token is decoded, and verified with keys from each place they can be.
func TestInspectVerifies(t *testing.T) {
	tenant := demo.New(demo.Options{Addr: "127.0.0.1:0", Linger: -1})
	endpoint, release, err := tenant.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { release(); _ = tenant.Close() })
	token, err := tenant.LogoutToken(endpoint+"/oidc", demo.LogoutSound)
	if err != nil {
		t.Fatal(err)
	}
	c := newConsole(t)
	path, keys := filepath.Join(c.home, "token.txt"), filepath.Join(c.home, "jwks.json")
	for file, content := range map[string]string{path: "Bearer " + token + "\n", keys: fetched(t, endpoint+"/oidc/jwks")} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	plain, _ := c.document("inspect", path)
	if !plain.OK || len(plain.Checks) != 0 || plain.Documents[0].Kind != "logout_token" || !strings.Contains(plain.Verdict.Title, "not verified") {
		t.Errorf("without keys: %+v", plain.Verdict)
	}
	for _, with := range [][]string{
		{"--issuer", endpoint + "/oidc"}, {"--jwks", endpoint + "/oidc/jwks"}, {"--jwks", keys}, {"--key", keys},
	} {
		doc, s := c.document(append([]string{"inspect", path, "--audience", demo.AppID}, with...)...)
		if s.status != terminal.StatusOK || len(doc.Checks) < 5 || !strings.Contains(doc.Verdict.Title, "Verified") {
			t.Errorf("%v: status %d, %v, %v\n%s", with, s.status, doc.Verdict, codes(doc, "error"), s.err)
		}
	}
	doc, s := c.document("inspect", path, "--jwks", keys, "--audience", "another")
	if s.status != terminal.StatusFaults || !slices.Equal(codes(doc, "error"), []string{"logout_token.aud"}) {
		t.Errorf("another audience: status %d, %v", s.status, codes(doc, "error"))
	}
	if s := c.run("inspect", path, "--jwks", keys, "--audience", "another", "--expect", "logout_token.aud"); s.status != terminal.StatusOK {
		t.Errorf("expected: status %d", s.status)
	}
}

func fetched(t *testing.T, url string) string {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestInspectKnowsWhatItIsGiven(t *testing.T) {
	c := newConsole(t)
	for _, test := range []struct {
		text, kind, fault string
		status            terminal.Status
	}{
		{"http://localhost:3000/callback?code=" + canary + "&state=s", "callback", "", terminal.StatusOK},
		{"http://localhost:3000/callback?error=access_denied&state=s", "callback", "authorize.access_denied", terminal.StatusFaults},
		{`{"code":"oidc.invalid_redirect_uri","message":"m"}`, "logto_error", "authorize.invalid_redirect_uri", terminal.StatusFaults},
		{`{"error":"invalid_grant"}`, "oauth_error", "token.invalid_grant", terminal.StatusFaults},
		{"<html><title>Bad gateway</title><body>nginx</body></html>", "page", "", terminal.StatusOK},
		{canary, "opaque", "", terminal.StatusOK},
	} {
		s := c.runWith(test.text, "inspect", "--json")
		doc := c.read(s)
		found := ""
		if len(doc.Faults) > 0 {
			found = doc.Faults[0].Code
		}
		if s.status != test.status || doc.Documents[0].Kind != test.kind || found != test.fault {
			t.Errorf("%.40s: status %d, kind %s, fault %q", test.text, s.status, doc.Documents[0].Kind, found)
		}
	}
	if s := c.runWith(" \n", "inspect"); s.status != terminal.StatusUsage {
		t.Errorf("nothing: status %d", s.status)
	}
	if s := c.runWith("x", "inspect", "--jwks", filepath.Join(c.home, "none")); s.status != terminal.StatusCannotRun {
		t.Errorf("no such key set: status %d", s.status)
	}
	noCanary(t, c.home)
}

// A recording shows what the run showed.
func TestInspectReadsARecording(t *testing.T) {
	c := newConsole(t).at(serve(t, "token-500"))
	har := filepath.Join(c.home, "run.har")
	if s := c.run("signin", "--har", har); s.status != terminal.StatusFaults {
		t.Fatalf("status %d\n%s", s.status, s.err)
	}
	doc, s := c.document("inspect", har)
	if s.status != terminal.StatusFaults || !slices.Contains(codes(doc, "error"), "response.status") || len(doc.Exchanges) < 3 {
		t.Errorf("status %d, %v, %d exchanges", s.status, codes(doc, "error"), len(doc.Exchanges))
	}
}
