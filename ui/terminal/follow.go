package terminal

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/flows/trace"
	"signbench/ui/state"
	"signbench/ui/text"
)

// voice tells a person what happens, a line for each step.
type voice struct {
	out   io.Writer // steps and verdicts; standard error when standard output is a document
	err   io.Writer
	paint paint

	remarks []string // on the configuration of a connector, which its row sums up
}

func (v *voice) line(indent int, s string) {
	_, _ = fmt.Fprintln(v.out, strings.Repeat("  ", indent)+s)
}

func (v *voice) warn(s string) { _, _ = fmt.Fprintln(v.err, "signbench: "+s) }

// look is how an outcome is marked: a sign, and a colour for those who see it.
type look struct{ sign, colour string }

var looks = map[string]look{
	"ok": {"✓", green}, "pass": {"✓", green}, "warned": {"!", yellow}, "warn": {"!", yellow},
	"failed": {"✗", red}, "fail": {"✗", red}, "skipped": {"–", dim}, "cancelled": {"–", dim}, "unknown": {"?", dim}, "interrupted": {"–", dim},
}

// mark is an outcome as a sign and a word of equal width.
func (v *voice) mark(outcome string) string {
	l, ok := looks[outcome]
	if !ok {
		outcome, l = "unknown", looks["unknown"]
	}
	return v.paint.in(l.colour, pad(l.sign+" "+text.T("terminal.outcome."+outcome), 13))
}

// pad fills up to a width in characters.
func pad(s string, width int) string {
	if n := width - len([]rune(s)); n > 0 {
		s += strings.Repeat(" ", n)
	}
	return s
}

// event tells one event of a run.
func (v *voice) event(e flows.Event) {
	switch b := e.Body.(type) {
	case flows.Started:
		v.line(0, v.paint.in(bold, b.Profile.Name)+v.paint.in(dim, provider(b)+" · ")+text.T("scenario."+string(b.Scenario)))
	case flows.StepEnded:
		v.line(1, v.mark(string(b.Outcome))+pad(text.T("step."+string(b.Step)), 16)+v.paint.in(dim, milliseconds(b.Took)))
	case flows.CallbackSeen:
		if !b.Accepted {
			v.line(1, v.mark("warned")+text.T("terminal.knock", text.Params{"Kind": b.Kind, "Path": b.Path}))
		}
	case flows.Overdue:
		v.line(1, v.paint.in(dim, text.T("terminal.overdue")))
	case flows.Probed:
		v.row(b.Row)
	}
}

// provider is what kind of provider a run is at. A bench is named after its connector,
// and its profile is of no kind that anybody chose.
func provider(b flows.Started) string {
	switch b.Scenario {
	case oauth.ScenarioBench, oauth.ScenarioUpstream, oauth.ScenarioMessage:
		return ""
	}
	return " · " + text.T("kind."+string(b.Profile.Kind))
}

// row tells what one probe of the set-up found.
func (v *voice) row(r probe.Row) {
	v.line(1, v.mark(string(r.Verdict))+text.T("probe."+r.ID+".name")+v.paint.in(dim, ": ")+text.Probe(r))
	if r.Group == connector.GroupConfig && strings.HasSuffix(r.ID, ".config") && len(v.remarks) > 1 {
		for _, remark := range v.remarks {
			v.line(2, "- "+remark)
		}
	}
}

// waiting says what the user is to do.
func (v *voice) waiting(w flows.Waiting, byHand bool) {
	if byHand {
		v.line(1, text.T("terminal.open_this"))
		v.line(1, w.URL.Reveal())
	}
	key := "terminal.waiting"
	if w.Step == oauth.StepReturn {
		key = "terminal.waiting.return"
	}
	if len(w.Listening) == 0 {
		key = "terminal.waiting.paste"
	}
	v.line(1, v.paint.in(dim, text.T(key, text.Params{"ReturnURI": w.ReturnURI})))
}

// verdict tells how a run ended: the sentence, then each fault with its cause, its
// remedy and its evidence.
func (v *voice) verdict(r *state.Run) {
	outcome := "ok"
	if r.Ended != nil {
		outcome = string(r.Ended.Outcome)
	}
	v.line(0, "")
	v.line(0, v.paint.in(looks[outcome].colour, looks[outcome].sign)+" "+v.paint.in(bold, verdictOf(r)))
	for _, f := range faultsOf(r) {
		v.fault(r, f)
	}
	v.line(0, "")
}

func (v *voice) fault(r *state.Run, f fault.Fault) {
	w := wordsOf(r, f)
	outcome := "failed"
	if f.Severity == fault.Warning {
		outcome = "warned"
	}
	v.line(1, v.paint.in(looks[outcome].colour, looks[outcome].sign)+" "+w.title)
	for _, part := range []struct{ key, value string }{
		{"terminal.fault.cause", w.cause},
		{"terminal.fault.remedy", w.remedy},
		{"terminal.fault.because", string(f.Because)},
		{"terminal.fault.evidence", evidence(r, f)},
		{"terminal.fault.spec", f.Spec},
		{"terminal.fault.code", string(f.Code)},
		{"terminal.fault.allow", wayAround(f)},
	} {
		for i, line := range strings.Split(part.value, "\n") {
			label := text.T(part.key)
			if i > 0 {
				label = ""
			}
			if line != "" {
				v.line(2, v.paint.in(dim, pad(label, 11))+line)
			}
		}
	}
}

// wayAround is the flag with which the run would go on.
func wayAround(f fault.Fault) string {
	if f.Severity != fault.Error || f.Allowance == "" {
		return ""
	}
	return "--allow " + string(f.Allowance)
}

// evidence are the exchanges that prove a fault, a few words each.
func evidence(r *state.Run, f fault.Fault) string {
	var lines []string
	for _, id := range f.Evidence {
		for _, ex := range r.Exchanges {
			if ex.ID == id {
				lines = append(lines, exchangeLine(ex))
			}
		}
	}
	return strings.Join(lines, "\n")
}

func exchangeLine(ex *trace.Exchange) string {
	answer := text.T("flow.in_browser")
	switch {
	case ex.Err != nil:
		answer = ex.Err.Error()
	case ex.Response != nil:
		answer = strconv.Itoa(ex.Response.Status)
	}
	return fmt.Sprintf("#%d %s %s → %s", ex.ID, ex.Request.Method, withoutQuery(ex.Request.URL), answer)
}

// withoutQuery leaves the parameters to --json: a line has no room for them.
func withoutQuery(url string) string {
	before, _, _ := strings.Cut(url, "?")
	before, _, _ = strings.Cut(before, "#")
	return before
}

func milliseconds(d time.Duration) string {
	return strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'f', 1, 64) + " ms"
}
