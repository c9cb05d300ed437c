package inspect

import (
	"strconv"
	"strings"

	"signbench/flows/check"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// readToken says which token it is, and looks for another one inside.
func readToken(t jose.Token, depth int) Document {
	d := Document{Kind: kindOf(t), Token: t, Text: oauth.Secret(t.Raw)}
	if d.Kind == JWE {
		d.describe(t.Header)
		return d
	}
	d.noteSigned()
	inner := string(t.Payload)
	if depth < maxDepth && t.Claims == nil && (strings.EqualFold(t.Header.Cty, "JWT") || strings.HasPrefix(inner, "eyJ")) {
		if nested := jose.Decode(inner); nested.Form != jose.Opaque {
			d.child("payload", readToken(nested, depth+1))
		}
	}
	return d
}

// noteSigned notes what is to be known of a signed text before it is verified.
func (d *Document) noteSigned() {
	d.note(NoteUnverified)
	if d.Token.Header.Unencoded() {
		d.note(NoteUnencoded)
	}
	if len(d.Token.Payload) == 0 {
		d.note(NoteDetached)
	}
	if d.BringsKey() {
		d.note(NoteOwnKey)
	}
}

// describe notes what the header of a JWE says of the work to open it.
func (d *Document) describe(h jose.Header) {
	if h.Alg == "RSA1_5" {
		d.note(NoteRSA15)
	}
	if zip, ok := h.Object.String("zip"); ok {
		d.note(NoteZip, "Zip", head(zip))
	}
}

// kindOf tells tokens apart: by typ where there is one (RFC 8725, 3.11), otherwise
// by the claims that only one of them has.
func kindOf(t jose.Token) Kind {
	switch t.Form {
	case jose.JWE:
		return JWE
	case jose.JWS:
		return JWS
	}
	typ := strings.TrimPrefix(strings.ToLower(t.Header.Typ), "application/")
	switch typ {
	case "logout+jwt":
		return LogoutToken
	case "dpop+jwt":
		return DPoP
	case "at+jwt":
		return AccessToken
	case "client-authentication+jwt":
		return ClientAssertion
	}
	return kindByClaims(t.Claims)
}

func kindByClaims(c *jose.Object) Kind {
	iss, _ := c.String("iss")
	sub, _ := c.String("sub")
	raw, _ := c.Get("events")
	events, _ := jose.ParseObject(raw)
	switch {
	case events.Has(check.BackChannelLogout):
		return LogoutToken
	case c.Has("htm") && c.Has("htu"):
		return DPoP
	case hasAny(c, "code", "error") && hasAny(c, "iss", "aud") && !c.Has("sub"): // one of the two may be what is missing
		return JARM
	case iss != "" && iss == sub && c.Has("aud"):
		return ClientAssertion
	case hasAny(c, "nonce", "at_hash", "c_hash", "s_hash", "auth_time"):
		return IDToken
	case hasAny(c, "scope", "client_id", "scp"):
		return AccessToken
	case iss != "" && sub != "" && c.Has("aud") && c.Has("exp"):
		return IDToken
	}
	return JWT
}

func hasAny(o *jose.Object, names ...string) bool {
	for _, name := range names {
		if o.Has(name) {
			return true
		}
	}
	return false
}

// readJWSJSON makes a document of one signature, or of each of several.
func readJWSJSON(text string, depth int) Document {
	d := Document{Kind: JWSJSON}
	tokens, err := jose.DecodeJSON([]byte(text))
	if err != nil {
		d.note(NoteBadJSON)
		return d
	}
	if len(tokens) == 1 {
		d.Token = tokens[0]
		d.noteSigned()
		return d
	}
	d.note(NoteSignatures, "Count", strconv.Itoa(len(tokens)))
	for i, t := range tokens {
		one := readToken(t, depth+1)
		one.Kind = JWSJSON
		d.child("signatures["+strconv.Itoa(i)+"]", one)
	}
	return d
}

func (d *Document) child(where string, c Document) {
	if len(d.Children) == maxShown {
		d.note(NoteMore)
	}
	if len(d.Children) >= maxShown {
		return
	}
	c.Where = where
	d.Children = append(d.Children, c)
}

// head cuts a value that goes into a sentence.
func head(s string) string {
	const most = 200
	if runes := []rune(s[:min(len(s), 4*most)]); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
