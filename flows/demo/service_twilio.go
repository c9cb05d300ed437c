package demo

import (
	"context"

	"signbench/flows/demo/twilio"
)

// twilioConfig is a configuration of the SMS connector that works when no switch is
// on. Its templates are those without which Logto does not save it.
func twilioConfig(string, *connection) map[string]any {
	var templates []any
	for _, one := range []struct{ usage, content string }{
		{"SignIn", "Your Signbench demo sign-in code is {{code}}. It is good for 10 minutes."},
		{"Register", "Your Signbench demo sign-up code is {{code}}. It is good for 10 minutes."},
		{"ForgotPassword", "Your Signbench demo code for a new password is {{code}}. It is good for 10 minutes."},
		{"Generic", "Your Signbench demo code is {{code}}. It is good for 10 minutes."},
	} {
		templates = append(templates, map[string]any{"usageType": one.usage, "content": one.content})
	}
	return map[string]any{
		"accountSID": twilio.AccountSID, "authToken": twilio.AuthToken, "fromMessagingServiceSID": twilio.ServiceSID,
		"templates": templates,
	}
}

// SentMessages are the messages that Twilio was asked to send, the newest last.
func (t *Tenant) SentMessages() []twilio.Sent { return t.services.twilio.Sent() }

// TwilioURL is the origin in the place of https://api.twilio.com and
// https://messaging.twilio.com. It listens from then on, until the tenant stops.
func (t *Tenant) TwilioURL(ctx context.Context) (string, error) {
	return t.services.base(ctx, serviceTwilio)
}

// SetTwilioSwitches turns exactly these switches of it on. One that it does not know
// is an error, and changes nothing.
func (t *Tenant) SetTwilioSwitches(ids ...twilio.ID) error { return t.services.twilio.Set(ids...) }
