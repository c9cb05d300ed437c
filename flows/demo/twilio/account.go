package twilio

import (
	"net/http"
	"strings"
)

// VerifiedNumber is the one number that the account may send to while on trial. It
// is among those that are kept for fiction.
const VerifiedNumber = "+12025550123"

const (
	accountURI = "/2010-04-01/Accounts/" + AccountSID
	jsonEnd    = ".json"
	born       = "Fri, 20 Nov 2026 09:00:00 +0000"
)

// api are the resources of api.twilio.com.
func (s *Service) api() {
	s.handle(http.MethodPost, accountURI+"/Messages.json", s.send)
	s.handle(http.MethodGet, accountURI+"/Messages/{file}", s.poll)
	s.handle(http.MethodGet, accountURI+jsonEnd, s.account)
	s.handle(http.MethodGet, accountURI+"/Balance.json", s.balance)
	s.handle(http.MethodGet, accountURI+"/OutgoingCallerIds.json", s.callerIDs)
	s.handle(http.MethodGet, accountURI+"/IncomingPhoneNumbers.json", s.incomingNumbers)
}

func (s *Service) account(w http.ResponseWriter, _ *http.Request) {
	status, kind := "active", "Full"
	switch {
	case s.has(Suspended):
		status = "suspended"
	case s.has(Closed):
		status = "closed"
	}
	if s.has(TrialAccount) {
		kind = "Trial"
	}
	answer(w, http.StatusOK, map[string]any{
		"sid": AccountSID, "owner_account_sid": AccountSID, "friendly_name": "Demo", "status": status, "type": kind,
		"auth_token": AuthToken, "date_created": born, "date_updated": born, "uri": accountURI + jsonEnd,
		"subresource_uris": links(accountURI, jsonEnd, map[string]string{
			"messages": "Messages", "incoming_phone_numbers": "IncomingPhoneNumbers",
			"outgoing_caller_ids": "OutgoingCallerIds", "balance": "Balance",
		}),
	})
}

func (s *Service) balance(w http.ResponseWriter, _ *http.Request) {
	left := "12.34500"
	switch {
	case s.has(Suspended):
		left = "-0.04210"
	case s.has(NoBalance):
		left = "0.00000"
	}
	answer(w, http.StatusOK, map[string]any{"account_sid": AccountSID, "balance": left, "currency": "USD"})
}

// callerIDs are the verified numbers.
func (s *Service) callerIDs(w http.ResponseWriter, r *http.Request) {
	items := []any{}
	if asked := r.URL.Query().Get("PhoneNumber"); asked == "" || asked == VerifiedNumber {
		sid := fake("PN", 0xde2)
		items = append(items, map[string]any{
			"sid": sid, "account_sid": AccountSID, "friendly_name": "(202) 555-0123", "phone_number": VerifiedNumber,
			"date_created": born, "date_updated": born, "uri": accountURI + "/OutgoingCallerIds/" + sid + jsonEnd,
		})
	}
	answer(w, http.StatusOK, page(r, "outgoing_caller_ids", items))
}

// incomingNumbers are the numbers that the account owns, whether a service sends
// with them or not.
func (s *Service) incomingNumbers(w http.ResponseWriter, r *http.Request) {
	number := s.number()
	if asked := r.URL.Query().Get("PhoneNumber"); asked != "" && asked != number {
		answer(w, http.StatusOK, page(r, "incoming_phone_numbers", []any{}))
		return
	}
	sid := fake("PN", 0xde1)
	answer(w, http.StatusOK, page(r, "incoming_phone_numbers", []any{map[string]any{
		"sid": sid, "account_sid": AccountSID, "friendly_name": number, "phone_number": number, "status": "in-use",
		"type": numberType(number), "origin": "twilio", "beta": false, "api_version": "2010-04-01",
		"capabilities":         map[string]any{"voice": true, "sms": true, "mms": true, "fax": false},
		"address_requirements": "none", "address_sid": nil, "bundle_sid": nil, "identity_sid": nil, "trunk_sid": nil,
		"emergency_status": "Inactive", "emergency_address_sid": nil, "emergency_address_status": "unregistered",
		"sms_application_sid": "", "sms_fallback_method": "POST", "sms_fallback_url": "", "sms_method": "POST", "sms_url": "",
		"status_callback": "", "status_callback_method": "POST",
		"voice_application_sid": "", "voice_caller_id_lookup": false, "voice_fallback_method": "POST", "voice_fallback_url": nil,
		"voice_method": "POST", "voice_url": nil, "voice_receive_mode": "voice",
		"date_created": born, "date_updated": born, "uri": accountURI + "/IncomingPhoneNumbers/" + sid + jsonEnd,
	}}))
}

func numberType(number string) string {
	if number == TollFreeSender {
		return "tollfree"
	}
	return "local"
}

// regions are some countries with their calling codes.
var regions = map[string]string{
	"US": "+1", "CA": "+1", "GB": "+44", "IE": "+353", "FR": "+33", "DE": "+49", "IT": "+39", "ES": "+34", "PT": "+351",
	"NL": "+31", "BE": "+32", "CH": "+41", "AT": "+43", "SE": "+46", "NO": "+47", "DK": "+45", "FI": "+358", "PL": "+48",
	"JP": "+81", "CN": "+86", "HK": "+852", "TW": "+886", "KR": "+82", "SG": "+65", "AU": "+61", "NZ": "+64", "IN": "+91",
	"BR": "+55", "MX": "+52", "ZA": "+27", "TR": "+90", "AE": "+971", "IL": "+972",
}

// geoPermissions says for which countries messages are enabled.
func (s *Service) geoPermissions(w http.ResponseWriter, r *http.Request) {
	asked := strings.ToUpper(r.URL.Query().Get("CountryCode"))
	list := []any{}
	for country, prefix := range regions {
		if asked == "" || asked == country {
			list = append(list, map[string]any{
				"country_code": country, "type": "country", "enabled": !s.has(GeoPermission), "prefix": prefix, "message": "",
			})
		}
	}
	if len(list) == 0 {
		notFound(w, r)
		return
	}
	answer(w, http.StatusOK, map[string]any{"permissions": list})
}
