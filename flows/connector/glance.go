package connector

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"signbench/flows/probe"
)

// Glance is an authorization request to an upstream, and what its first page says.
// Nobody signs in.
type Glance struct {
	Answer
	probe.Sight
}

// GlanceAt makes the request, which has that redirect URI, and follows nothing.
func GlanceAt(ctx context.Context, client *http.Client, target, redirectURI string, patience time.Duration) Glance {
	direct := *client
	direct.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	g := Glance{Sight: probe.Sight{Seen: probe.Unsent}}
	g.Answer = Send(ctx, &direct, Call{
		Step: StepAuthorize, URL: target, Patience: patience, Header: http.Header{"Accept": {"text/html,application/json;q=0.9"}},
	})
	if at, err := url.Parse(target); err == nil && g.Status() != 0 {
		g.Sight = probe.ReadAuthorization(redirectURI, at, g.Status(), g.Response.Header, g.Body())
	}
	if g.Seen == probe.Page {
		g.readPage()
	}
	return g
}

// refusingPages are the marks of refusals that providers show with status 200, and
// what they stand for. Microsoft Entra has numbers.
var refusingPages = []struct{ mark, code string }{
	{"AADSTS50011", "redirect_uri_mismatch"},
	{"redirect_uri_mismatch", "redirect_uri_mismatch"},
	{"AADSTS700016", "unauthorized_client"},
	{"AADSTS90002", "unauthorized_client"},
}

// readPage finds a refusal in a page that has the status of success.
func (g *Glance) readPage() {
	page := string(g.Body())
	for _, known := range refusingPages {
		if strings.Contains(page, known.mark) {
			g.Sight = probe.Sight{Seen: probe.Refused, Code: known.code, Description: known.mark}
			return
		}
	}
}

// Taken reports whether the request was: the browser is sent on, or asked something.
func (g Glance) Taken() bool {
	return g.Accepted() || g.Seen == probe.Page && form(g.Body())
}

// form reports whether a page is one that asks something of the user: a provider
// shows it only to a request that it takes.
func form(page []byte) bool {
	lower := strings.ToLower(string(page))
	return strings.Contains(lower, "<form") || strings.Contains(lower, `type="password"`)
}

// Stranger reports whether the client is not known there.
func (g Glance) Stranger() bool {
	return g.Seen == probe.Refused && (g.Code == "invalid_client" || g.Code == "unauthorized_client" ||
		g.Says("unknown client", "client not found", "client_id", "client is not known", "unknown_client"))
}

// Unregistered reports whether the redirect URI is not.
func (g Glance) Unregistered() bool {
	return g.Seen == probe.Refused && !g.Stranger() && g.Says("redirect", "callback")
}

// Refusal is what the provider says: of an OAuth error, or on its page. It is empty
// where it refuses nothing.
func (g Glance) Refusal() string {
	if w := g.Sight.Words(); w != "" {
		return w
	}
	if g.Status() >= 400 {
		return g.Told()
	}
	return ""
}

// WantsPKCE reports whether an upstream's words ask for a code challenge or its
// verifier, neither of which Logto ever sends.
func WantsPKCE(code, description string) bool {
	lower := strings.ToLower(description)
	return code != "" && (strings.Contains(lower, "pkce") || strings.Contains(lower, "code_challenge") ||
		strings.Contains(lower, "code challenge") || strings.Contains(lower, "code_verifier") || strings.Contains(lower, "code verifier"))
}
