package trace

import "fmt"

// HARLimits bounds what reading a recording may take.
type HARLimits struct {
	Bytes   int64 // of the file
	Entries int   // kept; the rest is counted only
	Text    int   // bytes kept of one string: a body, a header
	Entry   int64 // bytes of one entry after its strings were cut
	Bodies  int64 // bytes of all bodies kept
}

// DefaultHARLimits are those of zero values.
func DefaultHARLimits() HARLimits {
	return HARLimits{Bytes: 200 << 20, Entries: 20_000, Text: BodyCap + BodyCap/2, Entry: 32 << 20, Bodies: 64 << 20}
}

func (l HARLimits) orDefault() HARLimits {
	d := DefaultHARLimits()
	if l.Bytes <= 0 {
		l.Bytes = d.Bytes
	}
	if l.Entries <= 0 {
		l.Entries = d.Entries
	}
	if l.Text <= 0 {
		l.Text = d.Text
	}
	if l.Entry <= 0 {
		l.Entry = d.Entry
	}
	if l.Bodies <= 0 {
		l.Bodies = d.Bodies
	}
	return l
}

// HARProblem says why a recording could not be read. The codes are stable.
type HARProblem string

// The problems.
const (
	HARNotJSON      HARProblem = "not_json"      // also one that was cut off; Params: Offset
	HARNotHAR       HARProblem = "not_har"       // JSON, and no recording
	HARNewerVersion HARProblem = "newer_version" // Params: Version
	HARTooLarge     HARProblem = "too_large"     // Params: Limit in bytes
	HARNoSignIn     HARProblem = "no_sign_in"    // Params: Entries
	HARUnreadable   HARProblem = "unreadable"    // the file itself could not be read
)

// HARProblems lists every problem, for the test that each has its words.
func HARProblems() []HARProblem {
	return []HARProblem{HARNotJSON, HARNotHAR, HARNewerVersion, HARTooLarge, HARNoSignIn, HARUnreadable}
}

// HARError is why a recording could not be read. It quotes nothing of the file.
type HARError struct {
	Problem HARProblem
	Params  map[string]string
	Err     error
}

// Error implements error.
func (e *HARError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("har: %s: %v", e.Problem, e.Err)
	}
	return "har: " + string(e.Problem)
}

// Unwrap returns what reading failed with.
func (e *HARError) Unwrap() error { return e.Err }

// HARInfo says what a recording is.
type HARInfo struct {
	Version string   // of the format
	Creator string   // "Firefox 141.0", "WebInspector 537.36", "Signbench 0.1.0"
	Browser string   // where it is named
	Title   string   // of the first page
	Own     bool     // written by Signbench
	Receipt *Receipt // of our own: what had been removed
	Entries int      // in the file
	Kept    int      // returned
	Skipped int      // pictures, scripts and styles, and what was above the limits
	Cut     int      // bodies of which not everything was kept
}
