package connector

import (
	"errors"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var span = regexp.MustCompile(`(?i)^([+-]?) ?(\d+(?:\.\d+)?) ?(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|y|yrs?|years?)(?: (ago|from now))?$`)

var errSpan = errors.New("not a time span")

// ReadSpan reads a time span as jose, the library with which Logto verifies, does:
// "30s", "2 minutes", "1.5 hours". A bare number in a string is none.
func ReadSpan(s string) (time.Duration, error) {
	m := span.FindStringSubmatch(s)
	if m == nil || m[4] != "" && m[1] != "" {
		return 0, errSpan
	}
	n, err := strconv.ParseFloat(m[2], 64)
	if err != nil {
		return 0, errSpan
	}
	const day = 24 * 60 * 60
	unit := map[byte]float64{'s': 1, 'm': 60, 'h': 60 * 60, 'd': day, 'w': 7 * day, 'y': 365.25 * day}[strings.ToLower(m[3])[0]]
	seconds := math.Round(n * unit)
	if m[1] == "-" || strings.EqualFold(m[4], "ago") {
		seconds = -seconds
	}
	if math.Abs(seconds) > math.MaxInt64/float64(time.Second) {
		return 0, errSpan
	}
	return time.Duration(seconds) * time.Second, nil
}

// Where a word begins inside a name, and what is between words.
var (
	hump    = regexp.MustCompile(`([a-z0-9])([A-Z])`)
	acronym = regexp.MustCompile(`([A-Z])([A-Z][a-z])`)
	between = regexp.MustCompile(`[^A-Za-z0-9]+`)
)

// SnakeCase is a parameter's name as Logto sends it: maxAge becomes max_age. What is
// neither letter nor digit ends a word, and is dropped at both ends.
func SnakeCase(name string) string {
	name = acronym.ReplaceAllString(hump.ReplaceAllString(name, "${1}_${2}"), "${1}_${2}")
	return strings.ToLower(strings.Trim(between.ReplaceAllString(name, "_"), "_"))
}
