package jose

import (
	"strings"
	"testing"
	"time"
)

// The examples that the RFCs publish, keys and tokens as printed there.
const (
	joe = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"

	rfc7515A1 = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + joe + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	rfc7515A2 = "eyJhbGciOiJSUzI1NiJ9." + joe + "." +
		"cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdb" +
		"F9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383" +
		"LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWy" +
		"wlVmtVrBp0igcN_IoypGlUPQGe77Rw"
	rfc7515A3 = "eyJhbGciOiJFUzI1NiJ9." + joe + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
	rfc7515A4 = "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA." +
		"AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgo" +
		"XD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn"
	rfc7515A5 = "eyJhbGciOiJub25lIn0." + joe + "."
	rfc8037A4 = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc." +
		"hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"

	keyA1 = `{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}`
	keyA2 = `{"kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0` +
		`Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7W` +
		`TBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54` +
		`h4FRWyuXpoQ"}`
	keyA3 = `{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}`
	keyA4 = `{"kty":"EC","crv":"P-521","x":"AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk",` +
		`"y":"ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2"}`
	keyEd   = `{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`
	key7638 = `{"kty":"RSA","e":"AQAB","alg":"RS256","kid":"2011-04-29","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbf` +
		`AAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FD` +
		`W2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-` +
		`G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"}`
)

// keySet reads keys that may or may not be usable.
func keySet(t testing.TB, keys ...string) KeySet {
	t.Helper()
	set, err := ParseKeySet([]byte(`{"keys":[` + strings.Join(keys, ",") + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestPublishedSignatures(t *testing.T) {
	tests := []struct{ name, token, reason string }{
		{"RFC 7515 A.1, RFC 7519 3.1", rfc7515A1, AlgSymmetric},
		{"RFC 7515 A.2", rfc7515A2, Verified},
		{"RFC 7515 A.3", rfc7515A3, Verified},
		{"RFC 7515 A.4", rfc7515A4, Verified},
		{"RFC 7515 A.5, RFC 7519 6.1", rfc7515A5, AlgNone},
		{"RFC 8037 A.4", rfc8037A4, Verified},
	}
	// All keys in one set, and no kid anywhere: each token finds its own.
	set := keySet(t, keyA1, keyA2, keyA3, keyA4, keyEd, key7638)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			token := Decode(test.token)
			if len(token.Problems) > 0 {
				t.Errorf("problems: %v", token.Problems)
			}
			if got := set.Verify(token, nil); got.Reason != test.reason {
				t.Errorf("got %s, want %s", got.Reason, test.reason)
			}
			if test.reason != Verified {
				return
			}
			// One bit of the signature, and it is another signature.
			token.Signature[0] ^= 1
			if got := set.Verify(token, nil); got.Reason != BadSignature || len(got.Tried) == 0 {
				t.Errorf("an altered signature: %+v", got)
			}
		})
	}
}

func TestPublishedClaims(t *testing.T) {
	token := Decode(rfc7515A1)
	if token.Form != JWT || token.Header.Alg != "HS256" || token.Header.Typ != "JWT" {
		t.Fatalf("%s %+v", token.Form, token.Header)
	}
	iss, _ := token.Claims.String("iss")
	exp, _ := token.Claims.Time("exp")
	root, _ := token.Claims.Bool("http://example.com/is_root")
	if iss != "joe" || !exp.Equal(time.Date(2011, 3, 22, 18, 43, 0, 0, time.UTC)) || !root {
		t.Errorf("iss %q, exp %v, root %v", iss, exp, root)
	}
	if got := Decode(rfc7515A4); got.Form != JWS || string(got.Payload) != "Payload" {
		t.Errorf("%s %q", got.Form, got.Payload)
	}
	if got := Decode(rfc8037A4); got.Form != JWS || string(got.Payload) != "Example of Ed25519 signing" {
		t.Errorf("%s %q", got.Form, got.Payload)
	}
}

func TestPublishedThumbprints(t *testing.T) {
	for _, test := range []struct{ name, key, want string }{
		{"RFC 7638 3.1", key7638, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"},
		{"RFC 8037 A.3", keyEd, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"},
	} {
		if got := keySet(t, test.key).Keys[0]; got.Thumbprint != test.want || !got.Usable {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
}
