package ui

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"signbench/flows/archive"
	"signbench/flows/connector"
	"signbench/flows/oauth"
	"signbench/ui/view"
)

// What was set up on a profile's benches, and what its connectors brought, comes back
// with it.
func TestUndoBringsTheBenchesBack(t *testing.T) {
	d := atBench(t, connector.SSO)
	profile := d.bench.selected
	d.bench.benchJSON(`{"issuer": "https://kept.example", "clientId": "c", "clientSecret": "CANARY-bench"}`)
	d.bench.flush()
	d.settle()
	if err := archive.SaveTrial(d.dir, profile, "google", archive.Trial{Run: "r", At: time.Unix(1, 0), Outcome: "ok"}); err != nil {
		t.Fatal(err)
	}
	d.bench.deleteProfile(profile)
	d.settle()
	if benches, _ := archive.LoadBenches(d.dir, profile); len(benches) != 0 || d.vault.holds("CANARY-bench") {
		t.Fatalf("%d benches are left", len(benches))
	}
	d.bench.frame.Toast.Press()
	d.settle()
	if trials, _ := archive.LoadTrials(d.dir, profile); trials["google"].Run != "r" {
		t.Errorf("trials: %+v", trials)
	}
	for _, when := range []string{"at once", "after a restart"} {
		d.bench.chooseBench(connector.SSO)
		d.bench.showPage(pageConnectors)
		d.until(when, func() bool { return d.draft().place == view.SecretInKeychain })
		if got := d.draft().setup.Config; got.Text("issuer") != "https://kept.example" || got.Secret("clientSecret").Reveal() != "CANARY-bench" {
			t.Errorf("%s it is another bench", when)
		}
		d.close()
		d.open()
		d.settle()
	}
	noCanary(t, d.dir, "CANARY-bench")
}

// A profile that stays on the disk would be back at the next start.
func TestAProfileThatCannotBeDeletedIsSaid(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.bench.newProfile()
	id := d.bench.selected
	d.settle()
	file := filepath.Join(d.dir, "profiles", string(id)+".json")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(file, "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	d.bench.deleteProfile(id)
	d.until("the banner", func() bool { return strings.Contains(d.bench.frame.Banner.Model().Text, d.dir) })
}

// A folder that cannot be written is one thing to be told, whatever is written there,
// or what else is to be said would be pushed out of the banner.
func TestAFolderThatCannotBeWrittenIsSaidOnce(t *testing.T) {
	d := newDesk(t)
	d.settle()
	for _, file := range []string{"a.json", "b.json"} {
		d.bench.say(d.bench.notSaved("archive.write", &archive.WriteError{Path: file, Err: &fs.PathError{Op: "mkdir", Path: file, Err: syscall.EROFS}}))
	}
	if words := d.bench.frame.Banner.Model().Text; strings.Count(words, syscall.EROFS.Error()) != 1 || strings.Contains(words, ".json") {
		t.Errorf("%q", words)
	}
}

func TestTheCopyOfALongNameIsNoLonger(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.bench.newProfile()
	p, _ := d.bench.profile(d.bench.selected)
	p.Name = strings.Repeat("\u5c71", oauth.MaxName)
	d.bench.profileTyped(p)
	for range 2 {
		d.bench.duplicateProfile(p.ID)
		if c, _ := d.bench.profile(d.bench.selected); utf8.RuneCountInString(c.Name) > oauth.MaxName || c.Name == p.Name {
			t.Errorf("%q", c.Name)
		}
	}
}
