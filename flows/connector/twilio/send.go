package twilio

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"signbench/flows/connector"
	"signbench/flows/fault"
)

// send makes Logto's request. It is never repeated: each one is a message that
// somebody pays for.
func send(ctx context.Context, d connector.Desk, s connector.Setup, m connector.Message) ([]fault.Fault, error) {
	c := newClient(d, s)
	c.Reach(connector.StepMessage)
	for _, f := range connector.Examine(s) {
		if f.OnSave {
			bad := c.fault(badConfig, nil, f.Told()...)
			return nil, stopped(connector.LogtoSays(bad, "400", "connector.invalid_config", ""))
		}
	}
	to := connector.ReadPhoneNumber(m.To)
	if !to.Valid() {
		bad := c.fault(badNumber, nil, append(to.Found.Told(), "Got", m.To)...)
		return nil, stopped(connector.LogtoSays(bad, "400", "guard.invalid_input", ""))
	}
	target := c.accountURL("/Messages.json")
	a := connector.Send(ctx, c.Client, c.request(target, to.E164, Message(c.config, m.UsageType).Text))
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case a.Status() == 0 || a.Err != nil:
		return nil, c.unsent(target, a)
	case !a.OK():
		return nil, c.notSent(a)
	}
	accepted, ok := readMessage(a)
	if !ok {
		return nil, stopped(asSent(c.fault(unreadable, a.IDs, "Status", a.StatusText(), "Words", a.Told())))
	}
	return c.watch(ctx, accepted, a.IDs)
}

// request is the one that Logto makes, member by member in its order.
func (c client) request(target, to, body string) connector.Call {
	risk := "enable"
	if c.config.Bool("disableRiskCheck") {
		risk = "disable"
	}
	var form strings.Builder
	for i, pair := range [][2]string{{"To", to}, {"MessagingServiceSid", c.serviceSID()}, {"Body", body}, {"RiskCheck", risk}} {
		if i > 0 {
			form.WriteByte('&')
		}
		form.WriteString(pair[0] + "=" + connector.FormEncoded(pair[1]))
	}
	return connector.Call{
		Step: connector.StepMessage, Method: http.MethodPost, URL: target, Form: form.String(), Patience: patience,
		Header: http.Header{"Authorization": {c.authorization()}, "Content-Type": {"application/x-www-form-urlencoded"}},
	}
}

func readMessage(a connector.Answer) (connector.Delivery, bool) {
	var m struct {
		SID      string  `json:"sid"`
		Status   string  `json:"status"`
		To       string  `json:"to"`
		From     *string `json:"from"`
		Body     string  `json:"body"`
		Segments string  `json:"num_segments"`
		Code     *int    `json:"error_code"`
		Error    *string `json:"error_message"`
	}
	if !a.OK() || json.Unmarshal(a.Body(), &m) != nil || m.SID == "" {
		return connector.Delivery{}, false
	}
	d := connector.Delivery{SID: m.SID, Status: m.Status, To: m.To, Body: m.Body, Segments: m.Segments}
	if m.From != nil {
		d.From = *m.From
	}
	if m.Code != nil {
		d.ErrorCode = *m.Code
	}
	if m.Error != nil {
		d.Error = *m.Error
	}
	return d, true
}

// The statuses in which a message stays, good and bad.
var (
	arrived = []string{"delivered", "read"}
	gone    = []string{"undelivered", "failed", "canceled"}
)

// looks are the pauses before each look at a message: a minute and a half in all.
var looks = []time.Duration{
	time.Second, time.Second, 2 * time.Second, 2 * time.Second, 3 * time.Second, 3 * time.Second, 4 * time.Second,
	5 * time.Second, 5 * time.Second, 8 * time.Second, 8 * time.Second, 10 * time.Second, 10 * time.Second, 14 * time.Second, 14 * time.Second,
}

// longest is the most that Twilio can ask to be left alone for.
const longest = 30 * time.Second

// watch looks at the message until it stays in a status, or there have been looks
// enough. A look that fails is made again at the next turn.
func (c client) watch(ctx context.Context, d connector.Delivery, ids []int) ([]fault.Fault, error) {
	c.Seen(d)
	evidence := ids
	var trouble string
	var wait time.Duration // that Twilio asked for
	for _, pause := range looks {
		if slices.Contains(arrived, d.Status) || slices.Contains(gone, d.Status) {
			break
		}
		if err := c.Pause(ctx, max(pause, wait)); err != nil {
			return nil, err
		}
		a := c.get(ctx, connector.StepMessage, c.accountURL("/Messages/"+url.PathEscape(d.SID)+".json"))
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		now, ok := readMessage(a)
		if trouble, wait = "", 0; !ok {
			trouble, wait = c.trouble(a), retryAfter(a)
			continue
		}
		evidence = append(slices.Clone(ids), a.IDs...)
		if now != d {
			c.Seen(now)
		}
		d = now
	}
	params := []string{"Status", d.Status, "SID", d.SID, "From", d.From, "Words", trouble}
	switch {
	case slices.Contains(arrived, d.Status):
		return nil, nil
	case slices.Contains(gone, d.Status):
		return nil, c.lost(d, evidence)
	case trouble != "":
		return []fault.Fault{asSent(c.fault(unwatched, evidence, params...))}, nil
	case d.Status == "sent":
		return []fault.Fault{asSent(c.fault(unconfirmed, evidence, params...))}, nil
	}
	return []fault.Fault{asSent(c.fault(waiting, evidence, params...))}, nil
}

// retryAfter is the pause that an answer asks for in seconds (RFC 9110, 10.2.3).
func retryAfter(a connector.Answer) time.Duration {
	if a.Exchange == nil || a.Response == nil {
		return 0
	}
	seconds, err := strconv.Atoi(a.Response.Header.Get("Retry-After"))
	if err != nil || seconds < 0 {
		return 0
	}
	return min(time.Duration(min(seconds, 3600))*time.Second, longest)
}
