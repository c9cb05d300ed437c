package connector

import "encoding/json"

// Profile is what Logto would make of what the upstream said about the user.
type Profile struct {
	Fields  []Field         `json:"fields"`            // id, name, avatar, email, phone, and what the kind adds
	Dropped []Dropped       `json:"dropped,omitempty"` // what Logto would not take, and why
	Raw     json.RawMessage `json:"raw,omitempty"`     // Logto's rawData
}

// Field is one field of Logto's profile. An empty Value is one that Logto leaves
// out.
type Field struct {
	Name   string `json:"name"`
	Value  string `json:"value,omitempty"`
	Claim  string `json:"claim,omitempty"`  // the claim it is read from
	Source Source `json:"source,omitempty"` // where that claim stood
}

// Source is an answer of the upstream.
type Source string

// The sources.
const (
	FromIDToken  Source = "id_token"
	FromUserInfo Source = "userinfo"
)

// Dropped is a claim that Logto would not take over into its profile. The sentence
// is under connector.drop.<reason>.
type Dropped struct {
	Claim  string `json:"claim"`
	Value  string `json:"value,omitempty"`
	Source Source `json:"source"`
	Reason string `json:"reason"`
}

// Why a claim is dropped.
const (
	DropUnverified       = "unverified"         // email_verified or phone_verified is false
	DropVerifiedAbsent   = "verified_absent"    // the claim about verification is missing, and unverified e-mail is not trusted
	DropOtherName        = "other_name"         // phone_number: Logto reads phone
	DropReplaced         = "replaced"           // only in the ID token, and user info replaces it
	DropUserInfoNotAsked = "userinfo_unasked"   // the social connector never calls user info
	DropNotText          = "not_text"           // a value that is no string
	DropEmpty            = "empty"              // an empty string
	DropNotStored        = "only_in_raw_claims" // kept in the raw data only
)

// DropReasons lists every reason.
func DropReasons() []string {
	return []string{
		DropUnverified, DropVerifiedAbsent, DropOtherName, DropReplaced, DropUserInfoNotAsked, DropNotText, DropEmpty, DropNotStored,
	}
}

// Field returns the field of that name.
func (p Profile) Field(name string) Field {
	for _, f := range p.Fields {
		if f.Name == name {
			return f
		}
	}
	return Field{Name: name}
}
