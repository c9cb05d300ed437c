package check_test

import (
	"testing"
	"time"

	"signbench/flows/check"
	"signbench/flows/jose"
)

// OIDC Core 12.2: the ID token of a refresh against the one it replaces.
func TestRefreshedIDToken(t *testing.T) {
	signedInAt := now.Add(-time.Hour).Unix()
	tests := []struct {
		name        string
		before, now m
		want        []string
	}{
		{"the same", nil, nil, nil},
		{"without a nonce", nil, m{"nonce": nil}, nil},
		{"with another nonce", nil, m{"nonce": "n-another-one-xyz"}, []string{"id_token.nonce:different"}},
		{"another user", nil, m{"sub": "user-2"}, []string{"id_token.previous_sub:different"}},
		{"another issuer before", m{"iss": "https://other.example"}, nil, []string{"id_token.previous_iss:different"}},
		{"one audience less", m{"aud": []string{clientID, "api"}}, nil, []string{"id_token.previous_aud:different"}},
		{"the audiences in another order", m{"aud": []string{clientID, "api"}, "azp": clientID}, m{"aud": []string{"api", clientID}, "azp": clientID}, []string{"~id_token.aud:additional"}},
		{"an azp that was not there", nil, m{"azp": clientID}, []string{"id_token.previous_azp:different"}},
		{"the same auth_time", m{"auth_time": signedInAt}, m{"auth_time": signedInAt}, nil},
		{"a later auth_time", m{"auth_time": signedInAt}, m{"auth_time": now.Unix()}, []string{"id_token.previous_auth_time:different"}},
		{"auth_time only before", m{"auth_time": signedInAt}, nil, nil},
		{"auth_time only now", nil, m{"auth_time": signedInAt}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in := goodInput(t)
			in.Nonce = "" // the engine may or may not remember it; the earlier token does
			token := func(change m) jose.Token {
				return jose.Decode(sign(t, "ES384", p384, m{"kid": "k1"}, marshal(t, with(goodClaims(t), change))))
			}
			before := token(test.before)
			in.Token, in.Previous = token(test.now), &before
			report := check.IDToken(in)
			expect(t, report, test.want...)
			if _, ok := report.Find("id_token.previous_sub"); !ok {
				t.Error("the two were not compared")
			}
		})
	}
}
