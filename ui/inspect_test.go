package ui

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	gojose "github.com/go-jose/go-jose/v4"

	"signbench/flows/inspect"
	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/view"
)

// inspected shows a text and waits until it is taken apart.
func (d *desk) inspected(content string) *view.Inspected {
	d.t.Helper()
	before := d.bench.inspection.shown
	d.bench.inspect(content)
	d.until("the document", func() bool { return d.bench.inspection.shown != before })
	return d.bench.inspection.shown
}

// verified verifies and waits for the outcome.
func (d *desk) verified(r view.InspectRequest) *view.InspectResult {
	d.t.Helper()
	d.bench.verifyInspected(r)
	d.until("the verification", func() bool { return !d.bench.inspection.busy })
	return d.bench.inspection.result
}

// example is a token that the demo tenant issues.
func (d *desk) example() string {
	d.t.Helper()
	d.bench.showPage(pageInspect)
	d.bench.inspectExample()
	d.until("the example", func() bool { return d.bench.inspection.shown != nil })
	return d.bench.inspection.shown.Document(0).Text.Reveal()
}

func TestTheExampleIsVerifiedByTheProfilesProvider(t *testing.T) {
	d := newDesk(t)
	d.settle()
	token := d.example()
	if got := d.bench.inspection.shown.Document(0).Kind; got != inspect.IDToken || d.bench.page != pageInspect {
		t.Fatalf("%s on %s", got, d.bench.page)
	}
	p, _ := d.bench.profile(d.bench.selected)
	request := view.InspectRequest{Source: view.KeysOfProfile, Audience: p.Client.ID}
	if got := d.verified(request); got.Verdict != inspect.Good || len(got.Report) == 0 {
		t.Errorf("%s: %s %v", got.Verdict, got.Cause, got.Report)
	}
	request.Audience = "another-client"
	if got := d.verified(request); got.Verdict != inspect.BadClaims {
		t.Errorf("for another client: %s", got.Verdict)
	}
	d.inspected(token[:len(token)-8] + "AAAAAAAA")
	if got := d.verified(request); got.Verdict != inspect.BadSigned {
		t.Errorf("altered: %s", got.Verdict)
	}
	d.bench.clearInspection()
	if d.bench.inspection.shown != nil || d.bench.inspection.result != nil {
		t.Error("something is left")
	}
}

func TestKeysComeFromWhereTheUserSays(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.example()
	p, _ := d.bench.profile(d.bench.selected)
	keys, err := d.bench.engine.ProviderKeys(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if r.URL.Path != "/jwks" {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(keys)
	}))
	defer server.Close()
	for _, test := range []struct {
		name    string
		request view.InspectRequest
		want    inspect.Verdict
		cause   string
	}{
		{"a URL", view.InspectRequest{Source: view.KeysAtURL, URL: server.URL + "/jwks"}, inspect.Good, ""},
		{"a URL with nothing there", view.InspectRequest{Source: view.KeysAtURL, URL: server.URL + "/other"}, inspect.BadSigned, "404"},
		{"no URL", view.InspectRequest{Source: view.KeysAtURL, URL: "jwks"}, inspect.BadSigned, "not an http"},
		{"pasted", view.InspectRequest{Source: view.KeysPasted, Text: oauth.Secret(keys)}, inspect.Good, ""},
		{"nothing pasted", view.InspectRequest{Source: view.KeysPasted}, inspect.BadSigned, "No keys"},
		{"a secret", view.InspectRequest{Source: view.KeysSecret, Secret: "secret"}, inspect.BadSigned, ""},
	} {
		if got := d.verified(test.request); got.Verdict != test.want || !strings.Contains(got.Cause, test.cause) {
			t.Errorf("%s: %s, %q", test.name, got.Verdict, got.Cause)
		}
	}
	if asked != 2 {
		t.Errorf("the server was asked %d times", asked)
	}
}

// What is pasted, typed as a secret or dropped reaches no file.
func TestNothingInspectedReachesADisk(t *testing.T) {
	d := newDesk(t)
	d.settle()
	const token, secret, key = "CANARY-pasted-token", "CANARY-typed-secret", "CANARY-pasted-key"
	d.inspected(`{"access_token":"` + token + `","id_token":"eyJhbGciOiJIUzI1NiJ9.e30.AA"}`)
	d.verified(view.InspectRequest{Part: 1, Source: view.KeysSecret, Secret: secret, Nonce: "CANARY-nonce"})
	d.verified(view.InspectRequest{Part: 1, Source: view.KeysPasted, Text: key})
	d.inspected("eyJhbGciOiJFUzI1NiIsInR5cCI6ImRwb3Arand0In0.e30.AA")
	d.verified(view.InspectRequest{State: "CANARY-state", Request: inspect.Request{AccessToken: "CANARY-access-token"}})
	d.bench.inspectFrom(token+".json", strings.NewReader(token))
	d.settle()
	d.bench.saveSettings()
	d.close()
	for _, canary := range []string{token, secret, key, "CANARY"} {
		noCanary(t, d.dir, canary)
	}
	for name, value := range d.vault.entries {
		if strings.Contains(name+value, "CANARY") {
			t.Errorf("the keychain has %s", name)
		}
	}
}

