package text

import (
	"strings"

	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// Allowances names rules in a few words each, as a list in a sentence.
func Allowances(rules []oauth.Allowance) string {
	names := make([]string, len(rules))
	for i, rule := range rules {
		names[i] = T("allowance." + string(rule))
	}
	return strings.Join(names, ", ")
}

// faultHead is a fault's title; one that was set aside says that the run went on.
func faultHead(f fault.Fault) string {
	title := sentence(f, "title")
	if f.SetAside() {
		return T("set_aside.fault", Params{"Title": title})
	}
	return title
}
