package terminal_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"signbench/flows/demo"
	"signbench/flows/oauth"
	"signbench/flows/testkit/headless"
	"signbench/ui/terminal"
)

// canary is a secret that must appear nowhere.
const canary = "CANARY-7f3a-secret"

// serve is a demo tenant of the test's own, so that faults can be switched on.
func serve(t *testing.T, faults ...demo.Fault) (endpoint string) {
	t.Helper()
	tenant := demo.New(demo.Options{Addr: "127.0.0.1:0", Faults: faults, Linger: -1})
	endpoint, release, err := tenant.Acquire(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		release()
		_ = tenant.Close()
	})
	return endpoint
}

// at makes the console try the demo's app at that endpoint.
func (c *console) at(endpoint string) *console {
	c.env = append(c.env, "SIGNBENCH_ENDPOINT="+endpoint, "SIGNBENCH_APP_ID="+demo.AppID, "SIGNBENCH_APP_SECRET="+demo.AppSecret)
	return c
}

func TestSignInRefreshAndSignOut(t *testing.T) {
	c := newConsole(t).at(serve(t))
	doc, s := c.document("signin", "--refresh", "--scope", "openid profile offline_access")
	if s.status != terminal.StatusOK || !doc.OK || doc.Verdict.Step != "" {
		t.Fatalf("status %d, verdict %+v, faults %v\n%s", s.status, doc.Verdict, doc.Faults, s.err)
	}
	var scenarios []string
	for _, r := range doc.Runs {
		scenarios = append(scenarios, r.Scenario)
		if !r.Kept {
			t.Errorf("%s was not kept", r.Scenario)
		}
	}
	if !slices.Equal(scenarios, []string{"sign_in", "refresh"}) {
		t.Errorf("runs = %v", scenarios)
	}
	for i, ex := range doc.Exchanges {
		if ex.ID != i+1 {
			t.Errorf("exchange %d is numbered %d", i+1, ex.ID)
		}
	}
	id := doc.Tokens["id_token"]
	var claims map[string]any
	if json.Unmarshal(id.Claims, &claims) != nil || claims["aud"] != demo.AppID || id.Form != "jwt" {
		t.Errorf("id_token = %+v", id)
	}
	if doc.Tokens["refresh_token"].Form != "opaque" || len(doc.Checks) < 20 || doc.Timings.TotalMS <= 0 {
		t.Errorf("tokens %v, %d checks, timings %+v", doc.Tokens, len(doc.Checks), doc.Timings)
	}
}

func TestTheWordsForAPerson(t *testing.T) {
	c := newConsole(t).at(serve(t, "invalid-iss"))
	s := c.run("signin")
	if s.status != terminal.StatusFaults {
		t.Errorf("status %d\n%s", s.status, s.err)
	}
	for _, want := range []string{"✓ ok", "✗ failed", "Sign-in failed at Verify", "id_token.iss", "OIDC Core 3.1.3.7", "#", "/oidc/token"} {
		if !strings.Contains(s.out, want) {
			t.Errorf("no %q in:\n%s", want, s.out)
		}
	}
	if strings.Contains(s.out, "\x1b[") {
		t.Error("there are colours in a pipe")
	}
}

func TestExpectTurnsAFaultIntoAPass(t *testing.T) {
	c := newConsole(t).at(serve(t, "nonce-invalid"))
	doc, s := c.document("signin", "--expect", "id_token.nonce")
	if s.status != terminal.StatusOK || doc.OK || doc.Expect == nil || !doc.Expect.Met {
		t.Errorf("status %d, ok %v, expect %+v", s.status, doc.OK, doc.Expect)
	}
	doc, s = c.document("signin", "--expect", "id_token.aud")
	if s.status != terminal.StatusFaults || doc.Expect == nil || doc.Expect.Met {
		t.Errorf("another fault: status %d, expect %+v", s.status, doc.Expect)
	}
	sound := newConsole(t).at(serve(t))
	if s := sound.run("signin", "--expect", "id_token.nonce"); s.status != terminal.StatusFaults {
		t.Errorf("no fault at all: status %d", s.status)
	}
}

