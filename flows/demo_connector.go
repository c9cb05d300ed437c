package flows

import (
	"context"

	"signbench/flows/connector"
)

// DemoConnector is a set-up of that kind as it stands in the demo tenant, so that
// each bench works before anything is configured. It is ErrNoDemo where there is no
// demo tenant.
func (e *Engine) DemoConnector(ctx context.Context, kind connector.Kind) (connector.Setup, error) {
	tenant, ok := e.cfg.Tenant.(interface {
		Connector(ctx context.Context, factory string) (id string, config []byte, domains []string, addresses map[string]string, err error)
	})
	if !ok {
		return connector.Setup{}, ErrNoDemo
	}
	endpoint, release, err := e.cfg.Tenant.Acquire(ctx) // its callbacks are registered upstream
	if err != nil {
		return connector.Setup{}, err
	}
	defer release()
	id, config, domains, addresses, err := tenant.Connector(ctx, string(kind))
	if err != nil {
		return connector.Setup{}, err
	}
	parsed, err := connector.Parse(kind, config)
	return connector.Setup{Kind: kind, Config: parsed, ConnectorID: id, Origin: endpoint, Domains: domains, Addresses: addresses}, err
}
