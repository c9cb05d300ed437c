package twilio

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"signbench/flows/connector"
)

// checking is one check without sending.
type checking struct {
	client
	*connector.Sheet
	to connector.PhoneNumber
}

// check asks for the account at first. A token that is refused there is not tried
// again; otherwise the rest goes on side by side.
func check(ctx context.Context, d connector.Desk, s connector.Setup) {
	c := &checking{client: newClient(d, s), Sheet: connector.NewSheet(s, rows, d.Emit), to: connector.ReadPhoneNumber(s.To)}
	reason, params := connector.SumUp(s)
	c.Say(rowConfig, reason, nil, params...)
	c.addresses()
	c.messages()
	c.number()
	if c.accountSID() == "" || c.config.Secret("authToken").Empty() {
		c.Close(ctx, connector.NoConfig)
		return
	}
	if !c.account(ctx) {
		c.Close(ctx, connector.NoAnswer)
		return
	}
	var side sync.WaitGroup
	side.Go(func() { c.balance(ctx) })
	side.Go(func() { c.verified(ctx) })
	side.Go(func() { c.geo(ctx) })
	side.Go(func() { c.service(ctx) })
	side.Wait()
	c.Close(ctx, connector.NoConfig)
}

// addresses tells where the requests really go.
func (c *checking) addresses() {
	list := c.setup.Elsewhere()
	if list == nil {
		c.Say(rowAddresses, "vendors", nil)
		return
	}
	c.Say(rowAddresses, "replaced", nil, "Got", strings.Join(list, ", "))
}

// messages are about the texts, each as it would be sent.
func (c *checking) messages() {
	var fallback, none, codeless []string
	var unfilled, long, many, forced *Rendered
	for _, m := range Messages(c.config) {
		switch m.From {
		case "":
			none = append(none, m.UsageType)
			continue
		case m.UsageType:
		default:
			fallback = append(fallback, m.UsageType)
			continue // Generic is looked at once
		}
		if !m.HasCode {
			codeless = append(codeless, m.UsageType)
		}
		note := func(first **Rendered, found bool) {
			if found && *first == nil {
				*first = &m
			}
		}
		note(&unfilled, len(m.Left) > 0)
		note(&long, len([]rune(m.Text)) > maxBody)
		note(&many, m.Size.Segments > 1)
		note(&forced, m.Size.Encoding == UCS2)
	}
	uses := strings.Join(fallback, ", ")
	switch {
	case none != nil:
		c.Say(rowTemplates, "none", nil, "Got", strings.Join(none, ", "))
		c.Say(rowCode, connector.NoConfig, nil)
		c.Say(rowSegments, connector.NoConfig, nil)
		return
	case fallback != nil:
		c.Say(rowTemplates, "fallback", nil, "Got", uses)
	default:
		c.Say(rowTemplates, "own", nil)
	}
	switch {
	case codeless != nil:
		c.Say(rowCode, "missing", nil, "Got", strings.Join(codeless, ", "))
	case unfilled != nil:
		c.Say(rowCode, "unfilled", nil, "UsageType", unfilled.UsageType, "Got", strings.Join(unfilled.Left, ", "))
	default:
		c.Say(rowCode, "there", nil)
	}
	switch {
	case long != nil:
		c.segments("too_long", long)
	case forced != nil && forced.Size.Segments > 1:
		c.segments("unicode", forced)
	case many != nil:
		c.segments("several", many)
	case forced != nil:
		c.segments("unicode", forced)
	default:
		c.Say(rowSegments, "one", nil)
	}
}

// maxBody is the most characters that Twilio takes (error 21617).
const maxBody = 1600

func (c *checking) segments(reason string, m *Rendered) {
	c.Say(rowSegments, reason, nil, "UsageType", m.UsageType, "Count", itoa(m.Size.Segments), "Units", itoa(m.Size.Units),
		"Encoding", string(m.Size.Encoding), "Got", string(m.Size.Forced), "Place", itoa(m.Size.Place),
		"Length", itoa(len([]rune(m.Text))), "Max", itoa(maxBody))
}

func (c *checking) number() {
	switch {
	case strings.TrimSpace(c.setup.To) == "":
		c.Say(rowNumber, noNumber, nil)
	case !c.to.Valid():
		c.Say(rowNumber, "invalid", nil, append(c.to.Found.Told(), "Got", c.setup.To)...)
	default:
		c.Say(rowNumber, "valid", nil, "Got", c.to.E164, "Country", c.to.Country)
	}
}

