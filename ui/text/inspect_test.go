package text

import (
	"strings"
	"testing"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// What is wrong with an encoding is said in words, for every reason that a check has it for.
func TestTheFlawsOfAnEncodingAreSaidInWords(t *testing.T) {
	for _, c := range []struct{ reason, got, want string }{
		{check.Malformed, "payload:duplicate_member", "Payload: " + T("inspect.problem.duplicate_member")},
		{check.Opaque, "segment_count", T("inspect.problem.segment_count")},
		{check.NotClaims, "header:padding payload:not_utf8 … (25)", "Header: " + T("inspect.problem.padding") + " Payload: " + T("inspect.problem.not_utf8") + " … (25)"},
		{check.Different, "payload:duplicate_member", "payload:duplicate_member"}, // a claim's own value
		{check.Malformed, "", ""},
	} {
		if got := Found(c.reason, c.got); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.reason, c.got, got, c.want)
		}
	}
}

// No cause shows the code of a flaw.
func TestTheCauseOfABadFormIsInWords(t *testing.T) {
	for _, id := range check.IDs() {
		for _, reason := range check.Reasons(id) {
			if reason != check.Malformed {
				continue
			}
			report := check.Report{{ID: id, Verdict: check.Fail, Reason: reason, Got: "payload:" + string(jose.Duplicate)}}
			cause := FaultCause(fault.FromReport(oauth.StepVerify, report, nil)[0])
			if strings.Contains(cause, string(jose.Duplicate)) || !strings.Contains(cause, T("inspect.problem.duplicate_member")) {
				t.Errorf("%s: %q", id, cause)
			}
		}
	}
}
