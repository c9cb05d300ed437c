package demo

// endSessionFaults break signing out (RP-Initiated Logout 1.0 2, 3).
func endSessionFaults() []definition {
	return []definition{
		{
			Switch{
				"rp-init-logout-other-state", "oidcc-client-test-rp-init-logout-other-state",
				"The browser comes back from signing out with another state.",
			},
			hooks{endSession: func(a *logoutAnswer) { a.query.Set("state", "not-"+a.query.Get("state")) }},
		},
		{
			Switch{
				"rp-init-logout-no-state", "oidcc-client-test-rp-init-logout-no-state",
				"The browser comes back from signing out without the state.",
			},
			hooks{endSession: func(a *logoutAnswer) { a.query.Del("state") }},
		},
		{
			Switch{
				"logout-session-stays", "",
				"The browser comes back from signing out, but the session goes on: prompt=none still gets a code.",
			},
			hooks{endSession: func(a *logoutAnswer) { a.stays = true }},
		},
	}
}
