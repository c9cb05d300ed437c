package oidc

import (
	"context"
	"encoding/json"
	"strings"

	"signbench/flows/connector"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

const wellKnown = "/.well-known/openid-configuration"

// discover asks for the discovery document exactly as Logto's single sign-on does:
// at the issuer as it is written, with the path appended.
func (h *hop) discover(ctx context.Context) (oauth.Metadata, error) {
	h.Reach(connector.StepDiscovery)
	target := h.config.Text("issuer") + wellKnown
	a := connector.Send(ctx, h.Client, discoveryCall(target))
	if err := ctx.Err(); err != nil {
		return oauth.Metadata{}, err
	}
	doc, what, detail := readDiscovery(a)
	switch what {
	case "":
		h.Discovered(doc)
		return doc, nil
	case unsent:
		return doc, h.unsent(connector.StepDiscovery, target, a)
	}
	return doc, h.stop(connector.StepDiscovery, what, a.IDs, "URL", target, "Status", a.StatusText(), "Words", detail, "Members", detail)
}

func discoveryCall(target string) connector.Call {
	return connector.Call{Step: connector.StepDiscovery, URL: target, Patience: gotPatience, Retries: retries}
}

const unsent = "unsent"

// readDiscovery says what is wrong with the answer, "" when nothing is.
func readDiscovery(a connector.Answer) (doc oauth.Metadata, what, detail string) {
	switch {
	case a.Status() == 0 || a.Err != nil:
		return doc, unsent, ""
	case !a.OK():
		return doc, discoveryStatus, a.Told()
	case !json.Valid(a.Body()):
		return doc, discoveryUnreadable, a.Told()
	}
	object, err := jose.ParseObject(a.Body())
	if err != nil {
		return doc, discoveryIncomplete, "{}"
	}
	var broken []string
	text := func(name string) string {
		s, ok := object.String(name)
		if !ok && (name != "userinfo_endpoint" || object.Has(name)) {
			broken = append(broken, name)
		}
		return s
	}
	doc = oauth.Metadata{
		AuthorizationEndpoint: text("authorization_endpoint"), TokenEndpoint: text("token_endpoint"),
		JWKSURI: text("jwks_uri"), Issuer: text("issuer"), UserInfoEndpoint: text("userinfo_endpoint"), Raw: a.Body(),
	}
	doc.AuthMethods, _ = object.Array("token_endpoint_auth_methods_supported")
	doc.IDTokenAlgs, _ = object.Array("id_token_signing_alg_values_supported")
	doc.ScopesSupported, _ = object.Array("scopes_supported")
	if len(broken) > 0 {
		return doc, discoveryIncomplete, strings.Join(broken, ", ")
	}
	return doc, "", ""
}
