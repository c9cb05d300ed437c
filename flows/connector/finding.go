package connector

import (
	"cmp"
	"maps"
	"slices"

	"signbench/flows/fault"
)

// Finding is something about a configuration that is wrong, or will be, and that
// shows without asking anybody. The sentence is connector.finding.<code>; the field
// of Logto's console to mend is connector.label.<kind>.<path of its Member>.
type Finding struct {
	Path     string         // of the member in the configuration; "" for the whole, "domains" for those of SSO
	Code     string         // one of FindingCodes
	Severity fault.Severity // Error: Logto refuses to save it, or no sign-in can succeed
	OnSave   bool           // Logto says so itself when the connector is saved
	Params   map[string]string
	Spec     string // the clause, where there is one
}

// Told is the finding as pairs of names and values for a row or a fault: its code as
// Problem, its path, and whatever its sentence mentions.
func (f Finding) Told() []string {
	out := []string{"Problem", f.Code, "Path", cmp.Or(f.Path, "JSON")}
	for _, name := range slices.Sorted(maps.Keys(f.Params)) {
		if name != "Path" {
			out = append(out, name, f.Params[name])
		}
	}
	return out
}

// DomainsPath is the Path of findings about the e-mail domains of a connector, which
// stand beside its configuration.
const DomainsPath = "domains"

// The codes of findings.
const (
	// What Logto's schema refuses.
	RequiredMissing = "required_missing"
	WrongType       = "wrong_type"  // Params: Want, Got (types)
	NotInEnum       = "not_in_enum" // Params: Want
	CritNotBoolean  = "crit_not_boolean"
	DateRefused     = "date_refused"
	TemplateMissing = "template_missing" // Params: UsageType

	// What it takes, and strips or ignores.
	UnknownMember  = "unknown_member"  // Params: Name
	OtherConnector = "other_connector" // Params: Kind
	Misplaced      = "misplaced"       // Params: Name, Want (the path where it counts)
	Misnamed       = "misnamed"        // Params: Name, Want
	Repeated       = "repeated"
	Ignored        = "ignored"

	// What it takes, and then fails with.
	EmptyValue       = "empty_value"
	Placeholder      = "placeholder"
	SurroundingSpace = "surrounding_space"
	LineBreak        = "line_break"
	InnerSpace       = "inner_space"
	NotAURL          = "not_a_url"
	PlainHTTP        = "plain_http"
	HasUserinfo      = "has_userinfo"
	EndpointQuery    = "endpoint_query"
	EndpointFragment = "endpoint_fragment"
	DiscoveryAsJWKS  = "discovery_as_jwks"
	IssuerSlash      = "issuer_slash"
	IssuerWellKnown  = "issuer_well_known" // Params: Want
	IssuerQuery      = "issuer_query"
	IssuerUnset      = "issuer_unset"
	SpanUnreadable   = "span_unreadable"
	AlgorithmUnfit   = "algorithm_unfit" // Params: Algorithm
	SecretUnencoded  = "secret_unencoded"
	SecretShort      = "secret_short"     // Params: Want, Got (bytes)
	ScopeWithout     = "scope_without"    // Params: Scope
	CustomOverrides  = "custom_overrides" // Params: Name
	CustomRenamed    = "custom_renamed"   // Params: Name, Want
	ChallengeFixed   = "challenge_fixed"

	DomainMissing   = "domain_missing"
	DomainForbidden = "domain_forbidden" // Params: Domain
	DomainRepeated  = "domain_repeated"  // Params: Domain
	DomainForm      = "domain_form"      // Params: Domain

	AppIDPrefix     = "app_id_prefix"
	KeySID          = "key_sid"
	AccountPrefix   = "account_prefix"
	ServicePrefix   = "service_prefix"
	SenderNumber    = "sender_number"
	SIDForm         = "sid_form"
	HostForm        = "host_form"
	AuthTokenForm   = "auth_token_form"  // #nosec G101 -- a code
	CodeMissing     = "code_missing"     // Params: UsageType
	UsageUnknown    = "usage_unknown"    // Params: UsageType
	UsageRepeated   = "usage_repeated"   // Params: UsageType
	PlaceholderForm = "placeholder_form" // Params: Placeholder

	// What is wrong with a phone number (ITU-T E.164).
	NumberEmpty      = "number_empty"
	NumberCharacter  = "number_character" // Params: Character
	NumberPrefix     = "number_prefix"    // Params: Want
	NumberNational   = "number_national"
	NumberShort      = "number_short"
	NumberLong       = "number_long"
	NumberUnassigned = "number_unassigned"
	NumberMarks      = "number_marks" // Params: Want; it is valid without them
)

