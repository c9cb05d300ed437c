package archive

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"signbench/flows/oauth"
)

var begun = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// run is the nth of a list of runs that began a minute apart.
func numberedRun(n int) RunMeta {
	return RunMeta{
		ID: oauth.RunID(fmt.Sprintf("run-%04d", n)), Profile: "profile", ProfileName: "Acme dev", Kind: oauth.KindLogto,
		Scenario: oauth.ScenarioSignIn, Started: begun.Add(time.Duration(n) * time.Minute),
	}
}

func openRuns(t testing.TB, dir string, limits RunLimits) *Runs {
	t.Helper()
	r, damaged, err := OpenRuns(dir, limits)
	if err != nil || len(damaged) > 0 {
		t.Fatalf("%+v, %v", damaged, err)
	}
	return r
}

func begin(t testing.TB, r *Runs, meta RunMeta) *Writer {
	t.Helper()
	w, err := r.Begin(meta)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// keep writes a whole run of so many events.
func keep(t testing.TB, r *Runs, meta RunMeta, events int) RunMeta {
	t.Helper()
	w := begin(t, r, meta)
	for i := range events {
		if err := w.Append(fmt.Appendf(nil, `{"seq":%d}`, i)); err != nil {
			t.Fatal(err)
		}
	}
	meta.Took, meta.Outcome, meta.Step, meta.FaultCodes = time.Second, "failed", oauth.StepToken, []string{"token.invalid_client"}
	if err := w.Close(meta); err != nil {
		t.Fatal(err)
	}
	got, ok := r.Meta(meta.ID)
	if !ok {
		t.Fatal("the run is not in the list")
	}
	return got
}

func lines(t testing.TB, r *Runs, id oauth.RunID) []string {
	t.Helper()
	all, err := r.Read(id)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line, err := range all {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(line))
	}
	return out
}

func ids(list []RunMeta) string {
	var out []string
	for _, m := range list {
		out = append(out, strings.TrimPrefix(string(m.ID), "run-"))
	}
	return strings.Join(out, " ")
}

func fileOf(r *Runs, n int) string { return filepath.Join(r.dir, runName(numberedRun(n))) }

