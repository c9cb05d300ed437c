package demo

import (
	"context"
	"net/http"
)

// Example is an ID token as the tenant issues it, for its first user and its first
// app, for somebody who has none to look at.
func (t *Tenant) Example(ctx context.Context) (string, error) {
	_, release, err := t.Acquire(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	granted := scopeOpenID | scopeProfile | scopeEmail
	g := &grant{app: apps[0], user: t.book.userAt(0), scopes: granted, nonce: newHandle()}
	return t.idToken((&http.Request{}).WithContext(ctx), g, granted, newHandle(), false)
}