// FindingCodes lists every code.
func FindingCodes() []string {
	return []string{
		RequiredMissing, WrongType, NotInEnum, CritNotBoolean, DateRefused, TemplateMissing,
		UnknownMember, OtherConnector, Misplaced, Misnamed, Repeated, Ignored,
		EmptyValue, Placeholder, SurroundingSpace, LineBreak, InnerSpace, NotAURL, PlainHTTP, HasUserinfo,
		EndpointQuery, EndpointFragment, DiscoveryAsJWKS, IssuerSlash, IssuerWellKnown, IssuerQuery, IssuerUnset,
		SpanUnreadable, AlgorithmUnfit, SecretUnencoded, SecretShort, ScopeWithout, CustomOverrides, CustomRenamed, ChallengeFixed,
		DomainMissing, DomainForbidden, DomainRepeated, DomainForm,
		AppIDPrefix, KeySID, AccountPrefix, ServicePrefix, SenderNumber, SIDForm, HostForm, AuthTokenForm,
		CodeMissing, UsageUnknown, UsageRepeated, PlaceholderForm,
		NumberEmpty, NumberCharacter, NumberPrefix, NumberNational, NumberShort, NumberLong, NumberUnassigned, NumberMarks,
	}
}

// report gathers findings.
type report struct {
	setup    Setup
	config   Config
	findings []Finding
}

// Examine lists what is wrong with the set-up's configuration as far as it shows
// without asking anybody: first what Logto's schema refuses on saving, in the order
// of Members, then what it would save and fail with. No finding holds a secret.
func Examine(s Setup) []Finding {
	r := &report{setup: s, config: s.Config}
	r.schema()
	r.unknown()
	r.values()
	switch s.Kind {
	case OIDC:
		r.social()
	case SSO:
		r.enterprise()
	case Feishu:
		r.feishu()
	case Twilio:
		r.twilio()
	}
	return r.findings
}

// refuse notes what Logto refuses on saving.
func (r *report) refuse(path, code string, params ...string) {
	r.note(Finding{Path: path, Code: code, Severity: fault.Error, OnSave: true}, params)
}

// fail notes what can be saved, and then fails.
func (r *report) fail(path, code string, params ...string) {
	r.note(Finding{Path: path, Code: code, Severity: fault.Error}, params)
}

// warn notes what may do harm.
func (r *report) warn(path, code string, params ...string) {
	r.note(Finding{Path: path, Code: code, Severity: fault.Warning}, params)
}

func (r *report) note(f Finding, params []string) {
	f.Spec = clauses[f.Code]
	f.Params = map[string]string{"Path": f.Path}
	for i := 0; i+1 < len(params); i += 2 {
		f.Params[params[i]] = params[i+1]
	}
	r.findings = append(r.findings, f)
}

// clauses are of the specifications.
var clauses = map[string]string{ // #nosec G101 -- no credentials
	EndpointQuery:    "RFC 6749 3.1",
	EndpointFragment: "RFC 6749 3.1",
	PlainHTTP:        "RFC 6749 3.1",
	IssuerSlash:      "OIDC Discovery 1.0, 4.3",
	IssuerWellKnown:  "OIDC Discovery 1.0, 4.1",
	IssuerQuery:      "OIDC Discovery 1.0, 3",
	IssuerUnset:      "OIDC Core 3.1.3.7 (2)",
	AlgorithmUnfit:   "OIDC Core 3.1.3.7 (7)",
	SecretUnencoded:  "RFC 6749 2.3.1",
	SecretShort:      "RFC 7518 3.2",
	ScopeWithout:     "OIDC Core 5.4",
	ChallengeFixed:   "RFC 7636 7.2",
	CritNotBoolean:   "RFC 7515 4.1.11",
}
