package terminal_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"testing"

	gojose "github.com/go-jose/go-jose/v4"
)

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func marshalled(t *testing.T, key any) string {
	t.Helper()
	b, err := gojose.JSONWebKey{Key: key}.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func signed(t *testing.T, key *ecdsa.PrivateKey, typ, claims string) string {
	t.Helper()
	signer, err := gojose.NewSigner(gojose.SigningKey{Algorithm: gojose.ES256, Key: key}, (&gojose.SignerOptions{}).WithType(gojose.ContentType(typ)))
	if err != nil {
		t.Fatal(err)
	}
	object, err := signer.Sign([]byte(claims))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := object.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func encrypted(t *testing.T, key *ecdsa.PrivateKey, plain string) string {
	t.Helper()
	e, err := gojose.NewEncrypter(gojose.A256GCM, gojose.Recipient{Algorithm: gojose.ECDH_ES, Key: key.Public()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	object, err := e.Encrypt([]byte(plain))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := object.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
