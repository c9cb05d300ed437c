package trace

import (
	"net/http"
	"testing"

	"signbench/flows/oauth"
)

// Requests that a program makes with the parameters of an authorization request are
// no authorization requests: nobody is sent anywhere by them.
func TestPushedDeviceAndRegistrationRequestsAreTold(t *testing.T) {
	const form, asJSON, page = "application/x-www-form-urlencoded", "application/json; charset=utf-8", "text/html"
	for name, c := range map[string]struct {
		url, sent, body, answered string
		want                      oauth.Step
		channel                   Channel
	}{
		"pushed":          {"https://op.example/par", form, "client_id=a&response_type=code&scope=openid", asJSON, oauth.StepPush, BackChannel},
		"pushed, signed":  {"https://op.example/par", form, "client_id=a&request=e30.e30.", asJSON, oauth.StepPush, BackChannel},
		"device":          {"https://op.example/device/auth", form, "client_id=a&scope=openid", asJSON, oauth.StepDevice, BackChannel},
		"device's token":  {"https://op.example/device/token", form, "client_id=a&grant_type=urn:ietf:params:oauth:grant-type:device_code", asJSON, oauth.StepToken, BackChannel},
		"registration":    {"https://op.example/reg", asJSON, `{"redirect_uris":["https://a.example/cb"]}`, asJSON, oauth.StepRegister, BackChannel},
		"backchannel":     {"https://op.example/backchannel", form, "scope=openid&id_token_hint=e30.e30.", asJSON, oauth.StepBackchannel, BackChannel},
		"by form, a page": {"https://op.example/auth", form, "client_id=a&response_type=code", page, oauth.StepAuthorize, FrontChannel},
	} {
		t.Run(name, func(t *testing.T) {
			ex := &Exchange{
				Request:  Request{Method: http.MethodPost, URL: c.url, Header: http.Header{"Content-Type": {c.sent}}, Body: Body{Bytes: []byte(c.body)}},
				Response: &Response{Status: 400, Header: http.Header{"Content-Type": {c.answered}}},
			}
			if known := newClassifier().classify(ex, &harEntry{}); !known || ex.Step != c.want || ex.Channel != c.channel {
				t.Errorf("it is %q in the %q channel (%t), want %q in %q", ex.Step, ex.Channel, known, c.want, c.channel)
			}
		})
	}
}
