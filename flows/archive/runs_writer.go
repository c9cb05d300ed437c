package archive

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"signbench/flows/oauth"
)

// maxLine bounds one event: two bodies of the recorder's cap come nowhere near it.
const maxLine = 64 << 20

var (
	errLine   = errors.New("an event is one line that holds a JSON object")
	errClosed = errors.New("the run has been closed")
)

// Writer appends the events of one run to its file. It may be used from any
// goroutine.
type Writer struct {
	runs *Runs
	name string

	mu     sync.Mutex
	file   *os.File
	meta   RunMeta
	size   int64 // what is whole
	limit  int64
	failed error
	closed bool
}

// Begin makes the file of a run that starts now. Older runs make room for it. The
// error is a *WriteError when the disk is the cause: the run can go on without
// being kept.
func (r *Runs) Begin(meta RunMeta) (*Writer, error) {
	if checkID(oauth.ProfileID(meta.ID)) != nil {
		return nil, fmt.Errorf("%w: no run ID", errInvalid)
	}
	if meta.Started.IsZero() {
		meta.Started = time.Now()
	}
	meta = meta.bounded()
	meta.Started, meta.Complete = meta.Started.Round(0), false
	name := runName(meta)
	path := filepath.Join(r.dir, name)
	header, err := marshal(runHeader{Version: formatVersion, Run: &meta})
	if err != nil {
		return nil, &WriteError{Path: path, Err: err}
	}

	r.disk.Lock()
	defer r.disk.Unlock()
	r.prune(1, "")
	file, err := create(path, header)
	if err != nil {
		return nil, &WriteError{Path: path, Err: err}
	}
	meta.Bytes = int64(len(header))
	w := &Writer{runs: r, name: name, file: file, meta: meta, size: meta.Bytes}
	r.mu.Lock()
	defer r.mu.Unlock()
	w.limit = r.limits.MaxBytes
	r.entries[name] = entry{meta: meta, modified: time.Now()}
	r.writing[name] = w
	return w, nil
}

func create(path string, header []byte) (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	// Not O_APPEND, with which Windows lets nobody cut a file. Nobody else writes here.
	file, err := os.OpenFile(filepath.Clean(path), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	if _, err := file.WriteAt(header, 0); err != nil {
		_ = file.Close()
		_ = os.Remove(path)
		return nil, err
	}
	return file, nil
}

// Append writes events, one JSON object each without a line break, in one call of
// the system: a process that is killed afterwards loses none of them, one that is
// killed meanwhile at most what was being written. After a *WriteError the file
// ends with the last event that is whole, and further calls return that error.
func (w *Writer) Append(lines ...[]byte) error {
	var batch bytes.Buffer
	for _, line := range lines {
		if len(line) > maxLine || len(line) == 0 || line[0] != '{' ||
			bytes.HasPrefix(line, trailerStart) || bytes.IndexByte(line, '\n') >= 0 {
			return errLine
		}
		batch.Write(line)
		batch.WriteByte('\n')
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failed != nil {
		return w.failed
	}
	if w.closed {
		return errClosed
	}
	if w.size+int64(batch.Len()) > w.limit {
		w.failed = &WriteError{Path: w.file.Name(), Err: errTooBig}
		return w.failed
	}
	w.failed = w.write(batch.Bytes())
	return w.failed
}

// write needs mu.
func (w *Writer) write(data []byte) error {
	if _, err := w.file.WriteAt(data, w.size); err != nil {
		_ = w.file.Truncate(w.size) // what is torn is dropped when reading, too
		return &WriteError{Path: w.file.Name(), Err: err}
	}
	w.size += int64(len(data))
	w.runs.grown(w.name, w.size)
	return nil
}

func (r *Runs) grown(name string, size int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e := r.entries[name]
	e.meta.Bytes, e.modified = size, time.Now()
	r.entries[name] = e
}

// Close ends the file with what there is to say of the run, and puts it on the
// disk. ID and Started stay as they began. A failure that Append has returned is
// not returned again.
func (w *Writer) Close(summary RunMeta) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return nil
	}
	w.closed = true
	summary = summary.bounded()
	summary.ID, summary.Started, summary.Complete = w.meta.ID, w.meta.Started, w.failed == nil
	trailer, err := marshal(runTrailer{Ended: &summary})
	if err == nil {
		err = w.write(trailer)
	}
	if err == nil {
		err = w.file.Sync()
	}
	if err == nil {
		err = syncDir(w.runs.dir)
	}
	modified := time.Now()
	if info, statErr := w.file.Stat(); statErr == nil {
		modified = info.ModTime()
	}
	if closeErr := w.file.Close(); err == nil {
		err = closeErr
	}
	summary.Bytes = w.size
	w.runs.ended(w.name, entry{meta: summary, modified: modified})
	if err == nil || w.failed != nil {
		return nil
	}
	var written *WriteError
	if errors.As(err, &written) {
		return err
	}
	return &WriteError{Path: w.file.Name(), Err: err}
}

// ended puts down a run that is over, looks what other windows have done
// meanwhile, so that the limits count their runs too, and enforces them.
func (r *Runs) ended(name string, e entry) {
	r.disk.Lock()
	defer r.disk.Unlock()
	r.mu.Lock()
	r.entries[name] = e
	delete(r.writing, name)
	known := make(map[string]entry, len(r.entries))
	for name, e := range r.entries {
		known[name] = e
	}
	r.mu.Unlock()
	_, _ = r.scan(known, false)
	r.prune(0, name)
	r.writeIndex()
}
