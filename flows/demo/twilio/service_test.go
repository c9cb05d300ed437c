package twilio

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
)

const messages = accountURI + "/Messages"

func call(s *Service, method, path string, form url.Values) (int, map[string]any) {
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.SetBasicAuth(AccountSID, AuthToken)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	var document map[string]any
	_ = json.Unmarshal(w.Body.Bytes(), &document)
	return w.Code, document
}

func right() url.Values {
	return url.Values{"To": {"+818012345678"}, "MessagingServiceSid": {ServiceSID}, "Body": {"Code 123456"}, "RiskCheck": {"enable"}}
}

func TestMessageIsDeliveredByPolls(t *testing.T) {
	s := New()
	status, m := call(s, "POST", messages+".json", right())
	if status != 201 || m["status"] != "accepted" || m["from"] != nil || len(m["sid"].(string)) != 34 {
		t.Fatalf("%d %v", status, m)
	}
	for _, want := range []string{"queued", "sending", "sent", "delivered", "delivered"} {
		if _, m = call(s, "GET", m["uri"].(string), nil); m["status"] != want {
			t.Fatalf("%v, want %s", m["status"], want)
		}
	}
	if sent := s.Sent(); len(sent) != 1 || sent[0].RiskCheck != "enable" {
		t.Fatalf("%+v", sent)
	}
}

func TestSwitches(t *testing.T) {
	type want struct {
		refused int // the status; 0: accepted
		code    float64
		ends    string
	}
	wants := map[ID]want{
		WrongSecret: {401, 20003, ""}, Suspended: {401, 20003, ""}, Closed: {401, 20003, ""}, Inactive: {403, 20005, ""},
		TrialAccount: {400, 21608, ""}, GeoPermission: {400, 21408, ""}, NoSender: {400, 21704, ""},
		NoMatchingSender: {400, 21703, ""}, UnfitSender: {400, 21606, ""}, WrongService: {400, 21701, ""},
		RateLimited: {429, 20429, ""}, DailyCap: {429, 63038, ""}, OptedOut: {400, 21610, ""}, NotMobile: {400, 21614, ""},
		NoBalance: {0, 0, "delivered"}, NeverDelivered: {0, 0, "sent"}, StaysAccepted: {0, 0, "accepted"},
		Unregistered: {0, 30034, "undelivered"}, CampaignPending: {0, 30034, "undelivered"},
		CampaignFailed: {0, 30034, "undelivered"}, TollFreeUnverified: {0, 30032, "undelivered"},
		Undelivered: {0, 30008, "undelivered"}, Unreachable: {0, 30003, "undelivered"}, UnknownNumber: {0, 30005, "undelivered"},
		Landline: {0, 30006, "undelivered"}, Filtered: {0, 30007, "undelivered"}, Pumping: {0, 30450, "failed"},
		HTMLError: {502, 0, ""}, Hang: {},
	}
	for _, known := range Switches() {
		want, tested := wants[known.ID]
		s := New()
		if err := s.Set(known.ID); err != nil || !tested {
			t.Fatal(known.ID, err)
		}
		if known.ID == Hang {
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			w := httptest.NewRecorder()
			s.ServeHTTP(w, httptest.NewRequest("GET", "/", nil).WithContext(ctx))
			if w.Body.Len() != 0 {
				t.Error("hang answered")
			}
			continue
		}
		form := right()
		if strings.HasPrefix(string(known.ID), "a2p") || known.ID == TollFreeUnverified {
			form.Set("To", "+12025550199")
		}
		status, m := call(s, "POST", messages+".json", form)
		if want.refused != 0 {
			code, _ := m["code"].(float64)
			if status != want.refused || code != want.code || known.ID != HTMLError && m["status"] != float64(status) {
				t.Errorf("%s: %d %v", known.ID, status, m)
			}
			continue
		}
		if status != 201 || m["status"] != "accepted" {
			t.Errorf("%s: %d %v", known.ID, status, m)
			continue
		}
		for uri, i := m["uri"].(string), 0; i < 6; i++ {
			_, m = call(s, "GET", uri, nil)
		}
		if code, _ := m["error_code"].(float64); m["status"] != want.ends || code != want.code || (m["error_message"] == nil) != (code == 0) {
			t.Errorf("%s: %v", known.ID, m)
		}
	}
	if New().Set("nonsense") == nil {
		t.Error("an unknown switch was taken")
	}
}