// A DPoP proof (RFC 9449, 4.2) is verified by its own key: nothing is fetched.
func TestAProofIsVerifiedByItsOwnKey(t *testing.T) {
	const proof = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQy" +
		"VVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndD" +
		"M0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ." +
		"2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg"
	d := newDesk(t)
	d.settle()
	d.inspected("DPoP: " + proof)
	nowhere := view.InspectRequest{Source: view.KeysAtURL, URL: "http://127.0.0.1:1/jwks"}
	if got := d.verified(nowhere); got.Verdict != inspect.Good || got.Cause != "" {
		t.Errorf("%s: %s", got.Verdict, got.Cause)
	}
	nowhere.Request = inspect.Request{Method: "GET"}
	if got := d.verified(nowhere); got.Verdict != inspect.BadClaims {
		t.Errorf("for another request: %s", got.Verdict)
	}
}

// What is refused by default is opened when it is asked for by name.
func TestRSA15IsOpenedOnDemand(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	e, err := gojose.NewEncrypter(gojose.A128GCM, gojose.Recipient{Algorithm: gojose.RSA1_5, Key: key.Public()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	object, err := e.Encrypt([]byte("eyJhbGciOiJub25lIn0.e30."))
	if err != nil {
		t.Fatal(err)
	}
	private, err := gojose.JSONWebKey{Key: key}.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t)
	d.settle()
	d.inspected(object.FullSerialize())
	request := view.InspectRequest{Source: view.KeysPasted, Text: oauth.Secret(private)}
	if got := d.verified(request); got.Verdict != inspect.Undecrypted || !got.RSA15 {
		t.Errorf("%s: %s", got.Verdict, got.Cause)
	}
	request.RSA15 = true
	d.verified(request)
	if shown := d.bench.inspection.shown; shown.Len() != 2 || shown.Document(1).Kind != inspect.JWT {
		t.Errorf("%d documents", shown.Len())
	}
}

func TestAPasteGoesPastTheEntry(t *testing.T) {
	d := newDesk(t)
	d.settle()
	long := strings.Repeat("x", 200_000)
	d.app.Clipboard().SetContent(long)
	d.bench.pasteInspected()
	d.until("the document", func() bool { return d.bench.inspection.shown != nil })
	if got := d.bench.inspection.shown.Document(0); got.Kind != inspect.Opaque || got.Text.Len() != len(long) {
		t.Errorf("%s of %d", got.Kind, got.Text.Len())
	}
	d.bench.showPage(pageInspect)
	d.bench.inspectPage.get().Focus(d.bench.window.Canvas())
	d.app.Clipboard().SetContent("eyJhbGciOiJub25lIn0.e30.")
	focused, ok := d.bench.window.Canvas().Focused().(fyne.Shortcutable)
	if !ok {
		t.Fatal("the entry has no focus")
	}
	focused.TypedShortcut(&fyne.ShortcutPaste{Clipboard: d.app.Clipboard()})
	d.until("the token", func() bool { return d.bench.inspection.shown.Document(0).Kind == inspect.JWT })
}

func TestARecordingThatIsDroppedOpensOnFlow(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.signIn()
	_, bench, _ := d.bench.shown()
	har, _ := d.bench.shared(bench.Run, d.bench.secretsOf(bench.Run), view.ShareHAR)
	path := writeFile(t, "run.har", har)
	d.bench.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(path)})
	d.until("the recording", func() bool { return d.bench.viewed != nil })
	if d.bench.page != pageFlow {
		t.Errorf("page = %s", d.bench.page)
	}
	d.bench.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(writeFile(t, "t.txt", "eyJhbGciOiJub25lIn0.e30."))})
	d.until("the token", func() bool { return d.bench.inspection.shown != nil && d.bench.page == pageInspect })
	d.bench.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(path + ".missing")})
	d.until("the notice", func() bool { return strings.Contains(d.bench.frame.Banner.Model().Text, "run.har.missing") })
}

func TestATokenOfTheTokensPageOpensHere(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.signIn()
	d.bench.showPage(pageTokens)
	d.tap(d.bench.tokens.get().Object(), text.T("nav.inspect"))
	d.until("the token", func() bool { return d.bench.inspection.shown != nil })
	if got := d.bench.inspection.shown.Document(0).Kind; got != inspect.IDToken || d.bench.page != pageInspect {
		t.Errorf("%s on %s", got, d.bench.page)
	}
	m := d.bench.inspectModel()
	if run := d.bench.state.Of(d.bench.selected).Run; m.Issuer == "" || m.Issuer != run.Metadata.Issuer || m.ClientID == "" {
		t.Errorf("expected of it: %q, %q", m.Issuer, m.ClientID)
	}
}
