package tenant

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// Held is a connector as an administrator sees it.
type Held struct {
	ID      string
	Factory string // "oidc", "feishu-web"; of an enterprise connector the name of its provider, "OIDC"
	Sort    Sort   // Social, SSO, SMS or Email
	Name    string
	Target  string
	Config  connector.Config // whole, secrets included

	// Of an enterprise connector: its e-mail domains, and what Logto discovers of the
	// provider now, nil where that fails.
	Domains  []string
	Provider json.RawMessage
}

// The sorts that send messages.
const (
	SMS   Sort = "sms"
	Email Sort = "email"
)

// Kind is the bench that fits; "" for none.
func (h Held) Kind() connector.Kind { return kindOf(h.Sort, h.Factory) }

func kindOf(sort Sort, factory string) connector.Kind {
	if sort == SSO {
		if factory == "OIDC" {
			return connector.SSO
		}
		return ""
	}
	for _, kind := range connector.Kinds() {
		if string(kind) == factory && kind != connector.SSO {
			return kind
		}
	}
	return ""
}

// heldWire is a connector in the answers of the Management API, of either list.
type heldWire struct {
	ID             string
	Type           string
	ConnectorID    string
	Target         string
	Name           json.RawMessage
	ProviderName   string
	ConnectorName  string
	Config         json.RawMessage
	Domains        []string
	ProviderConfig json.RawMessage
}

func (c *Console) held(w heldWire, sort Sort) (Held, error) {
	h := Held{ID: w.ID, Factory: w.ConnectorID, Sort: sort, Target: w.Target, Name: Connector{ID: w.ID, Target: w.Target, Names: names(w.Name)}.Name()}
	if sort == SSO {
		h.Factory, h.Name, h.Domains, h.Provider = w.ProviderName, w.ConnectorName, w.Domains, w.ProviderConfig
	}
	var err error
	h.Config, err = connector.Parse(kindOf(sort, h.Factory), w.Config)
	c.keep(h.Config)
	return h, err
}

// place is where the API has connectors of that sort.
func place(sort Sort) string {
	if sort == SSO {
		return "/api/sso-connectors"
	}
	return "/api/connectors"
}

// Connectors lists the connectors of the tenant, those of enterprise SSO last.
func (c *Console) Connectors(ctx context.Context) ([]Held, *fault.Fault) {
	var out []Held
	for _, sort := range []Sort{Social, SSO} {
		var list []heldWire
		if f := c.call(ctx, http.MethodGet, place(sort), nil, "", &list); f != nil {
			return nil, f
		}
		for _, w := range list {
			of := sort
			if sort != SSO {
				of = Sort(strings.ToLower(w.Type))
			}
			h, err := c.held(w, of)
			if err != nil {
				f := fault.New(fault.ResponseNotJSON, StepManagement, map[string]string{"URL": address(c.endpoint, place(sort), nil)})
				return nil, &f
			}
			out = append(out, h)
		}
	}
	return out, nil
}

// Load reads one connector.
func (c *Console) Load(ctx context.Context, sort Sort, id string) (Held, *fault.Fault) {
	var w heldWire
	path := place(sort) + "/" + url.PathEscape(id)
	if f := c.call(ctx, http.MethodGet, path, nil, "", &w); f != nil {
		return Held{}, f
	}
	h, err := c.held(w, sort)
	if err != nil {
		f := fault.New(fault.ResponseNotJSON, StepManagement, map[string]string{"URL": address(c.endpoint, path, nil)})
		return Held{}, &f
	}
	return h, nil
}

// SendTest lets Logto send its own test message, with a configuration that need not
// be saved. The phone number is one that was read (connector.ReadNumber); Logto wants
// it without its plus sign. No error means that the vendor accepted it, no more.
func (c *Console) SendTest(ctx context.Context, config connector.Config, phone string) *fault.Fault {
	c.keep(config)
	body, err := json.Marshal(map[string]any{
		"phone": strings.TrimPrefix(phone, "+"), "config": json.RawMessage(config.JSON().Reveal()),
	})
	if err != nil {
		f := fault.New(fault.Internal, StepManagement, map[string]string{"Cause": err.Error()})
		return &f
	}
	return c.call(ctx, http.MethodPost, "/api/connectors/"+url.PathEscape(string(config.Kind()))+"/test", nil, oauth.Secret(body), nil)
}

// Plan is a change of a connector's configuration that has been shown and not been
// made. Only Console.Plan makes one that Apply takes.
type Plan struct {
	Changes []connector.Change

	sort          Sort
	id            string
	before, after connector.Config
}

// Plan says what writing the configuration would change. Nothing is written.
func (c *Console) Plan(ctx context.Context, sort Sort, id string, config connector.Config) (Plan, *fault.Fault) {
	now, f := c.Load(ctx, sort, id)
	if f != nil {
		return Plan{}, f
	}
	return Plan{Changes: connector.Diff(now.Config, config), sort: sort, id: id, before: now.Config, after: config}, nil
}

// Apply makes the change that was shown. It refuses when there is none, or when the
// connector is no longer the one that it was shown against.
func (c *Console) Apply(ctx context.Context, p Plan) *fault.Fault {
	now, f := c.Load(ctx, p.sort, p.id)
	switch {
	case f != nil:
		return f
	case len(p.Changes) == 0 || len(connector.Diff(p.before, now.Config)) > 0:
		stale := fault.New(fault.LogtoAdminStale, StepManagement, nil)
		return &stale
	}
	c.keep(p.after)
	body := `{"config":` + p.after.JSON().Reveal() + `}`
	return c.call(ctx, http.MethodPatch, place(p.sort)+"/"+url.PathEscape(p.id), nil, oauth.Secret(body), nil)
}
