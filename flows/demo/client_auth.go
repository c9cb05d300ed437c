package demo

import (
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// bodyParams reads the parameters of a direct request. Logto takes JSON as well as
// a form.
func bodyParams(r *http.Request) (url.Values, *oauthError) {
	mediaType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch mediaType {
	case "application/x-www-form-urlencoded":
		if err := r.ParseForm(); err != nil {
			return nil, fail("invalid_request", "failed to parse the request body")
		}
		for name, values := range r.PostForm {
			if len(values) > 1 && name != "resource" { // RFC 6749 3.2
				return nil, fail("invalid_request", "'"+name+"' parameter must not be provided twice")
			}
		}
		return r.PostForm, nil
	case "application/json":
		return jsonParams(r)
	default:
		return nil, fail("invalid_request",
			"only application/json or application/x-www-form-urlencoded content-type bodies are supported")
	}
}

func jsonParams(r *http.Request) (url.Values, *oauthError) {
	var object map[string]any
	if err := json.NewDecoder(r.Body).Decode(&object); err != nil {
		return nil, fail("invalid_request", "failed to parse the request body")
	}
	params := url.Values{}
	for name, value := range object {
		switch v := value.(type) {
		case string:
			params.Set(name, v)
		case []any:
			for _, member := range v {
				if s, ok := member.(string); ok {
					params.Add(name, s)
				}
			}
		}
	}
	return params, nil
}

// authenticate finds the client of a direct request and checks its secret, by
// client_secret_basic or client_secret_post (OIDC Core 9; RFC 6749 2.3.1).
func (t *Tenant) authenticate(r *http.Request, params url.Values) (*app, *oauthError) {
	id, secret := params.Get("client_id"), params.Get("client_secret")
	header := r.Header.Get("Authorization")
	basic := header != ""
	if basic {
		user, password, ok := parseBasic(header)
		switch {
		case !ok:
			return nil, fail("invalid_request", "invalid authorization header value format")
		case secret != "":
			return nil, fail("invalid_request", "client authentication must only be provided using one mechanism")
		case id != "" && id != user:
			return nil, fail("invalid_request", "mismatch in body and authorization client ids")
		}
		id, secret = user, password
	}
	if id == "" {
		return nil, fail("invalid_request", "no client authentication mechanism provided")
	}
	a, known := t.registered(id)
	if !known {
		return nil, fail("invalid_client", "invalid client "+id)
	}
	method := "client_secret_post"
	if basic {
		method = "client_secret_basic"
	}
	right := subtle.ConstantTimeCompare([]byte(a.secret), []byte(secret)) == 1 || t.leniency().secret
	if !a.allowsMethod(method) || !right {
		e := &oauthError{
			status: http.StatusUnauthorized, code: "invalid_client", description: "client authentication failed",
		}
		if basic { // RFC 6749 5.2: in the scheme that the client used
			e.scheme = "Basic"
		}
		return nil, e
	}
	return a.app, nil
}

// parseBasic reads the header, whose two halves are form-encoded (RFC 6749 2.3.1).
func parseBasic(header string) (id, secret string, ok bool) {
	scheme, credentials, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Basic") {
		return "", "", false
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(credentials))
	if err != nil {
		return "", "", false
	}
	id, secret, ok = strings.Cut(string(raw), ":")
	if !ok {
		return "", "", false
	}
	id, errID := url.QueryUnescape(id)
	secret, errSecret := url.QueryUnescape(secret)
	return id, secret, errID == nil && errSecret == nil
}
