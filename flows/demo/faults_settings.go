package demo

import "strings"

// settingsFaults are settings of the Console that keep users from what an app offers
// them.
func settingsFaults() []definition {
	setting := func(name Fault, about string, change func(*settings)) definition {
		return definition{Switch{name, "", about}, hooks{settings: change}}
	}
	return []definition{
		setting("sso-off", "Enterprise SSO is switched off for the whole tenant.",
			func(s *settings) { s.singleSignOn = false }),
		setting("sso-without-domain", "The enterprise connector has no e-mail domain, so that it is not available.",
			func(s *settings) { s.domains[SSOID] = nil }),
		setting("registration-off", "Nobody can register: who comes by a connector for the first time is refused.",
			func(s *settings) { s.mode = "SignIn" }),
		setting("account-social-off", "The Account Center does not let users touch their social connections.",
			func(s *settings) { s.accountSocial = "Off" }),
		{
			Switch{"endpoint-without-port", "", "ENDPOINT of the tenant lacks the port, as behind a proxy that drops it."},
			hooks{discovery: func(p *reply) { p.document["issuer"] = withoutPort(p.document["issuer"]) }},
		},
	}
}

// withoutPort is the issuer at the default port of its scheme.
func withoutPort(issuer any) any {
	text, _ := issuer.(string)
	scheme, rest, _ := strings.Cut(text, "://")
	host, _, _ := strings.Cut(rest, "/")
	if i := strings.LastIndexByte(host, ':'); i >= 0 {
		return scheme + "://" + host[:i] + rest[len(host):]
	}
	return issuer
}
