package oauth

import (
	"slices"
	"strings"
	"unicode"
)

// Notice says what was understood of a pasted value, or would be suggested. Its
// sentence is in the translations under notice.<Code>.
type Notice struct {
	Code   string
	Params map[string]string
}

// The notices. Those that end in Removed or Used were acted on; the suggestions
// were not, and carry what they suggest in Params["Value"].
const (
	NoticeSpacesRemoved    = "spaces_removed"
	NoticeInvisibleRemoved = "invisible_removed"
	NoticeQuotesRemoved    = "quotes_removed"
	NoticeInnerSpaces      = "inner_spaces" // kept

	NoticeWellKnownRemoved = "well_known_removed"
	NoticeOIDCRemoved      = "oidc_removed"
	NoticeConsoleRemoved   = "console_removed"
	NoticeSlashRemoved     = "slash_removed"

	NoticeNoScheme     = "no_scheme"     // suggestion
	NoticeCloudConsole = "cloud_console" // suggestion
)

// NoticeCodes lists every notice code.
func NoticeCodes() []string {
	return []string{
		NoticeSpacesRemoved, NoticeInvisibleRemoved, NoticeQuotesRemoved, NoticeInnerSpaces,
		NoticeWellKnownRemoved, NoticeOIDCRemoved, NoticeConsoleRemoved, NoticeSlashRemoved,
		NoticeNoScheme, NoticeCloudConsole,
	}
}

// Value returns what the notice suggests or what was understood.
func (n Notice) Value() string { return n.Params["Value"] }

// CleanValue takes out of a pasted value what can not belong to it: white space
// around it, line breaks and tabs anywhere, characters that have no width, a byte
// order mark. A space inside is kept, a secret may have one, and noticed.
//
// Its notices never carry the value, which may be a secret.
func CleanValue(s string) (clean string, notices []Notice) {
	visible := strings.Map(dropInvisible, s)
	if visible != s {
		notices = append(notices, Notice{Code: NoticeInvisibleRemoved})
	}
	clean = strings.TrimSpace(strings.Map(dropBreaks, visible))
	if clean != visible {
		notices = append(notices, Notice{Code: NoticeSpacesRemoved})
	}
	if hasSpace(clean) {
		notices = append(notices, Notice{Code: NoticeInnerSpaces})
	}
	return clean, notices
}

// dropInvisible drops characters of no width (Unicode category Cf: zero-width
// space and joiners, direction marks, soft hyphen, byte order mark) and control
// characters that are no white space.
func dropInvisible(r rune) rune {
	if unicode.Is(unicode.Cf, r) || unicode.IsControl(r) && !unicode.IsSpace(r) {
		return -1
	}
	return r
}

// dropBreaks drops what a value broken over lines has gained.
func dropBreaks(r rune) rune {
	switch r {
	case '\n', '\r', '\t', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return -1
	}
	return r
}

func hasSpace(s string) bool { return strings.ContainsFunc(s, unicode.IsSpace) }

// quotes are the pairs in which configuration files and chats wrap a value.
var quotes = [][2]string{{`"`, `"`}, {"'", "'"}, {"`", "`"}, {"<", ">"}, {"\u201c", "\u201d"}, {"\u2018", "\u2019"}, {"\u00ab", "\u00bb"}}

// unquote takes one pair of quotes off.
func unquote(s string) string {
	for _, q := range quotes {
		if len(s) >= len(q[0])+len(q[1]) && strings.HasPrefix(s, q[0]) && strings.HasSuffix(s, q[1]) {
			return s[len(q[0]) : len(s)-len(q[1])]
		}
	}
	return s
}

// ParseScopes splits what was typed into scopes (RFC 6749, 3.3): separated by
// white space, or by commas as some consoles show them, each once, in order.
func ParseScopes(s string) []string {
	scopes := []string{}
	for _, scope := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || unicode.IsSpace(r) }) {
		scope = strings.Map(dropInvisible, unquote(scope))
		if scope != "" && !slices.Contains(scopes, scope) {
			scopes = append(scopes, scope)
		}
	}
	return scopes
}

// FormatScopes is the inverse of ParseScopes, and the form of the scope parameter.
func FormatScopes(scopes []string) string { return strings.Join(scopes, " ") }

// ParseResources splits what was typed into resource indicators (RFC 8707, 2),
// one per line or separated by spaces, each once, in order.
func ParseResources(s string) []string {
	resources := []string{}
	for _, resource := range strings.Fields(s) {
		resource, _ = CleanValue(resource)
		if resource != "" && !slices.Contains(resources, resource) {
			resources = append(resources, resource)
		}
	}
	return resources
}
