package terminal

import (
	"context"
	"errors"
	"os"
	"strings"

	"signbench/flows/inspect"
	"signbench/flows/jose"
	"signbench/flows/oauth"
	"signbench/ui/text"
)

// keyring is what a text is opened and verified with. A token inside a JWE takes both:
// the key of its reader, and that of its author.
type keyring struct {
	open, verify    inspect.Keys
	opens, verifies bool
}

// keysFor gathers the keys that the flags name. Those of the issuer are fetched when no
// others verify.
func (p Program) keysFor(ctx context.Context, t *trial, s scrutiny, d inspect.Document) (keyring, error) {
	var k keyring
	if secret := oauth.Secret(p.Getenv(envSecret)); !secret.Empty() {
		k.use(inspect.Keys{Secret: secret})
	}
	if s.key != "" {
		if err := k.read(s.key, d); err != nil {
			return k, err
		}
	}
	var content []byte
	var err error
	switch {
	case d.BringsKey():
		return k, nil
	case strings.HasPrefix(s.jwks, "https://"), strings.HasPrefix(s.jwks, "http://"):
		content, err = t.bench.Engine.Fetch(ctx, s.jwks)
	case s.jwks != "":
		content, err = os.ReadFile(s.jwks)
	case s.issuer != "" && !k.verifies:
		content, err = t.bench.Engine.ProviderKeys(ctx, oauth.Profile{Kind: oauth.KindOIDC, Issuer: s.issuer})
	}
	if err == nil && content != nil {
		k.verify, k.verifies = inspect.Keys{Text: oauth.Secret(content)}, true
		_, err = inspect.ReadKeys(k.verify)
	}
	k.open.RSA15 = s.rsa15
	if err != nil && ctx.Err() != nil {
		return k, ctx.Err()
	}
	return k, noKeys(err)
}

// use takes keys for everything.
func (k *keyring) use(keys inspect.Keys) {
	k.open, k.verify, k.opens, k.verifies = keys, keys, true, true
}

// read takes the key of a file for what it serves: a private one opens, a public one
// verifies, a shared one does both.
func (k *keyring) read(path string, d inspect.Document) error {
	content, err := os.ReadFile(path) // #nosec G304 -- the file that the user names
	if err != nil {
		return noKeys(err)
	}
	keys := inspect.Keys{Text: oauth.Secret(content)}
	set, err := inspect.ReadKeys(keys)
	switch {
	case errors.Is(err, jose.ErrKeysSymmetric):
		k.use(inspect.Keys{Secret: oauth.Secret(content)})
		return nil
	case locked(d):
		k.open, k.opens = keys, true
		return nil
	case err == nil && symmetric(set):
		k.use(inspect.Keys{Secret: oauth.Secret(content)})
		return nil
	}
	k.verify, k.verifies = keys, true
	return noKeys(err)
}

// locked reports whether there is anything to open.
func locked(d inspect.Document) (found bool) {
	d.Walk(func(part inspect.Document) { found = found || part.Encrypted() })
	return found
}

// symmetric reports whether a set has shared keys and no others.
func symmetric(set jose.KeySet) bool {
	for _, key := range set.Keys {
		if key.Problem != jose.KeySymmetric {
			return false
		}
	}
	return len(set.Keys) > 0
}

func noKeys(err error) error {
	if err == nil {
		return nil
	}
	return cannot(errors.New(text.T("terminal.inspect.no_keys", text.Params{"Cause": err.Error()})))
}
