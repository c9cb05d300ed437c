package ui

import (
	"signbench/flows/archive"
)

// Stores are what is kept on the disk: profiles, settings, runs.
type Stores struct {
	Dir      string // where they are, to be shown
	Profiles *archive.Profiles
	Settings archive.Settings
	Runs     *archive.Runs     // nil: none are kept
	Damaged  []archive.Damaged // what was set aside while they were opened
	Trouble  error             // the folder can not be used; nil when it can
}

// OpenStores opens what is kept under dir, and makes the folder when it is not
// there. It never fails: what can't be read is set aside or named, and the window
// works in memory.
func OpenStores(dir string) Stores {
	s := Stores{Dir: dir}
	var broken *archive.Damaged
	if s.Settings, broken = archive.LoadSettings(dir); broken != nil {
		s.Damaged = append(s.Damaged, *broken)
	}
	var damaged []archive.Damaged
	s.Profiles, damaged, s.Trouble = archive.Open(dir)
	s.Damaged = append(s.Damaged, damaged...)
	var err error
	s.Runs, damaged, err = archive.OpenRuns(dir, runLimits(s.Settings))
	s.Damaged = append(s.Damaged, damaged...)
	if s.Trouble == nil {
		s.Trouble = err
	}
	return s
}

// runLimits are the bounds of the settings.
func runLimits(s archive.Settings) archive.RunLimits {
	return archive.RunLimits{MaxRuns: s.KeptRuns, MaxBytes: int64(s.KeptMegabytes) << 20}
}

// save writes the settings.
func (s Stores) save(settings archive.Settings) error { return archive.SaveSettings(s.Dir, settings) }
