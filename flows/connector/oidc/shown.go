package oidc

// shown is what Logto's API answers, and what its audit log holds.
type shown struct{ status, code, message string }

const internalError = "Internal server error."

// shownBySocial is by what goes wrong; anything else is an exception that the
// connector does not catch.
func shownBySocial(what string) shown {
	switch what {
	case badConfig:
		return shown{"400", "connector.invalid_config", ""}
	case upstreamRefused, upstreamPKCE, noCode:
		return shown{"400", "connector.general", "the parameters of the callback"}
	case tokenClient, tokenGrant, tokenPKCE, tokenEncoding, tokenRefused, tokenStatus:
		return shown{"400", "connector.general", `{"message":"{}"}`}
	case tokenUnreadable, tokenShape, noIDToken:
		return shown{"400", "connector.invalid_response", ""}
	case claimType, nonceDifferent:
		return shown{"401", "connector.social_invalid_id_token", ""}
	}
	return shown{"500", "", internalError}
}

// shownByEnterprise is the same for single sign-on, where every error of the
// connector comes out as 500, with the reason in its data.
func shownByEnterprise(what string) shown {
	message := map[string]string{ // #nosec G101 -- messages
		badConfig: "invalid_connector_config", discoveryStatus: "fail_to_fetch_config", discoveryUnreadable: "fail_to_fetch_config",
		discoveryIncomplete: "invalid_config_response", tokenClient: "Fail to fetch token", tokenGrant: "Fail to fetch token",
		tokenPKCE: "Fail to fetch token", tokenEncoding: "Fail to fetch token", tokenRefused: "Fail to fetch token", tokenStatus: "Fail to fetch token",
		tokenUnreadable: "Fail to fetch token", tokenShape: "Invalid token response", noIDToken: "Invalid token response",
		noAccessToken: "The access token is missing from the response.", issuedElsewhen: "id_token is expired",
		claimType: "invalid id_token", nonceDifferent: "nonce does not match",
		userInfoStatus: "Fail to fetch user info", userInfoUnreadable: "Fail to fetch user info", userInfoClaimType: "Invalid user info response",
	}
	switch what {
	case badConfig, discoveryStatus, discoveryUnreadable, discoveryIncomplete:
		return shown{"500", "connector.invalid_config", message[what]}
	case upstreamRefused, upstreamPKCE, noCode:
		return shown{"500", "connector.invalid_request_parameters", "the parameters of the callback"}
	}
	return shown{"500", "connector.authorization_failed", or(message[what], "Fail to verify id_token")}
}
