package jose

import (
	"encoding/json"
	"slices"
)

// Header is a JOSE header (RFC 7515, 4). The key material that a header can carry
// or point to is noted, because a client must never use it (RFC 8725, 3.10), and
// otherwise left alone.
type Header struct {
	Alg  string
	Kid  string
	Typ  string
	Cty  string
	Enc  string // of a JWE
	Crit []string

	HasJWK bool
	HasJKU bool
	HasX5U bool
	HasX5C bool

	Raw    json.RawMessage // the header as it was written
	Object *Object
}

func readHeader(raw []byte, o *Object) (Header, []Problem) {
	h := Header{Raw: raw, Object: o}
	problems := o.problems("header")
	text := func(name string) string {
		s, ok := o.String(name)
		if _, found := o.Get(name); found && !ok {
			problems = append(problems, Problem{Code: MemberType, Where: "header", Member: name})
		}
		return s
	}
	h.Alg, h.Kid, h.Typ, h.Cty = text("alg"), text("kid"), text("typ"), text("cty")
	h.Enc, _ = o.String("enc") // registered for a JWE only
	if _, found := o.Get("crit"); found {
		list, ok := o.Array("crit")
		if !ok || len(list) == 0 { // RFC 7515, 4.1.11: a list of names, not an empty one
			problems = append(problems, Problem{Code: MemberType, Where: "header", Member: "crit"})
		}
		h.Crit = list
	}
	_, h.HasJWK = o.Get("jwk")
	_, h.HasJKU = o.Get("jku")
	_, h.HasX5U = o.Get("x5u")
	_, h.HasX5C = o.Get("x5c")
	return h, problems
}

// Unencoded reports whether the payload stands as it is and not as base64url
// (RFC 7797, 3): b64 is false and crit demands that it be understood.
func (h Header) Unencoded() bool {
	encoded, ok := h.Object.Bool("b64")
	return ok && !encoded && slices.Contains(h.Crit, "b64")
}

// critical reports whether the header demands an extension that is not
// implemented. The only one that is, is an unencoded payload.
func (h Header) critical() bool {
	_, found := h.Object.Get("crit")
	return found && (!h.Unencoded() || len(h.Crit) > 1)
}
