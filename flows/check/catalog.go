package check

import "slices"

// entry declares one check: its ID, the clause it comes from, and every reason
// other than a pass that it can give. A reason that is not declared has no text,
// so tests compare what is returned with what is declared.
type entry struct {
	id      string
	spec    string
	reasons []string
}

var catalog = slices.Concat(
	discoveryChecks,
	authorizationResponseChecks,
	tokenResponseChecks,
	idTokenChecks,
	refreshChecks,
	libraryChecks,
	userInfoChecks,
	accessTokenChecks,
	logoutTokenChecks,
	signedChecks,
	dpopChecks,
	clientAssertionChecks,
	jarmChecks,
)

var byID = func() map[string]entry {
	m := make(map[string]entry, len(catalog))
	for _, e := range catalog {
		m[e.id] = e
	}
	return m
}()

// IDs lists every check there is, in the order in which they are explained.
func IDs() []string {
	out := make([]string, len(catalog))
	for i, e := range catalog {
		out[i] = e.id
	}
	return out
}

// Reasons lists the reasons that the check can give when it does not pass. Each
// has a sentence in the translations, under check.<id>.<reason>.
func Reasons(id string) []string { return slices.Clone(byID[id].reasons) }

// Spec is the clause that the check comes from.
func Spec(id string) string { return byID[id].spec }

// list gathers results in the order in which they are added.
type list struct{ report Report }

func (l *list) add(v Verdict, id, reason, want, got string) {
	l.report = append(l.report, Result{
		ID: id, Verdict: v, Reason: reason, Spec: byID[id].spec,
		Want: clip(want), Got: clip(got),
	})
}

func (l *list) pass(id, want, got string)         { l.add(Pass, id, "", want, got) }
func (l *list) fail(id, reason, want, got string) { l.add(Fail, id, reason, want, got) }
func (l *list) warn(id, reason, want, got string) { l.add(Warn, id, reason, want, got) }
func (l *list) skip(id, reason, got string)       { l.add(Skip, id, reason, "", got) }
