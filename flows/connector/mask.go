package connector

import (
	"encoding/base64"
	"net/url"
	"strings"
	"unicode"
)

// quoteLimit bounds what is quoted of an upstream, in characters.
const quoteLimit = 300

// Quote makes an upstream's words fit to be shown: a provider may quote what it was
// sent, and then no secret of the configuration may pass. Control characters and the
// clip come after, so that no half of a secret is left.
func (c Config) Quote(words string) string {
	_, secrets := c.WithoutSecrets()
	for _, s := range secrets {
		if s.Len() < 4 { // shorter ones would blank ordinary words
			continue
		}
		secret := s.Reveal()
		for _, id := range []string{c.raw("clientId"), c.raw("appId"), c.raw("accountSID")} {
			words = strings.ReplaceAll(words, base64.StdEncoding.EncodeToString([]byte(id+":"+secret)), s.String())
		}
		for _, form := range []string{secret, url.QueryEscape(secret), FormEncoded(secret), url.PathEscape(secret)} {
			words = strings.ReplaceAll(words, form, s.String())
		}
	}
	words = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(words, "\ufffd"))
	if runes := []rune(words); len(runes) > quoteLimit {
		words = string(runes[:quoteLimit-1]) + "…"
	}
	return strings.TrimSpace(words)
}
