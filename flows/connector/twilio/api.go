package twilio

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// client is Twilio's API as the account of a set-up sees it.
type client struct {
	connector.Desk
	setup  connector.Setup
	config connector.Config
}

func newClient(d connector.Desk, s connector.Setup) client {
	return client{Desk: d, setup: s, config: s.Config}
}

func (c client) accountSID() string { return c.config.Text("accountSID") }

func (c client) serviceSID() string { return c.config.Text("fromMessagingServiceSID") }

// authorization is the header as Logto writes it (RFC 7617): the SID of the account
// is the user name, as it is a part of the path.
func (c client) authorization() string {
	pair := c.accountSID() + ":" + c.config.Secret("authToken").Reveal()
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(pair))
}

// accountURL is a resource of the account at api.twilio.com. Logto puts the SID into
// the path as it is.
func (c client) accountURL(resource string) string {
	return c.setup.Address(connector.TwilioAPI) + "/2010-04-01/Accounts/" + c.accountSID() + resource
}

// serviceURL is a resource of the messaging service.
func (c client) serviceURL(resource string) string {
	return c.setup.Address(connector.TwilioMessaging) + "/v1/Services/" + c.serviceSID() + resource
}

func (c client) get(ctx context.Context, step oauth.Step, target string) connector.Answer {
	return connector.Send(ctx, c.Client, connector.Call{
		Step: step, URL: target, Patience: patience,
		Header: http.Header{"Accept": {"application/json"}, "Authorization": {c.authorization()}},
	})
}

// refusal is Twilio's answer to what it does not do. Code is 0 where the answer is
// none of Twilio's: a gateway's page, an empty body, or nothing at all.
type refusal struct {
	Code     int    `json:"code"`
	Message  string `json:"message"`
	MoreInfo string `json:"more_info"`
}

func readRefusal(a connector.Answer) refusal {
	var r refusal
	if a.Status() == 0 {
		return r
	}
	if json.Unmarshal(a.Body(), &r) != nil || r.Code == 0 {
		return refusal{Message: a.Told()}
	}
	if r.MoreInfo == "" {
		r.MoreInfo = MoreInfo(r.Code)
	}
	return r
}

// words are the refusal in one line.
func (r refusal) words() string {
	if r.Code == 0 {
		return r.Message
	}
	return strings.TrimSpace(itoa(r.Code) + " " + r.Message)
}

// trouble says in one line why an answer is of no use.
func (c client) trouble(a connector.Answer) string {
	if a.Err != nil {
		return fault.Transport(connector.StepAccount, c.setup.Address(connector.TwilioAPI), a.Err).Params["Cause"]
	}
	return readRefusal(a).words()
}

// read decodes a document of a success, and reports whether it is one.
func read(a connector.Answer, into any) bool {
	return a.OK() && json.Unmarshal(a.Body(), into) == nil
}
