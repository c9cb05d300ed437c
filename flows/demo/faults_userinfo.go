package demo

import "net/http"

// userInfoFaults break or vary the UserInfo response (OIDC Core 5.3).
func userInfoFaults() []definition {
	return []definition{
		{
			Switch{
				"userinfo-invalid-sub", "oidcc-client-test-userinfo-invalid-sub",
				"UserInfo speaks of another subject than the ID token.",
			},
			hooks{userInfo: func(d *userInfoDraft) { d.document["sub"] = "someone0else" }},
		},
		{
			Switch{"userinfo-401", "", "UserInfo does not accept the access token."},
			hooks{userInfo: func(d *userInfoDraft) { d.status = http.StatusUnauthorized }},
		},
		{
			Switch{"userinfo-html", "", "A web page is in the place of UserInfo."},
			hooks{userInfo: func(d *userInfoDraft) { asHTML(d.reply) }},
		},
		{
			Switch{
				"userinfo-signed", "oidcc-client-test-userinfo-signed",
				"UserInfo comes as a signed JWT. This is allowed.",
			},
			hooks{userInfo: func(d *userInfoDraft) {
				d.document["iss"], d.document["aud"] = d.issuer, d.app.id // OIDC Core 5.3.2
				if token, err := signedBy(d.key, "JWT", d.document).compact(); err == nil {
					d.replace(http.StatusOK, "application/jwt", token)
				}
			}},
		},
	}
}
