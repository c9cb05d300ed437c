// Package terminal is Signbench without a window: the same engine, the same
// verdicts and the same words, for a script, an SSH session and a CI job.
//
// One file holds one command; what they share is in program.go (the commands'
// frame), target.go (whose sign-in is tried), trial.go (runs under way),
// document.go (--json) and follow.go (what a person reads).
package terminal

// Status is how the program ends. The numbers are documented for scripts and
// never change.
type Status int

// The statuses.
const (
	StatusOK          Status = 0   // all well; warnings may have been given
	StatusFaults      Status = 1   // faults were found, or the expected one was not
	StatusUsage       Status = 2   // the command or what it was given can not be understood
	StatusCannotRun   Status = 3   // no browser, a port that is taken, no keychain
	StatusInterrupted Status = 130 // Ctrl-C
)
