package connector

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"syscall"
)

// Error is an error of a connector, as Logto's API answers with it.
type Error struct {
	Status  int
	Code    string // "connector.general"; empty: Logto says nothing but "Internal server error."
	Message string
	Data    any

	// Log is what the audit log says instead of the code, the message and the data.
	Log string
}

// Error is the message and, where the answer hides it, what the audit log says.
func (e *Error) Error() string {
	if e.Log != "" {
		return e.Log
	}
	return e.Message
}

// code is a code of a connector's error, without its prefix.
type code string

const (
	codeGeneral                  code = "general"
	codeInvalidConfig            code = "invalid_config"
	codeInvalidResponse          code = "invalid_response"
	codeInvalidRequestParameters code = "invalid_request_parameters"
	codeSocialAuthCodeInvalid    code = "social_auth_code_invalid"
	codeSocialAccessTokenInvalid code = "social_invalid_access_token"
	codeSocialIDTokenInvalid     code = "social_invalid_id_token"
	codeAuthorizationFailed      code = "authorization_failed"
)

// known is the status and the sentence of each code.
var known = map[code]struct {
	status  int
	message string
}{
	codeGeneral:                  {http.StatusBadRequest, "Error occurred in connector: "},
	codeInvalidConfig:            {http.StatusBadRequest, "The connector's config is invalid."},
	codeInvalidResponse:          {http.StatusBadRequest, "The connector's response is invalid."},
	codeInvalidRequestParameters: {http.StatusBadRequest, "The request is with wrong input parameter(s)."},
	codeSocialAuthCodeInvalid:    {http.StatusUnauthorized, "Unable to get access token, please check authorization code."},
	codeSocialAccessTokenInvalid: {http.StatusUnauthorized, "The connector's access token is invalid."},
	codeSocialIDTokenInvalid:     {http.StatusUnauthorized, "The connector's id token is invalid."},
	codeAuthorizationFailed:      {http.StatusUnauthorized, "The user's authorization process is unsuccessful."},
}

// refusal is a ConnectorError of a social or an SMS connector.
func refusal(c code, data any) *Error {
	k := known[c]
	e := &Error{Status: k.status, Code: "connector." + string(c), Message: k.message, Data: data}
	text, err := json.Marshal(data)
	if err != nil {
		text = []byte("{}")
	}
	if c == codeGeneral {
		e.Message += string(text)
	}
	e.Log = "Error: ConnectorError: " + string(text)
	return e
}

// thrownAway is what becomes of the body of a token endpoint's error: Logto writes
// down a stream that was not read.
func thrownAway() *Error {
	e := refusal(codeGeneral, map[string]any{"message": "{}"})
	e.Log = `Error: ConnectorError: "{}"`
	return e
}

// unforeseen is an error that is none of a connector's: the answer has no code, and
// only the audit log has the reason.
func unforeseen(name, message string) *Error {
	return &Error{
		Status: http.StatusInternalServerError, Message: "Internal server error.", Log: name + ": " + message,
	}
}

// unreachable is a request that found nobody, in the words of Node's fetch.
func unreachable(err error, method, target string) *Error {
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return unforeseen("TimeoutError", "Request timed out: "+method+" "+target)
	}
	return unforeseen("TypeError", "fetch failed")
}

// ssoRefusal is an error of an enterprise connector, all of which are 500.
func ssoRefusal(c code, data map[string]any) *Error {
	data["ssoErrorCode"] = string(c)
	return &Error{
		Status: http.StatusInternalServerError, Code: "connector." + string(c), Message: known[c].message, Data: data,
	}
}

// nodeError is how Node writes an error of the network down.
func nodeError(err error) map[string]any {
	var dns *net.DNSError
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return map[string]any{"name": "RequestError", "code": "ECONNREFUSED"}
	case errors.As(err, &dns):
		return map[string]any{"name": "RequestError", "code": "ENOTFOUND"}
	default:
		return map[string]any{"name": "RequestError", "code": "ERR_GOT_REQUEST_ERROR"}
	}
}

// issue is one thing that a schema of Logto's found.
type issue struct{ path, expected, received string }

// zod is the issues as Logto's schema library writes them down.
func zod(found ...issue) map[string]any {
	var list []any
	for _, i := range found {
		message := "Required"
		if i.received != "undefined" {
			message = "Expected " + i.expected + ", received " + i.received
		}
		list = append(list, map[string]any{
			"code": "invalid_type", "expected": i.expected, "received": i.received, "path": []string{i.path}, "message": message,
		})
	}
	return map[string]any{"name": "ZodError", "issues": list}
}

// kind names a JSON value as that library does.
func kind(v any, present bool) string {
	switch v.(type) {
	case nil:
		if present {
			return "null"
		}
		return "undefined"
	case string:
		return "string"
	case bool:
		return "boolean"
	case float64:
		return "number"
	case []any:
		return "array"
	default:
		return "object"
	}
}
