package twilio

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
)

const messages = "/2010-04-01/Accounts/" + AccountSID + "/Messages"

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
	want := map[ID]float64{
		WrongSecret: 20003, Suspended: 20003, TrialAccount: 21608, GeoPermission: 21408, NoSender: 21704,
		WrongService: 21701, RateLimited: 20429, DailyCap: 63038, Unregistered: 30034, NeverDelivered: 0,
		Undelivered: 30008, Filtered: 30007, Pumping: 30450, HTMLError: 0, Hang: 0,
	}
	for _, known := range Switches() {
		code, tested := want[known.ID]
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
		status, m := call(s, "POST", messages+".json", right())
		if known.ID == HTMLError {
			if status != http.StatusBadGateway || m != nil {
				t.Error(status, m)
			}
			continue
		}
		if status != 201 {
			if m["code"] != code || m["status"] != float64(status) {
				t.Errorf("%s: %d %v", known.ID, status, m)
			}
			continue
		}
		for uri, i := m["uri"].(string), 0; i < 6; i++ {
			_, m = call(s, "GET", uri, nil)
		}
		if m["status"] != known.end.status || (code != 0 && m["error_code"] != code) {
			t.Errorf("%s: %v", known.ID, m)
		}
	}
	if New().Set("nonsense") == nil {
		t.Error("an unknown switch was taken")
	}
}

func TestRefusals(t *testing.T) {
	for member, c := range map[string]struct {
		value string
		code  float64
	}{"To": {"0801", 21211}, "MessagingServiceSid": {"MG1", 21705}, "Body": {"", 21619}} {
		form := right()
		form.Set(member, c.value)
		if status, m := call(New(), "POST", messages+".json", form); status != 400 || m["code"] != c.code {
			t.Errorf("%s: %d %v", member, status, m)
		}
	}
	if status, m := call(New(), "DELETE", messages+".json", nil); status != 404 || m["code"] != 20404.0 {
		t.Error(status, m)
	}
	w := httptest.NewRecorder()
	New().ServeHTTP(w, httptest.NewRequest("POST", messages+".json", nil))
	if w.Code != 401 {
		t.Error("no authentication:", w.Code)
	}
}

func TestReadsOfTheSettings(t *testing.T) {
	s := New()
	service := "/v1/Services/" + ServiceSID
	if _, m := call(s, "GET", "/2010-04-01/Accounts/"+AccountSID+".json", nil); m["status"] != "active" || m["type"] != "Full" {
		t.Error(m)
	}
	if _, m := call(s, "GET", service+"/PhoneNumbers", nil); len(m["phone_numbers"].([]any)) != 1 {
		t.Error(m)
	}
	if err := s.Set(WrongService); err != nil {
		t.Fatal(err)
	}
	if status, _ := call(s, "GET", service, nil); status != 404 {
		t.Error(status)
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
