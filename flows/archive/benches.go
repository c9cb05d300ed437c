package archive

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"signbench/flows/oauth"
)

// Bench is what was set up on one connector bench of a profile. It holds no secret:
// those of the configuration are in the keychain.
type Bench struct {
	Config      json.RawMessage   `json:"config"` // Logto's own JSON, without its secrets
	ConnectorID string            `json:"connector_id,omitempty"`
	RedirectURI string            `json:"redirect_uri,omitempty"`
	Domains     []string          `json:"domains,omitempty"`
	Addresses   map[string]string `json:"addresses,omitempty"` // base addresses that are not the vendor's
}

// benchFile is the benches of one profile, by the kind of connector.
type benchFile struct {
	Benches map[string]Bench `json:"benches"`
}

// LoadBenches reads the benches of a profile under dir. A damaged file is set aside
// and returned; there is nothing on the benches then.
func LoadBenches(dir string, id oauth.ProfileID) (map[string]Bench, *Damaged) {
	benches, _, err := readBenches(dir, id)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return benches, nil
	}
	d := setAside(benchPath(dir, id), err, time.Now())
	return benches, &d
}

// SaveBenches writes the benches of a profile under dir. A file of a newer
// Signbench is not replaced: the error is a *WriteError that matches ErrNewer.
func SaveBenches(dir string, id oauth.ProfileID, benches map[string]Bench) error {
	if err := checkID(id); err != nil {
		return err
	}
	path := benchPath(dir, id)
	_, kept, err := readBenches(dir, id)
	if errors.Is(err, ErrNewer) {
		return &WriteError{Path: path, Err: ErrNewer}
	}
	data, err := encode(benchFile{Benches: benches}, kept)
	if err != nil {
		return &WriteError{Path: path, Err: err}
	}
	return writeFile(path, data)
}

// RemoveBenches deletes the benches of a profile.
func RemoveBenches(dir string, id oauth.ProfileID) error {
	if err := checkID(id); err != nil {
		return err
	}
	if err := os.Remove(benchPath(dir, id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &WriteError{Path: benchPath(dir, id), Err: err}
	}
	return nil
}

func readBenches(dir string, id oauth.ProfileID) (map[string]Bench, object, error) {
	empty := map[string]Bench{}
	if err := checkID(id); err != nil {
		return empty, nil, err
	}
	data, err := readFile(benchPath(dir, id))
	if err != nil {
		return empty, nil, err
	}
	var file benchFile
	kept, err := decode(data, &file)
	if err != nil {
		return empty, nil, err
	}
	if file.Benches == nil {
		file.Benches = empty
	}
	return file.Benches, kept, nil
}

func benchPath(dir string, id oauth.ProfileID) string {
	return filepath.Join(dir, "benches", string(id)+".json")
}
