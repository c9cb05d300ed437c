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

// EnvDir names the environment variable that overrides DefaultDir.
const EnvDir = "SIGNBENCH_CONFIG_DIR"

// DefaultDir is the folder of profiles and settings: $SIGNBENCH_CONFIG_DIR, or
// signbench in the user's configuration folder.
func DefaultDir() (string, error) {
	if dir := os.Getenv(EnvDir); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "signbench"), nil
}

// ErrID is a profile ID that can not be a file name on every system.
var ErrID = errors.New("not a profile ID: 1 to 64 of a-z, 0-9, - and _")

// Profiles are the profiles of one folder. They may be used from any goroutine.
type Profiles struct {
	dir string // <dir>/profiles

	mu    sync.Mutex
	list  map[oauth.ProfileID]oauth.Profile
	kept  map[oauth.ProfileID]object // members that this version does not know
	newer map[oauth.ProfileID]bool   // files that must not be replaced
}

// Open reads every profile under dir, and makes the folder when it is not there.
// It removes what a killed process left unfinished, and sets damaged files aside.
//
// Profiles is never nil. With an error the folder can not be read or written:
// profiles then live in memory, and Put says why.
func Open(dir string) (*Profiles, []Damaged, error) {
	p := &Profiles{
		dir:   filepath.Join(dir, "profiles"),
		list:  make(map[oauth.ProfileID]oauth.Profile),
		kept:  make(map[oauth.ProfileID]object),
		newer: make(map[oauth.ProfileID]bool),
	}
	now := time.Now()
	err := p.tryWrite()
	cleanTemp(p.dir, now)
	cleanTemp(dir, now)
	damaged, readErr := p.read(now)
	if readErr != nil && err == nil {
		err = readErr
	}
	return p, damaged, err
}

// tryWrite finds out whether the folder can be written, before the user relies on it.
func (p *Profiles) tryWrite() error {
	path := filepath.Join(p.dir, ".writable")
	if err := writeFile(path, nil); err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &WriteError{Path: path, Err: err}
	}
	return nil
}

func (p *Profiles) read(now time.Time) ([]Damaged, error) {
	entries, err := os.ReadDir(p.dir)
	if err != nil {
		return nil, err
	}
	var damaged []Damaged
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".json")
		if !ok || strings.HasPrefix(name, ".") || e.IsDir() {
			continue
		}
		id := oauth.ProfileID(name)
		path := filepath.Join(p.dir, e.Name())
		profile, kept, err := load(path, id)
		switch {
		case err == nil:
			p.list[id], p.kept[id] = profile, kept
		case errors.Is(err, fs.ErrNotExist): // another window has just removed it
		default:
			d := setAside(path, err, now)
			p.newer[id] = d.MovedTo == ""
			damaged = append(damaged, d)
		}
	}
	return damaged, nil
}

func load(path string, id oauth.ProfileID) (oauth.Profile, object, error) {
	data, err := readFile(path)
	if err != nil {
		return oauth.Profile{}, nil, err
	}
	var profile oauth.Profile
	kept, err := decode(data, &profile)
	switch {
	case err != nil:
		return oauth.Profile{}, nil, err
	case profile.ID != id:
		return oauth.Profile{}, nil, fmt.Errorf("%w: the id in it is not the file's name", errInvalid)
	case checkID(id) != nil:
		return oauth.Profile{}, nil, fmt.Errorf("%w: %w", errInvalid, ErrID)
	case profile.Kind != oauth.KindLogto && profile.Kind != oauth.KindOIDC && profile.Kind != oauth.KindDemo:
		return oauth.Profile{}, nil, fmt.Errorf("%w: unknown kind of profile", errInvalid)
	}
	return profile, kept, nil
}

// List returns copies of the profiles, by Order and then by name.
func (p *Profiles) List() []oauth.Profile {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := make([]oauth.Profile, 0, len(p.list))
	for _, profile := range p.list {
		list = append(list, profile.Clone())
	}
	slices.SortFunc(list, func(a, b oauth.Profile) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), strings.Compare(a.Name, b.Name), strings.Compare(string(a.ID), string(b.ID)))
	})
	return list
}

// Put adds or replaces a profile. With a *WriteError it is in the list and not on
// the disk. The file never holds what withoutSecrets takes out.
func (p *Profiles) Put(profile oauth.Profile) error {
	if err := checkID(profile.ID); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.list[profile.ID] = profile.Clone()
	path := p.path(profile.ID)
	if p.newer[profile.ID] {
		return &WriteError{Path: path, Err: ErrNewer}
	}
	data, err := encode(withoutSecrets(profile), p.kept[profile.ID])
	if err != nil {
		return &WriteError{Path: path, Err: err}
	}
	return writeFile(path, data)
}

// Remove takes a profile out of the list and deletes its file. Put brings it back.
func (p *Profiles) Remove(id oauth.ProfileID) error {
	if err := checkID(id); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.list, id)
	path := p.path(id)
	if p.newer[id] {
		return &WriteError{Path: path, Err: ErrNewer}
	}
	err := os.Remove(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = syncDir(p.dir)
	}
	if err != nil {
		return &WriteError{Path: path, Err: err}
	}
	return nil
}

func (p *Profiles) path(id oauth.ProfileID) string {
	return filepath.Join(p.dir, string(id)+".json")
}

// checkID accepts names that are one file on every system: no separators, no
// capitals (two IDs must not meet on a file system that ignores case), and none of
// the device names of Windows.
func checkID(id oauth.ProfileID) error {
	s := string(id)
	if s == "" || len(s) > 64 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
		return ErrID
	}
	switch s {
	case "con", "prn", "aux", "nul":
		return ErrID
	}
	if len(s) == 4 && (strings.HasPrefix(s, "com") || strings.HasPrefix(s, "lpt")) && s[3] >= '0' && s[3] <= '9' {
		return ErrID
	}
	return nil
}
