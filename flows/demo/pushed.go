package demo

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// pushedRequest is an authorization request that came by PAR.
type pushedRequest struct {
	params  url.Values
	expires time.Time
}

const (
	requestURIPrefix = "urn:ietf:params:oauth:request_uri:"
	pushedLife       = 60 * time.Second
)

// pushAuthorization is the pushed authorization request endpoint (RFC 9126 2).
func (t *Tenant) pushAuthorization(w http.ResponseWriter, r *http.Request) {
	params, e := bodyParams(r)
	if e != nil {
		t.refuse(w, r, e)
		return
	}
	client, e := t.authenticate(r, params)
	if e != nil {
		t.refuse(w, r, e)
		return
	}
	if params.Has("request_uri") { // RFC 9126 2.1
		t.refuse(w, r, fail("invalid_request", "request_uri must not be pushed"))
		return
	}
	params.Del("client_secret")
	params.Set("client_id", client.id)
	req, e := t.identifyRequest(params)
	if e == nil {
		e = req.read(params)
	}
	if e != nil {
		t.refuse(w, r, e)
		return
	}
	handle := newHandle()
	now := t.now()
	t.book.mu.Lock()
	for old, p := range t.book.pushed {
		if now.After(p.expires) {
			delete(t.book.pushed, old)
		}
	}
	t.book.pushed[handle] = &pushedRequest{params: params, expires: now.Add(pushedLife)}
	t.book.mu.Unlock()
	writeJSON(w, http.StatusCreated, map[string]any{
		"request_uri": requestURIPrefix + handle, "expires_in": int(pushedLife.Seconds()),
	})
}

// unpush replaces a request_uri by what was pushed under it, once, for the client
// that pushed it (RFC 9126 4).
func (t *Tenant) unpush(params url.Values) (url.Values, *oauthError) {
	uri := params.Get("request_uri")
	if uri == "" {
		return params, nil
	}
	handle := strings.TrimPrefix(uri, requestURIPrefix)
	t.book.mu.Lock()
	defer t.book.mu.Unlock()
	p := t.book.pushed[handle]
	if p == nil || t.now().After(p.expires) || p.params.Get("client_id") != params.Get("client_id") {
		return nil, fail("invalid_request_uri", "request_uri is invalid, expired, or was already used")
	}
	delete(t.book.pushed, handle)
	return p.params, nil
}
