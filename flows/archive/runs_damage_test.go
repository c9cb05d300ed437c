package archive

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"signbench/flows/oauth"
)

func TestDamagedRuns(t *testing.T) {
	dir := t.TempDir()
	r := openRuns(t, dir, RunLimits{})
	keep(t, r, numberedRun(1), 2)
	other := runName(numberedRun(2))
	for name, c := range map[string]struct {
		content string
		reason  Reason
		moved   bool
	}{
		"not JSON":          {"hello\n", ReasonNotJSON, true},
		"one long line":     {strings.Repeat("x", 1<<20), ReasonNotJSON, true},
		"zeros":             {strings.Repeat("\x00", 5000), ReasonNotJSON, true},
		"a newer version":   {`{"version":2,"run":{"id":7}}` + "\n", ReasonNewer, false},
		"no version":        {`{"run":{"id":"run-0002"}}` + "\n", ReasonInvalid, true},
		"no run":            {`{"version":1}` + "\n", ReasonInvalid, true},
		"another run":       {`{"version":1,"run":{"id":"run-0003","started":"2026-03-04T05:08:07Z"}}` + "\n", ReasonInvalid, true},
		"not a name":        {`{"version":1,"run":{"id":"../../x","started":"2026-03-04T05:08:07Z"}}` + "\n", ReasonInvalid, true},
		"members elsewhere": {`{"version":1,"run":[]}` + "\n", ReasonInvalid, true},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(r.dir, other)
			write(t, path, c.content)
			again, damaged, err := OpenRuns(dir, RunLimits{})
			if err != nil || len(damaged) != 1 || damaged[0].Reason != c.reason || (damaged[0].MovedTo != "") != c.moved || damaged[0].File != path {
				t.Fatalf("%+v, %v", damaged, err)
			}
			if got := ids(again.List()); got != "0001" {
				t.Errorf("listed: %s", got)
			}
			at := damaged[0].MovedTo
			if !c.moved {
				at = path
			}
			if data, err := os.ReadFile(at); err != nil || string(data) != c.content {
				t.Errorf("the file was changed: %v", err)
			}
			if err := os.Remove(at); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// A file in which the first line is not complete yet is another window's, or
// nothing.
func TestRunThatWasNeverBorn(t *testing.T) {
	dir := t.TempDir()
	r := openRuns(t, dir, RunLimits{})
	for i, content := range []string{"", `{"ver`, `{"version":1,"run":{"id":"ru`} {
		path := fileOf(r, i)
		write(t, path, content)
		if got := openRuns(t, dir, RunLimits{}); len(got.List()) != 0 {
			t.Errorf("%q is listed", content)
		}
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%q was taken from under another window: %v", content, err)
		}
		old := time.Now().Add(-time.Hour)
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
		openRuns(t, dir, RunLimits{})
		if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%q was not cleaned up: %v", content, err)
		}
	}
}

// The index may be gone, damaged, of tomorrow, or lie.
func TestIndexIsOnlyACache(t *testing.T) {
	dir := t.TempDir()
	r := openRuns(t, dir, RunLimits{})
	keep(t, r, numberedRun(1), 2)
	want := keep(t, r, numberedRun(2), 2)
	path := filepath.Join(r.dir, indexFile)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, index := range map[string]string{
		"empty": "", "damaged": string(good[:len(good)/2]), "newer": strings.Replace(string(good), `"version":1`, `"version":2`, 1),
		"of other files": strings.ReplaceAll(string(good), "run-0002", "run-0009"),
		"of other sizes": strings.ReplaceAll(strings.ReplaceAll(string(good), `"size":`, `"size":9`), "Acme", "Wrong"),
		"null":           `{"version":1,"runs":[{},null]}`,
	} {
		write(t, path, index)
		again := openRuns(t, dir, RunLimits{})
		if got, _ := again.Meta(want.ID); ids(again.List()) != "0002 0001" || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %+v", name, again.List())
		}
		if now, err := os.ReadFile(path); err != nil || len(now) != len(good) {
			t.Errorf("%s: the index was not written again: %v", name, err)
		}
	}
}

// A folder that can not be made: Begin says why, and mends by itself.
func TestRunsFolderThatCanNotBeMade(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "file")
	write(t, dir, "")
	r, damaged, err := OpenRuns(dir, RunLimits{})
	var failed *WriteError
	if r == nil || len(damaged) != 0 || !errors.As(err, &failed) {
		t.Fatalf("%v, %v", damaged, err)
	}
	if _, err := r.Begin(numberedRun(1)); !errors.As(err, &failed) || len(r.List()) != 0 {
		t.Errorf("Begin: %v", err)
	}
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	keep(t, r, numberedRun(1), 1)
}

