package oidc

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"signbench/flows/connector"
	"signbench/flows/oauth"
)

// Errors of filling in.
var (
	ErrNoIssuer   = errors.New("no issuer is typed, of which there could be a discovery document")
	ErrNoDocument = errors.New("what stands there is no discovery document")
)

// DocumentURL is where the discovery document of the social connector's issuer stands
// (OIDC Discovery 1.0, 4): of the first issuer, when there are several. Somebody may
// have typed the address of the document itself.
func DocumentURL(c connector.Config) (string, error) {
	list := c.Strings(verification + "issuer")
	if len(list) == 0 || strings.TrimSpace(list[0]) == "" {
		return "", ErrNoIssuer
	}
	issuer, _, _ := strings.Cut(strings.TrimSpace(list[0]), "/.well-known/")
	return strings.TrimSuffix(issuer, "/") + wellKnown, nil
}

// FillIn returns the configuration of a social connector with what the discovery
// document says. A member of which the document says nothing stays, and so does a list
// of issuers that has the document's.
func FillIn(c connector.Config, document []byte) (connector.Config, error) {
	var doc oauth.Metadata
	if json.Unmarshal(document, &doc) != nil || doc.Issuer == "" || doc.AuthorizationEndpoint == "" {
		return c, ErrNoDocument
	}
	values := published(doc)
	if slices.Contains(c.Strings(verification+"issuer"), doc.Issuer) {
		delete(values, verification+"issuer")
	}
	for _, path := range slices.Sorted(maps.Keys(values)) {
		if values[path] != "" {
			c = c.Set(path, values[path])
		}
	}
	return c, nil
}
