package connector

import (
	"context"
	"strings"
	"sync"

	"signbench/flows/fault"
	"signbench/flows/probe"
)

// Sheet is the rows of one check under way. It says each row once, whoever comes
// first, and may be used concurrently.
type Sheet struct {
	setup Setup
	rows  Catalog
	emit  func(probe.Row)

	mu   sync.Mutex
	said map[string]bool
}

// NewSheet is a sheet with nothing said.
func NewSheet(s Setup, rows Catalog, emit func(probe.Row)) *Sheet {
	return &Sheet{setup: s, rows: rows, emit: emit, said: map[string]bool{}}
}

// RowID is the ID of a row of the kind's bench, by its last part.
func RowID(kind Kind, what string) string { return "connector." + kind.Bench() + "." + what }

// Say emits the row whose ID ends with what. Params are pairs of names and values,
// of which no value passes on a secret of the configuration.
func (s *Sheet) Say(what, reason string, evidence []int, params ...string) {
	s.SayWith(what, reason, fault.NoRemedy, evidence, params...)
}

// SayWith is Say with something that a press can do about it.
func (s *Sheet) SayWith(what, reason string, remedy fault.Remedy, evidence []int, params ...string) {
	values := map[string]string{"Want": "", "Got": ""}
	for i := 0; i+1 < len(params); i += 2 {
		values[params[i]] = s.setup.Config.Quote(params[i+1])
	}
	row := s.rows.Row(RowID(s.setup.Kind, what), reason, values)
	row.Evidence, row.Remedy = evidence, remedy
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.said[what] {
		s.said[what] = true
		s.emit(row)
	}
}

// Close says of the rows that are left why nobody asked. When the run has ended they
// are left to whoever ended it.
func (s *Sheet) Close(ctx context.Context, reason string) {
	if ctx.Err() != nil {
		return
	}
	for _, id := range s.rows.IDs() {
		s.Say(strings.TrimPrefix(id, RowID(s.setup.Kind, "")), reason, nil)
	}
}

// Said reports whether the row has been emitted.
func (s *Sheet) Said(what string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said[what]
}
