package archive

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"signbench/flows/oauth"
)

// The first and, when the run was closed, the last line of a file. No event is
// taken for a trailer: Append refuses lines that begin as one.
type (
	runHeader struct {
		Version int      `json:"version"`
		Run     *RunMeta `json:"run"`
	}
	runTrailer struct {
		Ended *RunMeta `json:"ended"`
	}
)

var trailerStart = []byte(`{"ended":`)

// headLimit is how much of a file's beginning, and of its end, is read to list it.
const headLimit = 16 << 10

// errUnborn is a file that does not have its first line yet: another window is
// just beginning it, or a process was killed at that moment.
var errUnborn = errors.New("the first line is not complete")

// scan looks through the folder. Files that are as known says are not opened; those
// that can not be understood are set aside when the caller can name them, and
// passed over otherwise. It needs disk, and takes mu only to put down what it found.
func (r *Runs) scan(known map[string]entry, aside bool) ([]Damaged, error) {
	files, err := os.ReadDir(r.dir)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	left := make(map[string]bool, len(r.left))
	writing := make(map[string]bool, len(r.writing))
	for name := range r.left {
		left[name] = true
	}
	for name := range r.writing {
		writing[name] = true
	}
	r.mu.Unlock()

	now := time.Now()
	found := make(map[string]entry, len(files))
	var damaged []Damaged
	for _, file := range files {
		name := file.Name()
		if !strings.HasSuffix(name, runSuffix) || strings.HasPrefix(name, ".") || file.IsDir() || left[name] || writing[name] {
			continue
		}
		e, err := look(filepath.Join(r.dir, name), file, known[name])
		switch {
		case err == nil:
			found[name] = e
		case errors.Is(err, fs.ErrNotExist): // another window has just removed it
		case errors.Is(err, errUnborn):
			if info, err := file.Info(); err == nil && now.Sub(info.ModTime()) > tempAge {
				_ = os.Remove(filepath.Join(r.dir, name)) // there was nothing in it yet
			}
		case aside:
			d := setAside(filepath.Join(r.dir, name), err, now)
			left[name] = d.MovedTo == ""
			damaged = append(damaged, d)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for name := range r.writing {
		found[name] = r.entries[name]
	}
	r.entries, r.left = found, left
	return damaged, nil
}

// look is what a list needs to know of one file.
func look(path string, file fs.DirEntry, known entry) (entry, error) {
	info, err := file.Info()
	if err != nil {
		return entry{}, err
	}
	if known.meta.ID != "" && known.meta.Bytes == info.Size() && known.modified.Equal(info.ModTime()) {
		return known, nil
	}
	meta, err := readMeta(path, info)
	if err != nil {
		return entry{}, err
	}
	if runName(meta) != file.Name() {
		return entry{}, fmt.Errorf("%w: the run in it is not the one in the file's name", errInvalid)
	}
	return entry{meta: meta, modified: info.ModTime()}, nil
}

func readMeta(path string, info fs.FileInfo) (RunMeta, error) {
	if !info.Mode().IsRegular() {
		return RunMeta{}, &fs.PathError{Op: "read", Path: path, Err: errors.New("not a regular file")}
	}
	f, err := os.Open(filepath.Clean(path))
	if err != nil {
		return RunMeta{}, err
	}
	defer func() { _ = f.Close() }()
	buffer := make([]byte, headLimit)
	n, err := f.ReadAt(buffer, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return RunMeta{}, err
	}
	meta, err := parseHeader(buffer[:n])
	if err != nil {
		return RunMeta{}, err
	}
	tail := buffer[:n]
	if from := info.Size() - headLimit; from > 0 {
		if n, err = f.ReadAt(buffer, from); err != nil && !errors.Is(err, io.EOF) {
			return RunMeta{}, err
		}
		tail = buffer[:n]
	}
	if end, ok := parseTrailer(tail); ok && end.ID == meta.ID {
		end.Started = meta.Started // as in the file's name
		meta = end
	} else if took := info.ModTime().Sub(meta.Started); took > 0 {
		meta.Took, meta.Complete = took, false
	}
	meta.Bytes = info.Size()
	return meta, nil
}

func parseHeader(head []byte) (RunMeta, error) {
	line, _, ok := bytes.Cut(head, []byte{'\n'})
	if !ok {
		start := []byte(`{"version":`)
		if len(head) < headLimit && (bytes.HasPrefix(head, start) || bytes.HasPrefix(start, head)) {
			return RunMeta{}, errUnborn
		}
		return RunMeta{}, errors.New("no line that describes the run")
	}
	var version struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(line, &version); err != nil {
		return RunMeta{}, err
	}
	if version.Version > formatVersion {
		return RunMeta{}, fmt.Errorf("%w (version %d)", ErrNewer, version.Version)
	}
	var header runHeader
	if err := json.Unmarshal(line, &header); err != nil {
		return RunMeta{}, fmt.Errorf("%w: %w", errInvalid, err)
	}
	if header.Version < 1 || header.Run == nil || checkID(oauth.ProfileID(header.Run.ID)) != nil {
		return RunMeta{}, fmt.Errorf("%w: the first line describes no run", errInvalid)
	}
	return *header.Run, nil
}

// parseTrailer reads the last complete line when it is a trailer. What follows the
// last line break was being written when the process died.
func parseTrailer(tail []byte) (RunMeta, bool) {
	end := bytes.LastIndexByte(tail, '\n')
	if end < 0 {
		return RunMeta{}, false
	}
	line := tail[bytes.LastIndexByte(tail[:end], '\n')+1 : end]
	var trailer runTrailer
	if !bytes.HasPrefix(line, trailerStart) || json.Unmarshal(line, &trailer) != nil || trailer.Ended == nil {
		return RunMeta{}, false
	}
	return *trailer.Ended, true
}
