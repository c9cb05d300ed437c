package probe

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// checkKeys fetches the key set and looks at each key of it.
func (r *run) checkKeys(ctx context.Context) {
	if r.doc.JWKSURI == "" {
		r.say("keys.reachable", "no_uri", by(r.source))
		r.close("no_keys", r.source, Keys)
		return
	}
	a := r.document(ctx, oauth.StepJWKS, r.doc.JWKSURI)
	if ended(ctx, a) {
		return
	}
	set, err := jose.ParseKeySet(a.body)
	at := got(bare(r.doc.JWKSURI))
	switch {
	case a.err != nil:
		f := fault.Transport(oauth.StepJWKS, r.doc.JWKSURI, a.err)
		r.say("keys.reachable", "unreachable", want(bare(r.doc.JWKSURI)), got(f.Params["Cause"]), by(a))
	case a.status != 200 || errors.Is(err, jose.ErrKeySetNotJSON):
		r.say("keys.reachable", unusable(a), at, by(a), param("Status", strconv.Itoa(a.status)))
	case err != nil:
		r.say("keys.reachable", "not_json", at, by(a))
	default:
		r.say("keys.reachable", "fetched", at, by(a))
		r.keyRows(a, set)
		return
	}
	r.close("no_keys", a, Keys)
}

func (r *run) keyRows(a *answer, set jose.KeySet) {
	if len(set.Keys) == 0 {
		r.say("keys.usable", "empty", by(a))
		r.close("no_keys", a, Keys)
		return
	}
	var usable, unusable, private, unknown, kids, twice []string
	for i, k := range set.Keys {
		name := k.KID
		if name == "" {
			name = "#" + strconv.Itoa(i+1)
		}
		if k.KID != "" && slices.Contains(kids, k.KID) {
			twice = append(twice, k.KID)
		}
		if k.KID != "" {
			kids = append(kids, k.KID)
		}
		switch {
		case k.Private:
			private = append(private, name)
		case k.Problem == jose.KeyUnknownType || k.Problem == jose.KeyUnknownCurve:
			unknown = append(unknown, strings.TrimSpace(k.Kty+" "+k.Crv))
		case k.Usable:
			usable = append(usable, describe(k))
		case k.Use != "enc" && !strings.HasPrefix(k.Crv, "X"): // X25519 and X448 agree on keys (RFC 8037, 3.2)
			unusable = append(unusable, name+": "+k.Problem)
		}
	}
	switch uncovered := r.uncovered(set); {
	case len(usable) == 0:
		r.say("keys.usable", "none_usable", got(strings.Join(unusable, ", ")), by(a))
	case len(uncovered) > 0:
		r.say("keys.usable", "algorithms_uncovered", want(strings.Join(uncovered, ", ")), got(strings.Join(usable, ", ")), by(a))
	case len(unusable) > 0:
		r.say("keys.usable", "some_unusable", got(strings.Join(unusable, ", ")), by(a))
	default:
		r.say("keys.usable", "usable", got(strings.Join(usable, ", ")), by(a))
	}
	switch {
	case len(twice) > 0:
		r.say("keys.kids", "duplicate", got(strings.Join(twice, ", ")), by(a))
	case len(set.Keys) == 1:
		r.say("keys.kids", "single", by(a))
	case len(kids) < len(set.Keys):
		r.say("keys.kids", "absent", by(a))
	default:
		r.say("keys.kids", "unique", got(strconv.Itoa(len(kids))), by(a))
	}
	if len(private) > 0 {
		r.say("keys.public", "private", got(strings.Join(private, ", ")), by(a))
	} else {
		r.say("keys.public", "public", by(a))
	}
	if len(unknown) > 0 {
		r.say("keys.types", "unknown_types", got(strings.Join(unknown, ", ")), by(a))
	} else {
		r.say("keys.types", "known", by(a))
	}
}

// describe is a key in the words of JWK: "EC P-384", "RSA 2048".
func describe(k jose.Key) string {
	if k.Crv != "" {
		return k.Kty + " " + k.Crv
	}
	return k.Kty + " " + strconv.Itoa(k.Bits)
}

// families are the key types, and for curves the curve, that an algorithm needs
// (RFC 7518, 3.1; RFC 8037, 3.1).
var families = map[string]string{
	"RS256": "RSA", "RS384": "RSA", "RS512": "RSA", "PS256": "RSA", "PS384": "RSA", "PS512": "RSA",
	"ES256": "EC P-256", "ES384": "EC P-384", "ES512": "EC P-521", "EdDSA": "OKP Ed25519", "Ed25519": "OKP Ed25519",
}

// uncovered are the advertised algorithms of ID tokens when no key serves any of
// them. A provider may well advertise more than its present keys can do, so one that
// is served is enough; symmetric ones and none need no key.
func (r *run) uncovered(set jose.KeySet) []string {
	var missing []string
	for _, alg := range r.doc.IDTokenAlgs {
		family, known := families[alg]
		if !known {
			if jose.AlgClass(alg) == "symmetric" || jose.AlgClass(alg) == "none" {
				continue
			}
			return nil // one that we can't judge
		}
		if slices.ContainsFunc(set.Keys, func(k jose.Key) bool {
			return k.Usable && strings.HasPrefix(describe(k), family)
		}) {
			return nil
		}
		missing = append(missing, alg)
	}
	return missing
}
