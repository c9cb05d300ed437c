package demo

import (
	"encoding/json"
	"net/http"
)

// apiError is an error of Logto's API.
type apiError struct {
	status  int
	Code    string `json:"code,omitempty"` // empty: something unforeseen
	Message string `json:"message"`
	Data    any    `json:"data,omitempty"`

	log string // what the audit log has instead; empty: the same
}

// apiMessages are Logto's sentences for its codes.
var apiMessages = map[string]string{
	"auth.authorization_header_missing":           "Authorization header is missing.",
	"auth.authorization_token_type_not_supported": "Authorization type is not supported.",

	"auth.forbidden":                                 "Forbidden. Please check your user roles and permissions.",
	"auth.unauthorized":                              "Unauthorized. Please check credentials and its scope.",
	"connector.not_found":                            "Cannot find any available connector for type: Sms.",
	"connector.unexpected_type":                      "The connector's type is unexpected.",
	"entity.not_found":                               "The resource does not exist.",
	"guard.invalid_input":                            "The request body is invalid.",
	"guard.invalid_pagination":                       "The request pagination value is invalid.",
	"session.connector_validation_session_not_found": "The connector session for token validation is not found.",
	"session.interaction_not_found":                  "Interaction session not found. Please go back and start the session again.",
	"session.not_found":                              "Session not found. Please go back and sign in again.",
	"session.verification_session_not_found":         "The verification was not successful. Restart the verification flow and try again.",
}

// apiFailure is an error with Logto's sentence for the code.
func apiFailure(status int, code string) *apiError {
	return &apiError{status: status, Code: code, Message: apiMessages[code]}
}

// invalidInput is what Logto says of a member that its schema does not take.
func invalidInput(member string) *apiError {
	e := apiFailure(http.StatusBadRequest, "guard.invalid_input")
	e.Data = map[string]any{"name": "ZodError", "issues": []any{map[string]any{
		"code": "invalid_type", "path": []string{member}, "message": "Required",
	}}}
	return e
}

func (e *apiError) send(w http.ResponseWriter) { writeJSON(w, e.status, e) }

// readObject reads the JSON body of a request to the API.
func readObject(r *http.Request, into any) *apiError {
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		return &apiError{status: http.StatusBadRequest, Message: "The body is not the JSON that is expected: " + err.Error()}
	}
	return nil
}
