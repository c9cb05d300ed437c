package terminal

import (
	"encoding/json"
	"io"
	"slices"
	"time"

	"signbench/flows"
	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/flows/trace"
	"signbench/ui/state"
	"signbench/ui/text"
)

// newDocument is an empty document: lists are empty, never null.
func (p Program) newDocument(command string) Document {
	return Document{
		Schema: Schema, Signbench: p.Version, Command: command, OK: true,
		Faults: []Fault{}, Checks: []Check{}, Exchanges: []Exchange{}, Tokens: map[string]Token{},
		Timings: Timings{Steps: []StepTiming{}}, Runs: []Run{}, Documents: []Inspected{},
	}
}

// document lays out the runs of a trial. Exchanges of later runs are numbered on.
func (t *trial) document(command, expected string) Document {
	doc := t.program.newDocument(command)
	for _, done := range t.runs {
		doc.add(done)
	}
	doc.expect(expected)
	return doc
}

// expect notes whether the fault that was expected is there.
func (d *Document) expect(code string) {
	if code == "" {
		return
	}
	d.Expect = &Expectation{Code: code, Met: slices.ContainsFunc(d.Faults, func(f Fault) bool { return f.Code == code })}
}

// said is whether the expectation was met, as a sentence.
func (e Expectation) said() string {
	key := "terminal.expected"
	if !e.Met {
		key = "terminal.not_expected"
	}
	return text.T(key, text.Params{"Code": e.Code})
}

// add appends a run. The verdict is that of the first run that did not end well, or
// of the last one.
func (d *Document) add(done tried) {
	r, before := done.run, 0
	if r == nil {
		return
	}
	if n := len(d.Exchanges); n > 0 {
		before = d.Exchanges[n-1].ID
	}
	d.Profile = profileOf(r)
	if d.Verdict.Step == "" {
		d.Verdict = Verdict{Title: verdictOf(r)}
		if r.Ended != nil {
			d.Verdict.Step = string(r.Ended.Step)
		}
	}
	for _, f := range faultsOf(r) {
		d.addFault(f, wordsOf(r, f), before)
	}
	d.addChecks(r)
	exchanges := slices.Clone(r.Exchanges) // they come as they end, and are numbered as they begin
	slices.SortFunc(exchanges, func(a, b *trace.Exchange) int { return a.ID - b.ID })
	for _, ex := range exchanges {
		e := Exchange{
			ID: before + ex.ID, Step: string(ex.Step), Channel: string(ex.Channel),
			Method: ex.Request.Method, URL: ex.Request.URL, TookMS: inMS(ex.Instants.Done),
		}
		if ex.Response != nil {
			e.Status = ex.Response.Status
		}
		if ex.Err != nil {
			e.Error = ex.Err.Error()
		}
		d.Exchanges = append(d.Exchanges, e)
	}
	if r.Tokens != nil {
		d.Tokens = tokensOf(*r.Tokens)
	}
	run := Run{ID: string(r.ID), Scenario: string(r.Scenario), Started: r.StartedAt.UTC().Format(time.RFC3339Nano), Kept: done.kept}
	if r.Ended != nil {
		run.Outcome = string(r.Ended.Outcome)
		d.Timings.TotalMS += inMS(r.EndedAt.Sub(r.StartedAt))
	}
	d.Runs = append(d.Runs, run)
	for _, s := range r.Steps {
		d.Timings.Steps = append(d.Timings.Steps, StepTiming{
			Scenario: string(r.Scenario), Step: string(s.Step), Outcome: string(s.Status), TookMS: inMS(s.Took),
		})
	}
}

// addFault appends a fault, whose exchanges are numbered on from before.
func (d *Document) addFault(f fault.Fault, w words, before int) {
	ids := []int{}
	for _, id := range f.Evidence {
		ids = append(ids, before+id)
	}
	d.Faults = append(d.Faults, Fault{
		Code: string(f.Code), Severity: string(f.Severity), Step: string(f.Step),
		Title: w.title, Cause: w.cause, Remedy: w.remedy, Because: string(f.Because), Spec: f.Spec, Evidence: ids, Allow: string(f.Allowance),
	})
	if f.Severity == fault.Error {
		d.OK = false
	}
}

func (d *Document) addChecks(r *state.Run) {
	for _, report := range r.Reports {
		d.addReport(report.Results)
	}
	for _, row := range inOrder(r.Probes) {
		d.Checks = append(d.Checks, Check{ID: row.ID, Verdict: probeVerdict(row.Verdict), Want: row.Want, Got: row.Got, Spec: row.Spec})
	}
}

func (d *Document) addReport(report check.Report) {
	for _, c := range report {
		d.Checks = append(d.Checks, Check{ID: c.ID, Verdict: string(c.Verdict), Want: c.Want, Got: c.Got, Spec: c.Spec})
	}
}

func probeVerdict(v probe.Verdict) string {
	if v == probe.Unknown {
		return "cannot_tell"
	}
	return string(v)
}

func profileOf(r *state.Run) *Profile {
	p := r.Profile
	issuer := p.IssuerID()
	if r.Metadata != nil {
		issuer = r.Metadata.Issuer
	}
	scopes := p.Scopes
	if scopes == nil {
		scopes = []string{}
	}
	return &Profile{
		Name: p.Name, Kind: string(p.Kind), Issuer: issuer, ClientID: p.Client.ID,
		AuthMethod: string(p.Client.AuthMethod), RedirectURI: p.Client.RedirectURI, Scopes: scopes,
	}
}

// tokensOf shows the tokens that came, each as what is left of it.
func tokensOf(received flows.TokensReceived) map[string]Token {
	tokens := map[string]Token{}
	for name, t := range map[string]struct {
		value   oauth.Secret
		decoded jose.Token
	}{
		"id_token":      {received.Tokens.IDToken, received.Decoded.ID},
		"access_token":  {received.Tokens.AccessToken, received.Decoded.Access},
		"refresh_token": {received.Tokens.RefreshToken, jose.Decode(received.Tokens.RefreshToken.Reveal())},
	} {
		if !t.value.Empty() {
			tokens[name] = tokenOf(t.decoded)
		}
	}
	return tokens
}

// tokenOf shows a disarmed token.
func tokenOf(t jose.Token) Token {
	out := Token{Form: string(t.Form)}
	if t.Form == jose.Opaque {
		out.Value = t.Raw
		return out
	}
	out.Header, out.Claims = rawJSON(t.Header.Raw), rawJSON(t.Payload)
	return out
}

// rawJSON is a part of a token that is JSON, or nothing.
func rawJSON(b []byte) json.RawMessage {
	if !json.Valid(b) {
		return nil
	}
	return b
}

func inMS(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// write prints the document.
func (d Document) write(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(d)
}

// secretOfToken is the token that --reveal names.
func secretOfToken(s *oauth.Session, name string) oauth.Secret {
	if s == nil {
		return ""
	}
	return map[string]oauth.Secret{
		"id_token": s.Tokens.IDToken, "access_token": s.Tokens.AccessToken, "refresh_token": s.Tokens.RefreshToken,
	}[name]
}
