package demo

// leniency is what the tenant accepts although it must not.
type leniency struct {
	redirectURI  bool // any
	secret       bool // any
	code         bool // more than once
	refreshToken bool // one that was rotated; every token is then
}

// leniency is that of the moment.
func (t *Tenant) leniency() leniency {
	var l leniency
	for _, h := range t.active() {
		if h.lenient != nil {
			h.lenient(&l)
		}
	}
	return l
}

// lenientFaults are only seen by who makes the mistake.
func lenientFaults() []definition {
	lenient := func(name Fault, about string, change func(*leniency)) definition {
		return definition{Switch{name, "", about}, hooks{lenient: change}}
	}
	return []definition{
		lenient("any-redirect-uri", "Every redirect URI is accepted.", func(l *leniency) { l.redirectURI = true }),
		lenient("any-secret", "Every client secret is accepted.", func(l *leniency) { l.secret = true }),
		lenient("code-reusable", "An authorization code can be used again.", func(l *leniency) { l.code = true }),
		lenient("refresh-token-reusable", "A refresh token that was rotated can be used for ever.", func(l *leniency) { l.refreshToken = true }),
	}
}
