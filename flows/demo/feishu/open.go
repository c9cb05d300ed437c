package feishu

import (
	"encoding/json"
	"net/http"
	"strings"
)

// envelope answers as the open platform does: a code that is 0 for success, and an
// HTTP status that is not always an error's when the code is.
func envelope(w http.ResponseWriter, status, code int, msg string, more map[string]any) {
	document := map[string]any{"code": code, "msg": msg}
	for name, v := range more {
		document[name] = v
	}
	answer(w, status, document)
}

// internalToken gives a custom app a token for itself, against its ID and secret.
func (s *Service) internalToken(w http.ResponseWriter, r *http.Request) {
	var app struct {
		ID     string `json:"app_id"`
		Secret string `json:"app_secret"` // #nosec G117 -- of the demo, public
	}
	err := json.NewDecoder(r.Body).Decode(&app)
	switch {
	case err != nil, app.Secret == "", !strings.HasPrefix(app.ID, "cli_"):
		envelope(w, http.StatusOK, 10003, "invalid param", nil)
	case !s.knows(app.ID):
		envelope(w, http.StatusOK, 10014, "app id not exists", nil)
	case !s.accepts(app.Secret):
		envelope(w, http.StatusBadRequest, 10014, "app secret invalid", nil)
	default:
		token := s.issue(s.tenants, "t-")
		more := map[string]any{"tenant_access_token": token, "expire": int(tokenLife.Seconds())}
		if strings.Contains(r.URL.Path, "app_access_token") {
			more["app_access_token"] = token // of a custom app the two are the same
		}
		envelope(w, http.StatusOK, 0, "ok", more)
	}
}

// States of an app.
const (
	statusDisabled   = 0
	statusEnabled    = 1
	statusNotEnabled = 2
)

// application is what the app may read of itself with one of the two permissions.
func (s *Service) application(w http.ResponseWriter, r *http.Request) {
	const scopes = "application:application:self_manage, admin:app.info:readonly"
	id := r.PathValue("app_id")
	switch {
	case !s.bearer(r, s.tenants):
		envelope(w, http.StatusBadRequest, 99991663, "Invalid access token for authorization.", nil)
		return
	case s.has(AppInfoForbidden):
		envelope(w, http.StatusBadRequest, 99991672, "Access denied. One of the following scopes is required: ["+scopes+"].", nil)
		return
	case r.URL.Query().Get("lang") == "":
		envelope(w, http.StatusBadRequest, 99992402, "field validation failed", nil)
		return
	case id != "me" && !s.knows(id):
		envelope(w, http.StatusBadRequest, 210506, "no such app", nil)
		return
	}
	app := map[string]any{
		"app_id": AppID, "app_name": "Signbench demo", "status": statusEnabled, "redirect_urls": s.redirectURLs(),
		"online_version_id": "oav_demo0version", "primary_language": "zh_cn",
	}
	switch {
	case s.has(AppDisabled):
		app["status"] = statusDisabled
	case s.has(NotPublished):
		app["status"], app["online_version_id"] = statusNotEnabled, ""
	}
	envelope(w, http.StatusOK, 0, "success", map[string]any{"data": map[string]any{"app": app}})
}

func (s *Service) redirectURLs() []string {
	if s.has(RedirectURIUnknown) {
		return []string{"https://www.example.com/callback"}
	}
	return s.opts.RedirectURLs()
}
