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
	*connector.Sheet
	doc *oauth.Metadata // nil when there is none to be used
}

// check asks at first for the discovery document, and then for everything else side
// by side: at most one key set, three authorization requests and four token requests
// with a code that cannot exist.
func check(ctx context.Context, d connector.Desk, s connector.Setup, rows connector.Catalog) {
	c := &checking{hop: &hop{Desk: d, setup: s, provider: socialProvider(s.Config)}, Sheet: connector.NewSheet(s, rows, d.Emit)}
	if s.Kind == connector.SSO {
		c.provider = enterpriseProvider(s.Config, oauth.Metadata{})
	}
	c.configuration()
	if !c.discovery(ctx) {
		c.Close(ctx, connector.NoAnswer)
		return
	}
	var side sync.WaitGroup
	side.Go(func() { c.keys(ctx) })
	side.Go(func() { c.authorization(ctx) })
	side.Go(func() { c.secrets(ctx) })
	side.Wait()
	c.Close(ctx, connector.NoConfig)
}

// configuration sums up what Examine says, which the form shows in full.
func (c *checking) configuration() {
	reason, params := connector.SumUp(c.setup)
	c.Say(rowConfig, reason, nil, params...)
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
			c.Close(ctx, connector.NoConfig)
			return false
		}
		c.Say(rowDiscovery, "no_issuer", nil)
		c.Say(rowIssuer, "unset", nil)
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
		c.Say(rowDiscovery, "unreachable", a.IDs, "URL", target, "Got", c.cause(target, a))
	default:
		c.Say(rowDiscovery, strings.TrimPrefix(what, "discovery_"), a.IDs, "URL", target, "Status", a.StatusText(), "Got", detail)
	}
	if what != "" {
		for _, row := range []string{rowIssuer, rowEndpoints, rowMethods} {
			if c.kind == connector.OIDC {
				c.Say(row, connector.NoAnswer, a.IDs)
			}
		}
		return c.kind == connector.OIDC
	}
	c.doc = &doc
	c.Discovered(doc)
	c.Say(rowDiscovery, "found", a.IDs, "URL", target)
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
		c.Say(rowIssuer, reason, ids, "Want", issuer, "Got", doc.Issuer)
		if doc.UserInfoEndpoint == "" {
			c.Say(rowUserInfo, "absent", ids)
		} else {
			c.Say(rowUserInfo, "replaces", ids, "Got", doc.UserInfoEndpoint)
		}
	} else {
		reason := "equal"
		if !slices.Contains(c.config.Strings(verification+"issuer"), doc.Issuer) {
			reason = "different"
		}
		c.SayWith(rowIssuer, reason, fault.NoRemedy, ids, "Want", doc.Issuer, "Got", strings.Join(c.config.Strings(verification+"issuer"), ", "))
		c.endpoints(doc, ids)
	}
	c.methods(doc, ids)
}

// published are the members of a social connector's configuration that a discovery
// document has, by their path.
func published(doc oauth.Metadata) map[string]string {
	return map[string]string{
		"authorizationEndpoint": doc.AuthorizationEndpoint, "tokenEndpoint": doc.TokenEndpoint,
		verification + "jwksUri": doc.JWKSURI, verification + "issuer": doc.Issuer,
	}
}

func (c *checking) endpoints(doc oauth.Metadata, ids []int) {
	fill := published(doc)
	for _, path := range slices.Sorted(maps.Keys(fill)) {
		if got := c.config.Text(path); got != fill[path] && path != verification+"issuer" {
			c.Say(rowEndpoints, "differ", ids, "Path", path, "Want", fill[path], "Got", got)
			return
		}
	}
	c.Say(rowEndpoints, "agree", ids)
}

// methods compares the fixed or chosen client authentication with what the document
// says is supported. Without the member it is client_secret_basic (Discovery 1.0, 3).
func (c *checking) methods(doc oauth.Metadata, ids []int) {
	supported := doc.AuthMethods
	switch {
	case len(supported) == 0:
		c.Say(rowMethods, "unstated", ids, "Method", c.method)
	case slices.Contains(supported, c.method):
		c.Say(rowMethods, "supported", ids, "Method", c.method, "Got", strings.Join(supported, ", "))
	default:
		c.Say(rowMethods, "unsupported", ids, "Method", c.method, "Want", c.method, "Got", strings.Join(supported, ", "))
	}
}