// What is verified may be sent to on trial, a message that asks for no risk check
// passes the suspicion of pumping, and Japan asks for no campaign.
func TestWhatASwitchSpares(t *testing.T) {
	for id, c := range map[ID]struct{ member, value, body string }{
		TrialAccount: {"To", VerifiedNumber, trialPrefix + "Code 123456"},
		Pumping:      {"RiskCheck", "disable", "Code 123456"},
		Unregistered: {"To", "+818012345678", "Code 123456"},
	} {
		s := New()
		if err := s.Set(id); err != nil {
			t.Fatal(err)
		}
		form := right()
		form.Set(c.member, c.value)
		status, m := call(s, "POST", messages+".json", form)
		if status != 201 || m["body"] != c.body {
			t.Errorf("%s: %d %v", id, status, m)
		}
		for range 4 {
			_, m = call(s, "GET", m["uri"].(string), nil)
		}
		if m["status"] != "delivered" {
			t.Errorf("%s: %v", id, m)
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		member, value string
		code          float64
	}{
		{"To", "", 21604},
		{"To", "0801", 21211},
		{"To", "+0801234567", 21211},
		{"MessagingServiceSid", "", 21603},
		{"MessagingServiceSid", "MG1", 21705},
		{"MessagingServiceSid", "MG11111111111111111111111111111111", 21701},
		{"Body", "", 21619},
		{"Body", strings.Repeat("ä", 1600), 0},
		{"Body", strings.Repeat("ä", 1601), 21617},
	} {
		form := right()
		form.Set(c.member, c.value)
		status, m := call(New(), "POST", messages+".json", form)
		if code, _ := m["code"].(float64); code != c.code || (status == 201) != (c.code == 0) {
			t.Errorf("%s %.20q: %d %v", c.member, c.value, status, m)
		}
	}
	for _, c := range []struct {
		method, path string
		status       int
		code         float64
	}{
		{"DELETE", messages + ".json", 405, 20004},
		{"POST", servicePath, 405, 20004},
		{"GET", messages + "/SM00000000000000000000000000000001.json", 404, 20404},
		{"POST", "/2010-04-01/Accounts/" + APIKeySID + "/Messages.json", 404, 20404},
		{"GET", "/v1/Services/MG11111111111111111111111111111111", 404, 20404},
		{"GET", "/v1/Messaging/GeoPermissions?CountryCode=ZZ", 404, 20404},
	} {
		status, m := call(New(), c.method, c.path, nil)
		if status != c.status || m["code"] != c.code || m["more_info"] != fmt.Sprintf("https://www.twilio.com/docs/errors/%v", c.code) {
			t.Errorf("%s %s: %d %v", c.method, c.path, status, m)
		}
	}
}

func TestAuthentication(t *testing.T) {
	for _, c := range []struct {
		user, secret string
		status       int
	}{
		{"", "", 401},
		{AccountSID, "wrong", 401},
		{AccountSID, APIKeySecret, 401},
		{APIKeySID, AuthToken, 401},
		{APIKeySID, APIKeySecret, 200},
		{AccountSID, AuthToken, 200},
	} {
		r := httptest.NewRequest("GET", accountURI+".json", nil)
		if c.user != "" {
			r.SetBasicAuth(c.user, c.secret)
		}
		w := httptest.NewRecorder()
		New().ServeHTTP(w, r)
		if w.Code != c.status || (w.Header().Get("WWW-Authenticate") != "") != (c.status == 401) {
			t.Errorf("%s: %d", c.user, w.Code)
		}
	}
}

func TestLimitsSayWhenToRetry(t *testing.T) {
	for _, id := range []ID{RateLimited, DailyCap} {
		s := New()
		if err := s.Set(id); err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("POST", messages+".json", nil)
		r.SetBasicAuth(AccountSID, AuthToken)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Header().Get("Retry-After") != "1" {
			t.Errorf("%s: %v", id, w.Header())
		}
	}
}

// members are those of Twilio's OpenAPI documents for what the emulator returns.
var members = map[string]string{
	messages + ".json":                      "account_sid api_version body date_created date_sent date_updated direction error_code error_message from messaging_service_sid num_media num_segments price price_unit sid status subresource_uris to uri",
	accountURI + ".json":                    "auth_token date_created date_updated friendly_name owner_account_sid sid status subresource_uris type uri",
	accountURI + "/Balance.json":            "account_sid balance currency",
	accountURI + "/OutgoingCallerIds.json#": "account_sid date_created date_updated friendly_name phone_number sid uri",
	accountURI + "/IncomingPhoneNumbers.json#": "account_sid address_requirements address_sid api_version beta bundle_sid capabilities date_created date_updated " +
		"emergency_address_sid emergency_address_status emergency_status friendly_name identity_sid origin phone_number sid sms_application_sid " +
		"sms_fallback_method sms_fallback_url sms_method sms_url status status_callback status_callback_method trunk_sid type uri " +
		"voice_application_sid voice_caller_id_lookup voice_fallback_method voice_fallback_url voice_method voice_receive_mode voice_url",
	servicePath: "account_sid area_code_geomatch date_created date_updated fallback_method fallback_to_long_code fallback_url friendly_name " +
		"inbound_method inbound_request_url links mms_converter scan_message_content sid smart_encoding status_callback sticky_sender " +
		"synchronous_validation url us_app_to_person_registered use_inbound_webhook_on_number usecase validity_period",
	servicePath + "/PhoneNumbers#": "account_sid capabilities country_code date_created date_updated phone_number service_sid sid url",
	servicePath + "/ShortCodes#":   "account_sid capabilities country_code date_created date_updated service_sid short_code sid url",
	servicePath + "/Compliance/Usa2p#": "account_sid age_gated brand_registration_sid campaign_id campaign_status date_created date_updated description " +
		"direct_lending errors has_embedded_links has_embedded_phone help_keywords help_message is_externally_registered message_flow message_samples " +
		"messaging_service_sid mock opt_in_keywords opt_in_message opt_out_keywords opt_out_message rate_limits sid subscriber_opt_in url us_app_to_person_usecase",
	"/v1/Messaging/GeoPermissions?CountryCode=JP#": "country_code enabled message prefix type",
}

func TestDocumentsHaveTwiliosMembers(t *testing.T) {
	for path, want := range members {
		path, list := strings.CutSuffix(path, "#")
		s := New()
		if strings.HasSuffix(path, "ShortCodes") {
			if err := s.Set(NoMatchingSender); err != nil {
				t.Fatal(err)
			}
		}
		method, form := "GET", url.Values(nil)
		if path == messages+".json" {
			method, form = "POST", right()
		}
		_, m := call(s, method, path, form)
		if list {
			m = only(t, m)
		}
		got := slices.Sorted(maps.Keys(m))
		if strings.Join(got, " ") != want {
			t.Errorf("%s has\n%s, want\n%s", path, strings.Join(got, " "), want)
		}
	}
}

// only is the one item of a list.
func only(t *testing.T, m map[string]any) map[string]any {
	t.Helper()
	for _, v := range m {
		if items, ok := v.([]any); ok && len(items) == 1 {
			return items[0].(map[string]any)
		}
	}
	t.Fatalf("not one item: %v", m)
	return nil
}

func TestReadsOfTheSettings(t *testing.T) {
	read := func(path, member string, on ...ID) any {
		s := New()
		if err := s.Set(on...); err != nil {
			t.Fatal(err)
		}
		_, m := call(s, "GET", path, nil)
		return m[member]
	}
	count := func(path, member string, on ...ID) any {
		list, _ := read(path, member, on...).([]any)
		return len(list)
	}
	account, balance := accountURI+".json", accountURI+"/Balance.json"
	numbers, codes, alphas := servicePath+"/PhoneNumbers", servicePath+"/ShortCodes", servicePath+"/AlphaSenders"
	campaigns := servicePath + "/Compliance/Usa2p"
	for i, c := range []struct{ got, want any }{
		{read(account, "status"), "active"},
		{read(account, "status", Suspended), "suspended"},
		{read(account, "status", Closed), "closed"},
		{read(account, "type"), "Full"},
		{read(account, "type", TrialAccount), "Trial"},
		{read(balance, "balance"), "12.34500"},
		{read(balance, "balance", Suspended), "-0.04210"},
		{read(balance, "balance", NoBalance), "0.00000"},
		{read(servicePath, "us_app_to_person_registered"), true},
		{read(servicePath, "code", WrongService), 20404.0},
		{count(numbers, "phone_numbers"), 1},
		{count(numbers, "phone_numbers", NoSender), 0},
		{count(codes, "short_codes"), 0},
		{count(codes, "short_codes", NoMatchingSender), 1},
		{count(alphas, "alpha_senders"), 0},
		{count(campaigns, "compliance"), 1},
		{count(campaigns, "compliance", Unregistered), 0},
		{count("/v1/Tollfree/Verifications", "verifications"), 0},
		{count("/v1/Tollfree/Verifications", "verifications", TollFreeUnverified), 1},
		{count(accountURI+"/OutgoingCallerIds.json?PhoneNumber=%2B12025550123", "outgoing_caller_ids"), 1},
		{count(accountURI+"/OutgoingCallerIds.json?PhoneNumber=%2B12025550124", "outgoing_caller_ids"), 0},
		{count(accountURI+"/IncomingPhoneNumbers.json?PhoneNumber=%2B15005550006", "incoming_phone_numbers"), 1},
		{count(accountURI+"/IncomingPhoneNumbers.json?PhoneNumber=%2B15005550007", "incoming_phone_numbers"), 0},
		{count("/v1/Messaging/GeoPermissions", "permissions"), len(regions)},
	} {
		if c.got != c.want {
			t.Errorf("%d: %v, want %v", i, c.got, c.want)
		}
	}
	for id, want := range map[ID]string{CampaignPending: "IN_PROGRESS", CampaignFailed: "FAILED", NoBalance: "VERIFIED"} {
		list, _ := read(campaigns, "compliance", id).([]any)
		if one, _ := list[0].(map[string]any); one["campaign_status"] != want {
			t.Errorf("%s: %v", id, one)
		}
	}
	list, _ := read("/v1/Messaging/GeoPermissions?CountryCode=jp", "permissions", GeoPermission).([]any)
	if one, _ := list[0].(map[string]any); one["enabled"] != false || one["prefix"] != "+81" {
		t.Errorf("%v", one)
	}
}

func TestManyAtOnce(t *testing.T) {
	s := New()
	var all sync.WaitGroup
	for range 2 * keptMessages {
		all.Go(func() {
			call(s, "POST", messages+".json", right())
			_ = s.Set()
		})
	}
	all.Wait()
	if len(s.Sent()) != keptMessages {
		t.Error(len(s.Sent()))
	}
}
