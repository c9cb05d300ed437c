// Package report writes a run down for somebody else to read: verdict, faults,
// checks, steps and exchanges as Markdown, sized for a public issue. It is handed
// a run that has been disarmed, and says nothing that the run does not.
package report

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/flows/trace"
	"signbench/ui/state"
	"signbench/ui/text"
)

// About says with what and where the run was made.
type About struct {
	Version string // of Signbench
	System  string // "linux/amd64"
}

// Limits keep a report below what an issue takes.
const (
	mostExchanges = 60
	mostChecks    = 80
)

// Markdown writes the report. The run, its exchanges and the receipt must have
// been disarmed by the caller.
func Markdown(run *state.Run, about About, receipt []string, mermaid string) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# %s", text.T("report.title"))
	line("")
	line("**%s**", cell(Verdict(run)))
	line("")
	p := run.Profile
	line("| | |\n|---|---|")
	line("| %s | %s |", text.T("report.when"), run.StartedAt.UTC().Format(time.RFC3339))
	line("| %s | %s |", text.T("report.provider"), cell(provider(run)))
	line("| %s | %s, `%s` |", text.T("report.client"), code(p.Client.ID), p.Client.AuthMethod)
	line("| %s | %s |", text.T("report.redirect"), code(p.Client.RedirectURI))
	line("| %s | %s |", text.T("report.scopes"), code(strings.Join(p.Scopes, " ")))
	line("| %s | Signbench %s, %s |", text.T("report.with"), about.Version, about.System)
	faults(line, run.Faults())
	checks(line, run.Reports)
	steps(line, run.Steps)
	exchanges(line, run.Exchanges)
	if mermaid != "" {
		line("\n```mermaid\n%s\n```", strings.TrimSpace(mermaid))
	}
	line("\n## %s\n", text.T("report.receipt"))
	for _, r := range receipt {
		line("- %s", r)
	}
	return b.String()
}

// provider is of what kind it is, and its issuer where it has one: of a bench its
// connector, because its profile is of no kind that anybody chose.
func provider(run *state.Run) string {
	kind := text.T("kind." + string(run.Profile.Kind))
	if run.Benched != nil {
		kind = text.T("connector.kind." + string(run.Benched.Kind))
	}
	if id := issuer(run); id != "" {
		kind += " · " + id
	}
	return kind
}

// issuer is what the provider calls itself, or what the profile says it is.
func issuer(run *state.Run) string {
	if run.Metadata != nil {
		return run.Metadata.Issuer
	}
	return run.Profile.IssuerID()
}

// Verdict is how a run ended, in one sentence.
func Verdict(run *state.Run) string {
	scenario := text.T("scenario." + string(run.Scenario))
	faults := run.Faults()
	switch {
	case run.Running():
		return text.T("verdict.working.start", text.Params{"Scenario": scenario})
	case run.Cancelled():
		return text.T("verdict.cancelled", text.Params{"Scenario": scenario})
	case run.Scenario.Probes():
		return checked(run)
	case run.Scenario == oauth.ScenarioReveal && !run.Failed():
		return text.T("verdict.revealed")
	case run.Scenario == oauth.ScenarioProof:
		return text.T("verdict.proven")
	case run.Scenario == oauth.ScenarioSignOut && run.CameBack():
		return text.T("verdict.signed_out")
	case run.Scenario == oauth.ScenarioSignOut:
		return text.T("verdict.signed_out.unclear")
	case run.Failed() && len(faults) > 0:
		f := faults[0]
		return text.T("verdict.failed.at", text.Params{
			"Scenario": scenario, "Step": text.T("step." + string(f.Step)), "Title": text.FaultClause(f),
		})
	case run.SetAside() != nil:
		return text.T("set_aside.title", text.Params{"Scenario": scenario, "Rules": text.Allowances(run.SetAside())})
	default:
		return text.T("verdict.works", text.Params{"Scenario": scenario})
	}
}