// A refusal names its way around, and the run that takes it says so.
func TestTheNamedWayAround(t *testing.T) {
	c := newConsole(t).at(serve(t, "nonce-invalid"))
	if s := c.run("signin"); s.status != terminal.StatusFaults || !strings.Contains(s.out, "--allow nonce") {
		t.Errorf("status %d:\n%s", s.status, s.out)
	}
	doc, s := c.document("signin", "--allow", "nonce")
	if s.status != terminal.StatusOK || len(doc.Faults) == 0 || doc.Faults[0].Allow != "nonce" || doc.Faults[0].Severity != "warning" {
		t.Errorf("status %d, faults %+v", s.status, doc.Faults)
	}
	if s := c.run("signin", "--allow", "everything"); s.status != terminal.StatusUsage {
		t.Errorf("status %d", s.status)
	}
}

// The one wrong secret is tried when it is asked for, and only then.
func TestTheWrongSecretIsTriedOnRequest(t *testing.T) {
	c := newConsole(t).at(serve(t))
	tried := func(doc terminal.Document) bool {
		return slices.ContainsFunc(doc.Checks, func(c terminal.Check) bool { return c.ID == "secret.wrong" })
	}
	if doc, _ := c.document("check"); tried(doc) {
		t.Error("a wrong secret was tried unasked")
	}
	if doc, s := c.document("check", "--try-wrong-secret"); !tried(doc) || s.status != terminal.StatusOK {
		t.Errorf("status %d, tried %v", s.status, tried(doc))
	}
}

func TestFilesAreWrittenWithoutSecrets(t *testing.T) {
	c := newConsole(t).at(serve(t))
	c.env = append(c.env, "SIGNBENCH_APP_SECRET="+canary) // the later one wins
	junit, har, report := filepath.Join(c.home, "junit.xml"), filepath.Join(c.home, "run.har"), filepath.Join(c.home, "report.md")
	s := c.run("signin", "--junit", junit, "--har", har, "--report", report)
	if s.status != terminal.StatusFaults {
		t.Fatalf("status %d with a wrong secret\n%s", s.status, s.err)
	}
	var suite struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Cases    []struct {
			Name string `xml:"name,attr"`
		} `xml:"testcase"`
	}
	if err := xml.Unmarshal(read(t, junit), &suite); err != nil || suite.Failures != 1 || suite.Tests != len(suite.Cases) {
		t.Errorf("junit: %v, %+v", err, suite)
	}
	var archive struct {
		Log struct {
			Version string
			Entries []json.RawMessage
		}
	}
	if err := json.Unmarshal(read(t, har), &archive); err != nil || archive.Log.Version != "1.2" || len(archive.Log.Entries) < 3 {
		t.Errorf("har: %v, %d entries", err, len(archive.Log.Entries))
	}
	if md := string(read(t, report)); !strings.Contains(md, "token.invalid_client") {
		t.Errorf("report:\n%s", md)
	}
	noCanary(t, c.home)
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// noCanary searches everything that a command has left.
func noCanary(t *testing.T, dir string) {
	t.Helper()
	found := 0
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		found++
		if bytes.Contains(read(t, path), []byte(canary)) {
			t.Errorf("%s holds the secret", path)
		}
		return nil
	})
	if err != nil || found == 0 {
		t.Errorf("%d files searched: %v", found, err)
	}
}

