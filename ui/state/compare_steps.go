package state

import (
	"slices"
	"strconv"
	"time"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// compareFaults lists the faults that only one run has, each once.
func compareFaults(a, b []fault.Fault) []FaultChange {
	var out []FaultChange
	only := func(these, others []fault.Fault, change Change) {
		for _, f := range these {
			same := func(other fault.Fault) bool { return other.Code == f.Code && other.Step == f.Step }
			entry := FaultChange{Code: f.Code, Step: f.Step, Change: change}
			if !slices.ContainsFunc(others, same) && !slices.Contains(out, entry) {
				out = append(out, entry)
			}
		}
	}
	only(a, b, Gone)
	only(b, a, Added)
	return out
}

// compareChecks lists the checks that both runs made with different answers, and
// those that only one made and that did not pass there.
func compareChecks(a, b []Report) []Verdict {
	var out []Verdict
	listed := func(subject, id string) bool {
		return slices.ContainsFunc(out, func(v Verdict) bool { return v.Subject == subject && v.ID == id })
	}
	for _, r := range slices.Concat(a, b) {
		for _, res := range r.Results {
			if listed(r.Subject, res.ID) {
				continue
			}
			x, inA := answer(a, r.Subject, res.ID)
			y, inB := answer(b, r.Subject, res.ID)
			differs := x.Verdict != y.Verdict || x.Reason != y.Reason
			if inA && inB && differs || inA != inB && (bad(x) || bad(y)) {
				out = append(out, Verdict{
					Subject: r.Subject, ID: res.ID, A: x.Verdict, B: y.Verdict, ReasonA: x.Reason, ReasonB: y.Reason,
				})
			}
		}
	}
	return out
}

// answer is the run's last word on a check: the keys may have been fetched twice.
func answer(reports []Report, subject, id string) (check.Result, bool) {
	for _, r := range slices.Backward(reports) {
		if r.Subject == subject {
			if res, ok := r.Results.Find(id); ok {
				return res, true
			}
		}
	}
	return check.Result{}, false
}

func bad(r check.Result) bool { return r.Verdict == check.Fail || r.Verdict == check.Warn }

// conspicuous is by how much a step must be faster or slower to be worth a look.
// Below it, two sign-ins in a row differ as much.
const conspicuous = 50 * time.Millisecond

func compareSteps(a, b []Step) []Timing {
	var out []Timing
	for _, s := range a {
		t := Timing{Step: s.Step, A: s.Took, StatusA: s.Status}
		if i := slices.IndexFunc(b, func(other Step) bool { return other.Step == s.Step }); i >= 0 {
			t.B, t.StatusB = b[i].Took, b[i].Status
		}
		out = append(out, t.judged())
	}
	for _, s := range b {
		if !slices.ContainsFunc(a, func(other Step) bool { return other.Step == s.Step }) {
			out = append(out, Timing{Step: s.Step, B: s.Took, StatusB: s.Status}.judged())
		}
	}
	return out
}

func (t Timing) judged() Timing {
	t.AwaitsPerson = t.Step == oauth.StepCallback || t.Step == oauth.StepReturn || t.Step == oauth.StepUpstreamCallback
	if !finished(t.StatusA) || !finished(t.StatusB) || t.A <= 0 || t.B <= 0 {
		return t
	}
	t.Ratio = float64(t.B) / float64(t.A)
	t.Conspicuous = !t.AwaitsPerson && (t.Ratio >= 2 || t.Ratio <= 0.5) && (t.B-t.A).Abs() > conspicuous
	return t
}

func finished(s Status) bool { return s == Done || s == Warned || s == Failed }

// compareFacts compares what was on the wire of each step's last request to the
// provider: an address is no fact, as ports change with each run.
func compareFacts(a, b []*trace.Exchange) []Difference {
	var out []Difference
	var seen []oauth.Step
	for _, ex := range slices.Concat(a, b) {
		if ex.Channel != trace.BackChannel || slices.Contains(seen, ex.Step) {
			continue
		}
		seen = append(seen, ex.Step)
		if x, y := factsOf(a, ex.Step), factsOf(b, ex.Step); len(x.names) > 0 && len(y.names) > 0 {
			out = append(out, differences(string(ex.Step), x, y, nil)...)
		}
	}
	return out
}

func factsOf(exchanges []*trace.Exchange, step oauth.Step) values {
	var v values
	set := func(name, text string) {
		if text != "" {
			v.set(name, text, nil)
		}
	}
	var last *trace.Exchange
	requests := 0
	for _, ex := range exchanges {
		if ex.Step == step && ex.Channel == trace.BackChannel {
			last, requests = ex, requests+1
		}
	}
	if last == nil {
		return v
	}
	set("requests", strconv.Itoa(requests))
	if last.Response != nil {
		set("status", strconv.Itoa(last.Response.Status))
		set("protocol", last.Response.Proto)
	}
	if last.TLS != nil {
		set("tls", last.TLS.Version)
		if len(last.TLS.Peer) > 0 {
			leaf := last.TLS.Peer[0]
			set("certificate", leaf.Subject+", "+leaf.Issuer+", "+leaf.NotAfter.UTC().Format(time.DateOnly))
		}
	}
	set("proxy", last.Proxy)
	return v
}
