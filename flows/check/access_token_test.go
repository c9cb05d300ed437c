package check_test

import (
	"crypto"
	"errors"
	"strings"
	"testing"
	"time"

	"signbench/flows/check"
	"signbench/flows/jose"
)

const resource = "https://api.example"

func TestAccessTokenOfTheProfile(t *testing.T) {
	good := m{
		"iss": issuer, "sub": "user-1", "aud": resource, "client_id": clientID, "jti": "j",
		"exp": now.Add(time.Hour).Unix(), "iat": now.Unix(),
	}
	tests := []struct {
		name   string
		claims m
		header m
		want   []string
	}{
		{"good", nil, nil, nil},
		{"typ in full", nil, m{"typ": "application/AT+jwt"}, nil},
		{"iss of another", m{"iss": "x"}, nil, []string{"access_token.iss:different"}},
		{"sub missing", m{"sub": nil}, nil, []string{"access_token.sub:absent"}},
		{"aud of another", m{"aud": []string{"https://other.example"}}, nil, []string{"access_token.aud:different"}},
		{"aud among others", m{"aud": []string{"https://other.example", resource}}, nil, nil},
		{"aud missing", m{"aud": nil}, nil, []string{"access_token.aud:absent"}},
		{"aud a number", m{"aud": 1}, nil, []string{"access_token.aud:wrong_type"}},
		{"client_id of another", m{"client_id": "client-2"}, nil, []string{"access_token.client_id:different"}},
		{"client_id missing", m{"client_id": nil}, nil, []string{"access_token.client_id:absent"}},
		{"client_id a number", m{"client_id": 1}, nil, []string{"access_token.client_id:wrong_type"}},
		{"exp past", m{"exp": now.Add(-time.Hour).Unix()}, nil, []string{"access_token.exp:expired"}},
		{"nbf ahead", m{"nbf": now.Add(time.Hour).Unix()}, nil, []string{"access_token.nbf:not_yet_valid"}},
		{"iat missing", m{"iat": nil}, nil, []string{"access_token.iat:absent"}},
		{"jti missing", m{"jti": nil}, nil, []string{"access_token.jti:absent"}},
		{"jti a number", m{"jti": 1}, nil, []string{"access_token.jti:wrong_type"}},
		{"an unknown kid", nil, m{"kid": "k9"}, []string{"access_token.signature:unknown_kid"}},
		{"crit", nil, m{"crit": []string{"exp"}, "exp": 1}, []string{"access_token.crit:crit_unknown", "access_token.signature:crit_unknown"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			header := with(m{"kid": "k1", "typ": "at+jwt"}, test.header)
			token := jose.Decode(sign(t, "ES384", p384, header, marshal(t, with(good, test.claims))))
			expect(t, check.AccessToken(token, accessTokenInput(t)), test.want...)
		})
	}
	t.Run("without keys", func(t *testing.T) {
		in := accessTokenInput(t)
		in.KeysErr = errors.New("refused")
		token := jose.Decode(sign(t, "ES384", p384, m{"typ": "at+jwt"}, marshal(t, good)))
		expect(t, check.AccessToken(token, in), "access_token.signature:keys_unavailable")
	})
	t.Run("malformed", func(t *testing.T) {
		token := jose.Decode(sign(t, "ES384", p384, m{"kid": "k1", "typ": "at+jwt"}, marshal(t, good)) + "=")
		expect(t, check.AccessToken(token, accessTokenInput(t)), "access_token.form:malformed", "access_token.signature:malformed")
	})
	t.Run("not claims", func(t *testing.T) {
		token := jose.Decode(sign(t, "ES384", p384, m{"typ": "at+jwt"}, []byte("x")))
		expect(t, check.AccessToken(token, accessTokenInput(t)), "access_token.form:not_claims")
	})
}

// Nothing is wrong with an access token that a client cannot read.
func TestAccessTokenThatIsNotForTheClientToRead(t *testing.T) {
	for raw, want := range map[string]string{
		"": check.Absent,
		"kzGDDMyXQHPXMyOuAJmCSkjJyHSIhQVbJIFyCsHEq8w":                              check.Opaque,
		segment(`{"alg":"dir","enc":"A256GCM","typ":"at+jwt"}`) + "..a.b.c":        check.Encrypted,
		sign(t, "ES384", p384, m{"typ": "JWT"}, []byte(`{"sub":"a"}`)):             check.NotProfiled,
		sign(t, "ES384", p384, nil, []byte(strings.Repeat("not even claims ", 2))): check.NotProfiled,
	} {
		report := check.AccessToken(jose.Decode(raw), accessTokenInput(t))
		sound(t, report)
		if len(report) != 1 || report[0].Verdict != check.Skip || report[0].Reason != want {
			t.Errorf("%q: %+v", raw, report)
		}
	}
}

func accessTokenInput(t *testing.T) check.AccessTokenInput {
	return check.AccessTokenInput{
		Issuer: issuer, ClientID: clientID, Resource: resource,
		Keys: keySet(t, map[string]crypto.Signer{"k1": p384}), Now: now, Skew: time.Minute,
	}
}
