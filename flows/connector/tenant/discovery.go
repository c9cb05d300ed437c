package tenant

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"signbench/flows/connector"
	"signbench/flows/connector/feishu"
	"signbench/flows/oauth"
	"signbench/flows/probe"
)

const wellKnown = "/.well-known/openid-configuration"

// mostPlaces bounds where a discovery document is looked for.
const mostPlaces = 5

// places are the issuers that an authorization endpoint may belong to, the longest
// first: nobody but Logto knows which one it is configured with.
func places(authorization *url.URL) []string {
	origin := authorization.Scheme + "://" + authorization.Host
	var out []string
	for path := strings.TrimSuffix(authorization.Path, "/"); path != "" && len(out) < mostPlaces-1; {
		path = path[:strings.LastIndexByte(path, '/')]
		out = append(out, origin+path)
	}
	if len(out) == 0 || out[len(out)-1] != origin {
		out = append(out, origin)
	}
	return out
}

// seen compares what Logto has just discovered with what is seen from here: it is
// the same document when that names the same authorization endpoint.
func (x *examining) seen(ctx context.Context, authorization *url.URL, evidence []int) {
	want := (&url.URL{Scheme: authorization.Scheme, Host: authorization.Host, Path: authorization.Path}).String()
	for _, issuer := range places(authorization) {
		a := x.document(ctx, issuer+wellKnown)
		if ctx.Err() != nil {
			return
		}
		evidence = append(evidence, a.IDs...)
		var doc oauth.Metadata
		if a.OK() && json.Unmarshal(a.Body(), &doc) == nil && doc.AuthorizationEndpoint == want {
			x.Say(rowDiscovery, "seen", evidence, "URL", issuer+wellKnown, "Issuer", doc.Issuer)
			return
		}
	}
	x.Say(rowDiscovery, "not_found_here", evidence, "Got", want)
}

// unseen looks from here for what Logto could not discover.
func (x *examining) unseen(ctx context.Context, said Said, evidence []int) {
	if said.Issuer == "" {
		x.Say(rowDiscovery, connector.NoAnswer, evidence)
		return
	}
	target := said.Issuer + wellKnown // put together as Logto does, a slash at the end or not
	a := x.document(ctx, target)
	if ctx.Err() != nil {
		return
	}
	evidence = append(evidence, a.IDs...)
	var doc oauth.Metadata
	if a.OK() && json.Unmarshal(a.Body(), &doc) == nil && doc.AuthorizationEndpoint != "" && doc.TokenEndpoint != "" && doc.JWKSURI != "" {
		x.Say(rowDiscovery, "unseen_there", evidence, "URL", target, "Got", said.Reason)
		return
	}
	x.Say(rowDiscovery, "unseen", evidence, "URL", target, "Got", said.Reason)
}

func (x *examining) document(ctx context.Context, target string) connector.Answer {
	return connector.Send(ctx, x.desk.Client, connector.Call{
		Step: connector.StepDiscovery, URL: target, Patience: x.Patience, Header: http.Header{"Accept": {"application/json"}},
	})
}

// unregistered is what the first page says, also where it has a number for it.
func (x *examining) unregistered(g connector.Glance) bool {
	return g.Unregistered() || x.Connector.Kind == connector.Feishu && feishu.Mismatched(g.Answer)
}

// taken is whether the request was. Feishu's page shows a form to every request, so
// that it says nothing there.
func (x *examining) taken(g connector.Glance) bool {
	if x.Connector.Kind == connector.Feishu {
		return g.Seen == probe.Returned
	}
	return g.Taken()
}
