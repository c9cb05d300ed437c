package demo

import (
	"net/http"
	"net/mail"
	"slices"
)

// experienceRoutes are what Logto's own sign-in page calls. A plain HTTP client with
// a cookie jar can call it too, after it was at the authorization endpoint.
func (t *Tenant) experienceRoutes(m *http.ServeMux) {
	m.HandleFunc("GET /api/.well-known/sign-in-exp", t.signInExperience)
	m.HandleFunc("GET /api/.well-known/account-center", t.accountCenter)
	m.HandleFunc("PUT /api/experience", t.inInteraction(t.beginExperience))
	m.HandleFunc("GET /api/experience/sso-connectors", t.inInteraction(t.routeAddress))
	m.HandleFunc("POST /api/experience/verification/verification-code", t.inInteraction(t.begun(t.sendCode)))
	for path, k := range map[string]kind{"social": kindSocial, "sso": kindSSO} {
		prefix := "POST /api/experience/verification/" + path + "/{connector}/"
		m.HandleFunc(prefix+"authorization-uri", t.inInteraction(t.begun(t.authorizationURI(k))))
		m.HandleFunc(prefix+"verify", t.inInteraction(t.begun(t.verify(k))))
	}
}

// inAPI is a handler of the Experience API, whose result is the body of the answer.
type inAPI func(r *http.Request, i *interaction) (any, *apiError)

// inInteraction finds the interaction that the cookie names.
func (t *Tenant) inInteraction(next inAPI) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		i := t.interactionOf(r, cookie(r, interactionCookie))
		if i == nil {
			apiFailure(http.StatusBadRequest, "session.not_found").send(w)
			return
		}
		switch body, e := next(r, i); {
		case e != nil:
			e.send(w)
		case body == nil:
			w.WriteHeader(http.StatusNoContent)
		default:
			writeJSON(w, http.StatusOK, body)
		}
	}
}

// begun lets through what comes after PUT /api/experience.
func (t *Tenant) begun(next inAPI) inAPI {
	return func(r *http.Request, i *interaction) (any, *apiError) {
		t.book.mu.Lock()
		event := i.event
		t.book.mu.Unlock()
		if event == "" {
			return nil, apiFailure(http.StatusNotFound, "session.interaction_not_found")
		}
		return next(r, i)
	}
}

func (t *Tenant) beginExperience(r *http.Request, i *interaction) (any, *apiError) {
	var body struct {
		Event string `json:"interactionEvent"`
	}
	if e := readObject(r, &body); e != nil {
		return nil, e
	}
	if !slices.Contains([]string{"SignIn", "Register", "ForgotPassword"}, body.Event) {
		return nil, invalidInput("interactionEvent")
	}
	t.book.mu.Lock()
	defer t.book.mu.Unlock()
	i.event = body.Event
	return nil, nil
}

// routeAddress says which enterprise connectors an e-mail address is sent to.
func (t *Tenant) routeAddress(r *http.Request, _ *interaction) (any, *apiError) {
	address, err := mail.ParseAddress(r.URL.Query().Get("email"))
	if err != nil || address.Name != "" {
		return nil, invalidInput("email")
	}
	return map[string]any{"connectorIds": t.connectionsFor(address.Address)}, nil
}

// authorizationURI makes the URL of the upstream for a connector.
func (t *Tenant) authorizationURI(k kind) inAPI {
	return func(r *http.Request, i *interaction) (any, *apiError) {
		var body struct {
			State       string `json:"state"`
			RedirectURI string `json:"redirectUri"`
		}
		if e := readObject(r, &body); e != nil {
			return nil, e
		}
		switch {
		case body.State == "":
			return nil, invalidInput("state")
		case body.RedirectURI == "":
			return nil, invalidInput("redirectUri")
		}
		c := t.connectionWith(r.PathValue("connector"), k)
		if c == nil {
			return nil, apiFailure(http.StatusNotFound, "entity.not_found")
		}
		target, v, e := t.begin(r, i, c, body.State, body.RedirectURI)
		if e != nil {
			return nil, e
		}
		return map[string]any{"authorizationUri": target, "verificationId": v.id}, nil
	}
}

// verify takes what the callback carried through the connector.
func (t *Tenant) verify(k kind) inAPI {
	return func(r *http.Request, i *interaction) (any, *apiError) {
		var body struct {
			ID   string            `json:"verificationId"`
			Data map[string]string `json:"connectorData"`
		}
		if e := readObject(r, &body); e != nil {
			return nil, e
		}
		switch {
		case body.ID == "":
			return nil, invalidInput("verificationId")
		case body.Data == nil:
			return nil, invalidInput("connectorData")
		}
		t.book.mu.Lock()
		v := i.verifications[body.ID]
		t.book.mu.Unlock()
		if v == nil || v.connection.kind != k || v.connection.id != r.PathValue("connector") {
			return nil, apiFailure(http.StatusNotFound, "session.verification_session_not_found")
		}
		if _, e := t.finish(r, i, v, body.Data); e != nil {
			return nil, e
		}
		return map[string]any{"verificationId": v.id}, nil
	}
}
