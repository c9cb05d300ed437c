package ui

import (
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"signbench/flows/oauth"
	"signbench/keychain"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

func TestTheFirstStartOffersTheDemoTenant(t *testing.T) {
	d := newDesk(t)
	d.settle()
	if len(d.bench.profiles) != 1 || d.bench.profiles[0].Kind != oauth.KindDemo {
		t.Fatalf("profiles: %+v", d.bench.profiles)
	}
	if got := d.verdict().Title; got != text.T("verdict.idle") {
		t.Errorf("verdict = %q", got)
	}
	if got := d.pill().Text; got != text.T("session.none") {
		t.Errorf("pill = %q", got)
	}
}

func TestSignInShowsTheTokensAndSignOutProvesItself(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.signIn()
	if d.verdict().Kind != widget.KindPass || d.bench.page != pageTokens {
		t.Fatalf("verdict %q: %q, page %s", d.verdict().Title, d.verdict().Detail, d.bench.page)
	}
	if p := d.pill(); p.Strong != "山田 太郎" || p.Trailing == "" {
		t.Errorf("pill = %+v", p)
	}
	tokens, ok := d.bench.state.Of(d.bench.selected).Tokens()
	if !ok || tokens.Trust != state.Verified {
		t.Errorf("tokens: %t, %s", ok, tokens.Trust)
	}
	d.bench.renderTimes() // a second goes by

	d.bench.signOutPressed()
	d.until("the end of the sign-out", func() bool { return d.ended() && d.bench.state.Of(d.bench.selected).Session == nil })
	if got := d.verdict().Title; got != text.T("verdict.signed_out") {
		t.Fatalf("verdict = %q: %q", got, d.verdict().Detail)
	}
	d.press(text.T("action.prove"))
	d.until("the proof", func() bool { return d.verdict().Title == text.T("verdict.proven") })
	d.settle()
	if d.vault.holds("session") || len(d.vault.entries) != 0 {
		t.Errorf("the keychain still holds %d entries", len(d.vault.entries))
	}
}

func TestARestartFindsTheUserSignedIn(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.signIn()
	d.settle()
	d.close()
	d.open()
	d.until("the restored session", func() bool { return d.bench.state.Of(d.bench.selected).Session != nil })
	if got := d.verdict().Title; got != text.T("verdict.restored") {
		t.Errorf("verdict = %q", got)
	}
	if d.pill().Strong != "山田 太郎" {
		t.Errorf("pill = %+v", d.pill())
	}
	tokens, _ := d.bench.state.Of(d.bench.selected).Tokens()
	if tokens.Trust != state.VerifiedThen {
		t.Errorf("restored tokens look %s", tokens.Trust)
	}
	// The demo tenant of the new start knows nothing of the old one, and the tokens are good all the same.
	d.bench.refreshPressed()
	d.until("the refresh", func() bool {
		run := d.bench.state.Of(d.bench.selected).Run
		return run != nil && run.Scenario == oauth.ScenarioRefresh && d.ended()
	})
	if d.verdict().Kind != widget.KindPass {
		t.Errorf("refresh: %q: %q", d.verdict().Title, d.verdict().Detail)
	}
}

func TestNotStayingSignedInLeavesNothingInTheKeychain(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	p, _ := d.bench.profile(d.bench.selected)
	p.KeepSignedIn = false
	d.bench.profileTyped(p)
	d.signIn()
	d.settle()
	if len(d.vault.entries) != 0 {
		t.Errorf("the keychain holds %d entries", len(d.vault.entries))
	}
}

func TestAWrongSecretLeadsToItsField(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.bench.secretTyped("CANARY-wrong-secret")
	d.signIn()
	if m := d.verdict(); m.Kind != widget.KindFail || !strings.Contains(m.Title, "app secret is wrong") {
		t.Fatalf("verdict = %q: %q", m.Title, m.Detail)
	}
	if strings.Contains(d.verdict().Detail, "CANARY") {
		t.Error("the verdict shows the secret")
	}
	d.press(text.T("action.edit"))
	if d.bench.page != pageSetup || d.bench.window.Canvas().Focused() == nil {
		t.Error("the button did not lead to the field")
	}
}

func TestAnotherPortIsOnePressAway(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	p, _ := d.bench.profile(d.bench.selected)
	u, err := url.Parse(p.Client.RedirectURI)
	if err != nil {
		t.Fatal(err)
	}
	holder, err := net.Listen("tcp", "127.0.0.1:"+u.Port())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = holder.Close() }()
	d.signIn()
	if m := d.verdict(); !strings.Contains(m.Title, "port "+u.Port()+" is taken") {
		t.Fatalf("verdict = %q", m.Title)
	}
	d.verdict().Actions[0].OnTap()
	p, _ = d.bench.profile(d.bench.selected)
	if strings.Contains(p.Client.RedirectURI, ":"+u.Port()+"/") || strings.Contains(p.Client.PostLogoutRedirectURI, ":"+u.Port()+"/") {
		t.Errorf("still %s and %s", p.Client.RedirectURI, p.Client.PostLogoutRedirectURI)
	}
}

