package text

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
