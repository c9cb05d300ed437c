// Package oidc holds the benches of the two connectors that speak OpenID Connect:
// Social, Logto's factory oidc, and Enterprise, its single sign-on. They share the
// protocol and differ in almost every choice: how the client authenticates, what is
// discovered, which answers are accepted, and where the user's claims come from.
package oidc

import (
	"context"
	"net/url"
	"time"

	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// Social is the bench of the OIDC social connector.
type Social struct{}

// Enterprise is the bench of OIDC enterprise single sign-on.
type Enterprise struct{}

var (
	_ connector.SignIner = Social{}
	_ connector.SignIner = Enterprise{}
)

// How long Logto waits. Its social connector asks with ky, its single sign-on with
// got, which waits for ever: the bench stands in for the user's patience there. The
// key set is fetched by jose.
const (
	kyTimeout   = 10 * time.Second
	gotPatience = 15 * time.Second
	joseTimeout = 5 * time.Second

	retries = 2 // of a GET, by ky and by got
)

// Rows implements connector.Bench.
func (Social) Rows() connector.Catalog { return socialRows }

// Rows implements connector.Bench.
func (Enterprise) Rows() connector.Catalog { return enterpriseRows }

// Faults implements connector.Bench.
func (Social) Faults() []fault.Code { return codes(connector.OIDC) }

// Faults implements connector.Bench.
func (Enterprise) Faults() []fault.Code { return codes(connector.SSO) }

// Check implements connector.Bench.
func (Social) Check(ctx context.Context, d connector.Desk, s connector.Setup) {
	check(ctx, d, s, socialRows)
}

// Check implements connector.Bench.
func (Enterprise) Check(ctx context.Context, d connector.Desk, s connector.Setup) {
	check(ctx, d, s, enterpriseRows)
}

// Depart implements connector.SignIner.
func (Social) Depart(ctx context.Context, d connector.Desk, s connector.Setup, redirectURI string, state oauth.Secret) (connector.Departure, error) {
	return depart(ctx, d, s, redirectURI, state)
}

// Depart implements connector.SignIner. Logto discovers the provider anew at every
// sign-in.
func (Enterprise) Depart(ctx context.Context, d connector.Desk, s connector.Setup, redirectURI string, state oauth.Secret) (connector.Departure, error) {
	return depart(ctx, d, s, redirectURI, state)
}

// Return implements connector.SignIner.
func (Social) Return(ctx context.Context, d connector.Desk, s connector.Setup, from connector.Departure, callback url.Values) (connector.Arrival, error) {
	return arrive(ctx, d, s, from, callback)
}

// Return implements connector.SignIner.
func (Enterprise) Return(ctx context.Context, d connector.Desk, s connector.Setup, from connector.Departure, callback url.Values) (connector.Arrival, error) {
	return arrive(ctx, d, s, from, callback)
}
