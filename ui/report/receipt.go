package report

import (
	"strconv"

	"signbench/flows/trace"
	"signbench/ui/state"
	"signbench/ui/text"
)

// SetAsideLines says which rules the run went on without; nothing of a strict one.
func SetAsideLines(run *state.Run) []string {
	rules := run.SetAside()
	if rules == nil {
		return nil
	}
	return []string{text.T("set_aside.receipt", text.Params{"Rules": text.Allowances(rules)})}
}

// ReceiptLines says what was removed from a run, and what was kept.
func ReceiptLines(r trace.Receipt) []string {
	type line struct{ kind, place, name string }
	counts := map[line]int{}
	var order []line
	for _, removal := range r.Removals {
		l := line{string(removal.Kind), string(removal.Place), removal.Name}
		if counts[l] == 0 {
			order = append(order, l)
		}
		counts[l] += removal.Count
	}
	var out []string
	for _, l := range order {
		key := "receipt.line"
		if l.name == "" {
			key = "receipt.line.unnamed"
		}
		out = append(out, text.T(key, text.Params{
			"N": strconv.Itoa(counts[l]), "Kind": text.T("receipt.kind." + l.kind), "Place": text.T("receipt.place." + l.place), "Name": l.name,
		}))
	}
	if len(out) == 0 {
		out = append(out, text.T("receipt.nothing"))
	}
	if r.ClaimsKept > 0 {
		out = append(out, text.N("receipt.claims_kept", r.ClaimsKept))
	}
	return out
}