// The disk fails while a run is written: what was whole stays, and it is told once.
func TestDiskThatFails(t *testing.T) {
	dir := t.TempDir()
	r := openRuns(t, dir, RunLimits{})
	w := begin(t, r, numberedRun(1))
	if err := w.Append([]byte(`{"seq":0}`)); err != nil {
		t.Fatal(err)
	}
	working := w.file
	broken, err := os.Open(fileOf(r, 1)) // for reading: every write fails
	if err != nil {
		t.Fatal(err)
	}
	w.file = broken
	var failed *WriteError
	if err := w.Append([]byte(`{"seq":1}`)); !errors.As(err, &failed) {
		t.Errorf("Append: %v", err)
	}
	_ = working.Close()
	if err := w.Close(numberedRun(1)); err != nil {
		t.Errorf("Close tells it again: %v", err)
	}
	for _, again := range []*Runs{r, openRuns(t, dir, RunLimits{})} {
		if meta, ok := again.Meta("run-0001"); !ok || meta.Complete || len(lines(t, again, "run-0001")) != 1 {
			t.Errorf("%+v", meta)
		}
	}
	keep(t, r, numberedRun(2), 1)
}

func TestOnlyTheOwnerMayReadRuns(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // permissions are inherited from the user's folder there
	}
	r := openRuns(t, filepath.Join(t.TempDir(), "signbench"), RunLimits{})
	keep(t, r, numberedRun(1), 1)
	err := filepath.WalkDir(r.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Two windows write, list, prune and remove in one folder.
func TestTwoWindows(t *testing.T) {
	dir := t.TempDir()
	windows := []*Runs{openRuns(t, dir, RunLimits{MaxRuns: 20}), openRuns(t, dir, RunLimits{MaxRuns: 20})}
	var all sync.WaitGroup
	for i, r := range windows {
		for j := range 3 {
			all.Go(func() {
				for n := range 15 {
					meta := numberedRun(1000*i + 100*j + n)
					meta.Started = time.Now()
					w, err := r.Begin(meta)
					if err != nil {
						t.Error(err)
						return
					}
					if err := w.Append([]byte(`{"seq":0}`), []byte(`{"seq":1}`)); err != nil {
						t.Error(err)
					}
					r.List()
					if err := w.Close(meta); err != nil {
						t.Error(err)
					}
					if n%5 == 4 {
						if err := r.Remove(meta.ID); err != nil && !errors.Is(err, ErrNoRun) {
							t.Error(err)
						}
					}
				}
			})
		}
	}
	all.Wait()
	again := openRuns(t, dir, RunLimits{})
	if n := len(again.List()); n == 0 || n > 26 { // each window may have been writing three when the other last looked
		t.Errorf("%d runs", n)
	}
	for _, meta := range again.List() {
		if !meta.Complete || len(lines(t, again, meta.ID)) != 2 {
			t.Errorf("%+v", meta)
		}
	}
}

// childRuns makes the test binary a program that keeps runs until it is killed.
const childRuns = "SIGNBENCH_TEST_RUNS_WRITE"

func init() {
	if dir := os.Getenv(childRuns); dir != "" {
		keepForever(dir)
	}
}

func keepForever(dir string) {
	r, _, err := OpenRuns(dir, RunLimits{MaxRuns: 10})
	for n := 0; err == nil; n++ {
		meta := RunMeta{ID: oauth.NewRunID(), ProfileName: strings.Repeat("n", n%150)}
		var w *Writer
		if w, err = r.Begin(meta); err != nil {
			break
		}
		for i := range n % 20 {
			err = errors.Join(err, w.Append(fmt.Appendf(nil, `{"seq":%d,"fill":%q}`, i, strings.Repeat("f", n*i*97%9000))))
		}
		err = errors.Join(err, w.Close(meta))
		if n == 20 {
			fmt.Println("writing")
		}
	}
	fmt.Println(err)
	os.Exit(1)
}

// A program killed at any moment leaves every run whole up to its last event.
func TestKilledWhileKeeping(t *testing.T) {
	dir := t.TempDir()
	for round := range 15 {
		cmd := exec.Command(os.Args[0], "-test.run=^$")
		cmd.Env = append(os.Environ(), childRuns+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "writing\n" {
			t.Errorf("the child says %q, %v", line, err)
		}
		time.Sleep(time.Duration(rand.IntN(20_000)) * time.Microsecond) // where it is then is what is tested
		_ = cmd.Process.Kill()
		_ = cmd.Wait()

		r := openRuns(t, dir, RunLimits{MaxRuns: 10})
		if len(r.List()) == 0 {
			t.Fatal("nothing was kept")
		}
		for _, meta := range r.List() {
			for i, line := range lines(t, r, meta.ID) {
				if !strings.HasPrefix(line, fmt.Sprintf(`{"seq":%d,`, i)) || !strings.HasSuffix(line, `"}`) {
					t.Fatalf("round %d: line %d is %.80q", round, i, line)
				}
			}
		}
	}
}
