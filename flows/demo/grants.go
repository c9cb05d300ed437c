package demo

import "time"

// grant is what a user allowed an app in one sign-in. Codes, access tokens and
// refresh tokens descend from it, and die with it.
type grant struct {
	id        grantID
	app       *app
	user      *user
	scopes    scopes
	resources resources
	nonce     string     // of the authorization request; not known after a restart
	authTime  *time.Time // when max_age asked for it (OIDC Core 2)
}

// openGrant records the grant and ties it to the session.
func (b *book) openGrant(g *grant, s *session) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.grants[g.id] = g
	s.grants = append(s.grants, g.id)
}

func (b *book) revokeGrant(id grantID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.dead[id] = true
}

func (b *book) revokeToken(s serial) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.revoked[s] = true
}

// grantOf is the grant of a ticket that has not been revoked, or nil. One from
// before a restart is put together from what the ticket itself says, unless its
// user was registered then and is somebody else now.
func (b *book) grantOf(t ticket) *grant {
	u := b.userAt(t.user)
	if u == nil || int(t.app) >= len(apps) {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.dead[t.grant] || b.revoked[t.serial] {
		return nil
	}
	if g := b.grants[t.grant]; g != nil {
		return g
	}
	if u.registered || b.forgotten[[2]uint8{t.user, t.app}] {
		return nil
	}
	return &grant{id: t.grant, app: apps[t.app], user: u, scopes: t.scopes, resources: t.resources}
}

// rotationGrace is how long a rotated refresh token still works, so that two tabs
// or a lost answer do not end the sign-in.
const rotationGrace = 3 * time.Second

// useRefreshToken notes the use of a token that rotates. False: it was rotated
// longer ago than the grace, which means that two parties hold it (RFC 9700
// 4.14.2), and the whole grant is revoked.
func (b *book) useRefreshToken(t ticket, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	first, again := b.rotated[t.serial]
	if !again {
		b.rotated[t.serial] = now
		return true
	}
	if now.Sub(first) > rotationGrace {
		b.dead[t.grant] = true
		return false
	}
	return true
}
