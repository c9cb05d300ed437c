package connector

import (
	"cmp"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"signbench/flows/fault"
	"signbench/flows/jose"
)

// Words are what an upstream says in an answer that is no success: the OAuth error,
// the text of a page, or the beginning of anything else.
func (a Answer) Words() (code, description string) {
	var e struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
		Message     string `json:"message"`
	}
	body := a.Body()
	if json.Unmarshal(body, &e) == nil && (e.Error != "" || e.Message != "") {
		return e.Error, cmp.Or(e.Description, e.Message)
	}
	if location := a.Response.Header.Get("Location"); location != "" && a.Status() < 400 {
		where, _, _ := strings.Cut(location, "?")
		return "", "Location: " + where
	}
	if strings.HasPrefix(strings.TrimSpace(string(body[:min(len(body), 256)])), "<") {
		return "", fault.PageText(body)
	}
	return "", string(body[:min(len(body), 2000)])
}

// Told is an answer in one line.
func (a Answer) Told() string {
	code, description := a.Words()
	switch {
	case code != "" && description != "":
		return code + ": " + description
	case code+description != "":
		return code + description
	}
	return http.StatusText(a.Status())
}

// StatusText is the HTTP status as sentences mention it.
func (a Answer) StatusText() string { return strconv.Itoa(a.Status()) }

// TypeOf names the JSON type of a member, "" when it is not there.
func TypeOf(o *jose.Object, name string) string {
	raw, ok := o.Get(name)
	if !ok || len(raw) == 0 {
		return ""
	}
	switch raw[0] {
	case '"':
		return "string"
	case '{':
		return "object"
	case '[':
		return "array"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	}
	return "number"
}
