package oidc

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"signbench/flows/connector"
	"signbench/flows/fault"
)

// words are what an upstream says in an answer that is no success: the OAuth error,
// the text of a page, or the beginning of anything else.
func words(a connector.Answer) (code, description string) {
	var e struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
		Message     string `json:"message"`
	}
	body := a.Body()
	if json.Unmarshal(body, &e) == nil && (e.Error != "" || e.Message != "") {
		return e.Error, or(e.Description, e.Message)
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

// told is an answer in one line.
func told(a connector.Answer) string {
	code, description := words(a)
	switch {
	case code != "" && description != "":
		return code + ": " + description
	case code+description != "":
		return code + description
	}
	return http.StatusText(a.Status())
}

func statusOf(a connector.Answer) string { return strconv.Itoa(a.Status()) }
