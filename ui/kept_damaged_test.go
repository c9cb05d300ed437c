package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"signbench/flows/archive"
	"signbench/flows/oauth"
	"signbench/ui/text"
)

// garble breaks a line in the middle of a kept run, which the list does not look at.
func (d *desk) garble(id oauth.RunID) {
	d.t.Helper()
	files, err := filepath.Glob(filepath.Join(d.dir, "runs", "*"+string(id)+".jsonl"))
	if err != nil || len(files) != 1 {
		d.t.Fatalf("%v, %v", files, err)
	}
	content, err := os.ReadFile(files[0])
	if err != nil {
		d.t.Fatal(err)
	}
	lines := strings.Split(string(content), "\n")
	lines[4] = lines[4][:len(lines[4])/2]
	if err := os.WriteFile(files[0], []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

// asideOf waits for the banner that names the run's file and where it is now.
func (d *desk) asideOf(id oauth.RunID) {
	d.t.Helper()
	d.until("the banner", func() bool {
		words := d.bench.frame.Banner.Model().Text
		return strings.Contains(words, string(id)) && strings.Contains(words, filepath.Join("runs", "damaged"))
	})
	for _, row := range d.bench.runsModel().Rows {
		if row.ID == id {
			d.t.Error("it is still listed")
		}
	}
}

func TestADamagedRunIsSetAsideAndTheOneBeforeItShown(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.signIn()
	d.kept(1)
	d.signIn()
	d.kept(2)
	rows := d.bench.runsModel().Rows
	d.close()
	d.garble(rows[0].ID)
	d.open()
	d.asideOf(rows[0].ID)
	if run := d.bench.state.Of(d.bench.selected).Run; run == nil || run.ID != rows[1].ID {
		t.Errorf("recalled: %+v", run)
	}

	d.garble(rows[1].ID)
	d.bench.openRun(rows[1].ID)
	d.asideOf(rows[1].ID)
	if d.bench.viewed != nil {
		t.Error("half a run is shown")
	}
}

func TestADamagedRunIsSetAsideWhenItIsCompared(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.signIn()
	d.kept(1)
	d.signIn()
	d.kept(2)
	rows := d.bench.runsModel().Rows
	d.garble(rows[1].ID)
	d.bench.compareRuns(rows[0].ID, rows[1].ID)
	d.asideOf(rows[1].ID)
	if got := d.bench.runsModel().Rows; len(got) != 1 || got[0].ID != rows[0].ID {
		t.Errorf("listed: %+v", got)
	}
}

// What could not be moved away either is named with the reason.
func TestADamagedFileThatStaysIsNamed(t *testing.T) {
	words := damageWords(archive.Damaged{File: "/x/a.json", Reason: archive.ReasonUnreadable, Err: os.ErrPermission})
	if want := text.T("archive.left", text.Params{"File": "/x/a.json", "Cause": os.ErrPermission.Error()}); words != want || !strings.Contains(words, "/x/a.json") {
		t.Errorf("%q", words)
	}
}
