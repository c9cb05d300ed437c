package inspect

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// readJSON recognises a document by the members that only it has.
func readJSON(text string, depth int) Document {
	if text[0] == '[' {
		d := Document{Kind: JSON}
		d.note(NoteArray)
		return d
	}
	o, err := jose.ParseObject([]byte(text))
	if err != nil {
		d := Document{Kind: Opaque}
		d.note(NoteBadJSON)
		return d
	}
	switch {
	case o.Has("log") && har([]byte(text)):
		return Document{Kind: HAR}
	case o.Has("keys"), o.Has("kty"):
		return readKeys(text, o)
	case o.Has("signatures"), o.Has("signature") && hasAny(o, "payload", "protected", "header"):
		return readJWSJSON(text, depth)
	case o.Has("ciphertext"):
		return readJWEJSON(o)
	case o.Has("issuer") && hasAny(o, "authorization_endpoint", "token_endpoint", "jwks_uri"):
		return readDiscovery(text, o)
	case hasAny(o, "access_token", "id_token", "refresh_token", "logout_token", "response"):
		return readTokens(o, depth)
	}
	if d, ok := readErrorJSON(o); ok {
		return d
	}
	d := Document{Kind: JSON}
	if _, told := o.Bool("active"); told {
		d.Kind = Introspection
	} else if o.Has("sub") {
		d.Kind = UserInfo
	}
	d.members(o)
	return d
}

// har reports whether the text begins as a recording does (HAR 1.2).
func har(text []byte) bool {
	start := bytes.TrimSpace(text[:min(len(text), 4096)])
	return bytes.HasPrefix(start, []byte("{")) && bytes.Contains(start, []byte(`"log"`)) &&
		(bytes.Contains(start, []byte(`"entries"`)) || bytes.Contains(start, []byte(`"creator"`)) || bytes.Contains(start, []byte(`"version"`)))
}

func (d *Document) members(o *jose.Object) {
	for i, m := range o.Members {
		if i == maxShown {
			d.note(NoteMore)
			return
		}
		value, isText := o.String(m.Name)
		if !isText {
			value = string(m.Raw)
		}
		d.add(m.Name, value)
	}
}

func readJWEJSON(o *jose.Object) Document {
	d := Document{Kind: JWEJSON}
	var list []json.RawMessage
	if raw, found := o.Get("recipients"); found && json.Unmarshal(raw, &list) == nil {
		d.note(NoteRecipients, "Count", strconv.Itoa(len(list)))
	}
	if protected, ok := o.String("protected"); ok {
		d.Token = jose.Decode(protected + "....")
		d.Token.Problems = nil // its text is only the header of the whole
		d.describe(d.Token.Header)
	}
	return d
}

func readDiscovery(text string, o *jose.Object) Document {
	d := Document{Kind: Discovery}
	d.members(o)
	metadata := oauth.Metadata{}
	if json.Unmarshal([]byte(text), &metadata) != nil {
		metadata.Issuer, _ = o.String("issuer") // a member of the wrong type: the rest is judged as absent
	}
	metadata.Raw = json.RawMessage(text)
	d.Report = check.Discovery(metadata.Issuer, metadata)
	return d
}

// readTokens takes the answer of a token endpoint apart, token by token.
func readTokens(o *jose.Object, depth int) Document {
	d := Document{Kind: TokenResponse}
	d.members(o)
	if depth >= maxDepth {
		return d
	}
	for _, name := range []string{"id_token", "access_token", "refresh_token", "logout_token", "response"} {
		value, ok := o.String(name)
		if !ok || value == "" {
			continue
		}
		d.child(name, named(name, read(value, depth+1)))
	}
	return d
}

// readErrorJSON recognises the errors of RFC 6749, 5.2 and of Logto's own API.
func readErrorJSON(o *jose.Object) (Document, bool) {
	if code, ok := o.String("error"); ok {
		d := Document{Kind: OAuthError}
		d.members(o)
		description, _ := o.String("error_description")
		uri, _ := o.String("error_uri")
		detail, _ := o.String("code")
		d.Faults = []fault.Fault{fault.FromSomewhere(fault.ErrorResponse{
			Code: head(code), Description: head(description), URI: head(uri), Detail: head(detail),
		})}
		return d, true
	}
	code, hasCode := o.String("code")
	if message, ok := o.String("message"); ok && hasCode && code != "" {
		d := Document{Kind: LogtoError}
		d.members(o)
		d.Faults = []fault.Fault{fault.FromSomewhere(fault.ErrorResponse{
			Code: strings.TrimPrefix(head(code), "oidc."), Description: head(message), Detail: head(code),
		})}
		return d, true
	}
	return Document{}, false
}
