package demo

import (
	"crypto/subtle"
	"regexp"
)

// user is one account, with the members of Logto's user that its claims need.
type user struct {
	index    uint8 // its place in the book; travels inside opaque tokens
	sub      string
	username string
	password string

	name, given, family string // empty: null
	email, picture      string
	locale, zone        string
	permissions         scopes // what it may do with the resource
	created             int64  // milliseconds, as Logto counts
	identities          []identity
	registered          bool // in this process: after a restart its index may be another's
}

// The accounts that the sign-in page offers. Created 2025-01-15T09:00:00Z.
func seededUsers() []*user {
	return []*user{
		{
			index: 0, sub: "alice0demo01", username: "alice", password: "alice-demo", // #nosec G101 -- shown on the page
			name: "Alice Example", given: "Alice", family: "Example", email: "alice@example.test",
			locale: "en", zone: "Europe/London", permissions: scopeReadOrders | scopeWriteOrders, created: 1736931600000,
		},
		{
			index: 1, sub: "taro00demo02", username: "taro", password: "taro-demo", // #nosec G101 -- shown on the page
			name: "山田 太郎", given: "太郎", family: "山田", email: "taro@example.test",
			locale: "ja", zone: "Asia/Tokyo", permissions: scopeReadOrders, created: 1736931600000,
		},
	}
}

func (u *user) accepts(password string) bool {
	return subtle.ConstantTimeCompare([]byte(u.password), []byte(password)) == 1
}

// displayName is what a page calls the user.
func (u *user) displayName() string {
	for _, name := range []string{u.name, u.username, u.email} {
		if name != "" {
			return name
		}
	}
	return u.sub
}

// usernamePattern is Logto's rule for a username.
var usernamePattern = regexp.MustCompile(`^[A-Za-z_]\w*$`)
