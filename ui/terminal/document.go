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
)

// Schema is the version of Document. A member that goes away or changes its
// meaning raises it; new members do not.
const Schema = 1

// Document is what --json prints. It is made from disarmed runs only.
type Document struct {
	Schema    int              `json:"schema"`
	Signbench string           `json:"signbench"` // version of the program
	Command   string           `json:"command"`
	OK        bool             `json:"ok"` // false exactly when a fault of severity error is present
	Expect    *Expectation     `json:"expect,omitempty"`
	Profile   *Profile         `json:"profile,omitempty"`
	Verdict   Verdict          `json:"verdict"`
	Faults    []Fault          `json:"faults"`
	Checks    []Check          `json:"checks"`
	Exchanges []Exchange       `json:"exchanges"`
	Tokens    map[string]Token `json:"tokens"` // by id_token, access_token, refresh_token
	Timings   Timings          `json:"timings"`
	Runs      []Run            `json:"runs"`
	Documents []Inspected      `json:"documents"` // of inspect: what was found in the text, the outermost first
}

// Expectation is the fault that --expect named.
type Expectation struct {
	Code string `json:"code"`
	Met  bool   `json:"met"`
}

// Profile is what was tried.
type Profile struct {
	Name        string   `json:"name"`
	Kind        string   `json:"kind"`
	Issuer      string   `json:"issuer,omitempty"`
	ClientID    string   `json:"client_id"`
	AuthMethod  string   `json:"token_endpoint_auth_method"`
	RedirectURI string   `json:"redirect_uri"`
	Scopes      []string `json:"scopes"`
}

// Verdict is how it ended, in one sentence, and at which step when it did not end
// well.
type Verdict struct {
	Title string `json:"title"`
	Step  string `json:"step,omitempty"`
}

// Fault is one thing that is wrong.
type Fault struct {
	Code     string `json:"code"`
	Severity string `json:"severity"` // error, warning
	Step     string `json:"step"`
	Title    string `json:"title"`
	Cause    string `json:"cause"`
	Remedy   string `json:"remedy,omitempty"`
	Because  string `json:"because,omitempty"` // the code of the fault that it follows from
	Spec     string `json:"spec,omitempty"`
	Evidence []int  `json:"evidence"`        // IDs of exchanges
	Allow    string `json:"allow,omitempty"` // the rule that was broken, where a run can go on without it; a warning's was set aside so
}

// Check is one check that was made.
type Check struct {
	ID      string `json:"id"`
	Verdict string `json:"verdict"` // pass, fail, warn, skip; cannot_tell of a probe
	Want    string `json:"want,omitempty"`
	Got     string `json:"got,omitempty"`
	Spec    string `json:"spec,omitempty"`
}

// Exchange is one request and what came of it.
type Exchange struct {
	ID      int     `json:"id"`
	Step    string  `json:"step"`
	Channel string  `json:"channel"` // back, front
	Method  string  `json:"method"`
	URL     string  `json:"url"`              // disarmed
	Status  int     `json:"status,omitempty"` // absent when nothing came back
	Error   string  `json:"error,omitempty"`  // a transport failure
	TookMS  float64 `json:"took_ms"`
}

// Token is a token without what makes it one: a JWT's header and claims, of any
// other its length.
type Token struct {
	Form   string          `json:"form"` // jwt, jws, jwe, opaque
	Header json.RawMessage `json:"header,omitempty"`
	Claims json.RawMessage `json:"claims,omitempty"`
	Value  string          `json:"value,omitempty"` // what is left of an opaque token: length and a short hash
}

// Timings are in milliseconds.
type Timings struct {
	TotalMS float64      `json:"total_ms"`
	Steps   []StepTiming `json:"steps"`
}

// StepTiming is one step of one run.
type StepTiming struct {
	Scenario string  `json:"scenario"`
	Step     string  `json:"step"`
	Outcome  string  `json:"outcome"`
	TookMS   float64 `json:"took_ms"`
}

// Run is one of the command's runs.
type Run struct {
	ID       string `json:"id"`
	Scenario string `json:"scenario"`
	Started  string `json:"started"` // RFC 3339
	Outcome  string `json:"outcome"` // ok, warned, failed, cancelled
	Kept     bool   `json:"kept"`    // it is among the kept runs
}

// Inspected is a token or a document that was taken apart. The values of its
// members are left out: some are secrets.
type Inspected struct {
	Kind    string          `json:"kind"`  // id_token, jwks, callback, ...
	Where   string          `json:"where"` // in the one that it was found in; empty for the outermost
	Header  json.RawMessage `json:"header,omitempty"`
	Claims  json.RawMessage `json:"claims,omitempty"`
	Members []string        `json:"members"`
	Notes   []string        `json:"notes"`
}

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
