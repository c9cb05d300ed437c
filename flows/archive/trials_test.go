package archive

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestTrialsAreKeptByConnector(t *testing.T) {
	dir := t.TempDir()
	if got, damaged := LoadTrials(dir, "p1"); len(got) != 0 || damaged != nil {
		t.Fatalf("nothing kept: %v, %v", got, damaged)
	}
	first := Trial{Run: "r1", At: time.Unix(1_700_000_000, 0).UTC(), Outcome: "failed", Faults: []string{"callback.timeout"}}
	second := Trial{Run: "r2", Outcome: "ok", Claims: json.RawMessage(`{"name":"飞"}`), FromConnector: []string{"name"}}
	for id, trial := range map[string]Trial{"c1": first, "c2": {Run: "r0"}} {
		if err := SaveTrial(dir, "p1", id, trial); err != nil {
			t.Fatal(err)
		}
	}
	if err := SaveTrial(dir, "p1", "c2", second); err != nil {
		t.Fatal(err)
	}
	got, damaged := LoadTrials(dir, "p1")
	if damaged != nil || len(got) != 2 || !got["c1"].At.Equal(first.At) || !slices.Equal(got["c1"].Faults, first.Faults) ||
		got["c2"].Run != "r2" || !slices.Equal(got["c2"].FromConnector, second.FromConnector) {
		t.Errorf("%+v, %v", got, damaged)
	}
	if other, _ := LoadTrials(dir, "p2"); len(other) != 0 {
		t.Errorf("another profile has %v", other)
	}
	if err := RemoveTrials(dir, "p1"); err != nil {
		t.Fatal(err)
	}
	if got, _ := LoadTrials(dir, "p1"); len(got) != 0 {
		t.Errorf("removed: %v", got)
	}
	if err := SaveTrial(dir, "../p1", "c1", first); !errors.Is(err, ErrID) {
		t.Errorf("an ID that is a path: %v", err)
	}
}

func TestDamagedAndNewerTrials(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "trials", "p1.json")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(`{"version":99}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := trialFolder.save(dir, "p1", trialFile{}, &trialFile{}); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer file was replaced: %v", err)
	}
	if err := os.WriteFile(path, []byte(`{"version":1,"trials":[`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, damaged := LoadTrials(dir, "p1"); len(got) != 0 || damaged == nil || damaged.MovedTo == "" {
		t.Errorf("damaged: %v, %v", got, damaged)
	}
}
