package connector

import (
	"net/url"
	"strings"
)

// FormEncoded is a value as JavaScript's URLSearchParams encodes it, with which all of
// Logto's connectors write their parameters. It differs from Go in two characters (URL
// Standard, 1.3: the application/x-www-form-urlencoded percent-encode set).
func FormEncoded(s string) string {
	return strings.NewReplacer("%2A", "*", "~", "%7E").Replace(url.QueryEscape(s))
}
