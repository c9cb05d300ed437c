package archive

import (
	"maps"
	"regexp"

	"signbench/flows/oauth"
)

// withoutSecrets returns the profile as it may stand on disk. A profile has no
// field for a secret, but two of its fields take what people paste: extra
// parameters named like a secret are left out, and so is the password of a URL.
// Validation has told the user about both.
func withoutSecrets(p oauth.Profile) oauth.Profile {
	p = p.Clone()
	maps.DeleteFunc(p.Extra, func(name, _ string) bool { return oauth.IsSecretParameter(name) })
	for _, s := range []*string{&p.Endpoint, &p.Issuer, &p.Client.RedirectURI, &p.Client.PostLogoutRedirectURI} {
		*s = withoutPassword(*s)
	}
	for i := range p.Resources {
		p.Resources[i] = withoutPassword(p.Resources[i])
	}
	return p
}

// password finds the password in the authority of a URL (RFC 3986, 3.2.1). It
// works on the text, because what is half typed may not parse as a URL yet.
var password = regexp.MustCompile(`(//[^/?#@:]*):[^/?#]*@`)

func withoutPassword(s string) string { return password.ReplaceAllString(s, "$1@") }
