package oidc

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// checking is one run of the checks without a user.
type checking struct {
	*hop
	rows connector.Catalog
	doc  *oauth.Metadata // nil when there is none to be used

	mu   sync.Mutex
	said map[string]bool
}

// check asks at first for the discovery document, and then for everything else side
// by side: at most one key set, three authorization requests and four token requests
// with a code that cannot exist.
func check(ctx context.Context, d connector.Desk, s connector.Setup, rows connector.Catalog) {
	c := &checking{hop: &hop{Desk: d, setup: s, provider: socialProvider(s.Config)}, rows: rows, said: map[string]bool{}}
	if s.Kind == connector.SSO {
		c.provider = enterpriseProvider(s.Config, oauth.Metadata{})
	}
	c.configuration()
	if !c.discovery(ctx) {
		c.close(ctx, connector.NoAnswer)
		return
	}
	var side sync.WaitGroup
	side.Go(func() { c.keys(ctx) })
	side.Go(func() { c.authorization(ctx) })
	side.Go(func() { c.secrets(ctx) })
	side.Wait()
	c.close(ctx, connector.NoConfig)
}

// say emits a row once.
func (c *checking) say(what, reason string, ids []int, params ...string) {
	c.sayWith(what, reason, fault.NoRemedy, ids, params...)
}

func (c *checking) sayWith(what, reason string, remedy fault.Remedy, ids []int, params ...string) {
	values := map[string]string{"Want": "", "Got": ""}
	for i := 0; i+1 < len(params); i += 2 {
		values[params[i]] = c.config.Quote(params[i+1])
	}
	row := c.rows.Row(rowID(c.kind, what), reason, values)
	row.Evidence, row.Remedy = ids, remedy
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.said[what] {
		return
	}
	c.said[what] = true
	c.Emit(row)
}

// close ends the rows that nobody asked for. When the run has ended they are left to
// whoever ended it.
func (c *checking) close(ctx context.Context, reason string) {
	if ctx.Err() != nil {
		return
	}
	for _, id := range c.rows.IDs() {
		c.say(strings.TrimPrefix(id, rowID(c.kind, "")), reason, nil)
	}
}

// configuration sums up what Examine says, which the form shows in full.
func (c *checking) configuration() {
	reason, params := connector.SumUp(c.setup)
	c.say(rowConfig, reason, nil, params...)
}

// discovery reads the document. Single sign-on cannot go on without it; the social
// connector never asks for it, and is only compared with it.
func (c *checking) discovery(ctx context.Context) bool {
	issuer := c.config.Text("issuer")
	if c.kind == connector.OIDC {
		issuer = c.statedIssuer()
	}
	if issuer == "" {
		if c.kind == connector.SSO {
			c.close(ctx, connector.NoConfig)
			return false
		}
		c.say(rowDiscovery, "no_issuer", nil)
		c.say(rowIssuer, "unset", nil)
		return true
	}
	target := issuer + wellKnown
	if c.kind == connector.OIDC {
		target = strings.TrimSuffix(issuer, "/") + wellKnown
	}
	a := connector.Send(ctx, c.Client, discoveryCall(target))
	if ctx.Err() != nil {
		return false
	}
	doc, what, detail := readDiscovery(a)
	switch what {
	case "":
	case unsent:
		c.say(rowDiscovery, "unreachable", a.IDs, "URL", target, "Got", c.cause(target, a))
	default:
		c.say(rowDiscovery, strings.TrimPrefix(what, "discovery_"), a.IDs, "URL", target, "Status", a.StatusText(), "Got", detail)
	}
	if what != "" {
		for _, row := range []string{rowIssuer, rowEndpoints, rowMethods} {
			if c.kind == connector.OIDC {
				c.say(row, connector.NoAnswer, a.IDs)
			}
		}
		return c.kind == connector.OIDC
	}
	c.doc = &doc
	c.Discovered(doc)
	c.say(rowDiscovery, "found", a.IDs, "URL", target)
	c.compared(issuer, doc, a.IDs)
	return true
}

// statedIssuer is the one issuer that the social connector checks; of several the
// first, which is enough to find the document.
func (c *checking) statedIssuer() string {
	if list := c.config.Strings(verification + "issuer"); len(list) > 0 {
		return list[0]
	}
	return ""
}

func (c *checking) cause(target string, a connector.Answer) string {
	return fault.Transport(connector.StepDiscovery, target, a.Err).Params["Cause"]
}

// compared holds the configuration against the document.
func (c *checking) compared(issuer string, doc oauth.Metadata, ids []int) {
	if c.kind == connector.SSO {
		c.provider = enterpriseProvider(c.config, doc)
		reason := "equal"
		if issuer != doc.Issuer {
			reason = "different"
		}
		c.say(rowIssuer, reason, ids, "Want", issuer, "Got", doc.Issuer)
		if doc.UserInfoEndpoint == "" {
			c.say(rowUserInfo, "absent", ids)
		} else {
			c.say(rowUserInfo, "replaces", ids, "Got", doc.UserInfoEndpoint)
		}
	} else {
		reason := "equal"
		if !slices.Contains(c.config.Strings(verification+"issuer"), doc.Issuer) {
			reason = "different"
		}
		c.sayWith(rowIssuer, reason, fault.NoRemedy, ids, "Want", doc.Issuer, "Got", strings.Join(c.config.Strings(verification+"issuer"), ", "))
		c.endpoints(doc, ids)
	}
	c.methods(doc, ids)
}

// Fill are the members of a social connector's configuration that a discovery
// document fills in, by their path.
func Fill(doc oauth.Metadata) map[string]string {
	return map[string]string{
		"authorizationEndpoint": doc.AuthorizationEndpoint, "tokenEndpoint": doc.TokenEndpoint,
		verification + "jwksUri": doc.JWKSURI, verification + "issuer": doc.Issuer,
	}
}

func (c *checking) endpoints(doc oauth.Metadata, ids []int) {
	fill := Fill(doc)
	for _, path := range slices.Sorted(maps.Keys(fill)) {
		if got := c.config.Text(path); got != fill[path] && path != verification+"issuer" {
			c.say(rowEndpoints, "differ", ids, "Path", path, "Want", fill[path], "Got", got)
			return
		}
	}
	c.say(rowEndpoints, "agree", ids)
}

// methods compares the fixed or chosen client authentication with what the document
// says is supported. Without the member it is client_secret_basic (Discovery 1.0, 3).
func (c *checking) methods(doc oauth.Metadata, ids []int) {
	supported := doc.AuthMethods
	switch {
	case len(supported) == 0:
		c.say(rowMethods, "unstated", ids, "Method", c.method)
	case slices.Contains(supported, c.method):
		c.say(rowMethods, "supported", ids, "Method", c.method, "Got", strings.Join(supported, ", "))
	default:
		c.say(rowMethods, "unsupported", ids, "Method", c.method, "Want", c.method, "Got", strings.Join(supported, ", "))
	}
}