func TestProfilesAreMadeCopiedDeletedAndBroughtBack(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.bench.newProfile()
	acme := d.bench.selected
	p, _ := d.bench.profile(acme)
	p.Name, p.Endpoint, p.Client.ID = "Acme", "http://localhost:3001", "acme-app"
	d.bench.profileTyped(p)
	d.bench.secretTyped("CANARY-acme-secret")
	d.bench.duplicateProfile(acme)
	copied := d.bench.selected
	if c, _ := d.bench.profile(copied); c.Name != "Acme copy" || c.Client.ID != "acme-app" {
		t.Errorf("copy = %+v", c)
	}
	d.settle()
	if !d.vault.holds("CANARY-acme-secret") {
		t.Error("the secret is not in the keychain")
	}

	d.bench.selectProfile(acme)
	d.bench.deleteProfile(acme)
	d.settle()
	if _, there := d.bench.profile(acme); there || len(d.bench.profiles) != 2 {
		t.Fatal("the profile is still there")
	}
	d.bench.frame.Toast.Press()
	d.settle()
	back, there := d.bench.profile(acme)
	if !there || back.Name != "Acme" || d.bench.secrets[acme].value != "CANARY-acme-secret" || d.bench.selected != acme {
		t.Errorf("undo brought back %+v", back)
	}

	d.close()
	d.open()
	d.settle()
	names := []string{}
	for _, p := range d.bench.profiles {
		names = append(names, p.Name)
	}
	if got := strings.Join(names, ", "); got != "Demo tenant, Acme, Acme copy" {
		t.Errorf("after a restart: %s", got)
	}
	if d.bench.secrets[copied].value != "CANARY-acme-secret" || d.bench.selected != acme {
		t.Errorf("secret there: %t, selected %s", d.bench.secrets[copied].value != "", d.bench.selected)
	}
	noCanary(t, d.dir, "CANARY-acme-secret")
}

// noCanary fails when a file under the folder holds the value.
func noCanary(t *testing.T, dir, canary string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		b, err := os.ReadFile(path)
		if strings.Contains(string(b), canary) {
			t.Errorf("%s holds a secret", filepath.Base(path))
		}
		return err
	})
	if err != nil || files == 0 {
		t.Errorf("looked at %d files: %v", files, err)
	}
}

func TestWithoutAKeychainMemoryServesAndTheBannerSaysSo(t *testing.T) {
	d := newDesk(t)
	d.vault.refuses(errAbsent)
	d.close()
	d.open()
	d.until("the banner", func() bool { return d.bench.frame.Banner.Model().Text != "" })
	if got := d.bench.keeping(view.SecretNone); got != view.SecretInMemory {
		t.Errorf("a secret that is not there yet will be %s", got)
	}
	d.bench.newProfile()
	d.bench.secretTyped("CANARY-in-memory")
	d.bench.flush()
	d.until("the place of the secret", func() bool { return d.bench.secrets[d.bench.selected].place == view.SecretInMemory })
	noCanary(t, d.dir, "CANARY-in-memory")

	d.vault.refuses(nil)
	d.bench.frame.Banner.Model().Actions[0].OnTap()
	d.until("the keychain", func() bool { return d.vault.holds("CANARY-in-memory") })
	d.until("the end of the banner", func() bool { return d.bench.frame.Banner.Model().Text == "" })
	if got := d.bench.keeping(view.SecretNone); got != view.SecretNone {
		t.Errorf("with a keychain, a secret that is not there yet will be %s", got)
	}
}

func TestADamagedProfileIsNamedAndTheOthersLoad(t *testing.T) {
	d := newDesk(t)
	d.bench.newProfile()
	d.settle()
	d.close()
	damaged := filepath.Join(d.dir, "profiles", string(d.bench.selected)+".json")
	if err := os.WriteFile(damaged, []byte(`{"version":1,"na`), 0o600); err != nil {
		t.Fatal(err)
	}
	d.open()
	d.settle()
	if banner := d.bench.frame.Banner.Model().Text; !strings.Contains(banner, string(d.bench.selected)) && !strings.Contains(banner, filepath.Base(damaged)) {
		t.Errorf("banner = %q", banner)
	}
	if len(d.bench.profiles) != 1 || d.bench.profiles[0].Kind != oauth.KindDemo {
		t.Errorf("profiles: %+v", d.bench.profiles)
	}
}

func TestPastedValuesAreCleanedAndTheUserIsTold(t *testing.T) {
	d := newDesk(t)
	d.bench.newProfile()
	got := d.bench.clean(oauth.FieldEndpoint, " http://localhost:3001/oidc/.well-known/openid-configuration\n")
	if got != "http://localhost:3001" || len(d.bench.notices[oauth.FieldEndpoint]) == 0 {
		t.Errorf("cleaned to %q with %v", got, d.bench.notices)
	}
	// What is typed is tidied when a run begins.
	p, _ := d.bench.profile(d.bench.selected)
	p.Endpoint = "http://localhost:1/oidc"
	d.bench.profileTyped(p)
	d.signIn()
	if p, _ := d.bench.profile(d.bench.selected); p.Endpoint != "http://localhost:1" {
		t.Errorf("endpoint = %q", p.Endpoint)
	}
}

