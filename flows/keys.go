package flows

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"signbench/flows/oauth"
)

// keysLimit is where reading a key set or a discovery document stops.
const keysLimit = 2 << 20

// Errors of Fetch, ProviderKeys and Example beside those of the network.
var (
	ErrNotURL = errors.New("the address is not an http or https URL")
	ErrNoJWKS = errors.New("the discovery document names no jwks_uri")
	ErrNoDemo = errors.New("there is no demo tenant in this program")
)

// Fetch gets one public document, such as a JWK Set, from an address that the user
// gives. It is not a part of a run and leaves no trace.
func (e *Engine) Fetch(ctx context.Context, target string) ([]byte, error) {
	u, err := url.Parse(strings.TrimSpace(target))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, ErrNotURL
	}
	ctx, cancel := context.WithTimeout(ctx, e.cfg.Limits.Request)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, ErrNotURL
	}
	req.Header.Set("Accept", "application/json")
	resp, err := (&http.Client{Transport: e.cfg.Transport}).Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answers %s", u.Host, resp.Status)
	}
	return io.ReadAll(io.LimitReader(resp.Body, keysLimit))
}

// ProviderKeys fetches what the provider of a profile publishes (Discovery 1.0, 4;
// RFC 7517, 5): its key set as it came.
func (e *Engine) ProviderKeys(ctx context.Context, p oauth.Profile) ([]byte, error) {
	r := &Run{profile: p, cfg: e.cfg}
	release, err := r.acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	text, err := e.Fetch(ctx, strings.TrimSuffix(r.profile.IssuerID(), "/")+wellKnown)
	if err != nil {
		return nil, err
	}
	var doc oauth.Metadata
	if json.Unmarshal(text, &doc) != nil || doc.JWKSURI == "" {
		return nil, ErrNoJWKS
	}
	return e.Fetch(ctx, doc.JWKSURI)
}

// Example is an ID token of the demo tenant, for somebody who has none to look at.
func (e *Engine) Example(ctx context.Context) (string, error) {
	tenant, ok := e.cfg.Tenant.(interface {
		Example(context.Context) (string, error)
	})
	if !ok {
		return "", ErrNoDemo
	}
	return tenant.Example(ctx)
}
