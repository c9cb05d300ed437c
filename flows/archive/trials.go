package archive

import (
	"encoding/json"
	"time"

	"signbench/flows/oauth"
)

// Trial is how the last sign-in that tried a connector went. It holds no secret.
type Trial struct {
	Run     oauth.RunID     `json:"run"`
	At      time.Time       `json:"at"`
	Outcome string          `json:"outcome"`          // as of the run
	Faults  []string        `json:"faults,omitempty"` // their codes
	Claims  json.RawMessage `json:"claims,omitempty"` // about the user, an object

	// FromConnector names the claims that the connector is known to have brought. It is
	// nil where the tenant did not say what came from where.
	FromConnector []string `json:"from_connector,omitempty"`
}

// trialFile is the trials of one profile, by the ID of the connector.
type trialFile struct {
	Trials map[string]Trial `json:"trials"`
}

const trialFolder folder = "trials"

// LoadTrials reads the trials of a profile under dir, by the ID of the connector. A
// damaged file is set aside and returned; nothing was tried then.
func LoadTrials(dir string, id oauth.ProfileID) (map[string]Trial, *Damaged) {
	var file trialFile
	if ok, damaged := trialFolder.load(dir, id, &file); !ok || file.Trials == nil {
		return map[string]Trial{}, damaged
	}
	return file.Trials, nil
}

// SaveTrial keeps a connector's trial in place of the one before. A file of a newer
// Signbench is not replaced: the error is a *WriteError that matches ErrNewer. One
// goroutine at a time may save those of a profile.
func SaveTrial(dir string, id oauth.ProfileID, connectorID string, t Trial) error {
	trials, _ := LoadTrials(dir, id)
	trials[connectorID] = t
	return trialFolder.save(dir, id, trialFile{Trials: trials}, &trialFile{})
}

// RemoveTrials deletes the trials of a profile.
func RemoveTrials(dir string, id oauth.ProfileID) error { return trialFolder.remove(dir, id) }
