package upstream

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/go-jose/go-jose/v4"
)

// The keys live as long as the process, because nothing that they sign outlives a
// sign-in. Both have the same key ID: jwks_wrong_key publishes the second in the
// place of the first, as a provider behind a stale cache does.
var (
	signingKey = sync.OnceValues(newKey)
	strangeKey = sync.OnceValues(newKey)
)

const keyID = "upstream-1"

func newKey() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) }

// sign makes a JWT with RS256, which every OpenID provider has (OIDC Core 15.1).
func sign(claims map[string]any) (string, error) {
	key, err := signingKey()
	if err != nil {
		return "", fmt.Errorf("make a signing key: %w", err)
	}
	signer, err := jose.NewSigner(
		jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: keyID}},
		(&jose.SignerOptions{}).WithType("JWT"),
	)
	if err != nil {
		return "", fmt.Errorf("make a signer: %w", err)
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", fmt.Errorf("write the claims: %w", err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		return "", fmt.Errorf("sign: %w", err)
	}
	return signed.CompactSerialize()
}

// published is the JWKS of a key (RFC 7517 5).
func published(private func() (*rsa.PrivateKey, error)) (map[string]any, error) {
	key, err := private()
	if err != nil {
		return nil, fmt.Errorf("make a signing key: %w", err)
	}
	return map[string]any{"keys": []jose.JSONWebKey{{
		Key: key.Public(), KeyID: keyID, Algorithm: string(jose.RS256), Use: "sig",
	}}}, nil
}

// newHandle is a random value: codes, tokens, requests.
func newHandle() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b[:])
}
