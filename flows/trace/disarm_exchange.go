package trace

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
)

// LearnFrom finds the secrets of an exchange by where they stand: credentials and
// cookies in headers, parameters and members by their names, in URLs, forms, JSON,
// pages, and documents within these. Exchanges are learned from before any of them
// is disarmed, so that a code is removed from the request that led to it as well.
func (d *Disarmer) LearnFrom(ex *Exchange) {
	if ex == nil {
		return
	}
	walkExchange(learner{d}, ex)
}

// Exchange returns a copy of ex without its secrets: URL, headers, bodies and the
// text of its failure. Its numbers, times and connection stay. It learns from ex
// first.
func (d *Disarmer) Exchange(ex *Exchange) *Exchange {
	if ex == nil {
		return nil
	}
	d.LearnFrom(ex)
	out := walkExchange(cleaner{d}, ex)
	// In what is no JSON, no form and no page by any standard, a removal can show
	// what stood behind it in another light. Go on until there is nothing to remove.
	for range maxPasses {
		before := out
		d.LearnFrom(out)
		if out = walkExchange(cleaner{d}, before); sameText(before, out) {
			break
		}
	}
	return out
}

// sameText reports whether two states of one exchange say the same.
func sameText(a, b *Exchange) bool {
	if a.Request.URL != b.Request.URL || !bytes.Equal(a.Request.Body.Bytes, b.Request.Body.Bytes) ||
		!maps.EqualFunc(a.Request.Header, b.Request.Header, slices.Equal[[]string]) {
		return false
	}
	return a.Response == nil || bytes.Equal(a.Response.Body.Bytes, b.Response.Body.Bytes) &&
		maps.EqualFunc(a.Response.Header, b.Response.Header, slices.Equal[[]string])
}

// walkExchange returns a deep copy of ex in which everything has been shown to v.
func walkExchange(v visitor, ex *Exchange) *Exchange {
	out := *ex
	s := site{step: ex.Step, place: PlaceURL, request: true}
	out.Request.URL = walkURL(v, s, ex.Request.URL)
	s.place = PlaceRequestHeader
	out.Request.Header = walkHeader(v, s, ex.Request.Header)
	s.place = PlaceRequestBody
	out.Request.Body = cleanBody(v, s, ex.Request.Header, ex.Request.Body)
	s.request = false
	if ex.Response != nil {
		resp := *ex.Response
		s.place = PlaceResponseHeader
		resp.Header = walkHeader(v, s, ex.Response.Header)
		s.place = PlaceResponseBody
		resp.Body = cleanBody(v, s, ex.Response.Header, ex.Response.Body)
		out.Response = &resp
	}
	s.place = PlaceError
	out.Err = cleanError(v, s, ex.Err)
	s.place = PlaceURL
	out.Proxy = v.text(s, ex.Proxy)
	if ex.TLS != nil {
		settled := *ex.TLS
		settled.Peer = slices.Clone(settled.Peer)
		for i := range settled.Peer {
			settled.Peer[i].DNSNames = slices.Clone(settled.Peer[i].DNSNames)
		}
		out.TLS = &settled
	}
	return &out
}

func cleanBody(v visitor, s site, h map[string][]string, b Body) Body {
	b.Err = cleanError(v, s, b.Err)
	if c, ok := v.(cleaner); ok && isEncoded(h, b) {
		c.d.note(KindEncodedBody, s)
		b.Bytes = fmt.Appendf(nil, "[removed %d bytes %s]", len(b.Bytes), shortHash(string(b.Bytes)))
		return b
	}
	shared := b.Bytes
	if b = walkBody(v, s, h, b); len(shared) > 0 && len(b.Bytes) > 0 && &shared[0] == &b.Bytes[0] {
		b.Bytes = slices.Clone(b.Bytes)
	}
	return b
}

// cleanError keeps the class of a failure, which errors.As would no longer find in
// a text.
func cleanError(v visitor, s site, err error) error {
	if err == nil {
		return nil
	}
	return &Failure{Class: ClassOf(err), Text: v.text(s, err.Error())}
}

// learner is the visitor that remembers secrets and changes nothing.
type learner struct{ d *Disarmer }

func (l learner) value(s site, v string) string {
	if v == "" || isWord(v) {
		return v
	}
	kind := secretKind(s, v)
	if kind == "" {
		walkValue(l, s, v)
		return v
	}
	if isDocument(v) {
		walkValue(l, s, v)
		return v
	}
	l.d.mu.Lock()
	defer l.d.mu.Unlock()
	if searchable(kind, v) || len(findTokens(v)) > 0 {
		l.d.learn(v, kind)
	}
	return v
}

func (l learner) text(s site, v string) string {
	walkLoose(l, s, v)
	for _, t := range findTokens(v) {
		l.d.mu.Lock()
		l.d.learnToken(v, t)
		l.d.mu.Unlock()
		if t.payload != "" && s.depth < maxDepth {
			s := s
			s.claims, s.depth = true, s.depth+1
			walkJSON(l, s, t.payload)
		}
	}
	return v
}

// isDocument reports whether a value by the name of a secret has members of its
// own, whose values may be used without it: connectorData, a cookie with an address.
func isDocument(v string) bool {
	return len(v) > 1 && (v[0] == '{' || v[0] == '[') || isURL(v)
}

// cleaner is the visitor that removes secrets.
type cleaner struct{ d *Disarmer }

func (c cleaner) value(s site, v string) string {
	if v == "" || isWord(v) {
		return v
	}
	kind := secretKind(s, v)
	if kind == "" {
		return walkValue(c, s, v)
	}
	if len(v) > 1 && v[0] == '{' && kind == KindCredentials {
		return walkValue(c, s, v)
	}
	if tokens := findTokens(v); len(tokens) == 1 && tokens[0].is(v) {
		s.plus = false
		return c.d.scrub(s, v)
	}
	c.d.note(kind, s)
	return word(v, kind)
}

// text goes on until it finds nothing: what was removed may have hidden what
// stands beside it.
func (c cleaner) text(s site, v string) string {
	for range maxPasses {
		clean := walkLoose(c, s, c.d.scrub(s, v))
		if clean == v {
			break
		}
		v = clean
	}
	return v
}

// json walks through the claims of a JWT.
func (d *Disarmer) json(s site, text string) string {
	if s.depth >= maxDepth {
		return d.scrub(s, text)
	}
	s.depth++
	return walkJSON(cleaner{d}, s, text)
}
