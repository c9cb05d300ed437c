package view

import (
	"slices"
	"strconv"
	"strings"

	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/widget"
)

// probeChecks draws what Check setup has found out, in the order of the groups, so
// that a row stands where it is looked for whenever its answer came.
func probeChecks(rows []probe.Row) []widget.Check {
	return orderedChecks(rows, probe.IDs())
}

// rowChecks draws rows as they come.
func rowChecks(rows []probe.Row) []widget.Check {
	out := make([]widget.Check, 0, len(rows))
	for _, r := range rows {
		look := probeLooks[r.Verdict]
		sentence := text.Probe(r)
		if mend := text.ProbeRemedy(r); mend != "" {
			sentence += " " + mend
		}
		out = append(out, widget.Check{
			Tone: look.tone, Sign: look.sign, Word: text.T("probe.verdict." + string(r.Verdict)),
			Name: text.T("probe." + r.ID + ".name"), Found: r.Got, Expected: r.Want, Clause: r.Spec, Sentence: sentence,
		})
	}
	return out
}

func firstOf(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

var probeLooks = map[probe.Verdict]struct {
	tone widget.CellTone
	sign string
}{
	probe.Pass: {widget.CellTonePass, "✓"}, probe.Warn: {widget.CellToneWarn, "!"},
	probe.Fail: {widget.CellToneFail, "✕"}, probe.Unknown: {widget.CellToneMuted, "?"},
}

// checking says how far Check setup has come.
func checking(r *state.Run) Verdict {
	return Verdict{
		Kind: widget.KindWorking, Title: text.T("verdict.checking"), Detail: text.N("verdict.checking.detail", len(r.Probes)),
		Actions: []VerdictAction{{Do: DoCancel, Label: text.T("action.cancel")}},
	}
}

// checkTitles are the keys of the titles of a check without a user: that nothing was
// found, and what was.
func checkTitles(s oauth.Scenario) (sound, failed string) {
	if s == oauth.ScenarioCheck {
		return "verdict.checked", "verdict.checked.failed"
	}
	return "verdict.benched", "verdict.benched.failed" // of a connector
}

// checked says what Check setup came to, its first failing row by name.
func checked(r *state.Run) Verdict {
	again := VerdictAction{Do: DoTryAgain, Label: text.T("action.try_again")}
	count := func(v probe.Verdict) int {
		n := 0
		for _, row := range r.Probes {
			if row.Verdict == v {
				n++
			}
		}
		return n
	}
	sound, failed := checkTitles(r.Scenario)
	v := Verdict{Kind: widget.KindPass, Title: text.T(sound), Actions: []VerdictAction{again}}
	words := []string{text.N("checks.passed", count(probe.Pass))}
	if n := count(probe.Warn); n > 0 {
		words = append(words, text.N("checks.warnings", n))
	}
	if n := count(probe.Unknown); n > 0 {
		words = append(words, text.N("checks.unknown", n))
	}
	v.Detail = strings.Join(words, ", ") + "."
	order := probe.IDs()
	failing := slices.DeleteFunc(slices.Clone(r.Probes), func(row probe.Row) bool { return row.Verdict != probe.Fail })
	if len(failing) == 0 {
		return v
	}
	slices.SortStableFunc(failing, func(a, b probe.Row) int { return slices.Index(order, a.ID) - slices.Index(order, b.ID) })
	first := failing[0]
	v.Kind = widget.KindFail
	v.Title = text.T(failed, text.Params{"What": text.T("probe." + first.ID + ".name")})
	v.Detail = strings.TrimSpace(text.Probe(first) + "\n" + text.ProbeRemedy(first))
	v.Actions = nil
	if a, ok := remedy(fault.Fault{Remedy: first.Remedy, Params: first.Params}); ok {
		v.Actions = append(v.Actions, a)
	}
	if len(first.Evidence) > 0 {
		v.Actions = append(v.Actions, VerdictAction{
			Do: DoShowEvidence, Label: text.T("action.show_evidence"), Value: strconv.Itoa(first.Evidence[len(first.Evidence)-1]),
		})
	}
	v.Actions = append(v.Actions, again)
	return v
}
