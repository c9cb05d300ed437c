package connector

import (
	"strings"

	"signbench/flows/fault"
)

// PhoneNumber is a phone number as somebody typed it.
type PhoneNumber struct {
	E164    string   // with + and digits only; "" when it is none
	Country string   // ISO 3166-1 alpha-2; "" when the country is not known
	Found   *Finding // what is wrong, or was left out; nil: nothing
}

// Valid reports whether a message can be sent to it.
func (n PhoneNumber) Valid() bool { return n.E164 != "" }

// NumberPath is the Path of findings about a number, which stands beside the
// configuration.
const NumberPath = "to"

// The length of a number in digits (ITU-T E.164, 6): at most 15. No country has
// mobile numbers shorter than 7.
const (
	minDigits = 7
	maxDigits = 15
)

// ReadPhoneNumber reads a number in international form (ITU-T E.164). Like Logto it adds
// a missing +. Spaces, hyphens, dots and brackets are left out, which Logto does not
// do: a finding says so.
func ReadPhoneNumber(typed string) PhoneNumber {
	bad := func(code string, params ...string) PhoneNumber {
		r := &report{}
		r.fail(NumberPath, code, params...)
		return PhoneNumber{Found: &r.findings[0]}
	}
	plain := strings.TrimSpace(typed)
	digits, marks := "", false
	for _, c := range strings.TrimPrefix(plain, "+") {
		switch {
		case c >= '0' && c <= '9':
			digits += string(c)
		case strings.ContainsRune(" -.()/\u00a0\u2011", c):
			marks = true
		default:
			return bad(NumberCharacter, "Character", string(c))
		}
	}
	switch {
	case plain == "":
		return bad(NumberEmpty)
	case strings.HasPrefix(digits, "00"):
		return bad(NumberPrefix, "Want", "+"+strings.TrimLeft(digits, "0"))
	case strings.HasPrefix(digits, "0"):
		return bad(NumberNational)
	case len(digits) < minDigits:
		return bad(NumberShort)
	case len(digits) > maxDigits:
		return bad(NumberLong)
	}
	country, assigned := countryOf(digits)
	if !assigned {
		return bad(NumberUnassigned)
	}
	n := PhoneNumber{E164: "+" + digits, Country: country}
	if marks {
		r := &report{}
		r.note(Finding{Path: NumberPath, Code: NumberMarks, Severity: fault.Warning}, []string{"Want", n.E164})
		n.Found = &r.findings[0]
	}
	return n
}