func TestRevealPrintsOneTokenAndNothingElse(t *testing.T) {
	c := newConsole(t).at(serve(t))
	s := c.run("signin", "--reveal", "id_token")
	if !regexp.MustCompile(`\A[\w-]+\.[\w-]+\.[\w-]+\n\z`).MatchString(s.out) {
		t.Errorf("standard output has %d bytes and is no token", len(s.out))
	}
	if token := strings.TrimSpace(s.out); strings.Contains(s.err, token) || !strings.Contains(s.err, "Sign-in works") {
		t.Errorf("standard error:\n%s", strings.ReplaceAll(s.err, token, "<token>"))
	}
	for _, args := range [][]string{{"--reveal", "id_token", "--json"}, {"--reveal", "code"}} {
		if s := c.run(append([]string{"signin"}, args...)...); s.status != terminal.StatusUsage || s.out != "" {
			t.Errorf("%v: status %d, %d bytes", args, s.status, len(s.out))
		}
	}
}

// A script that asked for a token must not take silence for one.
func TestRevealSaysThatThereIsNoSuchToken(t *testing.T) {
	c := newConsole(t).at(serve(t))
	s := c.run("signin", "--scope", "openid", "--reveal", "refresh_token")
	if s.status != terminal.StatusCannotRun || s.out != "" || !strings.Contains(s.err, "gave no refresh_token") {
		t.Errorf("status %d, %d bytes\n%s", s.status, len(s.out), s.err)
	}
}

// What a sign-in brought is not lost with a file that cannot be written.
func TestAFileThatCannotBeWrittenTakesNothingWithIt(t *testing.T) {
	c := newConsole(t).at(serve(t))
	nowhere, har := filepath.Join(c.home, "none", "x.xml"), filepath.Join(c.home, "x.har")
	doc, s := c.document("signin", "--junit", nowhere, "--har", har)
	if s.status != terminal.StatusCannotRun || !doc.OK || len(doc.Exchanges) == 0 || !strings.Contains(s.err, nowhere) {
		t.Errorf("status %d, ok %v, %d exchanges\n%s", s.status, doc.OK, len(doc.Exchanges), s.err)
	}
	if len(read(t, har)) == 0 {
		t.Error("the HAR was left out")
	}
	if s := c.run("signin", "--reveal", "id_token", "--report", nowhere); s.status != terminal.StatusCannotRun || strings.Count(s.out, ".") != 2 {
		t.Errorf("status %d, %d bytes\n%s", s.status, len(s.out), s.err)
	}
}

// The receipt of a recording is for all its runs: the secret went out with the sign-in,
// which is not the last.
func TestTheReceiptIsForEveryRun(t *testing.T) {
	c := newConsole(t).at(serve(t))
	har := filepath.Join(c.home, "all.har")
	if s := c.run("signin", "--refresh", "--sign-out", "--har", har); s.status != terminal.StatusOK {
		t.Fatalf("status %d\n%s", s.status, s.err)
	}
	var got struct{ Log struct{ Comment string } }
	if err := json.Unmarshal(read(t, har), &got); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"code_verifier", "refresh_token", "access_token", "state"} {
		if !strings.Contains(got.Log.Comment, want) {
			t.Errorf("no %s in:\n%s", want, got.Log.Comment)
		}
	}
}

// What fails in Check setup is one failure in JUnit, not a check's and a step's.
func TestJUnitCountsAFailureOnce(t *testing.T) {
	c := newConsole(t).at(serve(t))
	c.env = append(c.env, "SIGNBENCH_APP_SECRET=wrong-"+canary)
	path := filepath.Join(c.home, "check.xml")
	doc, s := c.document("check", "--junit", path)
	failed := 0
	for _, check := range doc.Checks {
		if check.Verdict == "fail" {
			failed++
		}
	}
	if n := strings.Count(string(read(t, path)), "<failure"); s.status != terminal.StatusFaults || failed == 0 || n != failed {
		t.Errorf("status %d, %d failures of %d checks", s.status, n, failed)
	}
}

