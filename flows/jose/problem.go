package jose

// Code names what is wrong with the encoding of a token or a key set. Codes are
// stable words; the sentences are elsewhere.
type Code string

// The codes.
const (
	Whitespace        Code = "whitespace"         // space or line breaks around or inside the text
	Padding           Code = "padding"            // '=' at the end of a part (RFC 7515, 2: no padding)
	NotBase64URL      Code = "not_base64url"      // characters outside the URL-safe alphabet (RFC 4648, 5)
	TrailingBits      Code = "trailing_bits"      // unused bits of the last character are not zero (RFC 4648, 3.5)
	SegmentCount      Code = "segment_count"      // neither three parts (JWS) nor five (JWE)
	JSONSerialization Code = "json_serialization" // the JSON form of RFC 7515, 7.2, which is not a JWT
	HeaderNotJSON     Code = "header_not_json"    // RFC 7515, 4: the header is a JSON object
	PayloadNotJSON    Code = "payload_not_json"   // RFC 7519, 7.2 (10): the claims set is a JSON object
	TrailingData      Code = "trailing_data"      // something follows the JSON object
	Duplicate         Code = "duplicate_member"   // RFC 7515, 4; RFC 7519, 4: names must be unique
	NotUTF8           Code = "not_utf8"           // RFC 7519, 7.2: the text is UTF-8
	MemberType        Code = "member_type"        // a registered header member of the wrong JSON type
	Unprotected       Code = "unprotected_member" // RFC 7515, 4.1.11; RFC 7797, 3: only the protected header may hold it
)

// Problem is one flaw and where it stands: Where is a part's name ("header",
// "payload", ...), Member the name of a JSON member when the flaw is in one.
type Problem struct {
	Code   Code   `json:"code"`
	Where  string `json:"where,omitempty"`
	Member string `json:"member,omitempty"`
}
