package connector

import (
	"slices"

	"signbench/flows/probe"
)

// Entry declares a row of a bench: its ID "connector.<bench>.<what>", and every
// reason that it can give, by the verdict that follows from it. Sentences are under
// probe.<id>.<reason>, the row's name under probe.<id>.name, and what to change
// where it fails or warns under probe.<id>.<reason>.remedy.
type Entry struct {
	ID    string
	Group probe.Group
	Spec  string

	Pass, Warn, Fail, Unknown []string
}

// The groups of a bench's rows, in the order in which they are shown. Their labels
// are connector.group.<group>.
const (
	GroupConfig   probe.Group = "config"   // what is known without asking
	GroupUpstream probe.Group = "upstream" // whether its endpoints answer
	GroupKeys     probe.Group = "keys"
	GroupClient   probe.Group = "client"
	GroupSecret   probe.Group = "secret"
	GroupAccount  probe.Group = "account" // of the vendor: its state, what it may do
	GroupDelivery probe.Group = "delivery"
	GroupFields   probe.Group = "fields" // of the user, while one signs in
)

// Groups lists the groups in the order in which they are shown.
func Groups() []probe.Group {
	return []probe.Group{GroupConfig, GroupUpstream, GroupKeys, GroupClient, GroupSecret, GroupAccount, GroupDelivery, GroupFields}
}

// NotRun are the reasons that every row can give without being declared: why its
// question was not asked. They share their sentences, connector.not_run.<reason>.
func NotRun() []string { return []string{Cancelled, NoConfig, NoConnection, NoAnswer} }

// Why a question was not asked.
const (
	Cancelled    = "cancelled"     // the run ended first
	NoConfig     = "no_config"     // the configuration lacks what the question needs
	NoConnection = "no_connection" // the upstream was not reached
	NoAnswer     = "no_answer"     // an earlier question, on which it depends, had no usable answer
)

// Catalog is every row of a bench, in the order in which they are shown.
type Catalog []Entry

// IDs lists the rows.
func (c Catalog) IDs() []string {
	out := make([]string, len(c))
	for i, e := range c {
		out[i] = e.ID
	}
	return out
}

// Entry is the declaration of a row.
func (c Catalog) Entry(id string) (Entry, bool) {
	i := slices.IndexFunc(c, func(e Entry) bool { return e.ID == id })
	if i < 0 {
		return Entry{}, false
	}
	return c[i], true
}

// Reasons lists the reasons that the row declares.
func (e Entry) Reasons() []string { return slices.Concat(e.Pass, e.Warn, e.Fail, e.Unknown) }

// VerdictOf is what the row says when it gives that reason.
func (e Entry) VerdictOf(reason string) probe.Verdict {
	switch {
	case slices.Contains(e.Pass, reason):
		return probe.Pass
	case slices.Contains(e.Warn, reason):
		return probe.Warn
	case slices.Contains(e.Fail, reason):
		return probe.Fail
	}
	return probe.Unknown
}

// Row is the row with one of its reasons. Params gets Want and Got beside what is
// given.
func (c Catalog) Row(id, reason string, params map[string]string) probe.Row {
	e, _ := c.Entry(id)
	row := probe.Row{ID: id, Group: e.Group, Verdict: e.VerdictOf(reason), Reason: reason, Spec: e.Spec, Params: map[string]string{}}
	for name, v := range params {
		row.Params[name] = v
	}
	row.Want, row.Got = row.Params["Want"], row.Params["Got"]
	return row
}
