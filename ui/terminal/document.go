package terminal

import (
	"encoding/json"
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