func TestRunIsKept(t *testing.T) {
	dir := t.TempDir()
	r := openRuns(t, dir, RunLimits{})
	meta := keep(t, r, numberedRun(1), 3)
	if !meta.Complete || meta.Outcome != "failed" || meta.Bytes == 0 {
		t.Errorf("%+v", meta)
	}
	info, err := os.Stat(fileOf(r, 1))
	if err != nil || info.Size() != meta.Bytes {
		t.Errorf("%v, %d bytes listed", info, meta.Bytes)
	}
	for name, again := range map[string]*Runs{"same": r, "opened again": openRuns(t, dir, RunLimits{})} {
		if list := again.List(); len(list) != 1 || !reflect.DeepEqual(list[0], meta) {
			t.Errorf("%s: %+v\nwant %+v", name, list, meta)
		}
		if got := lines(t, again, "run-0001"); !slices.Equal(got, []string{`{"seq":0}`, `{"seq":1}`, `{"seq":2}`}) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestNewestFirst(t *testing.T) {
	dir := t.TempDir()
	r := openRuns(t, dir, RunLimits{})
	for _, n := range []int{2, 3, 1} {
		keep(t, r, numberedRun(n), 1)
	}
	w := begin(t, r, numberedRun(4))
	for _, again := range []*Runs{r, openRuns(t, dir, RunLimits{})} {
		if got := ids(again.List()); got != "0004 0003 0002 0001" {
			t.Error(got)
		}
	}
	if err := w.Close(numberedRun(4)); err != nil {
		t.Fatal(err)
	}
}

// A run that is being written can be read up to here, and one that was killed, too.
func TestRunThatWasInterrupted(t *testing.T) {
	dir := t.TempDir()
	r := openRuns(t, dir, RunLimits{})
	w := begin(t, r, numberedRun(1))
	if err := w.Append([]byte(`{"seq":0}`), []byte(`{"seq":1}`)); err != nil {
		t.Fatal(err)
	}
	want := []string{`{"seq":0}`, `{"seq":1}`}
	if got := lines(t, r, "run-0001"); !slices.Equal(got, want) {
		t.Errorf("while it is written: %v", got)
	}
	for _, torn := range []string{``, `{"se`, `{"seq":2}`, `{"ended":{"id":"run-0001"}}`, "\x00\x00\x00"} {
		path := filepath.Join(t.TempDir(), "runs")
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(fileOf(r, 1))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(path, runName(numberedRun(1))), string(data)+torn)
		again := openRuns(t, filepath.Dir(path), RunLimits{})
		meta, ok := again.Meta("run-0001")
		if !ok || meta.Complete || meta.Outcome != "" || meta.ProfileName != "Acme dev" {
			t.Errorf("%q: %+v", torn, meta)
		}
		if got := lines(t, again, "run-0001"); !slices.Equal(got, want) {
			t.Errorf("%q: %v", torn, got)
		}
	}
}

func TestBounds(t *testing.T) {
	dir := t.TempDir()
	r := openRuns(t, dir, RunLimits{MaxRuns: 3})
	for n := range 5 {
		keep(t, r, numberedRun(n), 1)
	}
	if got := ids(r.List()); got != "0004 0003 0002" {
		t.Errorf("by number: %s", got)
	}
	size := r.List()[0].Bytes
	r.SetLimits(RunLimits{MaxBytes: 2*size + size/4})
	if got := ids(r.List()); got != "0004 0003" {
		t.Errorf("by size: %s", got)
	}
	old := begin(t, r, numberedRun(1)) // the oldest of all, and being written
	keep(t, r, numberedRun(5), 1)
	if got := ids(r.List()); got != "0005 0001" {
		t.Errorf("with one being written: %s", got)
	}
	if err := old.Close(numberedRun(1)); err != nil {
		t.Fatal(err)
	}
	// The one that has just been seen stays, however old its clock says it is.
	if got := ids(r.List()); got != "0005 0001" {
		t.Errorf("after it was closed: %s", got)
	}
	if got := ids(openRuns(t, dir, RunLimits{}).List()); got != "0005 0001" {
		t.Errorf("on the disk: %s", got)
	}
}

func TestRunThatAloneIsTooBig(t *testing.T) {
	r := openRuns(t, t.TempDir(), RunLimits{MaxBytes: 1000})
	w := begin(t, r, numberedRun(1))
	var failed *WriteError
	err := errors.New("never")
	for n := 0; n < 100 && !errors.As(err, &failed); n++ {
		err = w.Append([]byte(`{"seq":"` + strings.Repeat("x", 50) + `"}`))
	}
	if !errors.As(err, &failed) || !errors.Is(w.Append([]byte(`{}`)), err) {
		t.Errorf("%v", err)
	}
	if err := w.Close(numberedRun(1)); err != nil {
		t.Errorf("the failure was told twice: %v", err)
	}
	if meta, _ := r.Meta("run-0001"); meta.Complete || len(lines(t, r, "run-0001")) == 0 {
		t.Errorf("%+v", meta)
	}
}

func TestRemove(t *testing.T) {
	dir := t.TempDir()
	r := openRuns(t, dir, RunLimits{})
	for n := range 4 {
		keep(t, r, numberedRun(n), 1)
	}
	w := begin(t, r, numberedRun(9))
	if err := r.Remove("run-0001"); err != nil {
		t.Fatal(err)
	}
	if err := r.Remove("run-0001"); !errors.Is(err, ErrNoRun) {
		t.Errorf("twice: %v", err)
	}
	if err := r.Remove("run-0009"); !errors.Is(err, ErrRunning) {
		t.Errorf("while it is written: %v", err)
	}
	if _, err := r.Read("run-0001"); !errors.Is(err, ErrNoRun) {
		t.Errorf("Read: %v", err)
	}
	if got := ids(r.List()); got != "0009 0003 0002 0000" {
		t.Error(got)
	}
	if err := r.RemoveAll(); err != nil {
		t.Fatal(err)
	}
	if got := ids(r.List()); got != "0009" {
		t.Error(got)
	}
	if err := w.Close(numberedRun(9)); err != nil {
		t.Fatal(err)
	}
	// Nothing of them is left, not in the index either.
	files, err := os.ReadDir(r.dir)
	if err != nil || len(files) != 2 {
		t.Errorf("%v, %v", files, err)
	}
	index, err := os.ReadFile(filepath.Join(r.dir, indexFile))
	if err != nil || strings.Contains(string(index), "run-0003") {
		t.Errorf("%s, %v", index, err)
	}
}

func TestLinesThatAreNone(t *testing.T) {
	r := openRuns(t, t.TempDir(), RunLimits{})
	w := begin(t, r, numberedRun(1))
	for _, line := range []string{"", "x", "[]", "{}\n", "{\n}", `{"ended":{}}`} {
		if err := w.Append([]byte(`{"good":1}`), []byte(line)); err == nil {
			t.Errorf("%q was taken", line)
		}
	}
	if err := w.Append(); err != nil {
		t.Errorf("nothing: %v", err)
	}
	if err := w.Close(numberedRun(1)); err != nil {
		t.Fatal(err)
	}
	if err := w.Append([]byte(`{}`)); err == nil {
		t.Error("appended after Close")
	}
	if err := w.Close(numberedRun(1)); err != nil {
		t.Errorf("closed twice: %v", err)
	}
	if got := lines(t, r, "run-0001"); len(got) != 0 {
		t.Errorf("%v", got)
	}
	for _, id := range []oauth.RunID{"", "../x", "A", "con"} {
		if _, err := r.Begin(RunMeta{ID: id}); err == nil {
			t.Errorf("%q was taken", id)
		}
	}
}
