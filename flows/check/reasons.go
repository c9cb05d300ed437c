package check

import "signbench/flows/jose"

// Reasons tell two outcomes of one check apart. They are stable words: reports
// carry them and the translations are keyed by them.
const (
	Absent        = "absent"         // nothing there; a null counts as nothing
	Different     = "different"      //
	TrailingSlash = "trailing_slash" // different by a final slash only
	WrongType     = "wrong_type"     // the wrong JSON type
	Empty         = "empty"
	TooLong       = "too_long"
	TooShort      = "too_short"
	NotASCII      = "not_ascii"
	Duplicate     = "duplicate" // a member occurs more than once

	Expired       = "expired"
	NotYetValid   = "not_yet_valid"
	InFuture      = "in_future"
	BeforeRequest = "before_request" // issued before this run asked for it
	TooOld        = "too_old"        // the user signed in longer ago than max_age allows
	Milliseconds  = "milliseconds"   // a time in milliseconds where seconds are required
	NotPositive   = "not_positive"

	Malformed = "malformed"
	Opaque    = "opaque"
	Encrypted = "encrypted"
	NotClaims = "not_claims" // signed, but not a JSON object
	NotJSON   = "not_json"
	NotObject = "not_object"

	Additional    = "additional"     // further audiences beside the client
	IsAccessToken = "access_token"   // typ says that it is an access token
	Unusual       = "unusual"        //
	Unexpected    = "unexpected"     // present although it was never asked for
	Present       = "present"        // there, and it should not be
	WithError     = "with_error"     // a code and an error in one response
	ErrorResponse = "error_response" // not looked for, because the response is an error
	Narrower      = "narrower"       // less than was asked for
	Wider         = "wider"          // more than was asked for

	NotSent       = "not_sent"
	NotRequested  = "not_requested"
	NotRequired   = "not_required"
	NotAdvertised = "not_advertised"
	NoIDToken     = "no_id_token"
	NoAccessToken = "no_access_token"
	NotProfiled   = "not_profiled" // a JWT that does not claim the profile of RFC 9068

	NotHTTPS    = "not_https"
	NotAbsolute = "not_absolute"
	HasQuery    = "has_query"
	HasFragment = "has_fragment"
	NoCode      = "no_code"
	NoS256      = "no_s256"
	NoRS256     = "no_rs256"
	NoOpenID    = "no_openid"

	KeysUnavailable = "keys_unavailable" // the key set could not be fetched or read
	Refused         = "refused"          // go-oidc refuses what the list refuses
	Disagrees       = "disagrees"        // go-oidc refuses what the list accepts
	Lenient         = "lenient"          // go-oidc accepts what the list refuses
	Unsupported     = "unsupported"      // go-oidc does not know the algorithm
)

// signatureReasons are those of jose.Verification that are not a success. A token
// with claims is always a JWS, so jose.NotJWS is not among them.
var signatureReasons = []string{
	jose.NoKey, jose.UnknownKID, jose.KeyUnusable, jose.BadSignature,
	jose.AlgNone, jose.AlgSymmetric, jose.AlgUnknown, jose.CritUnknown,
	jose.Malformed, KeysUnavailable,
}
