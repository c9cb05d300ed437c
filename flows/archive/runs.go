package archive

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"signbench/flows/oauth"
)

// RunLimits bound what is kept. Zero values take the defaults.
type RunLimits struct {
	MaxRuns  int   // default 1,000
	MaxBytes int64 // of all runs together, default 256 MiB
}

// The limits of a first start.
const (
	DefaultMaxRuns  = 1000
	DefaultMaxBytes = 256 << 20
)

func (l RunLimits) withDefaults() RunLimits {
	if l.MaxRuns <= 0 {
		l.MaxRuns = DefaultMaxRuns
	}
	if l.MaxBytes <= 0 {
		l.MaxBytes = DefaultMaxBytes
	}
	return l
}

// ErrNoRun is a run that is not kept, or not any more.
var ErrNoRun = errors.New("this run is not kept")

// ErrRunning is a run that this program is writing and so does not remove.
var ErrRunning = errors.New("this run is still going")

// Runs are the kept runs of one folder: one file each, appended to while the run
// goes, and never changed afterwards. They may be used from any goroutine. List
// and Meta never wait for the disk.
//
//	<dir>/runs/<start>-<id>.jsonl   a header, one line per event, a trailer
//	<dir>/runs/index.json           what the headers and trailers say, to open fast
//
// The index is a cache: what it says of a file counts only while size and time of
// the file are those noted with it. So it may be lost, damaged, or written by two
// windows in turn.
type Runs struct {
	dir string

	disk sync.Mutex // held while the folder is changed or looked through; taken before mu

	mu      sync.Mutex
	limits  RunLimits
	entries map[string]entry   // by the name of the file
	writing map[string]*Writer // those of this program
	left    map[string]bool    // files that are left alone: newer, or not to be read
}

// entry is one file as it was when it was looked at.
type entry struct {
	meta     RunMeta
	modified time.Time
}

// OpenRuns lists the runs kept under dir, and makes the folder when it is not
// there. Files that are damaged or of a newer version are set aside and named.
//
// Runs is never nil. With an error the folder can not be read or written: what is
// there is listed as far as it can be, and Begin says why nothing is kept.
func OpenRuns(dir string, limits RunLimits) (*Runs, []Damaged, error) {
	r := &Runs{
		dir: filepath.Join(dir, "runs"), limits: limits.withDefaults(),
		entries: map[string]entry{}, writing: map[string]*Writer{}, left: map[string]bool{},
	}
	err := r.tryWrite()
	cleanTemp(r.dir, time.Now())
	index := r.readIndex()
	damaged, scanErr := r.scan(index, true)
	if err == nil {
		err = scanErr
	}
	if err == nil && r.staleIndex(index) {
		r.writeIndex()
	}
	return r, damaged, err
}

// tryWrite finds out whether runs can be kept, before the user relies on it.
func (r *Runs) tryWrite() error {
	err := os.MkdirAll(r.dir, 0o700)
	if err != nil {
		return &WriteError{Path: r.dir, Err: err}
	}
	f, err := os.CreateTemp(r.dir, ".writable.*"+tempSuffix)
	if err != nil {
		return &WriteError{Path: r.dir, Err: err}
	}
	_ = f.Close()
	_ = os.Remove(f.Name())
	return nil
}

// List returns the runs, those of this program that are still going included, the
// newest first.
func (r *Runs) List() []RunMeta {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := make([]RunMeta, 0, len(r.entries))
	for _, e := range r.entries {
		list = append(list, e.meta)
	}
	slices.SortFunc(list, func(a, b RunMeta) int {
		return cmp.Or(b.Started.Compare(a.Started), strings.Compare(string(b.ID), string(a.ID)))
	})
	return list
}

// Meta returns what is known of one run.
func (r *Runs) Meta(id oauth.RunID) (RunMeta, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, e, ok := r.find(id)
	return e.meta, ok
}

// find needs mu.
func (r *Runs) find(id oauth.RunID) (name string, e entry, ok bool) {
	for name, e := range r.entries {
		if e.meta.ID == id {
			return name, e, true
		}
	}
	return "", entry{}, false
}

// SetLimits changes the limits and removes what is beyond them.
func (r *Runs) SetLimits(limits RunLimits) {
	r.disk.Lock()
	defer r.disk.Unlock()
	r.mu.Lock()
	r.limits = limits.withDefaults()
	r.mu.Unlock()
	if r.prune(0, "") {
		r.writeIndex()
	}
}

// Remove deletes one run. Of a run that this program is writing it returns
// ErrRunning, of one that is not there ErrNoRun.
func (r *Runs) Remove(id oauth.RunID) error {
	r.disk.Lock()
	defer r.disk.Unlock()
	r.mu.Lock()
	name, _, ok := r.find(id)
	_, running := r.writing[name]
	r.mu.Unlock()
	switch {
	case !ok:
		return ErrNoRun
	case running:
		return ErrRunning
	}
	if err := r.drop(name); err != nil {
		return err
	}
	r.writeIndex()
	return nil
}

// RemoveAll deletes every run but those that this program is writing. It goes on
// after a file that can not be deleted.
func (r *Runs) RemoveAll() error {
	r.disk.Lock()
	defer r.disk.Unlock()
	r.mu.Lock()
	var names []string
	for name := range r.entries {
		if _, running := r.writing[name]; !running {
			names = append(names, name)
		}
	}
	r.mu.Unlock()
	var failed error
	for _, name := range names {
		failed = errors.Join(failed, r.drop(name))
	}
	r.writeIndex()
	return failed
}

// drop deletes a file and forgets it. It needs disk.
func (r *Runs) drop(name string) error {
	path := filepath.Join(r.dir, name)
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &WriteError{Path: path, Err: err}
	}
	r.mu.Lock()
	delete(r.entries, name)
	r.mu.Unlock()
	return nil
}

const runSuffix = ".jsonl"

// runName is the name of a run's file. Names sort as the runs began.
func runName(m RunMeta) string {
	return fmt.Sprintf("%s-%s%s", m.Started.UTC().Format("20060102T150405.000Z"), m.ID, runSuffix)
}
