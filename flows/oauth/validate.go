package oauth

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Field names a field of the profile form. It is part of a translation's key.
type Field string

// The fields.
const (
	FieldName         Field = "name"
	FieldEndpoint     Field = "endpoint"
	FieldIssuer       Field = "issuer"
	FieldClientID     Field = "client_id"
	FieldSecret       Field = "client_secret"
	FieldAuthMethod   Field = "auth_method"
	FieldRedirectURI  Field = "redirect_uri"
	FieldPostLogout   Field = "post_logout_redirect_uri"
	FieldScopes       Field = "scopes"
	FieldResources    Field = "resources"
	FieldPrompt       Field = "prompt"
	FieldMaxAge       Field = "max_age"
	FieldResponseMode Field = "response_mode"
	FieldExtra        Field = "extra"
)

// Severity says whether a profile can be used as it is.
type Severity string

// The severities. With an error a sign-in can not succeed; a warning is a fact
// that the user should know, and nothing stops.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
)

// FieldError is what is wrong with a field. Its sentence is in the translations
// under field.<Field>.<Code>, or field.<Code> when it is the same for all fields.
type FieldError struct {
	Field    Field
	Code     string
	Params   map[string]string // what the sentence mentions; never a secret
	Severity Severity
}

// Keys are the keys of the sentence, the more particular one first.
func (e FieldError) Keys() []string {
	return []string{"field." + string(e.Field) + "." + e.Code, "field." + e.Code}
}

// The codes. They are stable: translations and tests name them.
const (
	CodeEmpty            = "empty"
	CodeSpaces           = "spaces"
	CodeNoScheme         = "no_scheme"
	CodeBadScheme        = "bad_scheme"
	CodeNotAURL          = "not_a_url"
	CodeHasUserinfo      = "has_userinfo"
	CodeHasQuery         = "has_query"
	CodeHasFragment      = "has_fragment"
	CodePortRange        = "port_range"
	CodePortPrivileged   = "port_privileged"    // warning
	CodeHTTPNotLoopback  = "http_not_loopback"  // warning
	CodeNotLoopback      = "not_loopback"       // warning: the answer must be pasted
	CodeAnyAddress       = "any_address"        // 0.0.0.0 and [::] are for listening, not for going to
	CodeTooLong          = "too_long"           //
	CodeUnknown          = "unknown"            // not one of the values there are
	CodeMissing          = "missing"            // the secret, though the method sends one
	CodeNotUsed          = "not_used"           // warning: a secret, though the method sends none
	CodeNoOpenID         = "no_openid"          // warning
	CodeBadCharacter     = "bad_character"      //
	CodeOfflineNoConsent = "offline_no_consent" // warning
	CodeNoneCombined     = "none_combined"      //
	CodeNegative         = "negative"           //
	CodeNotAbsolute      = "not_absolute"       //
	CodeReserved         = "reserved"           //
	CodeSecret           = "secret"             //
)

// FieldCodes lists which codes Validate gives to which field.
func FieldCodes() map[Field][]string {
	base := []string{CodeEmpty, CodeTooLong, CodeSpaces, CodeNoScheme, CodeBadScheme, CodeNotAURL, CodeHasUserinfo, CodeHasQuery, CodeHasFragment, CodePortRange, CodeHTTPNotLoopback}
	back := []string{CodeTooLong, CodeSpaces, CodeNoScheme, CodeNotAURL, CodeHasUserinfo, CodeHasFragment, CodePortRange, CodePortPrivileged, CodeNotLoopback, CodeAnyAddress}
	return map[Field][]string{
		FieldName:         {CodeEmpty, CodeTooLong},
		FieldEndpoint:     base,
		FieldIssuer:       base,
		FieldClientID:     {CodeEmpty, CodeSpaces, CodeBadCharacter},
		FieldSecret:       {CodeMissing, CodeNotUsed},
		FieldAuthMethod:   {CodeUnknown},
		FieldRedirectURI:  append(slices.Clone(back), CodeEmpty),
		FieldPostLogout:   back,
		FieldScopes:       {CodeNoOpenID, CodeBadCharacter, CodeOfflineNoConsent},
		FieldResources:    {CodeNotAbsolute, CodeHasFragment, CodeSpaces},
		FieldPrompt:       {CodeNoneCombined},
		FieldMaxAge:       {CodeNegative},
		FieldResponseMode: {CodeUnknown},
		FieldExtra:        {CodeEmpty, CodeReserved, CodeSecret},
	}
}

// MaxName is the longest name of a profile, in characters.
const MaxName = 80

