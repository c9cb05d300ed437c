package jose

import (
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"
)

func TestParseKeySetNamesWhatIsWrongWithEachKey(t *testing.T) {
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	ec, ed, big2048 := p256.Public(), edKey.Public(), rsaKey.Public()
	huge := encode(new(big.Int).Lsh(big.NewInt(1), maxRSABits+1).Bytes())
	type m = map[string]any
	tests := []struct{ name, key, problem string }{
		{"a good EC key", jwk(t, ec, nil), ""},
		{"a good RSA key", jwk(t, big2048, m{"use": "sig", "key_ops": []string{"verify"}}), ""},
		{"a good OKP key", jwk(t, ed, nil), ""},
		{"not an object", `7`, KeyNotObject},
		{"null", `null`, KeyNotObject},
		{"no type", `{"kid":"x"}`, KeyNoType},
		{"a type that is a number", `{"kty":1}`, KeyNoType},
		{"an unknown type", `{"kty":"AKP","alg":"ML-DSA-44"}`, KeyUnknownType},
		{"a shared secret", `{"kty":"oct","k":"c2VjcmV0"}`, KeySymmetric},
		{"an unknown curve", jwk(t, ec, m{"crv": "secp256k1"}), KeyUnknownCurve},
		{"a curve for key agreement", jwk(t, ed, m{"crv": "X25519"}), KeyNotForVerify},
		{"a point beside the curve", jwk(t, ec, m{"x": encode(make([]byte, 32))}), KeyNotOnCurve},
		{"a short coordinate", jwk(t, ec, m{"x": "AQ"}), KeyMalformed},
		{"no y", jwk(t, ec, m{"y": nil}), KeyMalformed},
		{"padding", jwk(t, ed, m{"x": encode(make([]byte, 32)) + "="}), KeyMalformed},
		{"a short OKP key", jwk(t, ed, m{"x": "AQ"}), KeyMalformed},
		{"no modulus", jwk(t, big2048, m{"n": nil}), KeyMalformed},
		{"1024 bits", jwk(t, small.Public(), nil), KeyTooSmall},
		{"a modulus to keep verifiers busy", jwk(t, big2048, m{"n": huge}), KeyTooLarge},
		{"an exponent of one", jwk(t, big2048, m{"e": "AQ"}), KeyWeakExponent},
		{"an even exponent", jwk(t, big2048, m{"e": "BA"}), KeyWeakExponent},
		{"an exponent to keep verifiers busy", jwk(t, big2048, m{"e": huge}), KeyWeakExponent},
		{"a private key", jwk(t, ec, m{"d": "AQ"}), KeyPrivate},
		{"for encryption", jwk(t, ec, m{"use": "enc"}), KeyNotForVerify},
		{"for signing only", jwk(t, ec, m{"key_ops": []string{"sign"}}), KeyNotForVerify},
		{"the certificate of another key", jwk(t, ec, m{"x5c": []string{certificate(t, p384)}}), KeyCertMismatch},
		{"its own certificate", jwk(t, ec, m{"x5c": []string{certificate(t, p256)}}), ""},
		{"a certificate that cannot be read", jwk(t, ec, m{"x5c": []string{"AAAA"}}), ""},
		{"a name twice", strings.Replace(jwk(t, ec, nil), "{", `{"kid":"a","kid":"b",`, 1), KeyDuplicateNames},
	}
	var keys []string
	for _, test := range tests {
		keys = append(keys, test.key)
	}
	set := keySet(t, keys...)
	if len(set.Keys) != len(tests) {
		t.Fatalf("%d keys of %d", len(set.Keys), len(tests))
	}
	for i, test := range tests {
		k := set.Keys[i]
		if k.Problem != test.problem || k.Usable != (test.problem == "") {
			t.Errorf("%s: %q, usable %v; want %q", test.name, k.Problem, k.Usable, test.problem)
		}
		if k.Usable && (k.Public() == nil || k.Thumbprint == "" || k.Bits == 0) {
			t.Errorf("%s: incomplete: %+v", test.name, k)
		}
		if want := test.problem == KeyPrivate || test.problem == KeySymmetric; k.Private != want {
			t.Errorf("%s: private is %v", test.name, k.Private)
		}
	}
}

func TestParseKeySetRefusesWhatIsNoSet(t *testing.T) {
	for text, want := range map[string]error{
		"":                ErrKeySetNotJSON,
		"<html>":          ErrKeySetNotJSON,
		"[]":              ErrKeySetNotJSON,
		"{}":              ErrKeySetNoKeys,
		`{"keys":null}`:   ErrKeySetNoKeys,
		`{"keys":{}}`:     ErrKeySetNoKeys,
		`{"Keys":[]}`:     ErrKeySetNoKeys,
		`{"keys":[]}`:     nil,
		`{"keys":[]}junk`: nil,
	} {
		set, err := ParseKeySet([]byte(text))
		if !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
		if strings.HasSuffix(text, "junk") && !has(set.Problems, TrailingData) {
			t.Errorf("%q: %v", text, set.Problems)
		}
	}
}

func TestKIDs(t *testing.T) {
	set := keySet(t, `{"kid":"a"}`, `{}`, `{"kid":"b"}`)
	if got := set.KIDs(); !slices.Equal(got, []string{"a", "b"}) {
		t.Error(got)
	}
}