// checked is what a check without a user came to, its first failing row by name.
func checked(run *state.Run) string {
	sound, failed := "verdict.checked", "verdict.checked.failed"
	if run.Scenario != oauth.ScenarioCheck { // of a connector
		sound, failed = "verdict.benched", "verdict.benched.failed"
	}
	order := probe.IDs()
	first := ""
	for _, row := range run.Probes {
		if row.Verdict == probe.Fail && (first == "" || slices.Index(order, row.ID) < slices.Index(order, first)) {
			first = row.ID
		}
	}
	if first == "" {
		return text.T(sound)
	}
	return text.T(failed, text.Params{"What": text.T("probe." + first + ".name")})
}

func faults(line func(string, ...any), all []fault.Fault) {
	if len(all) == 0 {
		return
	}
	line("\n## %s\n", text.T("report.faults"))
	for _, root := range fault.Fold(all) {
		faultLines(line, "", root.Fault)
		if len(root.Followers) > 0 {
			line("  %s:", text.N("faults.follow", len(root.Followers)))
		}
		for _, f := range root.Followers {
			faultLines(line, "  ", f)
		}
	}
}

func faultLines(line func(string, ...any), indent string, f fault.Fault) {
	line("%s- **%s** `%s` (%s)", indent, cell(text.FaultTitle(f)), f.Code, text.T("step."+string(f.Step)))
	line("%s  %s %s", indent, cell(text.FaultCause(f)), cell(text.FaultRemedy(f)))
	if f.Spec != "" {
		line("%s  _%s_", indent, f.Spec)
	}
}

// checks lists what did not pass, and counts the rest.
func checks(line func(string, ...any), reports []state.Report) {
	passed, rows := 0, 0
	for _, r := range reports {
		passed += r.Results.Count(check.Pass)
	}
	line("\n## %s\n", text.T("report.checks"))
	line("%s.", text.N("checks.passed", passed))
	for _, r := range reports {
		for _, result := range r.Results {
			if result.Verdict != check.Fail && result.Verdict != check.Warn {
				continue
			}
			if rows++; rows > mostChecks {
				return
			}
			verdict := text.T("tokens.verdict." + string(result.Verdict))
			if result.SetAside {
				verdict += ", " + text.T("set_aside.verdict")
			}
			line("- %s `%s` %s · %s: %s · %s: %s · _%s_", verdict, result.ID, result.Reason,
				text.T("tokens.check.found"), code(result.Got), text.T("tokens.check.expected"), code(result.Want), result.Spec)
		}
	}
}

func steps(line func(string, ...any), all []state.Step) {
	line("\n## %s\n", text.T("report.steps"))
	line("| %s | | ms |\n|---|---|---|", text.T("report.step"))
	for _, s := range all {
		line("| %s | %s | %.1f |", text.T("step."+string(s.Step)), s.Status, float64(s.Took)/float64(time.Millisecond))
	}
}

func exchanges(line func(string, ...any), all []*trace.Exchange) {
	line("\n## %s\n", text.T("report.exchanges"))
	line("| # | | | ms |\n|---|---|---|---|")
	for i, ex := range all {
		if i == mostExchanges {
			line("| … | %d | | |", len(all)-i)
			return
		}
		answer := text.T("flow.in_browser")
		switch {
		case ex.Err != nil:
			answer = ex.Err.Error()
		case ex.Response != nil:
			answer = fmt.Sprint(ex.Response.Status)
		}
		line("| %d | %s %s | %s | %.1f |", ex.ID, ex.Request.Method, code(withoutQuery(ex.Request.URL)), cell(answer), float64(ex.Instants.Done)/float64(time.Millisecond))
	}
}

// withoutQuery leaves the parameters out: their names are in the diagram, and
// their values help nobody.
func withoutQuery(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	u.RawQuery, u.Fragment = "", ""
	return u.String()
}

// cell makes text fit for a table and for a line: no pipe, no line break, no HTML.
func cell(s string) string {
	return strings.NewReplacer("|", "\\|", "\n", " ", "\r", " ", "<", "&lt;", ">", "&gt;").Replace(s)
}

// code is a value in a code span, whatever it holds.
func code(s string) string {
	if s == "" {
		return "–"
	}
	s = strings.NewReplacer("`", "'", "|", "\\|", "\n", " ", "\r", " ").Replace(s)
	return "`" + s + "`"
}
