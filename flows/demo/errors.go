package demo

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// oauthError is an error response of the protocol (RFC 6749 5.2, 4.1.2.1).
type oauthError struct {
	status      int
	code        string // the error code of the registry
	description string
	scheme      string // of WWW-Authenticate; empty: no such header
}

// fail is an error with status 400.
func fail(code, description string) *oauthError {
	return &oauthError{status: http.StatusBadRequest, code: code, description: description}
}

// invalidGrant is the one body for everything that is wrong with a code or a
// refresh token: Logto does not say which.
func invalidGrant() *oauthError { return fail("invalid_grant", "grant request is invalid") }

// messages are Logto's sentences for error codes; others get a fallback.
var messages = map[string]string{
	"invalid_scope":             "Invalid scope: %s.",
	"invalid_token":             "Invalid token provided.",
	"insufficient_scope":        "Token missing scope `openid`.",
	"invalid_request":           "Request is invalid.",
	"invalid_grant":             "Grant request is invalid.",
	"invalid_redirect_uri":      "`redirect_uri` did not match any of the client's registered `redirect_uris`.",
	"access_denied":             "Access denied.",
	"invalid_target":            "Invalid resource indicator.",
	"unsupported_grant_type":    "Unsupported `grant_type` requested.",
	"unsupported_response_mode": "Unsupported `response_mode` requested.",
	"unsupported_response_type": "Unsupported `response_type` requested.",
}

// errorBody is how Logto wraps an OAuth error.
type errorBody struct {
	Code        string `json:"code"`
	Message     string `json:"message"`
	ErrorURI    string `json:"error_uri,omitempty"`
	Error       string `json:"error"`
	Description string `json:"error_description,omitempty"`
	State       string `json:"state,omitempty"`
	Issuer      string `json:"iss,omitempty"`
}

func (e *oauthError) body() errorBody {
	b := errorBody{Code: "oidc." + e.code, Error: e.code, Description: e.description}
	switch message, known := messages[e.code]; {
	case e.code == "invalid_scope":
		b.Message = fmt.Sprintf(message, e.description)
	case known:
		b.Message = message
	default:
		b.Message = "An OIDC error occurred: " + e.code + "."
	}
	if e.code == "invalid_grant" {
		b.ErrorURI = "https://openid.sh/debug/invalid_grant"
	}
	return b
}

// refuse answers a direct request with the error.
func (t *Tenant) refuse(w http.ResponseWriter, r *http.Request, e *oauthError) {
	if e.scheme != "" {
		w.Header().Set("WWW-Authenticate", fmt.Sprintf("%s realm=%q, error=%q, error_description=%q",
			e.scheme, t.issuer(r), e.code, e.description))
	}
	writeJSON(w, e.status, e.body())
}

// writeJSON answers with a document that must not be cached (RFC 6749 5.1).
func writeJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, `{"message":"Internal server error."}`, http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that has gone away is not our error
}
