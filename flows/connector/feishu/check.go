package feishu

import (
	"context"
	"encoding/json"
	"net/http"
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
}

// Check implements connector.Bench. It asks side by side for the sign-in page, once
// for each redirect URI, and for a token of the app itself; with that for the app's
// settings, and Lark only where Feishu refuses the app.
func (b Bench) Check(ctx context.Context, d connector.Desk, s connector.Setup) {
	c := &checking{hop: b.hop(d, s), Sheet: connector.NewSheet(s, rows, d.Emit)}
	c.configuration()
	if c.appID() == "" {
		c.Close(ctx, connector.NoConfig)
		return
	}
	var (
		side  sync.WaitGroup
		pages []asked
		about app
	)
	side.Go(func() { pages = c.pages(ctx) })
	side.Go(func() { about = c.account(ctx) })
	side.Wait()
	if ctx.Err() != nil {
		return
	}
	c.passportRow(pages)
	c.redirectRows(pages, about)
	c.Close(ctx, connector.NoConfig)
}

func (c *checking) configuration() {
	reason, params := connector.SumUp(c.setup)
	c.Say(rowConfig, reason, nil, params...)
	others := c.setup.Elsewhere()
	if others == nil {
		c.Say(rowAddresses, "own", nil)
		return
	}
	c.Say(rowAddresses, "replaced", nil, "Got", strings.Join(others, ", "))
}

// The states of an app, as the open platform writes them.
const (
	stateDisabled   = 0
	stateEnabled    = 1
	stateNotEnabled = 2
)

// The codes of the open platform.
const (
	codeInvalidParam = 10003
	codeRefused      = 10014    // the app's ID or its secret; the message says which
	codeNoPermission = 99991672 //
)

// app is what the open platform tells of the app.
type app struct {
	known        bool // its settings were read
	forbidden    bool // they may not be read
	redirectURLs []string
	evidence     []int
}

// account asks whether ID and secret belong together, and for the settings.
func (c *checking) account(ctx context.Context) app {
	if c.secret().Empty() {
		return app{}
	}
	open := c.setup.Address(connector.FeishuOpen)
	a := connector.Send(ctx, c.Client, c.tenantTokenCall(open))
	if ctx.Err() != nil {
		return app{}
	}
	token, e := tenantToken(a)
	switch {
	case a.Status() == 0 || a.Err != nil:
		c.Say(rowOpen, unreachable, a.IDs, "URL", open, "Got", cause(open, a))
	case e.Code == nil:
		c.Say(rowOpen, broken, a.IDs, "URL", open, "Status", a.StatusText(), "Got", told(a))
	default:
		c.Say(rowOpen, "answers", a.IDs, "URL", open)
		if token.Empty() {
			c.refused(ctx, a, e)
			c.Say(rowStatus, connector.NoAnswer, a.IDs)
			return app{}
		}
		c.Say(rowApp, "known", a.IDs, "AppID", c.appID())
		c.Say(rowSecret, "accepted", a.IDs)
		return c.settings(ctx, token)
	}
	for _, row := range []string{rowApp, rowSecret, rowStatus} {
		c.Say(row, connector.NoAnswer, a.IDs)
	}
	return app{}
}

func tenantToken(a connector.Answer) (oauth.Secret, envelope) {
	var reply struct {
		Token oauth.Secret `json:"tenant_access_token"`
	}
	e := readEnvelope(a)
	if e.Code == nil || *e.Code != 0 || json.Unmarshal(a.Body(), &reply) != nil {
		return "", e
	}
	return reply.Token, e
}

// refused tells why Feishu gave no token: Lark, which has apps of its own with IDs
// that look alike, may know this one.
func (c *checking) refused(ctx context.Context, a connector.Answer, e envelope) {
	lark := c.atLark(ctx)
	if ctx.Err() != nil {
		return
	}
	words := strings.ToLower(e.Msg)
	ids := slices.Concat(a.IDs, lark.IDs)
	params := []string{"AppID", c.appID(), "Got", told(a)}
	if lark.Status() != 0 {
		if token, _ := tenantToken(lark); !token.Empty() {
			c.Say(rowApp, "at_lark", ids, params...)
			c.Say(rowSecret, "accepted_at_lark", ids)
			return
		}
		params = append(params, "Lark", told(lark))
	}
	switch {
	case *e.Code == codeRefused && strings.Contains(words, "secret"):
		c.Say(rowApp, "known", a.IDs, params...)
		c.SayWith(rowSecret, "refused", fault.EditSecret, a.IDs, params...)
	case *e.Code == codeRefused && strings.Contains(words, "app"):
		c.SayWith(rowApp, "unknown_app", fault.EditClientID, ids, params...)
		c.Say(rowSecret, connector.NoAnswer, a.IDs)
	case *e.Code == codeInvalidParam:
		c.SayWith(rowApp, "malformed", fault.EditClientID, ids, params...)
		c.Say(rowSecret, connector.NoAnswer, a.IDs)
	default:
		c.Say(rowApp, unclear, ids, params...)
		c.Say(rowSecret, unclear, ids, params...)
	}
}

// atLark asks Lark for a token. Who has put another address in Feishu's place, and
// none in Lark's, has not meant the secret for Lark.
func (c *checking) atLark(ctx context.Context) connector.Answer {
	replaced := func(name string) bool {
		return slices.ContainsFunc(c.setup.Replaced(), func(a connector.Address) bool { return a.Name == name })
	}
	if replaced(connector.FeishuOpen) && !replaced(connector.LarkOpen) {
		return connector.Answer{}
	}
	return connector.Send(ctx, c.Client, c.tenantTokenCall(c.setup.Address(connector.LarkOpen)))
}

// settings reads what is set up in the developer console, where the app may.
func (c *checking) settings(ctx context.Context, token oauth.Secret) app {
	a := connector.Send(ctx, c.Client, c.applicationCall(token))
	if ctx.Err() != nil {
		return app{}
	}
	var reply struct {
		Data struct {
			App struct {
				Status       *int      `json:"status"`
				RedirectURLs *[]string `json:"redirect_urls"`
				Version      string    `json:"online_version_id"`
			} `json:"app"`
		} `json:"data"`
	}
	e := readEnvelope(a)
	one := &reply.Data.App
	switch {
	case a.Status() == 0 || a.Err != nil:
		c.Say(rowStatus, connector.NoConnection, a.IDs)
		return app{}
	case e.Code != nil && *e.Code == codeNoPermission:
		c.Say(rowStatus, forbidden, a.IDs, "Got", told(a))
		return app{forbidden: true, evidence: a.IDs}
	case e.Code == nil, *e.Code != 0, json.Unmarshal(a.Body(), &reply) != nil, one.Status == nil:
		c.Say(rowStatus, unclear, a.IDs, "Got", told(a))
		return app{}
	}
	reason := unclear
	switch {
	case *one.Status == stateDisabled:
		reason = "disabled"
	case *one.Status == stateNotEnabled, *one.Status == stateEnabled && one.Version == "":
		reason = "not_published"
	case *one.Status == stateEnabled:
		reason = "enabled"
	}
	c.Say(rowStatus, reason, a.IDs)
	about := app{known: one.RedirectURLs != nil, evidence: a.IDs}
	if about.known {
		about.redirectURLs = *one.RedirectURLs
	}
	return about
}

func cause(target string, a connector.Answer) string {
	return fault.Transport(connector.StepAccount, target, a.Err).Params["Cause"]
}

// direct is the client without its redirects.
func (c *checking) direct() *http.Client {
	client := *c.Client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client
}
