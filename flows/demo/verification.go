package demo

import (
	"context"
	"errors"
	"net/http"

	"signbench/flows/demo/connector"
)

// verification is one attempt to sign in with a connector, in an interaction.
type verification struct {
	id         string
	connection *connection
	session    connector.Session
	open       bool // the session was not used yet
}

// keyOf is the audit log's key for what is done to a verification.
func (c *connection) keyOf(action string) string {
	if c.kind == kindSSO {
		return "Interaction.SignIn.Verification.EnterpriseSso." + action
	}
	return "Interaction.SignIn.Verification.Social." + action
}

// begin makes the URL that the browser is sent to, and remembers what the callback
// has to fit.
func (t *Tenant) begin(r *http.Request, i *interaction, c *connection, state, redirectURI string) (string, *verification, *apiError) {
	target, session, err := t.start(r.Context(), c, state, redirectURI)
	e := asAPIError(err)
	t.record(r, i.request.app, c.keyOf("Create"), map[string]any{
		"connectorId": c.id, "state": state, "redirectUri": redirectURI,
	}, e)
	if e != nil {
		return "", nil, e
	}
	v := &verification{id: newHandle()[:21], connection: c, session: session, open: true}
	t.book.mu.Lock()
	i.verifications[v.id] = v
	t.book.mu.Unlock()
	return target, v, nil
}

func (t *Tenant) start(ctx context.Context, c *connection, state, redirectURI string) (string, connector.Session, error) {
	s, err := t.build(ctx, c)
	if err != nil {
		return "", connector.Session{}, err
	}
	return s.Begin(ctx, state, redirectURI)
}

// finish does with the callback's parameters what Logto does with them. The session
// serves once, whatever comes of it.
func (t *Tenant) finish(r *http.Request, i *interaction, v *verification, data map[string]string) (connector.Profile, *apiError) {
	t.book.mu.Lock()
	open := v.open
	v.open = false
	t.book.mu.Unlock()

	var p connector.Profile
	e := apiFailure(http.StatusBadRequest, "session.connector_validation_session_not_found")
	if open {
		var err error
		p, err = t.complete(r.Context(), v, data)
		e = asAPIError(err)
	}
	payload := map[string]any{"connectorId": v.connection.id, "verificationId": v.id, "connectorData": data}
	if e == nil {
		payload["userInfo"] = p
	}
	t.record(r, i.request.app, v.connection.keyOf("Submit"), payload, e)
	return p, e
}

func (t *Tenant) complete(ctx context.Context, v *verification, data map[string]string) (connector.Profile, error) {
	s, err := t.build(ctx, v.connection)
	if err != nil {
		return connector.Profile{}, err
	}
	return s.Finish(ctx, data, v.session)
}

// asAPIError is the error of a connector as the API answers with it. Any other has
// no code.
func asAPIError(err error) *apiError {
	var e *connector.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e):
		return &apiError{status: e.Status, Code: e.Code, Message: e.Message, Data: e.Data, log: e.Log}
	default:
		return &apiError{status: http.StatusInternalServerError, Message: "Internal server error.", log: err.Error()}
	}
}
