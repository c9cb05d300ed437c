package archive

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"time"
)

// indexFile says what the runs' files say of themselves, with the size and the time
// that each had then.
const indexFile = "index.json"

// maxIndex bounds what is read: ten thousand runs come nowhere near it.
const maxIndex = 16 << 20

type runIndex struct {
	Version int         `json:"version"`
	Runs    []indexLine `json:"runs"`
}

type indexLine struct {
	File     string  `json:"file"`
	Size     int64   `json:"size"`
	Modified int64   `json:"modified"` // nanoseconds since 1970
	Meta     RunMeta `json:"meta"`
}

// readIndex returns nothing when the index is missing, damaged or of another
// version: the files are read instead, and it is written again.
func (r *Runs) readIndex() map[string]entry {
	f, err := os.Open(filepath.Clean(filepath.Join(r.dir, indexFile)))
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxIndex))
	if err != nil {
		return nil
	}
	var index runIndex
	if json.Unmarshal(data, &index) != nil || index.Version != formatVersion {
		return nil
	}
	entries := make(map[string]entry, len(index.Runs))
	for _, line := range index.Runs {
		if runName(line.Meta) == line.File {
			line.Meta.Bytes = line.Size
			entries[line.File] = entry{meta: line.Meta, modified: time.Unix(0, line.Modified)}
		}
	}
	return entries
}

// staleIndex reports whether the index lacks something that is in the folder, or
// has something that is not.
func (r *Runs) staleIndex(index map[string]entry) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(index) != len(r.entries) {
		return true
	}
	for name, e := range r.entries {
		old, ok := index[name]
		if !ok || old.meta.Bytes != e.meta.Bytes || !old.modified.Equal(e.modified) {
			return true
		}
	}
	return false
}

// writeIndex replaces the index. Nothing depends on it, so a failure is not told,
// and it is not forced onto the disk: that would cost more than reading the files.
// It needs disk.
func (r *Runs) writeIndex() {
	index := runIndex{Version: formatVersion, Runs: []indexLine{}}
	r.mu.Lock()
	for name, e := range r.entries {
		if _, running := r.writing[name]; !running {
			index.Runs = append(index.Runs, indexLine{File: name, Size: e.meta.Bytes, Modified: e.modified.UnixNano(), Meta: e.meta})
		}
	}
	r.mu.Unlock()
	data, err := marshal(index)
	if err != nil {
		return
	}
	f, err := os.CreateTemp(r.dir, "."+indexFile+".*"+tempSuffix)
	if err != nil {
		return
	}
	_, err = f.Write(data)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = rename(f.Name(), filepath.Join(r.dir, indexFile))
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
}