// account asks whether the credentials are those of an account that sends. False:
// nothing more can be asked with them.
func (c *checking) account(ctx context.Context) bool {
	target := c.accountURL(".json")
	a := c.get(ctx, connector.StepAccount, target)
	if ctx.Err() != nil {
		return false
	}
	var doc struct {
		SID    string `json:"sid"`
		Status string `json:"status"`
		Type   string `json:"type"`
	}
	got := readRefusal(a)
	known, _ := Lookup(got.Code)
	switch {
	case a.Status() == 0 || a.Err != nil:
		c.Say(rowAccount, "unreachable", a.IDs, "URL", target, "Got", c.trouble(a))
	case strings.HasPrefix(c.accountSID(), "SK"): // Twilio may take one, and Logto puts it into the path
		c.Say(rowAccount, "api_key", a.IDs, "Got", got.words())
	case read(a, &doc) && doc.SID != "":
		reason := unclear
		switch doc.Status {
		case "active", "suspended", "closed":
			reason = doc.Status
		}
		c.Say(rowAccount, reason, a.IDs, "Want", "active", "Got", doc.Status)
		c.trial(doc.Type, a.IDs)
		return true
	case got.Code == 0:
		c.Say(rowAccount, page, a.IDs, "Status", a.StatusText(), "Got", got.words())
	case known.What == authentication, known.What == inactive, known.What == notFound:
		c.Say(rowAccount, known.What, a.IDs, "Got", got.words())
	case a.Status() == http.StatusTooManyRequests:
		c.Say(rowAccount, rateLimited, a.IDs, "Got", got.words())
	default:
		c.Say(rowAccount, unclear, a.IDs, "Got", got.words())
	}
	return false
}

func (c *checking) trial(kind string, ids []int) {
	if kind != "Trial" {
		c.Say(rowTrial, "full", ids)
		c.Say(rowVerified, notNeeded, ids)
		return
	}
	c.Say(rowTrial, "trial", ids)
	if !c.to.Valid() {
		c.Say(rowVerified, noNumber, ids)
	}
}

func (c *checking) balance(ctx context.Context) {
	a := c.get(ctx, connector.StepAccount, c.accountURL("/Balance.json"))
	var doc struct{ Balance, Currency string }
	left, err := 0.0, error(nil)
	if read(a, &doc) {
		left, err = strconv.ParseFloat(doc.Balance, 64)
	}
	switch {
	case ctx.Err() != nil:
	case doc.Balance == "" || err != nil:
		c.Say(rowBalance, unclear, a.IDs, "Got", c.trouble(a))
	case left <= 0:
		c.Say(rowBalance, "empty", a.IDs, "Got", doc.Balance+" "+doc.Currency)
	default:
		c.Say(rowBalance, "left", a.IDs, "Got", doc.Balance+" "+doc.Currency)
	}
}

// verified looks for the number among those that a trial account may send to.
func (c *checking) verified(ctx context.Context) {
	if c.Said(rowVerified) {
		return
	}
	a := c.get(ctx, connector.StepAccount, c.accountURL("/OutgoingCallerIds.json?PhoneNumber="+url.QueryEscape(c.to.E164)))
	var doc struct {
		IDs []struct {
			Number string `json:"phone_number"`
		} `json:"outgoing_caller_ids"`
	}
	switch {
	case ctx.Err() != nil:
		return
	case !read(a, &doc):
		c.Say(rowVerified, unclear, a.IDs, "Got", c.trouble(a))
		return
	}
	for _, id := range doc.IDs {
		if id.Number == c.to.E164 {
			c.Say(rowVerified, "verified", a.IDs, "Got", c.to.E164)
		}
	}
	c.Say(rowVerified, "unverified", a.IDs, "Got", c.to.E164)
}

// geo asks whether messages to the number's country are enabled.
func (c *checking) geo(ctx context.Context) {
	if c.to.Country == "" {
		c.Say(rowGeo, noNumber, nil)
		return
	}
	target := c.setup.Address(connector.TwilioAccounts) + "/v1/Messaging/GeoPermissions?CountryCode=" + c.to.Country
	a := c.get(ctx, connector.StepAccount, target)
	var doc struct {
		Permissions []struct {
			Country string `json:"country_code"`
			Enabled *bool  `json:"enabled"`
		} `json:"permissions"`
	}
	if ctx.Err() != nil {
		return
	}
	if read(a, &doc) {
		for _, p := range doc.Permissions {
			switch {
			case p.Enabled == nil || !strings.EqualFold(p.Country, c.to.Country):
			case *p.Enabled:
				c.Say(rowGeo, "enabled", a.IDs, "Country", c.to.Country)
			default:
				c.Say(rowGeo, "disabled", a.IDs, "Country", c.to.Country)
			}
		}
	}
	c.Say(rowGeo, unclear, a.IDs, "Country", c.to.Country, "Got", c.trouble(a))
}
