package text

import "strings"

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
