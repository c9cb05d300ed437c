package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"signbench/flows/demo/connector"
)

// The connectors of the tenant.
const (
	SocialID = "demosocial01" // the OIDC connector
	FeishuID = "demofeishu01"
	TwilioID = "demotwilio01"

	SSOID   = "demosso00001" // the enterprise OIDC connector
	SSOName = "Acme"

	SocialTarget = "demo-oidc"
	FeishuTarget = "feishu"
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
	service service
}

// kind is what a connector is for, as Logto's API writes it.
type kind string

const (
	kindSocial kind = "Social"
	kindSSO    kind = "SSO"
	kindSMS    kind = "Sms"
)

// catalog is every connector there can be; a tenant has those whose service it has.
var catalog = []*connection{
	{id: SocialID, factory: connector.FactoryOIDC, kind: kindSocial, target: SocialTarget, name: "Demo OIDC", client: SocialClientID},
	{id: SSOID, factory: "OIDC", kind: kindSSO, name: SSOName, domains: []string{SSODomain}, client: SSOClientID},
	{id: FeishuID, factory: connector.FactoryFeishu, kind: kindSocial, target: FeishuTarget, name: "Feishu", service: serviceFeishu},
	{id: TwilioID, factory: connector.FactoryTwilio, kind: kindSMS, target: connector.FactoryTwilio, name: "Twilio", service: serviceTwilio},
}

// connections are the connectors of the tenant.
func (t *Tenant) connections() []*connection {
	return slices.DeleteFunc(slices.Clone(catalog), func(c *connection) bool {
		_, there := t.services.backends[c.service]
		return !there
	})
}

// offered are those that the sign-in page has.
func (t *Tenant) offered() []*connection {
	settings := t.settings()
	return slices.DeleteFunc(t.connections(), func(c *connection) bool { return !settings.offers(c) })
}

// linked is what the tenant keeps of its connectors.
type linked struct {
	client *http.Client
	mu     sync.Mutex
	saved  map[string]json.RawMessage // configurations that were saved by the API
	wrong  misconfiguration           // that is turned on
}

func newLinked() *linked {
	return &linked{
		// No proxy, and no connection that outlives its request.
		client: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}},
		saved:  map[string]json.RawMessage{},
	}
}

// connectionWith finds a connector of the kinds by its ID.
func (t *Tenant) connectionWith(id string, kinds ...kind) *connection {
	for _, c := range t.connections() {
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
func (t *Tenant) directConnection(method, name string) *connection {
	for _, c := range t.offered() {
		if method == "social" && c.kind == kindSocial && c.target == name {
			return c
		}
		if method == "sso" && c.kind == kindSSO && c.id == name {
			return c
		}
	}
	return nil
}

// connectionsFor are the enterprise connectors that an e-mail address is routed to:
// those with exactly its domain.
func (t *Tenant) connectionsFor(email string) []string {
	ids := []string{}
	_, domain, _ := strings.Cut(email, "@")
	settings := t.settings()
	for _, c := range t.offered() {
		for _, claimed := range settings.domains[c.id] {
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
	c := t.connectionWith(id, kindSocial, kindSSO, kindSMS)
	if c == nil {
		return nil, fmt.Errorf("the demo tenant has no connector %q", id)
	}
	base, err := t.services.base(ctx, c.service)
	if err != nil {
		return nil, fmt.Errorf("start what is behind connector %s: %w", id, err)
	}
	t.linked.mu.Lock()
	config, wrong := []byte(t.linked.saved[id]), t.linked.wrong
	t.linked.mu.Unlock()
	if config == nil { // otherwise the service is where it was, and may have to listen again
		if config, err = json.Marshal(t.services.backends[c.service].config(base, c)); err != nil {
			return nil, err
		}
	}
	return wrong.asSetUp(id, config)
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
	return t.social(ctx, c, config)
}

// social makes a social connector with a configuration. The services of Feishu are
// not in it: they are fixed in Logto.
func (t *Tenant) social(ctx context.Context, c *connection, config []byte) (connector.SignIn, error) {
	if c.factory == connector.FactoryOIDC {
		return connector.NewOIDC(t.linked.client, t.now, config)
	}
	base, err := t.services.base(ctx, c.service)
	if err != nil {
		return nil, err
	}
	return connector.NewFeishu(t.linked.client, base, config)
}

// sms makes the SMS connector with a configuration.
func (t *Tenant) sms(ctx context.Context, c *connection, config []byte) (*connector.Twilio, error) {
	base, err := t.services.base(ctx, c.service)
	if err != nil {
		return nil, err
	}
	return connector.NewTwilio(t.linked.client, base, config)
}

// save keeps a configuration, when its schema takes it. That of an enterprise
// connector must be one with which the issuer can be discovered.
func (t *Tenant) save(ctx context.Context, c *connection, config json.RawMessage) error {
	var err error
	switch c.kind {
	case kindSMS:
		_, err = t.sms(ctx, c, config)
	case kindSSO:
		_, err = t.discoverFor(ctx, config)
	default:
		_, err = t.social(ctx, c, config)
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
