package twilio

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"signbench/flows/connector"
)

// sender is a phone number, short code or alphanumeric sender of the service.
type sender struct {
	SID          string   `json:"sid"`
	Number       string   `json:"phone_number"`
	ShortCode    string   `json:"short_code"`
	Alpha        string   `json:"alpha_sender"`
	Country      string   `json:"country_code"`
	Capabilities []string `json:"capabilities"`
}

func (s sender) name() string { return s.Number + s.ShortCode + s.Alpha }

// sends reports whether it can send messages. Twilio leaves the list empty for some.
func (s sender) sends() bool {
	return len(s.Capabilities) == 0 || slices.ContainsFunc(s.Capabilities, func(c string) bool { return strings.EqualFold(c, "SMS") })
}

// tollFreeCodes are the area codes of toll-free numbers of the North American
// Numbering Plan.
var tollFreeCodes = []string{"800", "833", "844", "855", "866", "877", "888"}

func (s sender) tollFree() bool {
	rest, american := strings.CutPrefix(s.Number, "+1")
	return american && len(rest) >= 3 && slices.Contains(tollFreeCodes, rest[:3])
}

// longCode reports whether carriers of the United States want it registered (A2P
// 10DLC).
func (s sender) longCode() bool { return s.Number != "" && s.Country == "US" && !s.tollFree() }

// service looks at the messaging service, and then at its senders.
func (c *checking) service(ctx context.Context) {
	if c.serviceSID() == "" {
		return
	}
	a := c.get(ctx, connector.StepAccount, c.serviceURL(""))
	var doc struct {
		SID     string `json:"sid"`
		Account string `json:"account_sid"`
		Name    string `json:"friendly_name"`
	}
	switch {
	case ctx.Err() != nil:
		return
	case read(a, &doc) && doc.SID != "" && doc.Account == c.accountSID():
		c.Say(rowService, "exists", a.IDs, "Got", doc.Name)
		c.senders(ctx)
		return
	case doc.SID != "":
		c.Say(rowService, "other_account", a.IDs, "Want", c.accountSID(), "Got", doc.Account)
	case a.Status() == http.StatusNotFound:
		c.Say(rowService, "missing", a.IDs, "Got", c.trouble(a))
	default:
		c.Say(rowService, unclear, a.IDs, "Got", c.trouble(a))
	}
	for _, row := range []string{rowSenders, rowA2P, rowTollFree} {
		c.Say(row, connector.NoAnswer, a.IDs)
	}
}

// senders reads the three lists of the pool side by side.
func (c *checking) senders(ctx context.Context) {
	lists := [...]string{"PhoneNumbers", "ShortCodes", "AlphaSenders"}
	var answers [len(lists)]connector.Answer
	var found [len(lists)][]sender
	var legible [len(lists)]bool
	var side sync.WaitGroup
	for i, list := range lists {
		side.Go(func() {
			answers[i] = c.get(ctx, connector.StepAccount, c.serviceURL("/"+list))
			var doc struct {
				Numbers []sender `json:"phone_numbers"`
				Codes   []sender `json:"short_codes"`
				Alphas  []sender `json:"alpha_senders"`
			}
			legible[i] = read(answers[i], &doc)
			found[i] = slices.Concat(doc.Numbers, doc.Codes, doc.Alphas)
		})
	}
	side.Wait()
	if ctx.Err() != nil {
		return
	}
	var pool []sender
	var ids []int
	for i, a := range answers {
		ids = append(ids, a.IDs...)
		if !legible[i] {
			c.Say(rowSenders, unclear, a.IDs, "Got", c.trouble(a))
			c.Say(rowA2P, connector.NoAnswer, a.IDs)
			c.Say(rowTollFree, connector.NoAnswer, a.IDs)
			return
		}
		pool = append(pool, found[i]...)
	}
	var names []string
	for _, s := range pool {
		names = append(names, s.name())
	}
	got := strings.Join(names, ", ")
	switch {
	case len(pool) == 0:
		c.Say(rowSenders, "empty", ids)
		c.Say(rowA2P, connector.NoAnswer, ids)
		c.Say(rowTollFree, connector.NoAnswer, ids)
		return
	case !slices.ContainsFunc(pool, sender.sends):
		c.Say(rowSenders, "no_sms", ids, "Got", got)
	default:
		c.Say(rowSenders, "there", ids, "Got", got, "Count", itoa(len(pool)))
	}
	side.Go(func() { c.campaign(ctx, slices.ContainsFunc(pool, sender.longCode), ids) })
	side.Go(func() { c.verification(ctx, pool, ids) })
	side.Wait()
}

