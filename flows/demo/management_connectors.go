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
	c := t.connectionWith(r.PathValue("id"), kindSocial, kindSMS)
	if c == nil {
		apiFailure(http.StatusNotFound, "entity.not_found").send(w)
		return
	}
	var body struct {
		Config json.RawMessage `json:"config"`
	}
	if e := readObject(r, &body); e != nil {
		e.send(w)
		return
	}
	if body.Config != nil {
		if e := asAPIError(t.save(r.Context(), c, body.Config)); e != nil {
			e.send(w)
			return
		}
	}
	t.showConnector(w, r, c)
}

// enterprise is an enterprise connector as the API shows it. What discovery says is
// fetched now, and left out when that fails.
func (t *Tenant) enterprise(r *http.Request, c *connection) (map[string]any, *apiError) {
	config, err := t.ConnectorConfig(r.Context(), c.id)
	if err != nil {
		return nil, asAPIError(err)
	}
	shown := map[string]any{
		"id": c.id, "providerName": c.factory, "connectorName": c.name, "providerType": "oidc", "providerLogo": logo,
		"config": json.RawMessage(config), "domains": c.domains, "branding": map[string]any{}, "syncProfile": false,
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
	shown, e := t.enterprise(r, c)
	if e != nil {
		e.send(w)
		return
	}
	writeJSON(w, http.StatusOK, shown)
}
