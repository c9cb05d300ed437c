package twilio

import (
	"net/http"
	"strings"
)

// The senders that the messaging service can have in its pool.
const (
	Sender         = "+15005550006" // a long code
	TollFreeSender = "+18885550106"
	ShortCode      = "123456"
)

const (
	messagingHost = "https://messaging.twilio.com"
	servicePath   = "/v1/Services/" + ServiceSID
	bornISO       = "2026-11-20T09:00:00Z"
)

// messaging are the resources of messaging.twilio.com.
func (s *Service) messaging() {
	inService := func(path string, answer http.HandlerFunc) {
		s.handle(http.MethodGet, servicePath+path, func(w http.ResponseWriter, r *http.Request) {
			if s.has(WrongService) {
				notFound(w, r)
				return
			}
			answer(w, r)
		})
	}
	inService("", s.service)
	inService("/PhoneNumbers", s.phoneNumbers)
	inService("/ShortCodes", s.shortCodes)
	inService("/AlphaSenders", func(w http.ResponseWriter, r *http.Request) {
		answer(w, http.StatusOK, metaPage(r, "alpha_senders", []any{}))
	})
	inService("/Compliance/Usa2p", s.campaigns)
	s.handle(http.MethodGet, "/v1/Tollfree/Verifications", s.tollFreeVerifications)
}

func (s *Service) service(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]any{
		"sid": ServiceSID, "account_sid": AccountSID, "friendly_name": "Demo", "date_created": bornISO, "date_updated": bornISO,
		"inbound_request_url": nil, "inbound_method": "POST", "fallback_url": nil, "fallback_method": "POST", "status_callback": nil,
		"sticky_sender": true, "mms_converter": true, "smart_encoding": false, "scan_message_content": "inherit",
		"fallback_to_long_code": false, "area_code_geomatch": true, "synchronous_validation": false, "validity_period": 36000,
		"usecase": "verification", "us_app_to_person_registered": !s.has(Unregistered), "use_inbound_webhook_on_number": false,
		"url": messagingHost + servicePath,
		"links": links(messagingHost+servicePath, "", map[string]string{
			"phone_numbers": "PhoneNumbers", "short_codes": "ShortCodes", "alpha_senders": "AlphaSenders",
			"messages": "Messages", "us_app_to_person": "Compliance/Usa2p",
			"us_app_to_person_usecases": "Compliance/Usa2p/Usecases",
		}),
	})
}

// number is the phone number that the account has.
func (s *Service) number() string {
	if s.has(TollFreeUnverified) {
		return TollFreeSender
	}
	return Sender
}

// pooled is what all senders of the service have in common.
func pooled(path, sid string) map[string]any {
	return map[string]any{
		"sid": sid, "account_sid": AccountSID, "service_sid": ServiceSID, "country_code": "US",
		"capabilities": []string{"SMS"}, "date_created": bornISO, "date_updated": bornISO,
		"url": messagingHost + servicePath + path + "/" + sid,
	}
}

func (s *Service) phoneNumbers(w http.ResponseWriter, r *http.Request) {
	items := []any{}
	if !s.has(NoSender, NoMatchingSender) {
		one := pooled("/PhoneNumbers", fake("PN", 0xde1))
		one["phone_number"] = s.number()
		items = append(items, one)
	}
	answer(w, http.StatusOK, metaPage(r, "phone_numbers", items))
}

func (s *Service) shortCodes(w http.ResponseWriter, r *http.Request) {
	items := []any{}
	if s.has(NoMatchingSender) {
		one := pooled("/ShortCodes", fake("SC", 0xde1))
		one["short_code"] = ShortCode
		items = append(items, one)
	}
	answer(w, http.StatusOK, metaPage(r, "short_codes", items))
}

// campaigns are the registrations of the service with the carriers of the United
// States (A2P 10DLC).
func (s *Service) campaigns(w http.ResponseWriter, r *http.Request) {
	if s.has(Unregistered) {
		answer(w, http.StatusOK, metaPage(r, "compliance", []any{}))
		return
	}
	status, faults := "VERIFIED", []any{}
	switch {
	case s.has(CampaignPending):
		status = "IN_PROGRESS"
	case s.has(CampaignFailed):
		status, faults = "FAILED", []any{map[string]any{
			"error_code": 30897, "fields": []string{"MESSAGE_FLOW"}, "url": "https://www.twilio.com/docs/api/errors/30897",
			"description": "The campaign submission has been reviewed and it was rejected due to Disallowed Content.",
		}}
	}
	sid := fake("QE", 0xde0)
	answer(w, http.StatusOK, metaPage(r, "compliance", []any{map[string]any{
		"sid": sid, "account_sid": AccountSID, "brand_registration_sid": fake("BN", 0xde0), "messaging_service_sid": ServiceSID,
		"description": "Codes for signing in.", "message_samples": []string{"Your code is 000000.", "Your sign-up code is 000000."},
		"us_app_to_person_usecase": "2FA", "has_embedded_links": false, "has_embedded_phone": false, "subscriber_opt_in": true,
		"age_gated": false, "direct_lending": false, "campaign_status": status, "campaign_id": "CDEMO01", "mock": false,
		"is_externally_registered": false, "rate_limits": map[string]any{"att": map[string]any{"mps": 240, "msg_class": "B"}},
		"message_flow": "Users type their number to sign in.", "opt_in_message": "", "opt_out_message": "", "help_message": "",
		"opt_in_keywords": []string{"START"}, "opt_out_keywords": []string{"STOP"}, "help_keywords": []string{"HELP"},
		"date_created": bornISO, "date_updated": bornISO, "errors": faults,
		"url": messagingHost + servicePath + "/Compliance/Usa2p/" + sid,
	}}))
}

func (s *Service) tollFreeVerifications(w http.ResponseWriter, r *http.Request) {
	items := []any{}
	asked := r.URL.Query().Get("TollfreePhoneNumberSid")
	if s.has(TollFreeUnverified) && (asked == "" || strings.EqualFold(asked, fake("PN", 0xde1))) {
		sid := fake("HH", 0xde0)
		items = append(items, map[string]any{
			"sid": sid, "account_sid": AccountSID, "tollfree_phone_number_sid": fake("PN", 0xde1), "status": "IN_REVIEW",
			"business_name": "Demo", "use_case_categories": []string{"TWO_FACTOR_AUTHENTICATION"},
			"rejection_reason": nil, "rejection_reasons": nil, "error_code": nil, "edit_allowed": nil, "edit_expiration": nil,
			"date_created": bornISO, "date_updated": bornISO, "url": messagingHost + "/v1/Tollfree/Verifications/" + sid,
		})
	}
	answer(w, http.StatusOK, metaPage(r, "verifications", items))
}
