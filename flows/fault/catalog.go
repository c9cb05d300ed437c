package fault

import (
	"slices"

	"signbench/flows/oauth"
)

// Entry is what is known of a fault before it happens. The catalogue is the one
// place for it: who makes a fault adds what was observed.
type Entry struct {
	Code     Code
	Severity Severity     // by default: a check that only warns makes a warning of it
	Steps    []oauth.Step // where it can arise; nil: at any request
	Spec     string       // the clause; empty where no specification has a say
	Checks   []string     // the check that finds it, where one does
	Remedy   Remedy       // what a press can do about it, where that is always the same
	Unknown  bool         // only the provider's raw words are known: see Likely
}

var catalog = slices.Concat(flowEntries, mistakeEntries, transportEntries, responseEntries, errorEntries(), logtoEntries(), checkEntries())

var byCode = func() map[Code]Entry {
	m := make(map[Code]Entry, len(catalog))
	for _, e := range catalog {
		m[e.Code] = e
	}
	return m
}()

// Catalog lists every fault there is.
func Catalog() []Entry { return slices.Clone(catalog) }

// Lookup is the entry of a code, and whether there is one: a kept run may know a
// code that this version does not.
func Lookup(code Code) (Entry, bool) {
	e, ok := byCode[code]
	return e, ok
}

// New is the fault with that code as the catalogue describes it. The parameters
// are what its sentences mention, the evidence are IDs of exchanges.
func New(code Code, step oauth.Step, params map[string]string, evidence ...int) Fault {
	e := byCode[code]
	if params == nil {
		params = map[string]string{}
	}
	return Fault{
		Code: code, Severity: e.Severity, Step: step, Params: params, Evidence: evidence,
		Checks: slices.Clone(e.Checks), Remedy: e.Remedy, Spec: e.Spec,
	}
}

func at(steps ...oauth.Step) []oauth.Step { return steps }
