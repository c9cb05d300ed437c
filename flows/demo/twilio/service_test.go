package twilio

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
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
