package flows

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"signbench/flows/archive"
	"signbench/flows/connector/tenant"
	"signbench/flows/oauth"
)

// TestConnector is a real sign-in with that connector of the tenant: the profile's
// own, led straight to the provider behind the connector. Trial says how it went.
func (e *Engine) TestConnector(ctx context.Context, req Request, c tenant.Connector) *Run {
	req.Profile = ThroughConnector(req.Profile, c)
	return e.SignIn(ctx, req)
}

// ThroughConnector is the profile with which a sign-in leads straight to the
// connector, and asks the user anew where a session of the tenant could answer in
// its place. One bad parameter voids all that Logto has of its own, so that the
// profile's are left out.
func ThroughConnector(p oauth.Profile, c tenant.Connector) oauth.Profile {
	p = p.Clone()
	p.Extra = map[string]string{"direct_sign_in": c.DirectSignIn()}
	p.LoginHint = ""
	if p.Prompt = "login"; slices.Contains(p.Scopes, "offline_access") {
		p.Prompt = "login consent" // without consent Logto gives no refresh token
	}
	return p
}

// Trial says of a run of TestConnector that has ended how it went. It reports false
// of one that has not.
func Trial(c tenant.Connector, run *Run) (archive.Trial, bool) {
	t := archive.Trial{Run: run.ID()}
	done := false
	for _, e := range run.Log().Events() {
		switch b := e.Body.(type) {
		case Started:
			t.At = e.At
		case SignedIn:
			t.Claims = userClaims(b)
			t.FromConnector = broughtBy(c, t.Claims)
		case Ended:
			done, t.Outcome = true, string(b.Outcome)
			for _, f := range b.Faults {
				t.Faults = append(t.Faults, string(f.Code))
			}
		}
	}
	return t, done
}

// ofProtocol are the claims of an ID token that say nothing about the user.
var ofProtocol = []string{
	"iss", "aud", "exp", "iat", "nbf", "jti", "nonce", "at_hash", "c_hash", "s_hash", "azp", "sid", "auth_time", "acr", "amr",
}

// userClaims are the claims about the user: of the ID token, and over them those of
// user info.
func userClaims(s SignedIn) json.RawMessage {
	all := map[string]json.RawMessage{}
	_ = json.Unmarshal(s.Decoded.ID.Payload, &all) // verified by the run; what is no object has no claims
	for _, name := range ofProtocol {
		delete(all, name)
	}
	info := map[string]json.RawMessage{}
	if json.Unmarshal(s.Session.UserInfo.Claims, &info) == nil {
		for name, v := range info {
			all[name] = v
		}
	}
	claims, err := json.Marshal(all)
	if err != nil {
		return nil
	}
	return claims
}

// fromDetails are the claims that Logto fills from what a connector says, by the
// names that these have there.
var fromDetails = map[string]string{"name": "name", "avatar": "picture", "email": "email", "phone": "phone_number"}

// broughtBy names the claims that are just what the connector said of the user when
// the accounts were linked, as the claims identities and sso_identities have it.
// Without them nobody can tell: Logto may have had a claim before.
func broughtBy(c tenant.Connector, claims json.RawMessage) []string {
	var all struct {
		Social map[string]struct {
			Details map[string]json.RawMessage `json:"details"`
		} `json:"identities"`
		Enterprise []struct {
			Connector string                     `json:"ssoConnectorId"`
			Detail    map[string]json.RawMessage `json:"detail"`
		} `json:"sso_identities"`
	}
	values := map[string]json.RawMessage{}
	if json.Unmarshal(claims, &all) != nil || json.Unmarshal(claims, &values) != nil {
		return nil
	}
	said := all.Social[c.Target].Details
	for _, one := range all.Enterprise {
		if c.Sort == tenant.SSO && one.Connector == c.ID {
			said = one.Detail
		}
	}
	var out []string
	for theirs, ours := range fromDetails {
		if v, ok := values[ours]; ok && string(v) != "null" && bytes.Equal(v, said[theirs]) {
			out = append(out, ours)
		}
	}
	slices.SortFunc(out, strings.Compare)
	return out
}
