package tenant

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
)

// Logos are the URLs of the pictures of the connectors, each once.
func (l Listing) Logos() []string {
	var out []string
	for _, c := range l.Connectors {
		for _, u := range []string{c.Logo, c.LogoDark} {
			if u != "" && !slices.Contains(out, u) {
				out = append(out, u)
			}
		}
	}
	return out
}

// InlineLogo is the picture that stands in a URL itself (RFC 2397), and whether the
// URL is one of those. The picture is nil when it is none.
func InlineLogo(target string) ([]byte, bool) {
	rest, inline := strings.CutPrefix(target, "data:")
	if !inline {
		return nil, false
	}
	kind, data, ok := strings.Cut(rest, ",")
	if !ok || !strings.HasPrefix(kind, "image/") {
		return nil, true
	}
	plain, err := url.PathUnescape(data)
	if err != nil {
		return nil, true
	}
	if !strings.HasSuffix(kind, ";base64") {
		return []byte(plain), true
	}
	picture, err := base64.StdEncoding.DecodeString(plain)
	if err != nil {
		return nil, true
	}
	return picture, true
}