// A suite fails where the command does: by an expected fault that is missing, and not by
// one that is there, be it a check's, a step's or a row's.
func TestJUnitKnowsTheExpectedFault(t *testing.T) {
	for _, c := range []struct {
		faults                  []demo.Fault
		command, secret, expect string
		status                  terminal.Status
	}{
		{[]demo.Fault{"nonce-invalid"}, "signin", demo.AppSecret, "id_token.nonce", terminal.StatusOK},
		{[]demo.Fault{"invalid-aud"}, "signin", demo.AppSecret, "id_token.aud", terminal.StatusOK}, // refused by two checks
		{[]demo.Fault{"nonce-invalid"}, "signin", demo.AppSecret, "id_token.aud", terminal.StatusFaults},
		{nil, "signin", demo.AppSecret, "id_token.nonce", terminal.StatusFaults},
		{nil, "signin", "wrong", "token.invalid_client", terminal.StatusOK},
		{nil, "check", "wrong", "probe.secret.accepted.refused", terminal.StatusOK},
	} {
		on := newConsole(t).at(serve(t, c.faults...))
		on.env = append(on.env, "SIGNBENCH_APP_SECRET="+c.secret)
		path := filepath.Join(on.home, "suite.xml")
		s := on.run(c.command, "--expect", c.expect, "--junit", path)
		var suite struct {
			Failures int `xml:"failures,attr"`
			Cases    []struct {
				Class   string `xml:"classname,attr"`
				Name    string `xml:"name,attr"`
				Failure *struct {
					Message string `xml:"message,attr"`
				} `xml:"failure"`
			} `xml:"testcase"`
		}
		if err := xml.Unmarshal(read(t, path), &suite); err != nil {
			t.Fatal(err)
		}
		if s.status != c.status || (suite.Failures == 0) != (c.status == terminal.StatusOK) {
			t.Errorf("%+v: status %d, %+v", c, s.status, suite)
		}
		if first := suite.Cases[0]; first.Class != "expect" || first.Name != c.expect || (first.Failure == nil) != (c.status == terminal.StatusOK) {
			t.Errorf("%+v: the first case is %+v", c, first)
		}
	}
}

func TestNoBrowserPrintsTheURLAndWaits(t *testing.T) {
	c := newConsole(t).at(serve(t))
	cmd := c.command("signin", "--no-browser")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	page, err := headless.New(nil, "taro").Visit(t.Context(), urlIn(t, out))
	if err != nil || page.Status != 200 {
		t.Fatalf("page %+v: %v", page, err)
	}
	rest := new(bytes.Buffer)
	_, _ = rest.ReadFrom(out)
	if err := cmd.Wait(); err != nil || !strings.Contains(rest.String(), "Sign-in works") {
		t.Errorf("%v:\n%s", err, rest)
	}
}

// urlIn reads until the authorization URL comes by.
func urlIn(t *testing.T, out interface{ Read([]byte) (int, error) }) string {
	t.Helper()
	pattern := regexp.MustCompile(`http://\S+/oidc/auth\?\S+\n`)
	var seen []byte
	buf := make([]byte, 4096)
	for {
		n, err := out.Read(buf)
		seen = append(seen, buf[:n]...)
		if url := pattern.Find(seen); url != nil {
			return strings.TrimSpace(string(url))
		}
		if err != nil {
			t.Fatalf("no URL was printed:\n%s", seen)
		}
	}
}

func TestPasteReadsTheCallback(t *testing.T) {
	c := newConsole(t).at(serve(t))
	cmd := c.command("signin", "--paste")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// The browser is on another machine: what it ends at does not reach the loopback.
	far := headless.New(nil, "taro")
	far.Far = func(u *url.URL) bool { return strings.HasSuffix(u.Path, "/callback") }
	page, err := far.Visit(t.Context(), urlIn(t, out))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := in.Write([]byte("\n  " + page.URL.String() + "  \n")); err != nil {
		t.Fatal(err)
	}
	rest := new(bytes.Buffer)
	_, _ = rest.ReadFrom(out)
	if err := cmd.Wait(); err != nil || !strings.Contains(rest.String(), "Sign-in works") {
		t.Errorf("%v:\n%s", err, rest)
	}
	if s := c.runWith("", "signin", "--paste"); s.status != terminal.StatusCannotRun {
		t.Errorf("nothing pasted: status %d\n%s", s.status, s.err)
	}
}

