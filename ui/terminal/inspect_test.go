package terminal_test

import (
	"encoding/base64"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"signbench/flows/demo"
	"signbench/ui/terminal"
	"signbench/ui/text"
)

// A pasted token is decoded, and verified with keys from each place they can be.
func TestInspectVerifies(t *testing.T) {
	tenant := demo.New(demo.Options{Addr: "127.0.0.1:0", Linger: -1})
	endpoint, release, err := tenant.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { release(); _ = tenant.Close() })
	token, err := tenant.Pasted(endpoint+"/oidc", demo.LogoutSound)
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

// A signed token inside an encrypted one: one key opens it, another verifies it.
func TestInspectOpensAndVerifies(t *testing.T) {
	c := newConsole(t)
	file := func(name, content string) string {
		path := filepath.Join(c.home, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	reader, author := newKey(t), newKey(t)
	token := signed(t, author, "JWT", `{"iss":"https://as.example","aud":"app","sub":"s","nonce":"n","iat":1,"exp":9999999999}`)
	inner := file("inner.jwt", encrypted(t, reader, token))
	private, public := file("private.json", marshalled(t, reader)), file("public.json", marshalled(t, author.Public()))

	doc, s := c.document("inspect", inner, "--key", private)
	if s.status != terminal.StatusOK || len(doc.Documents) != 2 || doc.Documents[1].Kind != "id_token" || len(doc.Checks) != 0 {
		t.Errorf("opened: status %d, %+v\n%s", s.status, doc.Documents, s.err)
	}
	doc, s = c.document("inspect", inner, "--key", private, "--jwks", public)
	if s.status != terminal.StatusOK || len(doc.Checks) < 5 || !strings.Contains(doc.Verdict.Title, "Verified") {
		t.Errorf("opened and verified: status %d, %v %v\n%s", s.status, doc.Verdict, codes(doc, "error"), s.err)
	}
	doc, s = c.document("inspect", inner, "--key", public)
	if s.status != terminal.StatusFaults || doc.OK || !strings.Contains(s.err, "public key") {
		t.Errorf("with a public key: status %d, %v\n%s", s.status, doc.Verdict, s.err)
	}
	if s := c.run("inspect", file("altered.jwt", token+"A"), "--jwks", public); s.status != terminal.StatusFaults || strings.Contains(s.out+s.err, "--allow") {
		t.Errorf("an altered token: status %d\n%s%s", s.status, s.out, s.err)
	}
	if s := c.run("inspect", file("plain.jwt", token), "--key", private); s.status != terminal.StatusCannotRun {
		t.Errorf("a private key for a signature: status %d", s.status)
	}
	// A shared key in a file serves as one in the environment.
	if doc, s = c.document("inspect", file("hs.jwt", hsExample), "--key", file("oct.json", hsKey)); s.status != terminal.StatusFaults ||
		!slices.Equal(codes(doc, "error"), []string{"jws.exp"}) {
		t.Errorf("a shared key: status %d, %v", s.status, codes(doc, "error"))
	}
}

// RFC 7515, A.1.
const (
	hsExample = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	hsKey     = `{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}`
)

// RFC 9449, 4.2: a proof is looked at with no key but its own.
func TestInspectLooksAtAProof(t *testing.T) {
	const proof = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQy" +
		"VVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndD" +
		"M0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ." +
		"2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg"
	c := newConsole(t)
	doc := c.read(c.runWith("DPoP: "+proof, "inspect", "--json", "--method", "POST", "--url", "https://server.example.com/token"))
	if !doc.OK || !strings.Contains(doc.Verdict.Title, "Verified") || doc.Documents[0].Kind != "dpop" {
		t.Errorf("%v %v", doc.Verdict, codes(doc, "error"))
	}
	path := filepath.Join(c.home, "token.txt")
	if err := os.WriteFile(path, []byte(canary+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := c.runWith(proof, "inspect", "--method", "GET", "--access-token", path)
	for _, said := range []string{"The DPoP proof is for another method", "ath is missing", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"} {
		if s.status != terminal.StatusFaults || !strings.Contains(s.out+s.err, said) {
			t.Errorf("status %d, without %q:\n%s%s", s.status, said, s.out, s.err)
		}
	}
	if strings.Contains(s.out+s.err, canary) {
		t.Error("the access token is shown")
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
		{"<html><body>AADSTS50011: The redirect URI does not match</body></html>", "page", "authorize.invalid_redirect_uri", terminal.StatusFaults},
		{`{"active":false}`, "introspection", "", terminal.StatusOK},
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

// What is wrong with a recording is said as in the window.
func TestInspectSaysWhyARecordingIsNone(t *testing.T) {
	c := newConsole(t)
	s := c.runWith(`{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[]}}`, "inspect")
	if s.status != terminal.StatusUsage || !strings.Contains(s.err, "standard input holds no sign-in") {
		t.Errorf("status %d, %q", s.status, s.err)
	}
}

// A recording shows what the run showed.
// What the window says of a token's encoding is said here too: a member that occurs twice
// is read differently by different readers.
func TestInspectSaysWhatIsWrongWithAnEncoding(t *testing.T) {
	c := newConsole(t)
	part := base64.RawURLEncoding.EncodeToString
	token := part([]byte(`{"alg":"ES256"}`)) + "." + part([]byte(`{"sub":"a","sub":"b"}`)) + "." + part(make([]byte, 64))
	if s := c.runWith(token, "inspect"); !strings.Contains(s.out, text.Flaw("duplicate_member", "payload", "sub")) {
		t.Errorf("status %d\n%s", s.status, s.out)
	}
	if doc := c.read(c.runWith(token, "inspect", "--json")); !slices.Contains(doc.Documents[0].Notes, "duplicate_member") {
		t.Errorf("notes %v", doc.Documents[0].Notes)
	}
	keys := filepath.Join(c.home, "keys.json")
	if err := os.WriteFile(keys, []byte(marshalled(t, newKey(t).Public())), 0o600); err != nil {
		t.Fatal(err)
	}
	if s := c.runWith(token, "inspect", "--jwks", keys); strings.Contains(s.out, "duplicate_member") ||
		!strings.Contains(s.out, "Payload: "+text.T("inspect.problem.duplicate_member")) {
		t.Errorf("verified: status %d\n%s", s.status, s.out)
	}
}

// There is no request to write down when a token was pasted: an empty file would look
// like a report on nothing wrong.
func TestInspectWritesNoReportOfAToken(t *testing.T) {
	c := newConsole(t)
	for _, flag := range []string{"--har", "--report"} {
		path := filepath.Join(c.home, "out")
		s := c.runWith(`{"keys":[]}`, "inspect", flag, path)
		if _, err := os.Stat(path); s.status != terminal.StatusUsage || !strings.Contains(s.err, flag) || err == nil {
			t.Errorf("%s: status %d: %s", flag, s.status, s.err)
		}
	}
}

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
