// Package check runs every check there is on a token set, a discovery document or
// a response, and returns the whole list. It never stops at the first failure,
// and never touches the network: keys and documents are handed to it.
package check

// Verdict is the outcome of one check.
type Verdict string

// The verdicts. Skip means that the check did not apply or could not be made, and
// Got says why.
const (
	Pass Verdict = "pass"
	Fail Verdict = "fail"
	Warn Verdict = "warn"
	Skip Verdict = "skip"
)

// Result is one check with its evidence. Want and Got are values as they stand on
// the wire, never secrets and never sentences.
type Result struct {
	ID      string  `json:"id"` // "id_token.nonce"; sentences are in the translations under check.<id>
	Verdict Verdict `json:"verdict"`
	Want    string  `json:"want,omitempty"`
	Got     string  `json:"got,omitempty"`
	Reason  string  `json:"reason,omitempty"` // a stable word that tells two failures of one check apart: "absent", "expired", "unknown_kid"
	Spec    string  `json:"spec"`             // "OIDC Core 3.1.3.7 (11)"

	// SetAside says that the check failed and that the run went on nevertheless,
	// because it had been told to.
	SetAside bool `json:"set_aside,omitempty"`
}

// Report is a list of results in the order in which the checks are explained.
type Report []Result

// Count returns how many results have that verdict.
func (r Report) Count(v Verdict) int {
	n := 0
	for _, res := range r {
		if res.Verdict == v {
			n++
		}
	}
	return n
}

// Failed reports whether any check failed.
func (r Report) Failed() bool { return r.Count(Fail) > 0 }

// Find returns the result with that ID, and whether there is one.
func (r Report) Find(id string) (Result, bool) {
	for _, res := range r {
		if res.ID == id {
			return res, true
		}
	}
	return Result{}, false
}
