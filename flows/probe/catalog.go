package probe

import "slices"

// outcome is one answer that a row can give.
type outcome struct {
	reason  string
	verdict Verdict
}

// entry declares a row: its ID, its group, the clause that it comes from and every
// answer that it can give. The verdict follows from the reason, so that the two can
// never disagree.
type entry struct {
	id       string
	group    Group
	spec     string
	outcomes []outcome
}

func outcomes(v Verdict, reasons []string) []outcome {
	out := make([]outcome, len(reasons))
	for i, r := range reasons {
		out[i] = outcome{r, v}
	}
	return out
}

func pass(reasons ...string) []outcome { return outcomes(Pass, reasons) }
func warn(reasons ...string) []outcome { return outcomes(Warn, reasons) }
func fail(reasons ...string) []outcome { return outcomes(Fail, reasons) }
func open(reasons ...string) []outcome { return outcomes(Unknown, reasons) }

// Reasons that rows share: why a question was not asked at all.
const (
	cancelled    = "cancelled"     // the run ended first
	noConnection = "no_connection" // the provider was not reached
	noDiscovery  = "no_discovery"  // there is no usable discovery document
	notReached   = "not_reached"   // the provider refused the request for something else first
	unclear      = "unclear"       // the answer can mean one thing or the other
	untrusted    = "untrusted"     // the document is not that of the profile's issuer
	inClear      = "in_clear"      // the endpoint is http where the issuer is https
	noSecret     = "no_secret"     // the profile has none
)

func of(id string, group Group, spec string, lists ...[]outcome) entry {
	return entry{id, group, spec, slices.Concat(lists...)}
}

// cut is what every row that needs a connection can end with.
var cut = open(cancelled, noConnection)

// after is what every row that needs a discovery document can end with.
var after = open(cancelled, noConnection, noDiscovery)

var byID = func() map[string]entry {
	m := map[string]entry{}
	for _, e := range catalog {
		m[e.id] = e
	}
	return m
}()

// IDs lists every row there is, in the order in which they are shown.
func IDs() []string {
	out := make([]string, len(catalog))
	for i, e := range catalog {
		out[i] = e.id
	}
	return out
}

// Spec is the clause of a row; empty where no specification has a say.
func Spec(id string) string { return byID[id].spec }

// Reasons lists the reasons that the row can give. Each has a sentence in the
// translations, under probe.<id>.<reason>.
func Reasons(id string) []string {
	var out []string
	for _, o := range byID[id].outcomes {
		out = append(out, o.reason)
	}
	return out
}

// VerdictOf is what the row says when it gives that reason; empty when it never
// does.
func VerdictOf(id, reason string) Verdict {
	for _, o := range byID[id].outcomes {
		if o.reason == reason {
			return o.verdict
		}
	}
	return ""
}
