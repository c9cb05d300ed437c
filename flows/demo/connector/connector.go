// Package connector is Logto's half of a social or enterprise sign-in, as the demo
// tenant plays it: the URL that it sends the user to, the requests that it makes
// when the user comes back, and the error that it answers with when one of them
// fails. What it does wrong is done wrong here too: no PKCE, Basic without encoding,
// an upstream's own words thrown away.
package connector

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
)

// Session is what Logto keeps of a verification between the authorization URL and
// the callback.
type Session struct{ Nonce, RedirectURI, State string }

// Profile is what a connector makes of the upstream's user. What is empty was not
// given, or not trusted.
type Profile struct {
	ID     string         `json:"id"`
	Name   string         `json:"name,omitempty"`
	Avatar string         `json:"avatar,omitempty"`
	Email  string         `json:"email,omitempty"`
	Phone  string         `json:"phone,omitempty"`
	Raw    map[string]any `json:"rawData,omitempty"`
}

// SignIn is a connector with which a user can sign in.
type SignIn interface {
	// Begin returns the URL that the browser is sent to. The error is an *Error.
	Begin(ctx context.Context, state, redirectURI string) (string, Session, error)

	// Finish takes what the callback carried, but for the state, and the redirect
	// URI as "redirectUri". The error is an *Error.
	Finish(ctx context.Context, data map[string]string, s Session) (Profile, error)
}

// parameters are in the order in which they are sent.
type parameters []struct{ name, value string }

func (p *parameters) add(name, value string) {
	*p = append(*p, struct{ name, value string }{name, value})
}

// addMap adds the members under their names in snake case. Go's maps have no order,
// so they come sorted.
func (p *parameters) addMap(members map[string]string) {
	for _, name := range sortedKeys(members) {
		p.add(snakeCase(name), members[name])
	}
}

func (p *parameters) encode() string {
	var parts []string
	for _, one := range *p {
		parts = append(parts, url.QueryEscape(one.name)+"="+url.QueryEscape(one.value))
	}
	return strings.Join(parts, "&")
}

// snakeCase is how Logto names its members on the wire: loginHint is login_hint.
func snakeCase(name string) string {
	var b strings.Builder
	for i, c := range name {
		if c >= 'A' && c <= 'Z' {
			if i > 0 {
				b.WriteByte('_')
			}
			c += 'a' - 'A'
		}
		b.WriteRune(c)
	}
	return b.String()
}

// decode reads a configuration into its struct, and says what Logto's schema would
// of a member that is missing or has another type.
func decode(config []byte, into any, required map[string]*string) error {
	if err := json.Unmarshal(config, into); err != nil {
		var wrong *json.UnmarshalTypeError
		if !errors.As(err, &wrong) {
			return refusal(codeInvalidConfig, zod(issue{"", "object", "invalid JSON"}))
		}
		return refusal(codeInvalidConfig, zod(issue{wrong.Field, schemaType(wrong.Type), wrong.Value}))
	}
	var missing []issue
	for _, name := range sortedKeys(required) {
		if *required[name] == "" {
			missing = append(missing, issue{name, "string", "undefined"})
		}
	}
	if missing != nil {
		return refusal(codeInvalidConfig, zod(missing...))
	}
	return nil
}

// schemaType is the name that Logto's schema has for a type of Go.
func schemaType(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "boolean"
	case reflect.Float64:
		return "number"
	case reflect.Slice:
		return "array"
	case reflect.Map, reflect.Struct:
		return "object"
	default:
		return "string"
	}
}

// nonce is as long as Logto's.
func nonce() string { return rand.Text()[:21] }

// postForm sends a form and returns the answer with its body.
func postForm(ctx context.Context, client *http.Client, target string, form parameters, edit func(*http.Request)) (*answer, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, target, strings.NewReader(form.encode()))
	if err != nil {
		return nil, fmt.Errorf("token request: %w", err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if edit != nil {
		edit(r)
	}
	return do(client, r)
}

// get sends a GET request, with the access token when there is one.
func get(ctx context.Context, client *http.Client, target, token string) (*answer, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return nil, fmt.Errorf("request: %w", err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return do(client, r)
}
