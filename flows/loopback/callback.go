package loopback

import (
	"net/http"
	"net/url"
	"time"
)

// Kind says what a request to the listener was.
type Kind string

// The kinds. Only Accepted ends the wait.
const (
	Accepted     Kind = "accepted"      // the answer, be it a code or an error
	WrongState   Kind = "wrong_state"   // a state that is not ours: forged, or another program's
	MissingState Kind = "missing_state" // parameters of an answer, and no state
	Late         Kind = "late"          // the state of a run that is over
	Repeated     Kind = "repeated"      // the right state once more, after the accepted one
	ForeignHost  Kind = "foreign_host"  // the Host is not that of the redirect URI, as in DNS rebinding
	UnknownPath  Kind = "unknown_path"  // not the callback path
	WrongMethod  Kind = "wrong_method"  // neither GET nor POST
	TooLarge     Kind = "too_large"     // above what an answer can need
	Empty        Kind = "empty"         // nothing of an answer in it; a GET was given the fragment relay
	Malformed    Kind = "malformed"     // could not be read without guessing
)

// Via says how the parameters travelled.
type Via string

// The ways. The first three are the response modes of OAuth 2.0 Multiple
// Response Types, 2.1 and Form Post Response Mode.
const (
	ViaQuery    Via = "query"
	ViaFormPost Via = "form_post"
	ViaFragment Via = "fragment" // posted back by the relay page
	ViaPaste    Via = "paste"    // typed into the paste field
)

// The reasons that refine a Kind. They are stable words, not sentences.
const (
	ReasonError       = "error"            // Accepted: the answer is an error response
	ReasonBare        = "bare"             // Accepted: AllowBare, and nothing but the visit
	ReasonReload      = "reload"           // Repeated: the answered page was loaded again
	ReasonFavicon     = "favicon"          // UnknownPath: the browser looks for an icon
	ReasonNearPath    = "near_path"        // UnknownPath: differs in case or a final slash only
	ReasonTarget      = "target"           // TooLarge: the URL
	ReasonHeader      = "header"           // TooLarge: cut off before it could be read; only Size and Remote are known
	ReasonBody        = "body"             // TooLarge: the form. Malformed: the form did not arrive whole
	ReasonContentType = "content_type"     // Malformed: a POST that is not a form
	ReasonEncoding    = "encoding"         // Malformed: the percent-encoding is broken
	ReasonDuplicate   = "duplicate"        // Malformed: a parameter came twice (RFC 6749, 3.1)
	ReasonNoAnswer    = "no_answer"        // Empty: parameters, but none of an answer
	ReasonNothing     = "nothing"          // Empty: no parameters at all
	ReasonOtherScheme = "scheme"           // ForeignHost, paste only: another scheme
	ReasonOtherPort   = "port"             // ForeignHost: right name, another port
	ReasonOtherHost   = "host"             // ForeignHost: another name
	ReasonOversize    = "pasted_too_large" // TooLarge: the pasted text
)

// Callback is one request that reached the listener, or one pasted URL. URL,
// Params and Header hold the code and the state: disarm them before they are
// written anywhere.
type Callback struct {
	At      time.Time
	Kind    Kind
	Reason  string // refines Kind; one of the Reason words, or empty
	Via     Via
	Method  string
	URL     string // as the browser had it; for ViaFragment with the fragment put back
	Host    string // the Host header
	Remote  string // who connected
	Header  http.Header
	Params  url.Values // of the answer; nil when they were not read
	Size    int64      // bytes of what carried the parameters; for ReasonHeader at least
	Status  int        // what the browser was answered; 0 for a pasted URL
	Outcome Outcome    // the page it was shown; empty for a pasted URL
}

// answerParams are the parameters that make a request an answer: RFC 6749
// 4.1.2 and 4.2.2, OIDC Core 3.2.2.5, RFC 9207, JARM. Each may come once only.
var answerParams = []string{
	"code", "state", "error", "error_description", "error_uri", "iss",
	"id_token", "access_token", "token_type", "expires_in", "response",
}

// carriesAnswer reports whether any parameter of an answer is present.
func carriesAnswer(params url.Values) bool {
	for _, name := range answerParams {
		if params.Has(name) {
			return true
		}
	}
	return false
}

// duplicated reports whether a parameter of an answer came more than once. Which
// of the two would count is a guess that different programs make differently.
func duplicated(params url.Values) bool {
	for _, name := range answerParams {
		if len(params[name]) > 1 {
			return true
		}
	}
	return false
}
