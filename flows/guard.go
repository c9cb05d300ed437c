package flows

import (
	"net/url"
	"strings"

	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// guard remembers values that must never show in a sentence. Providers quote what
// they were sent in their error descriptions.
func (r *Run) guard(values ...oauth.Secret) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, v := range values {
		if v.Len() >= 4 { // shorter ones would blank ordinary words
			r.spent = append(r.spent, v)
		}
	}
}

// finished puts the root causes of a run first and says in whose console they are
// mended, and takes every guarded value out of the texts of faults, before they leave
// the run.
func (r *Run) finished(faults []fault.Fault) []fault.Fault {
	r.mu.Lock()
	defer r.mu.Unlock()
	pairs := make([]string, 0, 6*len(r.spent))
	for _, v := range r.spent {
		pairs = append(pairs, v.Reveal(), v.String())
		for _, escaped := range []string{url.QueryEscape(v.Reveal()), connector.FormEncoded(v.Reveal())} {
			if escaped != v.Reveal() {
				pairs = append(pairs, escaped, v.String())
			}
		}
	}
	clean := strings.NewReplacer(pairs...)
	out := make([]fault.Fault, 0, len(faults))
	vendor := fault.VendorOf(r.profile, r.metadata)
	for _, f := range fault.Order(faults) {
		params := make(map[string]string, len(f.Params))
		for k, v := range f.Params {
			params[k] = clean.Replace(v)
		}
		f.Params, f.Vendor = params, vendor.For(f.Code)
		out = append(out, f)
	}
	return out
}
