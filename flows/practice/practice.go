// Package practice is a list of broken providers to practise on: what is wrong
// with each, how it is met, and exactly what must be found. The same list is the
// window's page and the table of the flows' tests, so that what is promised there
// is what is tested.
package practice

import (
	"slices"
	"strings"

	"signbench/flows/check"
	"signbench/flows/demo"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/probe"
)

// Family groups exercises as the conformance suite does.
type Family string

// The families, in the order of the page.
const (
	Basic       Family = "basic"        // oidcc-client-basic-certification-test-plan
	Config      Family = "config"       // oidcc-client-config-certification-test-plan
	FormPost    Family = "form_post"    // oidcc-client-formpost-basic-certification-test-plan
	Refresh     Family = "refresh"      // oidcc-client-refreshtoken-test-plan
	Logout      Family = "logout"       // oidcc-client-rp-initiated-logout-rp-basic
	BackChannel Family = "back_channel" // oidcc-client-back-channel-logout-rp-basic
	FAPI2       Family = "fapi2"        // fapi2-security-profile-final-client-test-plan, what a code flow client meets
	Answers     Family = "answers"      // answers that are none: gateways, proxies, broken servers
	Lenient     Family = "lenient"      // what must be refused is accepted
	Logto       Family = "logto"        // what Logto's users meet
	Connectors  Family = "connectors"   // what stands behind Logto's connectors
)

// Families lists the families in the order of the page.
func Families() []Family {
	return []Family{Basic, Config, FormPost, Refresh, Logout, BackChannel, FAPI2, Answers, Lenient, Logto, Connectors}
}

// Way is how a broken provider is met.
type Way string

// The ways. A refresh and a sign-out need a session: the sign-in before them is
// made while nothing is broken.
const (
	BySignIn  Way = "sign_in"
	ByMistake Way = "mistake" // a sign-in that does on purpose what must be refused
	ByRefresh Way = "refresh"
	BySignOut Way = "sign_out"
	ByProof   Way = "proof" // a sign-out, and prompt=none after it
	ByCheck   Way = "check" // Check setup: nobody signs in
	ByPaste   Way = "paste" // a token to be looked at, which no request brings

	ByBench    Way = "bench"    // the check of a connector: nobody signs in
	ByUpstream Way = "upstream" // a sign-in behind a connector
	ByMessage  Way = "message"  // a message that a connector sends
)

// Exercise is one broken provider, or one that does something unusual that is
// allowed. Its sentence is in the translations under practice.<id>.
type Exercise struct {
	ID     string // as the conformance module's name ends, where there is one
	Module string // the whole name of the module; empty: there is none
	Family Family
	Way    Way

	Scenario oauth.Scenario // of ByMistake: which

	Switch demo.Fault  // what is switched on in the demo tenant; empty: nothing, or only Change
	Token  demo.Pasted // of ByPaste

	Bench    string // of a connector: its bench's short name
	Upstream string // what is switched on behind it, or in its configuration; empty: nothing
	To       string // the number that a message goes to

	Change func(*oauth.Profile) // what the profile of the run asks for besides; nil: nothing

	// Want is exactly what must be found wrong, in this order: codes of faults of
	// severity error, rows of a check without a user as <row>.<reason>, or failed checks
	// of the token that is looked at. Empty: nothing, the provider is within its rights.
	Want []string
}

// Allowed reports whether the provider is within its rights, so that nothing must
// be found.
func (e Exercise) Allowed() bool { return len(e.Want) == 0 }

// NeedsSession reports whether there has to be a session before the run.
func (e Exercise) NeedsSession() bool {
	return e.Way == ByRefresh || e.Way == BySignOut || e.Way == ByProof
}

// Slow reports whether the provider lets a request wait for longer than anybody
// should: a run needs a short limit then.
func (e Exercise) Slow() bool { return slices.Contains(e.Want, "transport.timeout") }

// Stray reports whether no callback comes that can be accepted: to wait for a better
// one than the first is in vain.
func (e Exercise) Stray() bool {
	return slices.ContainsFunc(e.Want, func(code string) bool { return strings.HasPrefix(code, "callback.state") })
}

// Spec is the clause of something that must be found; empty where no specification
// has a say.
func (e Exercise) Spec(want string) string {
	switch e.Way {
	case ByPaste:
		return check.Spec(want)
	case ByCheck, ByBench:
		return probe.Spec(Row(want))
	}
	entry, _ := fault.Lookup(fault.Code(want))
	return entry.Spec
}

// Broken reports whether something has to be switched on.
func (e Exercise) Broken() bool { return e.Switch != "" || e.Upstream != "" }

// Row is the row of a check in what must be found by it.
func Row(want string) string { return want[:max(0, strings.LastIndex(want, "."))] }

// Exercises lists all of them, family by family.
func Exercises() []Exercise {
	modules := map[demo.Fault]string{}
	for _, s := range demo.Switches() {
		modules[s.Name] = s.Module
	}
	var all []Exercise
	for _, f := range Families() {
		for _, e := range table[f] {
			e.Family = f
			if e.Way == "" {
				e.Way = BySignIn
			}
			if e.ID == "" {
				e.ID = string(e.Switch)
			}
			if e.Module == "" {
				e.Module = modules[e.Switch]
			}
			all = append(all, e)
		}
	}
	return all
}

// Find is the exercise of that ID, and whether there is one.
func Find(id string) (Exercise, bool) {
	for _, e := range Exercises() {
		if e.ID == id {
			return e, true
		}
	}
	return Exercise{}, false
}

// Profile is the profile with which the exercise is run.
func (e Exercise) Profile(p oauth.Profile) oauth.Profile {
	p = p.Clone()
	if e.Change != nil {
		e.Change(&p)
	}
	return p
}
