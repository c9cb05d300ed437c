package twilio

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
)

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
