package connector

import (
	"slices"
	"strings"

	"signbench/flows/oauth"
)

// WithoutSecrets takes the secrets out: what is left may be written to disk, and
// what was taken belongs in the keychain. Secrets are the members that are marked so
// in any kind's schema, wherever they stand, and those whose names say so, because a
// configuration may have been pasted into the wrong bench.
func (c Config) WithoutSecrets() (Config, map[string]oauth.Secret) {
	taken := map[string]oauth.Secret{}
	c.tree().walk("", func(path, _ string, v value) {
		switch {
		case !c.isSecret(path), v.kind == Null, v.kind == String && v.text == "":
		case v.kind == String:
			taken[path] = oauth.Secret(v.text)
		default: // of a wrong type, and secret all the same
			taken[path] = oauth.Secret(v.json(false))
		}
	})
	bare := c.replace("", c.tree(), func(path string, v value) (value, bool) {
		if _, ok := taken[path]; !ok {
			return v, false
		}
		if v.kind == String {
			return text(""), true
		}
		return value{kind: Null}, true
	})
	return Config{kind: c.kind, root: &bare, repeated: c.repeated}, taken
}

// WithSecrets puts back what WithoutSecrets took. A secret whose member is no longer
// there is left out.
func (c Config) WithSecrets(secrets map[string]oauth.Secret) Config {
	whole := c.replace("", c.tree(), func(path string, v value) (value, bool) {
		s, ok := secrets[path]
		switch {
		case !ok:
			return v, false
		case v.kind != Null:
			return text(s.Reveal()), true
		}
		return readJSON(s.Reveal()), true
	})
	return Config{kind: c.kind, root: &whole, repeated: c.repeated}
}

// replace copies v with every value for which f has another.
func (c Config) replace(base string, v value, f func(path string, v value) (value, bool)) value {
	if len(v.values) == 0 {
		return v
	}
	out := v
	out.values = slices.Clone(v.values)
	for i, child := range v.values {
		path := join(base, v.kind, nameAt(v, i))
		if other, ok := f(path, child); ok {
			out.values[i] = other
			continue
		}
		out.values[i] = c.replace(path, child, f)
	}
	return out
}

// MarshalJSON implements json.Marshaler without the secrets.
func (c Config) MarshalJSON() ([]byte, error) {
	bare, _ := c.WithoutSecrets()
	return []byte(bare.tree().json(false)), nil
}

// isSecret reports whether what stands at the path is to be kept secret.
func (c Config) isSecret(path string) bool {
	if m, ok := MemberAt(c.kind, path); ok {
		return m.Secret
	}
	return secretName(path[strings.LastIndexByte(path, '.')+1:])
}

// secretName reports whether a name says that it stands for a secret.
func secretName(name string) bool {
	for _, of := range members {
		for _, m := range of {
			if m.Secret && m.Name() == name {
				return true
			}
		}
	}
	letters := strings.Map(func(r rune) rune {
		if r == '_' || r == '-' {
			return -1
		}
		return r
	}, strings.ToLower(name))
	return slices.ContainsFunc([]string{"secret", "token", "password", "apikey", "privatekey", "assertion"}, func(end string) bool {
		return strings.HasSuffix(letters, end)
	})
}
