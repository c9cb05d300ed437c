package probe

import (
	"net/http"
	"net/url"
	"strings"

	"signbench/flows/oauth"
)

// Planned is one row before anything is asked: what will be asked, and where. The
// addresses of endpoints come from the discovery document, so before it is there
// their target is the name of its member.
type Planned struct {
	ID     string
	Group  Group
	Method string // empty: the row comes from an answer that another row asks for, or from this machine
	Target string
}

// Plan lists the rows that Run will emit, and that of HintRow, in the order in which they are shown, and
// the request that each is based on. A row for something that the profile does not
// ask for is not in it.
func Plan(s Setup) []Planned {
	var out []Planned
	for _, e := range catalog {
		if !applies(e, s.Profile, s.AskWrongSecret) {
			continue
		}
		p := Planned{ID: e.id, Group: e.group}
		p.Method, p.Target = request(e.id, s.Profile)
		out = append(out, p)
	}
	return out
}

func applies(e entry, p oauth.Profile, askWrongSecret bool) bool {
	switch {
	case e.id == "reach.localhost":
		return localhost(p.IssuerID())
	case e.id == "client.resources":
		return len(p.Resources) > 0
	case e.id == "client.prompt":
		return p.Prompt != ""
	case e.id == "secret.wrong":
		return askWrongSecret && p.Client.AuthMethod.NeedsSecret()
	case e.id == "logto.direct_sign_in":
		return p.Kind.IsLogto() && p.Extra["direct_sign_in"] != ""
	case e.id == rowHint:
		_, asked := Hint(p)
		return asked
	case e.group == Logto:
		return p.Kind.IsLogto()
	}
	return true
}

// request is what the row asks. Each request is named at one row, so that the list
// shows every one of them once.
func request(id string, p oauth.Profile) (method, target string) {
	switch id {
	case "discovery.found":
		return http.MethodGet, place(p.IssuerID())
	case "keys.reachable":
		return http.MethodGet, "jwks_uri"
	case "redirect_uri.registered", "client.pkce", "client.pkce_plain":
		return http.MethodGet, "authorization_endpoint"
	case "secret.accepted", "secret.method", "secret.wrong":
		return http.MethodPost, "token_endpoint"
	case "sign_out.uri":
		return http.MethodGet, "end_session_endpoint"
	case "logto.experience":
		return http.MethodGet, experienceURL(p)
	case rowHint:
		return http.MethodGet, strings.TrimSuffix(p.Endpoint, "/") + "/api/experience/sso-connectors"
	case "logto.account_center":
		return http.MethodGet, accountCenterURL(p)
	}
	return "", ""
}

// wellKnown is appended to the issuer without its trailing slash (Discovery 1.0, 4).
const wellKnown = "/.well-known/openid-configuration"

// place is where the discovery document of an issuer is.
func place(issuer string) string { return strings.TrimSuffix(issuer, "/") + wellKnown }

// experienceURL is Logto's anonymous description of its sign-in page, as the app of
// the profile shows it.
func experienceURL(p oauth.Profile) string {
	target := strings.TrimSuffix(p.Endpoint, "/") + "/api/.well-known/sign-in-exp"
	if p.Client.ID != "" {
		target += "?" + url.Values{"appId": {p.Client.ID}}.Encode()
	}
	return target
}

// accountCenterURL is Logto's anonymous description of what users may do with their
// own account.
func accountCenterURL(p oauth.Profile) string {
	return strings.TrimSuffix(p.Endpoint, "/") + "/api/.well-known/account-center"
}