// northAmerica are the countries whose carriers block unverified toll-free numbers.
var northAmerica = []string{"US", "CA"}

// blocked is the reason, or elsewhere for a number to which it does not matter.
func (c *checking) blocked(reason string, countries ...string) string {
	if c.to.Country != "" && !slices.Contains(countries, c.to.Country) {
		return elsewhere
	}
	return reason
}

// campaign looks for the registration that carriers of the United States ask of a
// service with a long code.
func (c *checking) campaign(ctx context.Context, needed bool, ids []int) {
	if !needed {
		c.Say(rowA2P, notNeeded, ids)
		return
	}
	a := c.get(ctx, connector.StepAccount, c.serviceURL("/Compliance/Usa2p"))
	var doc struct {
		Campaigns []struct {
			Status string `json:"campaign_status"`
			Errors []struct {
				Description string `json:"description"`
			} `json:"errors"`
		} `json:"compliance"`
	}
	switch ok := read(a, &doc); {
	case ctx.Err() != nil:
		return
	case a.Status() == http.StatusNotFound, ok && len(doc.Campaigns) == 0:
		c.Say(rowA2P, c.blocked("unregistered", "US"), a.IDs)
		return
	case !ok:
		c.Say(rowA2P, unclear, a.IDs, "Got", c.trouble(a))
		return
	}
	for _, campaign := range doc.Campaigns {
		if campaign.Status == "VERIFIED" {
			c.Say(rowA2P, "verified", a.IDs)
			return
		}
	}
	last := doc.Campaigns[0]
	words := last.Status
	for _, e := range last.Errors {
		words += ": " + e.Description
	}
	reason := "pending"
	if last.Status == "FAILED" || last.Status == "SUSPENDED" {
		reason = "failed"
	}
	c.Say(rowA2P, c.blocked(reason, "US"), a.IDs, "Want", "VERIFIED", "Got", words)
}

// verification looks for that of each toll-free number. The first that is not
// approved speaks for all.
func (c *checking) verification(ctx context.Context, pool []sender, ids []int) {
	var asked []int
	for _, s := range pool {
		if !s.tollFree() {
			continue
		}
		target := c.setup.Address(connector.TwilioMessaging) + "/v1/Tollfree/Verifications?TollfreePhoneNumberSid=" + url.QueryEscape(s.SID)
		a := c.get(ctx, connector.StepAccount, target)
		asked = append(asked, a.IDs...)
		var doc struct {
			Verifications []struct{ Status string } `json:"verifications"`
		}
		if ctx.Err() != nil {
			return
		}
		reason, status := c.blocked("unverified", northAmerica...), ""
		if !read(a, &doc) {
			reason, status = unclear, c.trouble(a)
		} else if len(doc.Verifications) > 0 {
			status = doc.Verifications[0].Status
			switch status {
			case "TWILIO_APPROVED":
				continue
			case "TWILIO_REJECTED":
				reason = c.blocked("rejected", northAmerica...)
			case "PENDING_REVIEW", "IN_REVIEW":
				reason = c.blocked("pending", northAmerica...)
			default:
				reason = unclear
			}
		}
		c.Say(rowTollFree, reason, a.IDs, "Number", s.Number, "Want", "TWILIO_APPROVED", "Got", status)
		return
	}
	if asked == nil {
		c.Say(rowTollFree, notNeeded, ids)
		return
	}
	c.Say(rowTollFree, "verified", asked)
}
