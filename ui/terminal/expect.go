package terminal

import (
	"slices"

	"github.com/spf13/cobra"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/probe"
	"signbench/ui/text"
)

// expectable are the codes of every fault that a command can find, sorted: those of a run,
// of the rows of Check setup that can go wrong, and of the connectors' benches.
func expectable() []string {
	var codes []string
	for _, e := range fault.Catalog() {
		codes = append(codes, string(e.Code))
	}
	row := func(id, reason string, v probe.Verdict) {
		if v == probe.Fail || v == probe.Warn {
			codes = append(codes, "probe."+id+"."+reason)
		}
	}
	for _, id := range probe.IDs() {
		for _, reason := range probe.Reasons(id) {
			row(id, reason, probe.VerdictOf(id, reason))
		}
	}
	for _, kind := range connector.Kinds() {
		bench := flows.Bench(kind)
		for _, code := range bench.Faults() {
			codes = append(codes, string(code))
		}
		rows := bench.Rows()
		if ticker, ok := bench.(connector.Ticker); ok {
			rows = slices.Concat(rows, ticker.Ticks())
		}
		for _, e := range rows {
			for _, reason := range e.Reasons() {
				row(e.ID, reason, e.VerdictOf(reason))
			}
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// expects takes the code of a fault. One that no run can find would fail for ever,
// and look like a finding.
func (o *output) expects(code string) error {
	if _, known := slices.BinarySearch(expectable(), code); !known {
		return usage("terminal.expect.unknown", text.Params{"Code": code})
	}
	o.expect = code
	return nil
}

// completeFault offers the codes that --expect takes, each with what it is called.
func completeFault(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var out []cobra.Completion
	for _, code := range expectable() {
		if name, ok := text.FaultName(code); ok {
			out = append(out, cobra.CompletionWithDesc(code, name))
		} else {
			out = append(out, code)
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