func TestCtrlCEndsWithinASecond(t *testing.T) {
	c := newConsole(t).at(serve(t))
	cmd := c.command("signin", "--no-browser")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	urlIn(t, out)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	rest := new(bytes.Buffer)
	_, _ = rest.ReadFrom(out)
	_ = cmd.Wait()
	if status := terminal.Status(cmd.ProcessState.ExitCode()); status != terminal.StatusInterrupted {
		t.Errorf("status %d\n%s", status, rest)
	}
	if !strings.Contains(rest.String(), "cancelled") {
		t.Errorf("the end says:\n%s", rest)
	}
}

// A reader that has gone away, or never was there, is no crash.
func TestAClosedPipeIsNoCrash(t *testing.T) {
	c := newConsole(t).at(serve(t))
	for _, args := range [][]string{{"signin"}, {"signin", "--json"}, {"check"}, {"--help"}} {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Close()
		cmd := c.command(args...)
		var errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = w, &errs
		err = cmd.Run()
		_ = w.Close()
		if status, _ := cmd.ProcessState.Sys().(syscall.WaitStatus); status.Signaled() || strings.Contains(errs.String(), "goroutine ") {
			t.Errorf("%v: %v\n%s", args, err, errs.String())
		}
	}
}

func TestWhatCannotBeRunHere(t *testing.T) {
	c := newConsole(t).at(serve(t))
	t.Run("no browser", func(t *testing.T) {
		none := *c
		none.env = append(slices.Clone(c.env), "BROWSER="+filepath.Join(c.home, "none"), "PATH="+c.home)
		if s := none.run("signin"); s.status != terminal.StatusCannotRun || !strings.Contains(s.err, "--no-browser") {
			t.Errorf("status %d:\n%s", s.status, s.err)
		}
		if doc, _ := none.document("signin"); doc.OK || !slices.Contains(codes(doc, "error"), "callback.browser") {
			t.Errorf("the document says %+v", doc.Faults)
		}
	})
	t.Run("port taken", func(t *testing.T) {
		first := c.command("signin", "--no-browser")
		out, err := first.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := first.Start(); err != nil {
			t.Fatal(err)
		}
		urlIn(t, out)
		doc, s := c.document("signin")
		if s.status != terminal.StatusCannotRun || !slices.Contains(codes(doc, "error"), "callback.port_taken") {
			t.Errorf("status %d, %v", s.status, codes(doc, "error"))
		}
		_ = first.Process.Signal(os.Interrupt)
		_ = first.Wait()
	})
	t.Run("a file that can not be written", func(t *testing.T) {
		if s := c.run("check", "--report", filepath.Join(c.home, "none", "report.md")); s.status != terminal.StatusCannotRun {
			t.Errorf("status %d:\n%s", s.status, s.err)
		}
	})
}

