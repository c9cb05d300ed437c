package probe

import (
	"encoding/base64"
	"net/url"
	"strings"
	"unicode"
)

// clipAt bounds what a row quotes.
const clipAt = 300

// safe makes a text fit to be shown: a provider may quote what it was sent, and
// then not even the secret may pass. Clip and control characters come after, so
// that no half of a secret is left.
func (r *run) safe(text string) string {
	if secret := r.setup.Secret.Reveal(); secret != "" {
		id := r.profile.Client.ID
		for _, form := range []string{
			basicValue(url.QueryEscape(id), url.QueryEscape(secret)), basicValue(id, secret),
			secret, url.QueryEscape(secret), url.PathEscape(secret),
		} {
			text = strings.ReplaceAll(text, form, r.setup.Secret.String())
		}
	}
	text = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return ' '
		}
		return c
	}, text)
	if runes := []rune(text); len(runes) > clipAt {
		text = string(runes[:clipAt-1]) + "…"
	}
	return text
}

// basicValue is what stands in an Authorization header (RFC 7617, 2).
func basicValue(id, secret string) string {
	return base64.StdEncoding.EncodeToString([]byte(id + ":" + secret))
}

// bare is a URL without what may be private in it: user, query and fragment.
func bare(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		if i := strings.IndexAny(raw, "?#"); i >= 0 {
			return raw[:i]
		}
		return raw
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return u.String()
}

// hostOf is host and port of a URL.
func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return bare(raw)
	}
	return u.Host
}
