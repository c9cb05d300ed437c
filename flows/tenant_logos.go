package flows

import (
	"context"
	"net/http"
	"strings"
	"sync"

	"signbench/flows/connector/tenant"
	"signbench/flows/oauth"
)

// logosAtOnce is how many logos are fetched side by side.
const logosAtOnce = 4

// Logos fetches the pictures that stand in the listing of a tenant, by their URL. It
// is no run, and nothing of it is kept: a picture that can not be had is left out, for
// it breaks no sign-in. Nobody is told anything but that somebody asks.
func (e *Engine) Logos(ctx context.Context, req Request, l tenant.Listing) map[string][]byte {
	logos := map[string][]byte{}
	var mu sync.Mutex
	_, _ = e.ask(ctx, req, func(ctx context.Context, r *Run) error {
		slots := make(chan struct{}, logosAtOnce)
		var fetching sync.WaitGroup
		for _, target := range l.Logos() {
			fetching.Go(func() {
				slots <- struct{}{}
				defer func() { <-slots }()
				if picture := r.logo(ctx, target); picture != nil {
					mu.Lock()
					defer mu.Unlock()
					logos[target] = picture
				}
			})
		}
		fetching.Wait()
		return ctx.Err()
	}, oauth.FieldEndpoint)
	return logos
}

// logo is the picture at a URL, or in it.
func (r *Run) logo(ctx context.Context, target string) []byte {
	if picture, inline := tenant.InlineLogo(target); inline {
		return picture
	}
	ex, err := r.get(ctx, tenant.StepListing, target, http.Header{"Accept": {"image/*"}})
	if err != nil || ex.Response == nil || ex.Response.Status != http.StatusOK || ex.Response.Body.Truncated ||
		!strings.HasPrefix(ex.Response.Header.Get("Content-Type"), "image/") {
		return nil
	}
	return ex.Response.Body.Bytes
}
