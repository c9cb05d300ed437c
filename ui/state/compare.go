package state

import (
	"slices"
	"time"

	"signbench/flows"
	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// Change says what became of something from the first run to the second.
type Change string

// The changes.
const (
	Added   Change = "added"   // only the second has it
	Gone    Change = "gone"    // only the first has it
	Changed Change = "changed" // both have it, and it differs
)

// Difference is a name whose value is not the same in both runs. Of a list, In and
// Out are the elements that came and went; A and B are always the whole values.
type Difference struct {
	Where  string // of a claim: "id_token", "access_token", "userinfo"; of a fact: the step
	Name   string
	Change Change
	A, B   string
	In     []string
	Out    []string
}

// Verdict is a check that the runs answered differently. A verdict is empty where
// the run did not get as far as the check.
type Verdict struct {
	Subject          string
	ID               string
	A, B             check.Verdict
	ReasonA, ReasonB string
}

// FaultChange is a fault that only one of the runs had: Gone or Added.
type FaultChange struct {
	Code   fault.Code
	Step   oauth.Step
	Change Change
}

// Timing is one step in both runs. Ratio is B to A, 0 where one of them did not take
// the step to its end.
type Timing struct {
	Step         oauth.Step
	A, B         time.Duration
	StatusA      Status // empty: the scenario has no such step
	StatusB      Status
	Ratio        float64
	Conspicuous  bool // at least twice or half as long, by more than a twentieth of a second
	AwaitsPerson bool // somebody typed a password meanwhile: the ratio says nothing of the network
}

// Comparison is what differs between two runs, A the first and B the second of
// them. Values that are new in each run (state, nonce, times, hashes of tokens) are
// not differences; that one run has such a name and the other does not, is.
type Comparison struct {
	OutcomeA, OutcomeB flows.Outcome // empty: it had not ended
	Request            []Difference  // parameters with which the browser was sent to the provider
	Discovery          []Difference  // members of the provider's metadata
	Claims             []Difference
	Checks             []Verdict
	Faults             []FaultChange
	Steps              []Timing     // every step of either run, in order
	HTTP               []Difference // what was on the wire: requests, status, protocol, tls, certificate, proxy
}

// Same reports whether nothing differs but how long it took.
func (c Comparison) Same() bool {
	return c.OutcomeA == c.OutcomeB && len(c.Request)+len(c.Discovery)+len(c.Claims)+len(c.Checks)+len(c.Faults)+len(c.HTTP) == 0
}

// Compare says what differs between two runs, as data.
func Compare(a, b Run) Comparison {
	return Comparison{
		OutcomeA: a.outcome(), OutcomeB: b.outcome(),
		Request:   differences("", requestOf(a), requestOf(b), freshParameters),
		Discovery: differences("", discoveryOf(a), discoveryOf(b), nil),
		Claims: slices.Concat(
			differences("id_token", claimsOf(a.idToken()), claimsOf(b.idToken()), freshClaims),
			differences("access_token", claimsOf(a.accessToken()), claimsOf(b.accessToken()), freshClaims),
			differences("userinfo", a.userInfoClaims(), b.userInfoClaims(), freshClaims),
		),
		Checks: compareChecks(a.Reports, b.Reports),
		Faults: compareFaults(a.Faults(), b.Faults()),
		Steps:  compareSteps(a.Steps, b.Steps),
		HTTP:   compareFacts(a.Exchanges, b.Exchanges),
	}
}