func TestACopiedSecretLeavesTheClipboardAgain(t *testing.T) {
	d := newDesk(t)
	d.bench.copySecret("CANARY-copied")
	if got := d.app.Clipboard().Content(); got != "CANARY-copied" {
		t.Fatalf("clipboard = %q", got)
	}
	d.bench.clearClipboard("CANARY-copied")
	if got := d.app.Clipboard().Content(); got != "" {
		t.Errorf("after 30 s the clipboard still holds it: %t", got == "CANARY-copied")
	}
	d.bench.copySecret("CANARY-copied")
	d.app.Clipboard().SetContent("something of the user's")
	d.bench.clearClipboard("CANARY-copied")
	if got := d.app.Clipboard().Content(); got != "something of the user's" {
		t.Error("what the user copied later was cleared")
	}
}

func TestCancelEndsTheWait(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.idle = true
	d.bench.signInPressed()
	d.until("the wait", func() bool { return d.verdict().Title == text.T("verdict.waiting") })
	d.press(text.T("action.cancel"))
	d.until("the end", d.ended)
	if d.verdict().Kind != widget.KindUnknown {
		t.Errorf("verdict = %q", d.verdict().Title)
	}
}

func TestEveryShortcutIsExplainedAndDoesSomething(t *testing.T) {
	d := newDesk(t)
	d.settle()
	seen := map[string]bool{}
	for _, s := range shortcuts() {
		if seen[s.keys] {
			t.Errorf("%s stands twice", s.keys)
		}
		seen[s.keys] = true
		if text.T(s.words) == s.words {
			t.Errorf("%s is not explained", s.keys)
		}
	}
	for _, page := range []pageID{pageTokens, pageSettings, pageHelp, pageSetup, "no such page"} {
		d.bench.showPage(page)
	}
	if d.bench.page != pageSetup {
		t.Errorf("page = %s", d.bench.page)
	}
}

// What never comes back is looked into without a user, from where it is said.
func TestASignInThatNeverComesBackLeadsToCheckSetup(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	p, _ := d.bench.profile(d.bench.selected)
	p.Client.RedirectURI += "/"
	d.bench.load(p)
	d.bench.profileTyped(p)
	d.idle = true
	prefs := d.bench.preferences()
	prefs.CallbackTimeout = 1
	d.bench.preferencesChanged(prefs)
	d.signIn()
	if m := d.verdict(); m.Kind != widget.KindFail || !strings.Contains(m.Title, "did not come back") {
		t.Fatalf("verdict = %q", m.Title)
	}
	d.press(text.T("action.check"))
	d.until("the end of the check", func() bool {
		return d.bench.state.Of(d.bench.selected).Run.Scenario == oauth.ScenarioCheck && d.ended()
	})
	m := d.verdict()
	if m.Kind != widget.KindFail || !strings.Contains(m.Detail, strings.TrimSuffix(p.Client.RedirectURI, "/")+" is") {
		t.Errorf("verdict = %q: %q", m.Title, m.Detail)
	}
	if d.bench.page != pageSetup {
		t.Errorf("page = %s", d.bench.page)
	}
}

// F1 helps wherever the keyboard is, and a page that is left keeps no focus: keys
// typed on the next one must not go on into a field that nobody sees.
func TestHelpIsOneKeyAwayAndALeftPageKeepsNoFocus(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.bench.showPage(pageSetup)
	d.bench.setup.get().Focus(d.bench.window.Canvas(), oauth.FieldName)
	focused := d.bench.window.Canvas().Focused()
	if focused == nil {
		t.Fatal("the field has no focus")
	}
	focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
	if d.bench.page != pageHelp {
		t.Errorf("page = %s", d.bench.page)
	}
	if d.bench.window.Canvas().Focused() != nil {
		t.Error("the field of the page that was left still has the focus")
	}
}

// A locked keychain takes the keyboard with its question: it is not asked in the
// midst of a typing, but when the field is left.
func TestALockedKeychainWaitsForTheEndOfTheTyping(t *testing.T) {
	d := newDesk(t)
	d.bench.newProfile()
	d.settle()
	d.bench.keychainWas = keychain.Locked
	d.bench.setup.get().Focus(d.bench.window.Canvas(), oauth.FieldSecret)
	d.bench.secretTyped("CANARY-half")
	(<-d.dispatch)() // the typing has rested
	d.settle()
	if d.vault.holds("CANARY-half") {
		t.Error("the keychain is asked while the field has the keyboard")
	}
	d.bench.window.Canvas().Unfocus()
	d.until("the writing", func() bool { return d.vault.holds("CANARY-half") })
}
