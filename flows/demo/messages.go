package demo

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"regexp"
)

// phonePattern is Logto's rule for a number: digits only.
var phonePattern = regexp.MustCompile(`^\d+$`)

// testConnector sends a message with a configuration that need not be saved.
func (t *Tenant) testConnector(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Phone, Email string
		Config       json.RawMessage
	}
	if e := readObject(r, &body); e != nil {
		e.send(w)
		return
	}
	if e := t.sendTest(r, body.Phone, body.Email, body.Config); e != nil {
		e.send(w)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (t *Tenant) sendTest(r *http.Request, phone, email string, config []byte) *apiError {
	switch {
	case phone != "" && !phonePattern.MatchString(phone):
		return invalidInput("phone")
	case phone == "" && email == "":
		return invalidInput("")
	case config == nil:
		return invalidInput("config")
	}
	for _, c := range t.connections() {
		switch {
		case c.kind != kindSMS || c.factory != r.PathValue("factory"):
		case phone == "":
			return apiFailure(http.StatusBadRequest, "connector.unexpected_type")
		default:
			return t.sendMessage(r.Context(), c, config, phone, "Generic", "000000")
		}
	}
	return apiFailure(http.StatusBadRequest, "connector.not_found")
}

func (t *Tenant) sendMessage(ctx context.Context, c *connection, config []byte, phone, usage, code string) *apiError {
	sms, err := t.sms(ctx, c, config)
	if err != nil {
		return asAPIError(err)
	}
	return asAPIError(sms.Send(ctx, phone, usage, code))
}

// sendCode sends a verification code to a phone, with the saved configuration.
func (t *Tenant) sendCode(r *http.Request, i *interaction) (any, *apiError) {
	var body struct {
		Identifier struct{ Type, Value string }
		Event      string `json:"interactionEvent"`
	}
	if e := readObject(r, &body); e != nil {
		return nil, e
	}
	if body.Identifier.Type != "phone" || !phonePattern.MatchString(body.Identifier.Value) {
		return nil, invalidInput("identifier")
	}
	if body.Event == "" {
		return nil, invalidInput("interactionEvent")
	}
	c := t.connectionWith(TwilioID, kindSMS)
	code, err := rand.Int(rand.Reader, big.NewInt(1e6))
	if err != nil {
		return nil, asAPIError(err)
	}
	config, err := t.ConnectorConfig(r.Context(), c.id)
	if err != nil {
		return nil, asAPIError(err)
	}
	e := t.sendMessage(r.Context(), c, config, body.Identifier.Value, body.Event, fmt.Sprintf("%06d", code))
	t.record(r, i.request.app, "Interaction.SignIn.Verification.PhoneVerificationCode.Create",
		map[string]any{"identifier": body.Identifier}, e)
	if e != nil {
		return nil, e
	}
	return map[string]any{"verificationId": newHandle()[:21]}, nil
}
