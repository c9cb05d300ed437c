package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// tempSuffix marks a file that was being written; its name begins with a dot.
const tempSuffix = ".tmp"

// tempAge is how old an unfinished file must be before it counts as left by a
// process that died. A live one is renamed within milliseconds.
const tempAge = time.Minute

// maxFile bounds what is read: no profile that a person made comes near it.
const maxFile = 1 << 20

// WriteError is a file that could not be written. What it was about is still right
// in memory, until the program ends.
type WriteError struct {
	Path string
	Err  error
}

// Error implements error.
func (e *WriteError) Error() string { return fmt.Sprintf("write %s: %v", e.Path, e.Err) }

// Unwrap returns the cause.
func (e *WriteError) Unwrap() error { return e.Err }

// writeFile replaces path by data in one step: a new file in the same folder, on
// the disk before it gets the name, readable by its owner only.
func writeFile(path string, data []byte) error {
	if err := writeTemp(path, data); err != nil {
		return &WriteError{Path: path, Err: err}
	}
	return nil
}

func writeTemp(path string, data []byte) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".*"+tempSuffix) // 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}

// rename replaces a file. On Windows that fails while another program, a virus
// scanner say, has the old file open, which passes in a moment.
func rename(from, to string) error {
	err := os.Rename(from, to)
	for try := 0; err != nil && runtime.GOOS == "windows" && try < 5; try++ {
		time.Sleep(10 * time.Millisecond << try)
		err = os.Rename(from, to)
	}
	return err
}

// syncDir puts the folder's new entry on the disk. Windows keeps no such promise
// and offers no such call.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(filepath.Clean(dir))
	if err != nil {
		return err
	}
	err = d.Sync()
	return errors.Join(err, d.Close())
}

// cleanTemp removes what a killed process left unfinished.
func cleanTemp(dir string, now time.Time) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") || !strings.HasSuffix(e.Name(), tempSuffix) || !e.Type().IsRegular() {
			continue
		}
		if info, err := e.Info(); err == nil && now.Sub(info.ModTime()) > tempAge {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// readFile reads a file of ours, and refuses what can not be one.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.New("not a regular file")}
	}
	if info.Size() > maxFile {
		return nil, fmt.Errorf("%w: %d bytes", errTooBig, info.Size())
	}
	return os.ReadFile(filepath.Clean(path))
}

var errTooBig = errors.New("the file is too big to be one of Signbench's")
