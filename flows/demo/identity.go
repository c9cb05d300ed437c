package demo

import (
	"strings"
	"time"

	"signbench/flows/demo/connector"
)

// identity links an account to a user of an upstream.
type identity struct {
	connection *connection
	profile    connector.Profile
}

// knows reports whether an account is linked to the upstream's user.
func (b *book) knows(c *connection, p connector.Profile) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.linkedTo(c, p) != nil
}

// userOf is the account that is linked to the upstream's user, or a new one. False:
// the book is full.
func (b *book) userOf(c *connection, p connector.Profile, now time.Time) (*user, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if u := b.linkedTo(c, p); u != nil {
		return u, true
	}
	return b.add(&user{
		name: p.Name, email: p.Email, picture: p.Avatar,
		identities: []identity{{c, p}}, created: now.UnixMilli(),
	})
}

// linkedTo needs b.mu. It is nil where there is no such account.
func (b *book) linkedTo(c *connection, p connector.Profile) *user {
	for _, u := range b.users {
		for _, known := range u.identities {
			if known.connection == c && known.profile.ID == p.ID {
				return u
			}
		}
	}
	return nil
}

// add needs b.mu. It gives the account its place and its sub.
func (b *book) add(u *user) (*user, bool) {
	if len(b.users) >= maxUsers {
		return nil, false
	}
	u.index = uint8(len(b.users)) // #nosec G115 -- below maxUsers
	u.sub = strings.ToLower(strings.NewReplacer("-", "x", "_", "y").Replace(newHandle()[:12]))
	u.permissions, u.registered = ofResources, true
	b.users = append(b.users, u)
	return u, true
}

// socialIdentities are the linked social accounts, by the target of the connector.
func (u *user) socialIdentities() map[string]any {
	linked := map[string]any{}
	for _, one := range u.identities {
		if one.connection.kind == kindSocial {
			linked[one.connection.target] = map[string]any{"userId": one.profile.ID, "details": one.profile}
		}
	}
	return linked
}

// ssoIdentities are the linked enterprise accounts.
func (u *user) ssoIdentities() []any {
	linked := []any{}
	for _, one := range u.identities {
		if one.connection.kind == kindSSO {
			linked = append(linked, map[string]any{
				"ssoConnectorId": one.connection.id, "identityId": one.profile.ID, "detail": one.profile,
			})
		}
	}
	return linked
}
