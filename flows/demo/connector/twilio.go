package connector

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// Twilio is the twilio-short-message-service connector.
type Twilio struct {
	client *http.Client
	api    string // the origin in the place of https://api.twilio.com
	config twilioConfig
}

type twilioConfig struct {
	AccountSID  string     `json:"accountSID"`
	AuthToken   string     `json:"authToken"` // #nosec G117 -- of the demo, public
	ServiceSID  string     `json:"fromMessagingServiceSID"`
	NoRiskCheck bool       `json:"disableRiskCheck"`
	Templates   []template `json:"templates"`
}

type template struct {
	UsageType string `json:"usageType"`
	Content   string `json:"content"`
}

// mustHave are the usage types without which Logto does not save the configuration.
var mustHave = []string{"Register", "SignIn", "ForgotPassword", "Generic"}

// NewTwilio is the Twilio connector with Logto's JSON. The error is an *Error.
func NewTwilio(client *http.Client, api string, config []byte) (*Twilio, error) {
	t := &Twilio{client: client, api: api}
	err := decode(config, &t.config, map[string]*string{
		"accountSID": &t.config.AccountSID, "authToken": &t.config.AuthToken, "fromMessagingServiceSID": &t.config.ServiceSID,
	})
	if err != nil {
		return nil, err
	}
	var missing []string
	for _, usage := range mustHave {
		if _, found := t.template(usage); !found {
			missing = append(missing, usage)
		}
	}
	if missing != nil {
		return nil, refusal(codeInvalidConfig, map[string]any{"name": "ZodError", "issues": []any{map[string]any{
			"code": "custom", "path": []string{"templates"},
			"message": "Template with UsageType (" + strings.Join(missing, ", ") + ") should be provided!",
		}}})
	}
	return t, nil
}

// template finds the content for a usage type.
func (t *Twilio) template(usage string) (string, bool) {
	i := slices.IndexFunc(t.config.Templates, func(one template) bool { return one.UsageType == usage })
	if i < 0 {
		return "", false
	}
	return t.config.Templates[i].Content, true
}

// Send sends the template of the usage type, or Generic, to the number. Whatever
// Twilio says with 2xx is a success. The error is an *Error.
func (t *Twilio) Send(ctx context.Context, to, usage, code string) error {
	content, found := t.template(usage)
	if !found {
		content, _ = t.template("Generic") // NewTwilio saw to it that there is one
	}
	if !strings.HasPrefix(to, "+") {
		to = "+" + to
	}
	risk := "enable"
	if t.config.NoRiskCheck {
		risk = "disable"
	}
	var form parameters
	form.add("To", to)
	form.add("MessagingServiceSid", t.config.ServiceSID)
	form.add("Body", strings.NewReplacer("{{code}}", code, "{{ code }}", code).Replace(content))
	form.add("RiskCheck", risk)
	target := t.api + "/2010-04-01/Accounts/" + t.config.AccountSID + "/Messages.json"
	a, err := postForm(ctx, t.client, target, form, func(r *http.Request) {
		r.SetBasicAuth(t.config.AccountSID, t.config.AuthToken)
	})
	switch {
	case err != nil:
		return unreachable(err, http.MethodPost, target)
	case !a.ok():
		var body any
		if json.Unmarshal(a.body, &body) != nil {
			body = string(a.body)
		}
		return refusal(codeGeneral, body)
	}
	return nil
}
