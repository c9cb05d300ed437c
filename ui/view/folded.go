package view

import (
	"slices"
	"strings"

	"signbench/flows/fault"
	"signbench/ui/text"
)

// besides says in one paragraph what follows from the first fault, and what else
// stopped the run; empty when there is neither.
func besides(faults []fault.Folded) string {
	words := text.FaultFollowers(faults[0])
	var also []string
	for _, other := range faults[1:] {
		if other.Severity == fault.Error {
			also = append(also, text.FaultClause(other.Fault))
		}
	}
	if len(also) > 0 {
		words += " " + text.T("verdict.more_faults", text.Params{"Titles": strings.Join(also, "; ")})
	}
	return strings.TrimSpace(words)
}

// foundFault is a fault that an exchange proves, with what follows from it, or with
// the title of what it follows from.
type foundFault struct {
	fault.Folded
	Because string
}

// proven are the faults of which the exchange is evidence, folded under their root
// causes. One whose root cause was found elsewhere says so.
func proven(id int, faults []fault.Fault) (found []foundFault, all []fault.Fault) {
	for _, root := range fault.Fold(faults) {
		here := slices.Contains(root.Evidence, id)
		if here {
			found, all = append(found, foundFault{Folded: root}), append(all, root.Fault)
		}
		for _, f := range root.Followers {
			if !slices.Contains(f.Evidence, id) {
				continue
			}
			all = append(all, f)
			if !here {
				found = append(found, foundFault{Folded: fault.Folded{Fault: f}, Because: text.FaultTitle(root.Fault)})
			}
		}
	}
	return found, all
}
