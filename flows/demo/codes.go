package demo

import "time"

// codeLife is how long an authorization code can be used (RFC 6749 4.1.2).
const codeLife = 60 * time.Second

// code is an authorization code and what it is bound to.
type code struct {
	grant       *grant
	redirectURI string
	challenge   string // PKCE S256 (RFC 7636 4.2); empty: none was sent
	expires     time.Time
	used        bool
}

func (b *book) issueCode(c *code, now time.Time) string {
	value := newHandle()
	b.mu.Lock()
	defer b.mu.Unlock()
	for old, c := range b.codes {
		if now.After(c.expires) {
			delete(b.codes, old)
		}
	}
	b.codes[value] = c
	return value
}

// redeem uses the code if good says that the request is the right one for it. A
// wrong request does not consume it; the right one a second time does not get
// anything and revokes what the first got (RFC 6749 4.1.2), unless it may come again.
func (b *book) redeem(value string, now time.Time, again bool, good func(*code) bool) *grant {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := b.codes[value]
	if c == nil || now.After(c.expires) || b.dead[c.grant.id] || !good(c) {
		return nil
	}
	if c.used && !again {
		b.dead[c.grant.id] = true
		return nil
	}
	c.used = true
	return c.grant
}
