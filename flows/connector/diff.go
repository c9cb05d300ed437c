package connector

import "strings"

// Change is one member in which two configurations differ. Of a secret there is no
// value: whether it is equal and whether it is empty is all that is said.
type Change struct {
	Path   string
	Before string // JSON; "" where it was not there, and of a secret that is not empty
	After  string
	Sort   ChangeSort
	Secret bool
}

// ChangeSort is what became of a member.
type ChangeSort string

// What can become of one.
const (
	Added   ChangeSort = "added"
	Removed ChangeSort = "removed"
	Changed ChangeSort = "changed"
)

// Diff lists what b has otherwise than a: first what a has, in its order, and then
// what is only in b. The order of members does not count, as it does not for Logto.
func Diff(a, b Config) []Change {
	was, is := a.leaves(), b.leaves()
	var out []Change
	add := func(path string, sort ChangeSort) {
		c := Change{Path: path, Sort: sort, Secret: a.isSecret(path) || b.isSecret(path)}
		if before := was.text[path]; !c.Secret || before == empty {
			c.Before = before
		}
		if after := is.text[path]; !c.Secret || after == empty {
			c.After = after
		}
		out = append(out, c)
	}
	for _, path := range was.paths {
		switch now, there := is.text[path]; {
		case !there:
			add(path, Removed)
		case now != was.text[path]:
			add(path, Changed)
		}
	}
	for _, path := range is.paths {
		if _, there := was.text[path]; !there {
			add(path, Added)
		}
	}
	return out
}

// empty is a string of nothing, as JSON.
const empty = `""`

// leaves are the values of a configuration that hold no others, by their paths, as
// JSON.
type leaves struct {
	paths []string
	text  map[string]string
}

func (c Config) leaves() leaves {
	l := leaves{text: map[string]string{}}
	secret := "" // the last one with values below it, which are no less secret
	c.tree().walk("", func(path, _ string, v value) {
		switch {
		case secret != "" && (strings.HasPrefix(path, secret+".") || strings.HasPrefix(path, secret+"[")):
			return
		case len(v.values) > 0 && c.isSecret(path):
			secret = path
		case len(v.values) > 0:
			return
		}
		if _, twice := l.text[path]; !twice {
			l.paths = append(l.paths, path)
		}
		l.text[path] = v.json(false)
	})
	return l
}
