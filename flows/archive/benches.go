package archive

import (
	"encoding/json"

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

const benchFolder folder = "benches"

// LoadBenches reads the benches of a profile under dir. A damaged file is set aside
// and returned; there is nothing on the benches then.
func LoadBenches(dir string, id oauth.ProfileID) (map[string]Bench, *Damaged) {
	var file benchFile
	if ok, damaged := benchFolder.load(dir, id, &file); !ok || file.Benches == nil {
		return map[string]Bench{}, damaged
	}
	return file.Benches, nil
}

// SaveBenches writes the benches of a profile under dir. A file of a newer
// Signbench is not replaced: the error is a *WriteError that matches ErrNewer.
func SaveBenches(dir string, id oauth.ProfileID, benches map[string]Bench) error {
	return benchFolder.save(dir, id, benchFile{Benches: benches}, &benchFile{})
}

// RemoveBenches deletes the benches of a profile.
func RemoveBenches(dir string, id oauth.ProfileID) error { return benchFolder.remove(dir, id) }
