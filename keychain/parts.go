package keychain

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
)

// maxGarbage bounds the list in a manifest, which must fit one entry itself.
const maxGarbage = 8

// vault lays values out over entries. A value is a manifest under the key's own
// name and parts under names that hold a version, fresh for each write:
//
//	profile/<profile>/<kind>                  {version, parts, length, sha256, ...}
//	profile/<profile>/<kind>/<version>.<n>    up to PartSize bytes
//
// The manifest is one entry and changes at once, so at any moment, a crash
// included, it names a whole value or none. Keychains can not be listed through
// go-keyring: parts that are not valid yet, or no longer, are named in the
// manifest's garbage before they are written or dropped, so that none is forgotten.
type vault struct {
	backend Backend
	service string
}

type manifest struct {
	Format   int     `json:"format"`
	Version  string  `json:"version,omitempty"` // empty: no value
	Parts    int     `json:"parts"`
	Length   int     `json:"length"`
	SHA256   string  `json:"sha256,omitempty"`
	Encoding string  `json:"encoding,omitempty"` // "base64" when the value is not text
	Garbage  []batch `json:"garbage,omitempty"`
}

// batch is the parts of one version.
type batch struct {
	Version string `json:"version"`
	Parts   int    `json:"parts"`
}

// load reads a value. A part that is missing or damaged means that there is no
// value: ErrNotFound.
func (v vault) load(ctx context.Context, key Key) (string, error) {
	var last string
	for {
		m, err := v.manifest(ctx, key)
		if err != nil {
			return "", err
		}
		// A part may be gone because another window has just replaced the value: then
		// the manifest names a new version, and is worth another look.
		if m.Version == "" || m.Version == last {
			return "", ErrNotFound
		}
		last = m.Version
		value, err := v.join(ctx, key, m)
		if !errors.Is(err, ErrNotFound) {
			return value, err
		}
	}
}

func (v vault) join(ctx context.Context, key Key, m manifest) (string, error) {
	var b strings.Builder
	for n := range m.Parts {
		part, err := v.get(ctx, batch{m.Version, m.Parts}.user(key, n))
		if err != nil {
			return "", err
		}
		b.WriteString(part)
		if b.Len() > m.Length {
			return "", ErrNotFound
		}
	}
	text := b.String()
	if len(text) != m.Length || sum(text) != m.SHA256 {
		return "", ErrNotFound
	}
	return decode(text, m.Encoding)
}

// store writes a value: first a manifest that still names the old value and
// announces the new parts, then the parts, then the manifest that names them. It
// reads the value back, because not every platform reports a write that failed.
func (v vault) store(ctx context.Context, key Key, value string) error {
	old, err := v.manifest(ctx, key)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	text, encoding := encode(value)
	parts := split(text)
	fresh := batch{Version: newVersion(), Parts: len(parts)}
	old.Garbage = append(v.sweep(ctx, key, old.Garbage), fresh)
	if err := v.setManifest(ctx, key, old); err != nil {
		return err
	}
	for n, part := range parts {
		if err := v.set(ctx, fresh.user(key, n), part); err != nil {
			// Best effort, and the manifest names them for the next time anyway.
			v.sweep(context.WithoutCancel(ctx), key, []batch{{fresh.Version, n + 1}})
			return err
		}
	}
	next := manifest{Version: fresh.Version, Parts: len(parts), Length: len(text), SHA256: sum(text), Encoding: encoding}
	next.Garbage = old.Garbage[:len(old.Garbage)-1]
	if old.Version != "" {
		next.Garbage = append(next.Garbage, batch{old.Version, old.Parts})
	}
	if err := v.setManifest(ctx, key, next); err != nil {
		return err
	}
	if got, err := v.load(ctx, key); err != nil && !errors.Is(err, ErrNotFound) {
		return err
	} else if err != nil || got != value {
		return &Error{Op: "set", Kind: ErrDenied, Detail: "what was written could not be read back"}
	}
	v.sweep(ctx, key, next.Garbage)
	return nil
}

// remove drops a value. The manifest first names no value, then the parts go, and
// the manifest last, so that a crash on the way forgets no part.
func (v vault) remove(ctx context.Context, key Key) error {
	m, err := v.manifest(ctx, key)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if m.Version != "" {
		m = manifest{Garbage: append(m.Garbage, batch{m.Version, m.Parts})}
		if err := v.setManifest(ctx, key, m); err != nil {
			return err
		}
	}
	if left := v.sweep(ctx, key, m.Garbage); len(left) > 0 {
		return &Error{Op: "delete", Kind: ErrDenied, Detail: "not every part could be removed"}
	}
	return v.delete(ctx, key.user())
}

// sweep deletes the parts of each batch and returns the batches that still have some.
func (v vault) sweep(ctx context.Context, key Key, garbage []batch) []batch {
	var left []batch
	for _, b := range garbage {
		for n := range b.Parts {
			if err := v.delete(ctx, b.user(key, n)); err != nil {
				left = append(left, b)
				break
			}
		}
	}
	return left
}

// manifest reads the manifest of a key. One that can not be understood counts as
// none: it is then written over.
func (v vault) manifest(ctx context.Context, key Key) (manifest, error) {
	text, err := v.get(ctx, key.user())
	if err != nil {
		return manifest{}, err
	}
	var m manifest
	if json.Unmarshal([]byte(text), &m) != nil || m.Format != 1 || m.Parts < 0 || m.Parts > MaxValue/128 || m.Length < 0 {
		return manifest{}, ErrNotFound
	}
	return m, nil
}

func (v vault) setManifest(ctx context.Context, key Key, m manifest) error {
	m.Format = 1
	if n := len(m.Garbage) - maxGarbage; n > 0 {
		m.Garbage = m.Garbage[n:]
	}
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return v.set(ctx, key.user(), string(text))
}
