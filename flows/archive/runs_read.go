package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"time"

	"signbench/flows/oauth"
)

// Read returns the events of a run, one line each, without header and trailer. A
// last line that was being written when the process died is left out, because
// that is how an interrupted run ends. The file is open only while the lines are
// being ranged over. A run may be read while it is written.
func (r *Runs) Read(id oauth.RunID) (iter.Seq2[[]byte, error], error) {
	r.mu.Lock()
	name, _, ok := r.find(id)
	r.mu.Unlock()
	if !ok {
		return nil, ErrNoRun
	}
	path := filepath.Join(r.dir, name)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoRun // another window has removed it
	} else if err != nil {
		return nil, err
	}
	return func(yield func([]byte, error) bool) {
		f, err := os.Open(filepath.Clean(path))
		if err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = f.Close() }()
		lines := bufio.NewReaderSize(f, 256<<10)
		if _, err := readLine(lines); err != nil { // the header
			yield(nil, err)
			return
		}
		for {
			line, err := readLine(lines)
			switch {
			case errors.Is(err, io.EOF):
				return
			case err != nil:
				yield(nil, err)
				return
			case bytes.HasPrefix(line, trailerStart):
				return
			case !yield(line, nil):
				return
			}
		}
	}, nil
}

// SetAside moves the file of a run away whose lines turned out to be damaged when they
// were read: why is what was wrong with them. What is left in place is listed further
// on. The error is ErrNoRun for a run that is not there, and ErrRunning for one that
// this program is writing.
func (r *Runs) SetAside(id oauth.RunID, why error) (Damaged, error) {
	r.disk.Lock()
	defer r.disk.Unlock()
	r.mu.Lock()
	name, _, ok := r.find(id)
	_, running := r.writing[name]
	r.mu.Unlock()
	switch {
	case !ok:
		return Damaged{}, ErrNoRun
	case running:
		return Damaged{}, ErrRunning
	}
	d := setAside(filepath.Join(r.dir, name), why, time.Now())
	if d.MovedTo == "" {
		return d, nil
	}
	r.mu.Lock()
	delete(r.entries, name)
	r.mu.Unlock()
	r.writeIndex()
	return d, nil
}

// readLine returns the next line in memory of its own, io.EOF when no complete one
// follows.
func readLine(from *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := from.ReadSlice('\n')
		if len(line)+len(part) > maxLine+1 {
			return nil, fmt.Errorf("%w: a line of more than %d bytes", errTooBig, maxLine)
		}
		line = append(line, part...)
		if err == nil {
			return line[:len(line)-1], nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return nil, err
		}
	}
}