func TestAReadOnlyHomeOnlyCostsTheKeptRun(t *testing.T) {
	c := newConsole(t).at(serve(t))
	// A file where the folder should be: no privilege gets past that.
	if err := os.WriteFile(filepath.Join(c.home, "config"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	doc, s := c.document("signin")
	if s.status != terminal.StatusOK || !doc.OK || doc.Runs[0].Kept || !strings.Contains(s.err, "config") {
		t.Errorf("status %d, runs %+v\n%s", s.status, doc.Runs, s.err)
	}
}

func TestBadInput(t *testing.T) {
	c := newConsole(t)
	profile := filepath.Join(c.home, "profile.json")
	if err := os.WriteFile(profile, []byte(`{"kind": "oidc", "issuer": 7}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"signin"}, "--issuer"},
		{[]string{"signin", "nobody"}, "nobody"},
		{[]string{"signin", "--endpoint", "a b"}, "--endpoint"},
		{[]string{"signin", "--endpoint", "https://a.example", "--issuer", "https://b.example"}, "--issuer"},
		{[]string{"signin", "--issuer", "https://a.example"}, "--app-id"},
		{[]string{"signin", "--issuer", "https://a.example", "--app-id", "x"}, "SIGNBENCH_APP_SECRET"},
		{[]string{"signin", "--issuer", "https://a.example", "--app-id", "x", "--auth-method", "tls"}, "--auth-method"},
		{[]string{"signin", "demo", "--param", "nonsense"}, "--param"},
		{[]string{"signin", "demo", "--scenario", "dance"}, "dance"},
		{[]string{"signin", "--profile", profile}, "profile.json"},
		{[]string{"signin", "--profile", filepath.Join(c.home, "none.json")}, "none.json"},
		{[]string{"signin", "--app-secret", canary}, "--help"},
		{[]string{"signout", "demo"}, "saved"},
		{[]string{"dance"}, "dance"},
		{[]string{"runs", "0000"}, "0000"},
		{[]string{"demo", "--fault", "none"}, "none"},
		{[]string{"signin", "demo", "--paste", "--secret-stdin"}, "--paste"},
		{[]string{"signin", "demo", "--expect", "id_token.nonse"}, "id_token.nonse"},
		{[]string{"check", "demo", "--expect", "probe.reach.dns.nowhere"}, "probe.reach.dns.nowhere"},
		{[]string{"signin", "demo", "--timeout", "-5s"}, "-5s"},
		{[]string{"signin", "demo", "--timeout", "0s"}, "0s"},
		{[]string{"check", "demo", "--request-timeout", "soon"}, "soon"},
	} {
		s := c.run(test.args...)
		if s.status != terminal.StatusUsage || s.out != "" || !strings.Contains(s.err, test.want) {
			t.Errorf("%v: status %d, out %q, err %q", test.args, s.status, s.out, s.err)
		}
	}
	if s := c.runWith("\n", "signin", "--issuer", "https://a.example", "--app-id", "x", "--secret-stdin"); s.status != terminal.StatusUsage {
		t.Errorf("an empty secret: status %d: %s", s.status, s.err)
	}
}

func TestTheSecretComesByStandardInput(t *testing.T) {
	c := newConsole(t).at(serve(t))
	c.env = append(c.env, "SIGNBENCH_APP_SECRET=")
	if s := c.runWith(demo.AppSecret+"\n", "signin", "--secret-stdin"); s.status != terminal.StatusOK {
		t.Errorf("status %d\n%s%s", s.status, s.out, s.err)
	}
}

func TestAProfileOfAFile(t *testing.T) {
	c := newConsole(t)
	p := oauth.NewProfile(oauth.KindLogto, "From a file")
	p.Endpoint, p.Client.ID = serve(t), demo.AppID
	path := c.save(p)
	c.env = append(c.env, "SIGNBENCH_APP_SECRET="+demo.AppSecret)
	doc, s := c.document("signin", "--profile", path)
	if s.status != terminal.StatusOK || doc.Profile.Name != "From a file" {
		t.Errorf("status %d, profile %+v\n%s", s.status, doc.Profile, s.err)
	}
}

func encoded(t *testing.T, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestTheTimeoutBoundsTheWait(t *testing.T) {
	c := newConsole(t).at(serve(t))
	doc, s := c.document("signin", "--no-browser", "--timeout", "300ms")
	if s.status != terminal.StatusFaults || !slices.Contains(codes(doc, "error"), "callback.timeout") {
		t.Errorf("status %d, %v", s.status, codes(doc, "error"))
	}
	if !strings.Contains(s.err, "/oidc/auth?") {
		t.Error("the URL is not on standard error")
	}
}
