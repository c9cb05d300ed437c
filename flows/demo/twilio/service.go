// Package twilio emulates the part of Twilio's Messaging API that Logto's SMS
// connector and a check of its settings use. It sends nothing.
package twilio

import (
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
)

// The credentials of the one account that exists.
const (
	AccountSID = "AC00000000000000000000000000000de0"
	AuthToken  = "0000000000000000000000000000de50" // #nosec G101 -- opens nothing but this emulator
	ServiceSID = "MG00000000000000000000000000000de0"
	Sender     = "+15005550006"
)

// Service answers for api.twilio.com and messaging.twilio.com, whose paths do not
// overlap. It may be used concurrently.
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
	account := "/2010-04-01/Accounts/" + AccountSID
	service := "/v1/Services/" + ServiceSID
	s.mux.HandleFunc("POST "+account+"/Messages.json", s.send)
	s.mux.HandleFunc("GET "+account+"/Messages/{file}", s.poll)
	s.mux.HandleFunc("GET "+account+".json", s.account)
	s.mux.HandleFunc("GET "+service, s.service)
	s.mux.HandleFunc("GET "+service+"/PhoneNumbers", s.phoneNumbers)
	s.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { notFound(w, r) })
	return s
}

// ServeHTTP answers one call, after HTTP Basic authentication (RFC 7617) with the
// account's SID and token.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.has(Hang) {
		<-r.Context().Done()
		return
	}
	if s.has(HTMLError) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = w.Write([]byte("<!doctype html><title>502 Bad Gateway</title><h1>Bad Gateway</h1>"))
		return
	}
	user, token, _ := r.BasicAuth()
	right := subtle.ConstantTimeCompare([]byte(user+":"+token), []byte(AccountSID+":"+AuthToken)) == 1
	if !right || s.has(WrongSecret) {
		refuse(w, refusal{http.StatusUnauthorized, 20003, "Authenticate"})
		return
	}
	s.mux.ServeHTTP(w, r)
}

func (s *Service) has(id ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, on := s.on[id]
	return on
}

func (s *Service) account(w http.ResponseWriter, _ *http.Request) {
	status, kind := "active", "Full"
	if s.has(Suspended) {
		status = "suspended"
	}
	if s.has(TrialAccount) {
		kind = "Trial"
	}
	answer(w, http.StatusOK, map[string]any{"sid": AccountSID, "friendly_name": "Demo", "status": status, "type": kind})
}

func (s *Service) service(w http.ResponseWriter, r *http.Request) {
	if s.has(WrongService) {
		notFound(w, r)
		return
	}
	answer(w, http.StatusOK, map[string]any{"sid": ServiceSID, "account_sid": AccountSID, "friendly_name": "Demo"})
}

func (s *Service) phoneNumbers(w http.ResponseWriter, r *http.Request) {
	if s.has(WrongService) {
		notFound(w, r)
		return
	}
	numbers := []any{}
	if !s.has(NoSender) {
		numbers = append(numbers, map[string]any{"service_sid": ServiceSID, "phone_number": Sender, "country_code": "US", "capabilities": []string{"SMS"}})
	}
	answer(w, http.StatusOK, map[string]any{"phone_numbers": numbers, "meta": map[string]any{"key": "phone_numbers", "page": 0, "page_size": 50, "next_page_url": nil}})
}

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
