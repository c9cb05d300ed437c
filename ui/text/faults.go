package text

import (
	"maps"
	"strings"
	"unicode"
	"unicode/utf8"

	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/probe"
)

// FaultTitle is a fault in a few words, as a sentence begins. A host that it begins
// with stays as it is on the wire.
func FaultTitle(f fault.Fault) string {
	head := faultHead(f)
	if host := f.Params["Host"]; host != "" && strings.HasPrefix(head, host) {
		return head
	}
	return Capital(head)
}

// FaultClause is the same, as it reads on after a colon.
func FaultClause(f fault.Fault) string { return faultHead(f) }

// FaultName is what a fault is called where only its code is known, without what only
// its run can tell; ok is false where too little is left to say.
func FaultName(code string) (words string, ok bool) {
	words, ok = Lookup("fault."+code+".title", Params{
		"Host": T("faults.param.host"), "URL": T("faults.param.url"), "Skew": T("faults.param.skew"),
		"Status": T("faults.param.status"), "Port": T("faults.param.port"),
	})
	return words, ok && !strings.Contains(words, "<no value>")
}

// FaultRemedy is what to change: in the words of the vendor's console where there
// are some. Of what is unknown it names the two most likely causes.
func FaultRemedy(f fault.Fault) string {
	s, ok := Lookup("fault."+string(f.Code)+".remedy."+string(f.Vendor), Params(f.Params))
	if !ok {
		s = sentence(f, "remedy")
	}
	if causes, unknown := fault.Likely(f); unknown {
		s += " " + T("faults.likely", Params{
			"First": T("fault.likely." + string(causes[0])), "Second": T("fault.likely." + string(causes[1])),
		})
	}
	return s
}

// FaultFollowers names what follows from a fault, in one line; empty when nothing
// does.
func FaultFollowers(f fault.Folded) string {
	if len(f.Followers) == 0 {
		return ""
	}
	titles := make([]string, 0, len(f.Followers))
	for _, follower := range f.Followers {
		titles = append(titles, FaultClause(follower))
	}
	return N("faults.follow", len(titles)) + " (" + strings.Join(titles, "; ") + ")."
}

// FaultCause is what was found. A failed check has a sentence for its reason, a
// field of the profile one for its problem.
func FaultCause(f fault.Fault) string {
	if f.Code == fault.PrepareProfile {
		return Field(oauth.FieldError{Field: oauth.Field(f.Params["Field"]), Code: f.Params["Problem"], Params: f.Params})
	}
	if reason := f.Params["Reason"]; reason != "" && len(f.Checks) > 0 {
		if s, ok := Lookup("check."+f.Checks[0]+"."+reason, withFound(f.Params)); ok {
			return s
		}
	}
	return strings.TrimSpace(sentence(f, "cause") + " " + LogtoSays(f))
}

// LogtoSays is what a tenant of Logto shows for a fault of a connector, which is all
// that a developer sees of it elsewhere; empty for any other fault.
func LogtoSays(f fault.Fault) string {
	switch {
	case f.Params["LogtoStatus"] == "":
		return ""
	case strings.HasPrefix(f.Params["LogtoStatus"], "2"):
		return T("connector.logto.success", Params(f.Params))
	case f.Params["LogtoCode"] == "":
		return T("connector.logto.no_code", Params(f.Params))
	}
	return T("connector.logto.code", Params(f.Params))
}

func sentence(f fault.Fault, part string) string {
	return T("fault."+string(f.Code)+"."+part, explained(f.Params))
}

// Finding is the sentence about a finding in a connector's configuration.
func Finding(code string, params map[string]string) string {
	return T("connector.finding."+code, Params(params))
}

// explained are parameters in which the code of a finding about a connector's
// configuration has become its sentence.
func explained(params map[string]string) Params {
	s, ok := Lookup("connector.finding."+params["Problem"], Params(params))
	if !ok {
		return params
	}
	out := maps.Clone(params)
	out["Problem"] = s
	return out
}

// Field is the sentence about a field of the profile.
func Field(e oauth.FieldError) string {
	keys := e.Keys()
	for _, key := range keys {
		if s, ok := Lookup(key, Params(e.Params)); ok {
			return s
		}
	}
	return keys[0]
}

// Capital begins a text with a capital letter, unless it begins with a name that is
// spelled as it is: updated_at, email_verified.
func Capital(s string) string {
	if first, _, _ := strings.Cut(s, " "); strings.Contains(first, "_") {
		return s
	}
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// Probe is the sentence about what a probe of a set-up found. The rows of the
// connector benches share the reasons why a question was not asked.
func Probe(r probe.Row) string {
	if s, ok := Lookup("probe."+r.ID+"."+r.Reason, explained(r.Params)); ok {
		return s
	}
	return T("connector.not_run."+r.Reason, Params(r.Params))
}

// ProbeRemedy is what to change where a probe found something; empty where there
// is nothing to be changed.
func ProbeRemedy(r probe.Row) string {
	s, _ := Lookup("probe."+r.ID+"."+r.Reason+".remedy", Params(r.Params))
	return s
}
