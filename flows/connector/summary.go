package connector

import (
	"slices"
	"strconv"

	"signbench/flows/fault"
)

// ConfigEntry declares the row of a bench that sums up what Examine finds, but for
// its ID.
func ConfigEntry() Entry {
	return Entry{Group: GroupConfig, Pass: []string{"clean"}, Warn: []string{"warnings"}, Fail: []string{"refused", "breaks"}}
}

// SumUp is what Examine finds, as one of the reasons of ConfigEntry and pairs of
// parameters. Its worst finding speaks for all: that it is another connector's, one
// that Logto refuses, one with which no sign-in succeeds, any other.
func SumUp(s Setup) (reason string, params []string) {
	findings := Examine(s)
	worst := func(match func(Finding) bool) int { return slices.IndexFunc(findings, match) }
	for _, rank := range []struct {
		reason string
		at     int
	}{
		{"refused", worst(func(f Finding) bool { return f.Code == OtherConnector })}, // all else follows from it
		{"refused", worst(func(f Finding) bool { return f.OnSave })},
		{"breaks", worst(func(f Finding) bool { return f.Severity == fault.Error })},
		{"warnings", worst(func(Finding) bool { return true })},
	} {
		if rank.at >= 0 {
			return rank.reason, append(findings[rank.at].Told(), "Count", strconv.Itoa(len(findings)))
		}
	}
	return "clean", nil
}
