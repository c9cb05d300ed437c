package terminal_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"signbench/flows/archive"
	"signbench/flows/demo"
	"signbench/flows/oauth"
	"signbench/keychain"
	"signbench/ui/terminal"
)

// seedMode makes the test binary put what the window would have put there into the
// keychain: the profile's ID, and the session, which is what it writes on its
// standard output.
const seedMode = "SIGNBENCH_TEST_SEED"

// seed keeps a secret and a session under the ID. The session is of nobody: the
// provider is asked to end it all the same.
func seed(id string) {
	ctx := context.Background()
	vault := keychain.New(keychain.Options{})
	issuer := os.Getenv("SIGNBENCH_TEST_ISSUER")
	value, err := oauth.Session{
		Profile: oauth.ProfileID(id), Issuer: issuer, ClientID: demo.AppID, SignedInAt: time.Now(), VerifiedAt: time.Now(),
		Tokens: oauth.TokenSet{AccessToken: canary, TokenType: "Bearer", IDToken: oauth.Secret(os.Getenv("SIGNBENCH_TEST_ID_TOKEN"))},
	}.Store()
	if err != nil {
		panic(err)
	}
	for kind, secret := range map[string]string{keychain.KindClientSecret: demo.AppSecret, keychain.KindSession: value.Reveal()} {
		if where, err := vault.Set(ctx, keychain.Key{Profile: id, Kind: kind}, secret); err != nil || where != keychain.InKeychain {
			panic("the keychain does not keep it: " + string(where))
		}
	}
}

// A saved profile brings its secret and its session from the real keychain, and a
// sign-out takes the session out of it.
func TestASavedProfileAndTheKeychain(t *testing.T) {
	endpoint := serve(t)
	c := newConsole(t)
	first := *c
	token := first.at(endpoint).run("signin", "--reveal", "id_token")
	if token.status != terminal.StatusOK {
		t.Fatal(token.err)
	}
	profile := oauth.NewProfile(oauth.KindLogto, "Saved one")
	profile.Endpoint, profile.Client.ID = endpoint, demo.AppID
	profiles, _, err := archive.Open(filepath.Join(c.home, "config", "signbench"))
	if err != nil {
		t.Fatal(err)
	}
	if err := profiles.Put(profile); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c.env = append(c.env, "SIGNBENCH_TEST_ISSUER="+endpoint+"/oidc", "SIGNBENCH_TEST_ID_TOKEN="+strings.TrimSpace(token.out),
		"XDG_RUNTIME_DIR="+c.home, "XDG_DATA_HOME="+filepath.Join(c.home, "data"))
	script := `printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null
` + seedMode + `=` + string(profile.ID) + ` "$0" || exit 90
"$1" signin "saved one" --json >signin.json 2>err.txt; echo $? >statuses
"$1" signout "Saved" --json >signout.json 2>>err.txt; echo $? >>statuses
"$1" signout "Saved" >/dev/null 2>again.txt; echo $? >>statuses
SIGNBENCH_APP_SECRET= DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere "$1" signin "Saved" >/dev/null 2>none.txt; echo $? >>statuses`
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "dbus-run-session", "--", "bash", "-c", script, self, binary)
	cmd.Env, cmd.Dir = c.env, c.home
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	in := c.read(said{out: string(read(t, filepath.Join(c.home, "signin.json")))})
	out := c.read(said{out: string(read(t, filepath.Join(c.home, "signout.json")))})
	if !in.OK || in.Profile.Name != "Saved one" {
		t.Errorf("signin: %+v\n%s", in.Faults, read(t, filepath.Join(c.home, "err.txt")))
	}
	if !out.OK || len(out.Runs) != 2 || out.Runs[1].Scenario != "proof" {
		t.Errorf("signout: %+v, runs %+v", out.Faults, out.Runs)
	}
	if got := string(read(t, filepath.Join(c.home, "statuses"))); got != "0\n0\n2\n3\n" {
		t.Errorf("statuses %q: %s%s", got, read(t, filepath.Join(c.home, "again.txt")), read(t, filepath.Join(c.home, "none.txt")))
	}
	noCanary(t, filepath.Join(c.home, "config"))
}
