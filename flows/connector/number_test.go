package connector_test

import (
	"testing"

	"signbench/flows/connector"
	"signbench/flows/fault"
)

func TestReadPhoneNumber(t *testing.T) {
	for typed, want := range map[string][3]string{ // E.164, country, finding
		"+818012345678":      {"+818012345678", "JP", ""},
		"818012345678":       {"+818012345678", "JP", ""},
		" +1 (415) 555-2671": {"+14155552671", "US", connector.NumberMarks},
		"+12025550123":       {"+12025550123", "US", ""},
		"+14165550123":       {"+14165550123", "CA", ""},
		"+18765550123":       {"+18765550123", "JM", ""},
		"+77011234567":       {"+77011234567", "KZ", ""},
		"+79161234567":       {"+79161234567", "RU", ""},
		"+35318765432":       {"+35318765432", "IE", ""},
		"+4915112345678":     {"+4915112345678", "DE", ""},
		"":                   {"", "", connector.NumberEmpty},
		"   ":                {"", "", connector.NumberEmpty},
		"+":                  {"", "", connector.NumberShort},
		"08012345678":        {"", "", connector.NumberNational},
		"+08012345678":       {"", "", connector.NumberNational},
		"00818012345678":     {"", "", connector.NumberPrefix},
		"+81":                {"", "", connector.NumberShort},
		"+8180123456789012":  {"", "", connector.NumberLong},
		"+2101234567":        {"", "", connector.NumberUnassigned},
		"+81-CALL-ME":        {"", "", connector.NumberCharacter},
		"++818012345678":     {"", "", connector.NumberCharacter},
		"+８１８０１２３４５６７８":      {"", "", connector.NumberCharacter},
	} {
		n := connector.ReadPhoneNumber(typed)
		found := ""
		if n.Found != nil {
			found = n.Found.Code
			if n.Found.Path != connector.NumberPath || (n.Found.Severity == fault.Error) != (n.E164 == "") {
				t.Errorf("%q: %+v", typed, n.Found)
			}
		}
		if got := [3]string{n.E164, n.Country, found}; got != want || n.Valid() != (want[0] != "") {
			t.Errorf("%q: %v, want %v", typed, got, want)
		}
	}
	if f := connector.ReadPhoneNumber("00818012345678").Found; f.Params["Want"] != "+818012345678" {
		t.Errorf("%v", f.Params)
	}
}
