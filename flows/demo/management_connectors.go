package demo

import (
	"encoding/json"
	"net/http"
)

// configured is a connector as the Management API shows it, with its secrets in
// clear, as Logto does.
func (t *Tenant) configured(r *http.Request, c *connection) (map[string]any, *apiError) {
	config, err := t.ConnectorConfig(r.Context(), c.id)
	if err != nil {
		return nil, asAPIError(err)
	}
	shown := c.shown()
	shown["connectorId"], shown["type"], shown["config"] = c.factory, c.kind, json.RawMessage(config)
	shown["metadata"] = map[string]any{}
	if c.standard() {
		shown["metadata"] = map[string]any{"target": c.target, "name": map[string]any{"en": c.name}}
	}
	shown["syncProfile"], shown["enableTokenStorage"] = false, false
	return shown, nil
}

func (t *Tenant) listConnectors(w http.ResponseWriter, r *http.Request) {
	list := []any{}
	for _, c := range t.connections() {
		if c.kind == kindSSO {
			continue
		}
		shown, e := t.configured(r, c)
		if e != nil {
			e.send(w)
			return
		}
		if target := r.URL.Query().Get("target"); target == "" || target == c.target {
			list = append(list, shown)
		}
	}
	writeJSON(w, http.StatusOK, list)
}

func (t *Tenant) oneConnector(w http.ResponseWriter, r *http.Request) {
	c := t.connectionWith(r.PathValue("id"), kindSocial, kindSMS)
	if c == nil {
		apiFailure(http.StatusNotFound, "entity.not_found").send(w)
		return
	}
	t.showConnector(w, r, c)
}

func (t *Tenant) showConnector(w http.ResponseWriter, r *http.Request, c *connection) {
	shown, e := t.configured(r, c)
	if e != nil {
		e.send(w)
		return
	}
	writeJSON(w, http.StatusOK, shown)
}

// changeConnector replaces the whole configuration.
func (t *Tenant) changeConnector(w http.ResponseWriter, r *http.Request) {
	if c := t.changed(w, r, http.StatusInternalServerError, kindSocial, kindSMS); c != nil {
		t.showConnector(w, r, c)
	}
}

// changed saves the configuration of the body, if there is one. It returns nil when
// it has answered, with that status for what would be an error of the server's.
func (t *Tenant) changed(w http.ResponseWriter, r *http.Request, unforeseen int, kinds ...kind) *connection {
	c := t.connectionWith(r.PathValue("id"), kinds...)
	if c == nil {
		apiFailure(http.StatusNotFound, "entity.not_found").send(w)
		return nil
	}
	var body struct {
		Config json.RawMessage `json:"config"`
	}
	if e := readObject(r, &body); e != nil {
		e.send(w)
		return nil
	}
	if body.Config == nil {
		return c
	}
	if e := asAPIError(t.save(r.Context(), c, body.Config)); e != nil {
		if e.status == http.StatusInternalServerError {
			e.status = unforeseen
		}
		e.send(w)
		return nil
	}
	return c
}

// enterprise is an enterprise connector as the API shows it. What discovery says is
// fetched now, and left out when that fails.
func (t *Tenant) enterprise(r *http.Request, c *connection) (map[string]any, *apiError) {
	config, err := t.ConnectorConfig(r.Context(), c.id)
	if err != nil {
		return nil, asAPIError(err)
	}
	shown := map[string]any{
		"id": c.id, "providerName": c.factory, "connectorName": c.name, "providerType": "oidc", "providerLogo": c.logo(),
		"config": json.RawMessage(config), "domains": t.settings().domains[c.id], "branding": map[string]any{}, "syncProfile": false,
	}
	if parsed, err := t.discoverFor(r.Context(), config); err == nil {
		shown["providerConfig"] = parsed
	}
	return shown, nil
}

func (t *Tenant) listSSOConnectors(w http.ResponseWriter, r *http.Request) {
	list := []any{}
	for _, c := range t.connections() {
		if c.kind != kindSSO {
			continue
		}
		shown, e := t.enterprise(r, c)
		if e != nil {
			e.send(w)
			return
		}
		list = append(list, shown)
	}
	writeJSON(w, http.StatusOK, list)
}

func (t *Tenant) oneSSOConnector(w http.ResponseWriter, r *http.Request) {
	c := t.connectionWith(r.PathValue("id"), kindSSO)
	if c == nil {
		apiFailure(http.StatusNotFound, "entity.not_found").send(w)
		return
	}
	t.showSSOConnector(w, r, c)
}

func (t *Tenant) showSSOConnector(w http.ResponseWriter, r *http.Request, c *connection) {
	shown, e := t.enterprise(r, c)
	if e != nil {
		e.send(w)
		return
	}
	writeJSON(w, http.StatusOK, shown)
}

// changeSSOConnector replaces the whole configuration, with which discovery is tried
// first. What fails there is a mistake of the request, and at a sign-in one of the
// server's.
func (t *Tenant) changeSSOConnector(w http.ResponseWriter, r *http.Request) {
	if c := t.changed(w, r, http.StatusBadRequest, kindSSO); c != nil {
		t.showSSOConnector(w, r, c)
	}
}
