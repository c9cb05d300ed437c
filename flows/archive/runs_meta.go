package archive

import (
	"strings"
	"time"
	"unicode/utf8"

	"signbench/flows/oauth"
)

// RunMeta is what a list shows of a kept run. It holds codes and no sentences, and
// nothing in it is a secret.
type RunMeta struct {
	ID          oauth.RunID     `json:"id"`
	Profile     oauth.ProfileID `json:"profile"`
	ProfileName string          `json:"profile_name"`
	Kind        oauth.Kind      `json:"kind"`
	Scenario    oauth.Scenario  `json:"scenario"`
	Started     time.Time       `json:"started"`
	Took        time.Duration   `json:"took,omitempty"`        // of an interrupted run: until its last event was written
	Outcome     string          `json:"outcome,omitempty"`     // flows.Outcome; empty: interrupted, or still going
	Step        oauth.Step      `json:"step,omitempty"`        // where it ended, when it did not end well
	FaultCodes  []string        `json:"fault_codes,omitempty"` // in the order in which the faults are read, and then RowCode with each failing row of a check
	Complete    bool            `json:"complete,omitempty"`    // every event is in the file
	Bytes       int64           `json:"-"`                     // size of the file
}

// RowCode begins the code of a failing row of a check, before its ID.
const RowCode = "probe."

// What a header or trailer may hold of texts and lists that have no bound of their
// own, so that both stay within headLimit.
const (
	maxName  = 200 // bytes
	maxCodes = 20
)

// bounded cuts what a person or a provider could have made long.
func (m RunMeta) bounded() RunMeta {
	if len(m.ProfileName) > maxName {
		cut := maxName
		for !utf8.RuneStart(m.ProfileName[cut]) {
			cut--
		}
		m.ProfileName = m.ProfileName[:cut]
	}
	m.FaultCodes = append([]string(nil), m.FaultCodes[:min(len(m.FaultCodes), maxCodes)]...)
	for i, code := range m.FaultCodes {
		m.FaultCodes[i] = code[:min(len(code), maxName)]
	}
	return m
}

// Matches reports whether every word of the query stands somewhere in the run's
// profile name, kind, scenario, outcome, step, fault codes, ID or date
// (2026-03-04). Capitals make no difference; an empty query matches every run.
func (m RunMeta) Matches(query string) bool {
	words := strings.Fields(strings.ToLower(query))
	if len(words) == 0 {
		return true
	}
	var b strings.Builder
	for _, text := range []string{
		m.ProfileName, string(m.Kind), string(m.Scenario), m.Outcome, string(m.Step), string(m.ID),
		m.Started.Local().Format(time.DateOnly),
	} {
		b.WriteString(text)
		b.WriteByte('\n')
	}
	for _, code := range m.FaultCodes {
		b.WriteString(code)
		b.WriteByte('\n')
	}
	text := strings.ToLower(b.String())
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
