package archive

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// Lines are read when the run is opened; what is wrong with them shows then.
func TestARunIsSetAsideWhenItsLinesAreDamaged(t *testing.T) {
	dir := t.TempDir()
	r := openRuns(t, dir, RunLimits{})
	keep(t, r, numberedRun(1), 2)
	bad := keep(t, r, numberedRun(2), 2)
	if d, err := r.SetAside(bad.ID, ErrNewer); err != nil || d.Reason != ReasonNewer || d.MovedTo != "" || ids(r.List()) != "0002 0001" {
		t.Errorf("a newer one: %+v, %v, listed: %s", d, err, ids(r.List()))
	}
	d, err := r.SetAside(bad.ID, errors.New("not an event"))
	if err != nil || d.Reason != ReasonNotJSON || d.File != filepath.Join(r.dir, runName(bad)) || ids(r.List()) != "0001" {
		t.Errorf("%+v, %v, listed: %s", d, err, ids(r.List()))
	}
	if _, err := os.Stat(d.MovedTo); err != nil {
		t.Error(err)
	}
	if again := openRuns(t, dir, RunLimits{}); ids(again.List()) != "0001" {
		t.Errorf("listed later: %s", ids(again.List()))
	}
	if _, err := r.SetAside(bad.ID, ErrNewer); !errors.Is(err, ErrNoRun) {
		t.Errorf("once more: %v", err)
	}
	w, err := r.Begin(numberedRun(3))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.SetAside(numberedRun(3).ID, errors.New("x")); !errors.Is(err, ErrRunning) {
		t.Errorf("a running one: %v", err)
	}
	if err := w.Close(numberedRun(3)); err != nil {
		t.Fatal(err)
	}
}
