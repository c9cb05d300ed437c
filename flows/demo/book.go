package demo

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// book is what the tenant remembers, in memory only: it is empty after a restart,
// and what was sealed into tokens is then all that is known of them.
type book struct {
	mu           sync.Mutex
	users        []*user
	sessions     map[string]*session
	interactions map[string]*interaction
	codes        map[string]*code
	pushed       map[string]*pushedRequest
	logouts      map[string]*logout

	grants    map[grantID]*grant
	dead      map[grantID]bool     // revoked as a whole
	revoked   map[serial]bool      // single tokens
	rotated   map[serial]time.Time // refresh tokens that have a successor
	forgotten map[[2]uint8]bool    // user and app signed out of what a former process granted
}

func newBook() *book {
	return &book{
		users:        seededUsers(),
		sessions:     map[string]*session{},
		interactions: map[string]*interaction{},
		codes:        map[string]*code{},
		pushed:       map[string]*pushedRequest{},
		logouts:      map[string]*logout{},
		grants:       map[grantID]*grant{},
		dead:         map[grantID]bool{},
		revoked:      map[serial]bool{},
		rotated:      map[serial]time.Time{},
		forgotten:    map[[2]uint8]bool{},
	}
}

// session is a browser that is signed in.
type session struct {
	id       string // the cookie
	user     *user
	authTime time.Time // auth_time (OIDC Core 2)
	grants   []grantID // end with the session
}

const sessionLife = 14 * 24 * time.Hour

// session finds the live session of a cookie.
func (b *book) session(id string, now time.Time) *session {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.sessions[id]
	if s == nil || now.Sub(s.authTime) > sessionLife {
		return nil
	}
	return s
}

// startSession begins a session in place of the browser's former one, and takes
// over what was granted there when the user is the same.
func (b *book) startSession(u *user, former string, now time.Time) *session {
	s := &session{id: newHandle(), user: u, authTime: now}
	b.mu.Lock()
	defer b.mu.Unlock()
	if old := b.sessions[former]; old != nil {
		if old.user == u {
			s.grants = old.grants
		}
		delete(b.sessions, former)
	}
	b.sessions[s.id] = s
	return s
}

// endSession forgets the session and revokes what was granted in it.
func (b *book) endSession(s *session) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.sessions, s.id)
	for _, id := range s.grants {
		b.dead[id] = true
	}
}

// forget revokes what a former process granted to the app for the user: its grants
// are not in the book, so they can only be named together.
func (b *book) forget(user, app uint8) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.forgotten[[2]uint8{user, app}] = true
}

// userBy finds an account by its name, as typed.
func (b *book) userBy(username string) *user {
	b.mu.Lock()
	defer b.mu.Unlock()
	i := slices.IndexFunc(b.users, func(u *user) bool { return strings.EqualFold(u.username, username) })
	if i < 0 || username == "" { // an account from a connector has no username
		return nil
	}
	return b.users[i]
}

// userAt finds the account that a token names. After a restart the registered
// ones are gone.
func (b *book) userAt(index uint8) *user {
	b.mu.Lock()
	defer b.mu.Unlock()
	if int(index) >= len(b.users) {
		return nil
	}
	return b.users[index]
}

// userWith finds an account by its sub.
func (b *book) userWith(sub string) *user {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, u := range b.users {
		if u.sub == sub {
			return u
		}
	}
	return nil
}

const maxUsers = 256 // a token has one byte for the user

// register adds an account. False: the name is taken, or the book is full.
func (b *book) register(username, password, name string, now time.Time) (*user, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if slices.ContainsFunc(b.users, func(u *user) bool { return strings.EqualFold(u.username, username) }) {
		return nil, false
	}
	return b.add(&user{username: username, password: password, name: name, created: now.UnixMilli()})
}
