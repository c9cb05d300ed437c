package archive

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"signbench/flows/oauth"
)

// folder is where files of one kind are kept, one for each profile.
type folder string

func (f folder) path(dir string, id oauth.ProfileID) string {
	return filepath.Join(dir, string(f), string(id)+".json")
}

// load reads the profile's file into v. A damaged file is set aside and returned;
// v is not to be used then.
func (f folder) load(dir string, id oauth.ProfileID, v any) (ok bool, damaged *Damaged) {
	_, err := f.read(dir, id, v)
	switch {
	case err == nil || errors.Is(err, fs.ErrNotExist):
		return err == nil, nil
	case errors.Is(err, ErrID): // no file of ours, which must not be moved
		return false, &Damaged{File: string(id), Reason: ReasonInvalid, Err: err}
	}
	d := setAside(f.path(dir, id), err, time.Now())
	return false, &d
}

// read also returns the members that v does not know.
func (f folder) read(dir string, id oauth.ProfileID, v any) (object, error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	data, err := readFile(f.path(dir, id))
	if err != nil {
		return nil, err
	}
	return decode(data, v)
}

// save replaces the profile's file. One of a newer Signbench is not replaced: the
// error is a *WriteError that matches ErrNewer. old is of v's type, to be read into.
func (f folder) save(dir string, id oauth.ProfileID, v, old any) error {
	if err := checkID(id); err != nil {
		return err
	}
	path := f.path(dir, id)
	kept, err := f.read(dir, id, old)
	if errors.Is(err, ErrNewer) {
		return &WriteError{Path: path, Err: ErrNewer}
	}
	data, err := encode(v, kept)
	if err != nil {
		return &WriteError{Path: path, Err: err}
	}
	return writeFile(path, data)
}

// remove deletes the profile's file.
func (f folder) remove(dir string, id oauth.ProfileID) error {
	if err := checkID(id); err != nil {
		return err
	}
	if err := os.Remove(f.path(dir, id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &WriteError{Path: f.path(dir, id), Err: err}
	}
	return nil
}