// Validate checks every field, by itself and against the others. hasSecret says
// whether a client secret is kept for the profile. The errors are in the order of
// the form, errors before warnings for the same field.
func (p Profile) Validate(hasSecret bool) []FieldError {
	var v validation
	v.name(p.Name)
	switch p.Kind {
	case KindLogto:
		v.base(FieldEndpoint, p.Endpoint)
	case KindOIDC:
		v.base(FieldIssuer, p.Issuer)
	}
	v.clientID(p.Client.ID)
	v.authentication(p.Client.AuthMethod, hasSecret)
	v.returnURI(FieldRedirectURI, p.Client.RedirectURI)
	if p.Client.PostLogoutRedirectURI != "" { // optional: RP-Initiated Logout 1.0, 2
		v.returnURI(FieldPostLogout, p.Client.PostLogoutRedirectURI)
	}
	v.scopes(p.Scopes, p.Prompt)
	v.resources(p.Resources)
	v.prompt(p.Prompt)
	if p.MaxAge != nil && *p.MaxAge < 0 {
		v.fail(FieldMaxAge, CodeNegative, "Value", strconv.Itoa(*p.MaxAge))
	}
	if !slices.Contains([]string{"", "query", "form_post", "fragment"}, p.ResponseMode) {
		v.fail(FieldResponseMode, CodeUnknown, "Value", p.ResponseMode)
	}
	v.extra(p.Extra)
	return v.found
}

// validation gathers what is found.
type validation struct{ found []FieldError }

func (v *validation) fail(field Field, code string, params ...string) {
	v.add(field, code, SeverityError, params)
}

func (v *validation) warn(field Field, code string, params ...string) {
	v.add(field, code, SeverityWarning, params)
}

func (v *validation) add(field Field, code string, severity Severity, params []string) {
	e := FieldError{Field: field, Code: code, Severity: severity}
	for i := 0; i+1 < len(params); i += 2 {
		if e.Params == nil {
			e.Params = make(map[string]string, len(params)/2)
		}
		e.Params[params[i]] = params[i+1]
	}
	v.found = append(v.found, e)
}

func (v *validation) name(name string) {
	if strings.TrimSpace(name) == "" {
		v.fail(FieldName, CodeEmpty)
	} else if utf8.RuneCountInString(name) > MaxName {
		v.fail(FieldName, CodeTooLong, "Max", strconv.Itoa(MaxName))
	}
}

// clientID checks RFC 6749, appendix A.1: visible ASCII and the space. A space is
// allowed there and issued by nobody, so it is a warning.
func (v *validation) clientID(id string) {
	switch {
	case id == "":
		v.fail(FieldClientID, CodeEmpty)
	case hasSpace(id):
		v.warn(FieldClientID, CodeSpaces)
	case strings.ContainsFunc(id, func(r rune) bool { return r < 0x20 || r > 0x7e }):
		v.fail(FieldClientID, CodeBadCharacter)
	}
}

func (v *validation) authentication(m AuthMethod, hasSecret bool) {
	switch {
	case !slices.Contains(AuthMethods(), m):
		v.fail(FieldAuthMethod, CodeUnknown, "Value", string(m))
	case m.NeedsSecret() && !hasSecret:
		v.fail(FieldSecret, CodeMissing, "Method", string(m))
	case !m.NeedsSecret() && hasSecret:
		v.warn(FieldSecret, CodeNotUsed)
	}
}

// scopes checks RFC 6749, 3.3, that an ID token is asked for (OIDC Core 3.1.2.1),
// and that a refresh token can be had: without prompt=consent the server must
// ignore offline_access (OIDC Core 11).
func (v *validation) scopes(scopes []string, prompt string) {
	for _, s := range scopes {
		bad := func(r rune) bool { return r <= 0x20 || r == '"' || r == '\\' || r > 0x7e }
		if s == "" || strings.ContainsFunc(s, bad) {
			v.fail(FieldScopes, CodeBadCharacter, "Value", s)
			break
		}
	}
	if !slices.Contains(scopes, "openid") {
		v.warn(FieldScopes, CodeNoOpenID)
	}
	if slices.Contains(scopes, "offline_access") && !slices.Contains(strings.Fields(prompt), "consent") {
		v.warn(FieldScopes, CodeOfflineNoConsent)
	}
}

// prompt checks that none stands alone (OIDC Core 3.1.2.1).
func (v *validation) prompt(prompt string) {
	if values := strings.Fields(prompt); len(values) > 1 && slices.Contains(values, "none") {
		v.fail(FieldPrompt, CodeNoneCombined)
	}
}
