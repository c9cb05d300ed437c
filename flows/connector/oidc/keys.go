package oidc

import (
	"context"
	"net/http"

	"signbench/flows/connector"
	"signbench/flows/jose"
)

// fetchKeys asks for the key set as jose does: one request, no redirect followed,
// nothing but 200 accepted.
func (h *hop) fetchKeys(ctx context.Context) (jose.KeySet, connector.Answer) {
	direct := *h.Client
	direct.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	a := connector.Send(ctx, &direct, connector.Call{
		Step: connector.StepJWKS, URL: h.jwksURI, Patience: joseTimeout,
		Header: http.Header{"Accept": {"application/json, application/jwk-set+json"}},
	})
	keys, _ := jose.ParseKeySet(a.Body())
	return keys, a
}

// readKeys says what is wrong with the answer, "" when nothing is.
func readKeys(a connector.Answer) string {
	switch {
	case a.Status() == 0 || a.Err != nil:
		return unsent
	case a.Status() != http.StatusOK:
		return keysStatus
	}
	if _, err := jose.ParseKeySet(a.Body()); err != nil {
		return keysUnreadable
	}
	return ""
}
