package feishu

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"signbench/flows/connector"
	"signbench/flows/fault"
)

// asked is a sign-in page that was asked for.
type asked struct {
	connector.Answer
	row, uri string
}

// redirectURIs are those that must be among the app's redirect URLs, by their rows.
func (c *checking) redirectURIs() map[string]string {
	uris := map[string]string{rowBench: c.setup.RedirectURI}
	for i, uri := range c.setup.CallbackURIs() {
		uris[[]string{rowSignIn, rowAccount}[i]] = uri
	}
	return uris
}

// pages asks for the sign-in page with each redirect URI, and follows nothing:
// nobody signs in.
func (c *checking) pages(ctx context.Context) []asked {
	var all []asked
	uris := c.redirectURIs()
	for _, row := range []string{rowSignIn, rowAccount, rowBench} {
		if uris[row] != "" && !anyPort(uris[row]) {
			all = append(all, asked{row: row, uri: uris[row]})
		}
	}
	if all == nil {
		all = []asked{{uri: "https://example.com/callback"}} // of nobody: only whether the host answers
	}
	var side sync.WaitGroup
	for i := range all {
		side.Go(func() {
			all[i].Answer = connector.Send(ctx, c.direct(), connector.Call{
				Step: connector.StepAuthorize, URL: c.authorizationURL(all[i].uri, "signbench"), Patience: c.patience,
				Header: http.Header{"Accept": {"text/html"}},
			})
		})
	}
	side.Wait()
	return all
}

// anyPort reports whether the port is chosen only when a sign-in starts.
func anyPort(uri string) bool {
	u, err := url.Parse(uri)
	return err == nil && u.Port() == "0"
}

// passportRow is about the host: the answer that got furthest speaks for all.
func (c *checking) passportRow(pages []asked) {
	best := slices.MaxFunc(pages, func(a, b asked) int { return reached(a) - reached(b) })
	switch reached(best) {
	case 0:
		c.Say(rowPassport, unreachable, best.IDs, "URL", c.passport(), "Got", cause(c.passport(), best.Answer))
	case 1:
		c.Say(rowPassport, broken, best.IDs, "URL", c.passport(), "Status", best.StatusText(), "Got", told(best.Answer))
	default:
		c.Say(rowPassport, "answers", best.IDs, "URL", c.passport())
	}
}

func reached(one asked) int {
	switch {
	case one.Status() == 0 || one.Err != nil:
		return 0
	case one.Status() >= 500 || one.Status() == http.StatusNotFound:
		return 1
	}
	return 2
}

// Feishu's page shows a number for a redirect URI that it does not know. It counts
// where a person would read it, and not in a script, which may know all numbers.
// Because a script may also draw the page, its absence proves nothing.
var (
	mismatch = regexp.MustCompile(`\b20029\b`)
	unread   = regexp.MustCompile(`(?is)<(script|style)\b.*?</(script|style)>|<[^>]*>`)
)

func (one asked) mismatched() bool { return Mismatched(one.Answer) }

// Mismatched reports whether a sign-in page says that the redirect URI is not among
// the app's redirect URLs. That it does not say so proves nothing.
func Mismatched(page connector.Answer) bool {
	return page.Status() != 0 &&
		(mismatch.Match(unread.ReplaceAll(page.Body(), nil)) || mismatch.MatchString(page.Response.Header.Get("Location")))
}

func (c *checking) redirectRows(pages []asked, about app) {
	uris := c.redirectURIs()
	for _, row := range []string{rowSignIn, rowAccount, rowBench} {
		uri, seen := uris[row], asked{}
		if i := slices.IndexFunc(pages, func(one asked) bool { return one.row == row }); i >= 0 {
			seen = pages[i]
		}
		reason := "silent"
		switch {
		case uri == "":
			reason = "no_uri"
		case anyPort(uri):
			reason = "any_port"
		case about.known && slices.Contains(about.redirectURLs, uri):
			reason = "registered"
		case about.known:
			reason = "not_registered"
		case seen.mismatched():
			reason = "refused"
		case about.forbidden:
			reason = forbidden
		case reached(seen) < 2:
			reason = connector.NoConnection
		}
		remedy := fault.NoRemedy
		if reason == "refused" || reason == "not_registered" {
			remedy = fault.CopyRedirectURI
		}
		c.SayWith(row, reason, remedy, slices.Concat(seen.IDs, about.evidence),
			"URI", uri, "redirect_uri", uri, "Got", strings.Join(about.redirectURLs, ", "))
	}
}
