package archive

import "signbench/flows/oauth"

// Administrator is the credential of a profile for the Management API of its tenant,
// without its secret, which is in the keychain.
type Administrator struct {
	ClientID string `json:"client_id,omitempty"`
	Resource string `json:"resource,omitempty"` // empty: the one that follows from the endpoint
}

const administratorFolder folder = "administrators"

// LoadAdministrator reads the administrator's credential of a profile under dir. A
// damaged file is set aside and returned; there is no credential then.
func LoadAdministrator(dir string, id oauth.ProfileID) (a Administrator, ok bool, damaged *Damaged) {
	if ok, damaged = administratorFolder.load(dir, id, &a); !ok {
		return Administrator{}, false, damaged
	}
	return a, true, nil
}

// SaveAdministrator writes the administrator's credential of a profile under dir. A
// file of a newer Signbench is not replaced: the error is a *WriteError that matches
// ErrNewer.
func SaveAdministrator(dir string, id oauth.ProfileID, a Administrator) error {
	a.Resource = withoutPassword(a.Resource)
	return administratorFolder.save(dir, id, a, &Administrator{})
}

// RemoveAdministrator deletes the administrator's credential of a profile.
func RemoveAdministrator(dir string, id oauth.ProfileID) error {
	return administratorFolder.remove(dir, id)
}
