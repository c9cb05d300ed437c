package twilio_test

import (
	"slices"
	"testing"

	"signbench/flows/connector"
	"signbench/flows/connector/twilio"
	"signbench/flows/fault"
)

func TestTheCatalogueOfCodes(t *testing.T) {
	faults := twilio.Bench{}.Faults()
	seen := map[int]bool{}
	for _, k := range twilio.Codes() {
		if seen[k.Code] || k.Code < 10000 || k.Code > 99999 {
			t.Errorf("%d: twice, or no code of Twilio's", k.Code)
		}
		seen[k.Code] = true
		if !slices.Contains(faults, fault.Code("connector.twilio."+k.What)) {
			t.Errorf("%d: there is no fault %s", k.Code, k.What)
		}
		if _, ok := connector.MemberAt(connector.Twilio, k.Member); k.Member != "" && !ok {
			t.Errorf("%d: there is no member %s", k.Code, k.Member)
		}
		if got, ok := twilio.Lookup(k.Code); !ok || got != k {
			t.Errorf("%d: %+v", k.Code, got)
		}
	}
	for _, code := range []int{ // those that a set-up runs into
		20003, 20404, 20005, 10001, 20429, 21211, 21408, 21606, 21608, 21610, 21612, 21614, 21617, 21619, 21701, 21703, 21704, 21705,
		30003, 30005, 30006, 30007, 30008, 30032, 30034, 30450, 63038,
	} {
		if !seen[code] {
			t.Errorf("%d is not in the catalogue", code)
		}
	}
	if k, ok := twilio.Lookup(29999); ok || k.What != "" || twilio.MoreInfo(29999) != "https://www.twilio.com/docs/errors/29999" {
		t.Errorf("%+v", k)
	}
}
