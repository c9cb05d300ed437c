// Package twilio emulates the part of Twilio's APIs that Logto's SMS connector and a
// check of its settings use: api.twilio.com, messaging.twilio.com and
// accounts.twilio.com. Members and paths are those of Twilio's OpenAPI documents. It
// sends nothing.
package twilio

import (
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
)

// The credentials of the one account that exists, and of an API key of its own,
// which Twilio takes in the place of the account's SID and token.
const (
	AccountSID   = "AC00000000000000000000000000000de0"
	AuthToken    = "0000000000000000000000000000de50" // #nosec G101 -- opens nothing but this emulator
	APIKeySID    = "SK00000000000000000000000000000de0"
	APIKeySecret = "000000000000000000000000000sk50" // #nosec G101 -- the same
	ServiceSID   = "MG00000000000000000000000000000de0"
)

// Service answers for the three hosts, whose paths do not overlap. It may be used
// concurrently.
type Service struct {
	mux *http.ServeMux

	mu       sync.Mutex
	on       map[ID]Switch
	messages []*message
	count    int
}

// New returns the service with all switches off.
func New() *Service {
	s := &Service{mux: http.NewServeMux()}
	s.api()
	s.messaging()
	s.handle(http.MethodGet, "/v1/Messaging/GeoPermissions", s.geoPermissions)
	s.mux.HandleFunc("/", notFound)
	return s
}

// handle answers one method of a resource; to the others it says 20004.
func (s *Service) handle(method, path string, answer http.HandlerFunc) {
	s.mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != method {
			w.Header().Set("Allow", method)
			refuse(w, refusal{http.StatusMethodNotAllowed, 20004, "Method not allowed"})
			return
		}
		answer(w, r)
	})
}

// ServeHTTP answers one call, after HTTP Basic authentication (RFC 7617).
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case s.has(Hang):
		_, _ = io.Copy(io.Discard, r.Body) // until a body is read, nobody notices that the client has gone
		<-r.Context().Done()
	case s.has(HTMLError):
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = w.Write([]byte("<!doctype html><title>502 Bad Gateway</title><h1>Bad Gateway</h1>"))
	case s.has(WrongSecret) || !authenticated(r):
		w.Header().Set("WWW-Authenticate", `Basic realm="Twilio API"`)
		refuse(w, refusal{http.StatusUnauthorized, 20003, "Authenticate"})
	case s.has(Inactive):
		refuse(w, refusal{http.StatusForbidden, 20005, "Account not active"})
	default:
		s.mux.ServeHTTP(w, r)
	}
}

func authenticated(r *http.Request) bool {
	user, token, _ := r.BasicAuth()
	is := func(id, secret string) int {
		return subtle.ConstantTimeCompare([]byte(user+":"+token), []byte(id+":"+secret))
	}
	return is(AccountSID, AuthToken)|is(APIKeySID, APIKeySecret) == 1
}

func (s *Service) has(ids ...ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		if _, on := s.on[id]; on {
			return true
		}
	}
	return false
}

// fake is a SID of the emulator: Twilio's are two letters and 32 hexadecimal digits.
func fake(kind string, number int) string { return fmt.Sprintf("%s%032x", kind, number) }

func notFound(w http.ResponseWriter, r *http.Request) {
	refuse(w, refusal{http.StatusNotFound, 20404, "The requested resource " + r.URL.Path + " was not found"})
}

func refuse(w http.ResponseWriter, why refusal) {
	if why.status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "1")
	}
	answer(w, why.status, map[string]any{
		"code": why.code, "message": why.message, "status": why.status,
		"more_info": fmt.Sprintf("https://www.twilio.com/docs/errors/%d", why.code),
	})
}

func answer(w http.ResponseWriter, status int, document map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(document) // a client that has gone needs no answer
}

// page is a list as api.twilio.com gives one, all on its first page.
func page(r *http.Request, key string, items []any) map[string]any {
	return map[string]any{
		key: items, "page": 0, "page_size": 50, "start": 0, "end": max(0, len(items)-1), "uri": r.URL.RequestURI(),
		"first_page_uri": r.URL.Path + "?PageSize=50&Page=0", "next_page_uri": nil, "previous_page_uri": nil,
	}
}

// metaPage is a list as the newer hosts give one.
func metaPage(r *http.Request, key string, items []any) map[string]any {
	first := messagingHost + r.URL.Path + "?PageSize=50&Page=0"
	return map[string]any{key: items, "meta": map[string]any{
		"key": key, "page": 0, "page_size": 50, "url": first, "first_page_url": first, "next_page_url": nil, "previous_page_url": nil,
	}}
}

// links are sub-resources by their names, relative to base.
func links(base, end string, names map[string]string) map[string]any {
	out := map[string]any{}
	for name, path := range names {
		out[name] = strings.TrimSuffix(base, end) + "/" + path + end
	}
	return out
}
