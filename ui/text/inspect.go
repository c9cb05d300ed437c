package text

import (
	"maps"
	"strings"
)

// Member is what a member of an inspected document means: in that kind of document, and otherwise as a
// claim. It is empty where nothing is known.
func Member(kind, name string) string {
	for _, key := range []string{"inspect.member." + kind + "." + name, "inspect.member." + name, "claim." + name} {
		if s, ok := Lookup(key); ok {
			return s
		}
	}
	return ""
}

// KeyState says whether a key can verify signatures, or why it can not.
func KeyState(usable bool, problem string) string {
	if usable {
		return T("inspect.key.usable")
	}
	return T("inspect.key." + problem)
}

// Flaw is what is wrong with the encoding of a token by its code, and where: in a part,
// and in a member of it.
func Flaw(code, where, member string) string {
	words := T("inspect.problem." + code)
	if place := strings.TrimSpace(where + " " + member); place != "" {
		return place + ": " + words
	}
	return words
}

// Found is what a check found, as its sentence says it: a report has the flaws of an
// encoding as codes, "payload:duplicate_member", and the reader is told them in words.
func Found(reason, got string) string {
	switch reason {
	case "malformed", "opaque", "not_claims": // what is found for another reason may be anybody's words
	default:
		return got
	}
	said := strings.Fields(got)
	for i, flaw := range said {
		code, where := flaw, ""
		if part, of, ok := strings.Cut(flaw, ":"); ok {
			code, where = of, part
		}
		if _, known := Lookup("inspect.problem." + code); known {
			said[i] = Capital(Flaw(code, where, ""))
		}
	}
	return strings.Join(said, " ")
}

// withFound are the parameters of a check's sentence, with what was found in words.
func withFound(params map[string]string) Params {
	out := maps.Clone(params)
	out["Got"] = Found(params["Reason"], params["Got"])
	return out
}
