package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"signbench/flows/demo/connector"
)

// The connectors of the tenant.
const (
	SocialID = "demosocial01" // the OIDC connector

	SSOID   = "demosso00001" // the enterprise OIDC connector
	SSOName = "Acme"

	SocialTarget = "demo-oidc"
	SSODomain    = "acme.example" // whose addresses are routed to SSOID
)

// connection is one connector of the tenant.
type connection struct {
	id      string
	factory string // of a social or SMS connector; the provider's name of an enterprise one
	kind    kind
	target  string
	name    string
	domains []string
	client  string // at the upstream provider
}

// kind is what a connector is for, as Logto's API writes it.
type kind string

const (
	kindSocial kind = "Social"
	kindSSO    kind = "SSO"
	kindSMS    kind = "Sms"
)

var connections = []*connection{
	{id: SocialID, factory: connector.FactoryOIDC, kind: kindSocial, target: SocialTarget, name: "Demo OIDC", client: SocialClientID},
	{id: SSOID, factory: "OIDC", kind: kindSSO, name: SSOName, domains: []string{SSODomain}, client: SSOClientID},
}

// linked is what the tenant keeps of its connectors.
type linked struct {
	client *http.Client
	mu     sync.Mutex
	saved  map[string]json.RawMessage // configurations that were saved by the API
}

func newLinked() *linked {
	return &linked{
		// No proxy, and no connection that outlives its request.
		client: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}},
		saved:  map[string]json.RawMessage{},
	}
}

// connectionWith finds a connector of the kinds by its ID.
func connectionWith(id string, kinds ...kind) *connection {
	for _, c := range connections {
		for _, k := range kinds {
			if c.id == id && c.kind == k {
				return c
			}
		}
	}
	return nil
}

// directConnection finds a connector as direct_sign_in names it: a social one by its
// target, an enterprise one by its ID.
func directConnection(method, name string) *connection {
	for _, c := range connections {
		if method == "social" && c.kind == kindSocial && c.target == name {
			return c
		}
	}
	if method == "sso" {
		return connectionWith(name, kindSSO)
	}
	return nil
}

// connectionsFor are the enterprise connectors that an e-mail address is routed to:
// those with exactly its domain.
func connectionsFor(email string) []string {
	ids := []string{}
	_, domain, _ := strings.Cut(email, "@")
	for _, c := range connections {
		for _, claimed := range c.domains {
			if strings.EqualFold(domain, claimed) {
				ids = append(ids, c.id)
			}
		}
	}
	return ids
}

// ConnectorConfig is the configuration of one of the tenant's connectors as Logto's
// JSON: what was saved, or what fits the service behind it.
func (t *Tenant) ConnectorConfig(ctx context.Context, id string) ([]byte, error) {
	c := connectionWith(id, kindSocial, kindSSO, kindSMS)
	if c == nil {
		return nil, fmt.Errorf("the demo tenant has no connector %q", id)
	}
	t.linked.mu.Lock()
	saved := t.linked.saved[id]
	t.linked.mu.Unlock()
	if saved != nil {
		return saved, nil
	}
	config, err := t.fittingConfig(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("start what is behind connector %s: %w", id, err)
	}
	return json.Marshal(config)
}

// fittingConfig is a configuration that works when no switch is on.
func (t *Tenant) fittingConfig(ctx context.Context, c *connection) (map[string]any, error) {
	base, err := t.UpstreamURL(ctx)
	if err != nil {
		return nil, err
	}
	client, _ := t.services.upstream.Client(c.client)
	if c.kind == kindSSO {
		return map[string]any{"clientId": client.ID, "clientSecret": client.Secret, "issuer": base, "scope": "phone"}, nil
	}
	return map[string]any{
		"authorizationEndpoint": base + "/authorize", "tokenEndpoint": base + "/token",
		"clientId": client.ID, "clientSecret": client.Secret, "scope": "openid profile email phone",
		"idTokenVerificationConfig": map[string]any{"jwksUri": base + "/jwks", "issuer": base},
		"tokenEndpointAuthMethod":   "client_secret_post",
	}, nil
}

// build makes the connector with the configuration that it has now.
func (t *Tenant) build(ctx context.Context, c *connection) (connector.SignIn, error) {
	config, err := t.ConnectorConfig(ctx, c.id)
	if err != nil {
		return nil, err
	}
	if c.kind == kindSSO {
		return connector.NewSSO(t.linked.client, t.now, config)
	}
	return connector.NewOIDC(t.linked.client, t.now, config)
}

// save keeps a configuration, when its schema takes it.
func (t *Tenant) save(c *connection, config json.RawMessage) error {
	var err error
	switch c.factory {
	default:
		_, err = connector.NewOIDC(t.linked.client, time.Now, config)
	}
	if err != nil {
		return err
	}
	t.linked.mu.Lock()
	defer t.linked.mu.Unlock()
	t.linked.saved[c.id] = config
	return nil
}

// discoverFor is what an enterprise connector finds out of its issuer.
func (t *Tenant) discoverFor(ctx context.Context, config []byte) (map[string]any, error) {
	sso, err := connector.NewSSO(t.linked.client, t.now, config)
	if err != nil {
		return nil, err
	}
	return sso.Discover(ctx)
}
