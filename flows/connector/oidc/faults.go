package oidc

import (
	"slices"

	"signbench/flows/connector"
	"signbench/flows/fault"
)

// What can go wrong, by the last part of its code: connector.oidc.<what> and
// connector.sso.<what>.
const (
	badConfig = "config"

	discoveryStatus     = "discovery_status"
	discoveryUnreadable = "discovery_unreadable"
	discoveryIncomplete = "discovery_incomplete"

	upstreamRefused = "upstream_refused" // the callback carries an error
	upstreamPKCE    = "upstream_pkce"    // one that asks for PKCE
	noCode          = "no_code"          // nor even that

	tokenClient     = "token_invalid_client"
	tokenGrant      = "token_invalid_grant"
	tokenPKCE       = "token_pkce"
	tokenEncoding   = "token_encoding" // the Basic header is not form-encoded
	tokenRefused    = "token_refused"  // any other OAuth error
	tokenStatus     = "token_status"   // no success, and no OAuth error
	tokenUnreadable = "token_unreadable"
	tokenShape      = "token_shape"
	noIDToken       = "token_no_id_token" // #nosec G101 -- a code
	noAccessToken   = "token_no_access_token"

	keysStatus     = "keys_status"
	keysUnreadable = "keys_unreadable"
	keyMissing     = "key_missing"
	keyAmbiguous   = "key_ambiguous"

	tokenMalformed    = "id_token_malformed" // #nosec G101 -- a code
	tokenAlgorithm    = "id_token_algorithm" // #nosec G101 -- a code
	tokenSignature    = "id_token_signature" // #nosec G101 -- a code
	tokenCritical     = "id_token_critical"
	tokenType         = "id_token_typ" // #nosec G101 -- a code
	claimAbsent       = "id_token_claim_absent"
	issuerDifferent   = "id_token_issuer"
	audienceDifferent = "id_token_audience"
	subjectDifferent  = "id_token_subject"
	notYetValid       = "id_token_not_yet"
	expired           = "id_token_expired"
	tooOld            = "id_token_too_old"
	issuedElsewhen    = "id_token_iat"
	claimType         = "id_token_claim_type"
	nonceDifferent    = "id_token_nonce"

	userInfoStatus     = "userinfo_status"
	userInfoUnreadable = "userinfo_unreadable"
	userInfoClaimType  = "userinfo_claim_type"

	// Warnings: Logto goes on, and a developer should know.
	issuerUnchecked = "warning_issuer_unchecked"
	issuerOther     = "warning_discovered_issuer"
	emailUnverified = "warning_email_unverified"
	emailUnstated   = "warning_email_unstated"
	emailReplaced   = "warning_email_replaced"
	emailAbsent     = "warning_email_absent"
	phoneUnverified = "warning_phone_unverified"
	phoneName       = "warning_phone_name"
	subjectOther    = "warning_userinfo_sub"
)

// socialOnly and enterpriseOnly are what only one of the two can run into.
var (
	socialOnly     = []string{tokenCritical, tokenType, subjectDifferent, tooOld, issuerUnchecked}
	enterpriseOnly = []string{
		discoveryStatus, discoveryUnreadable, discoveryIncomplete, noAccessToken, issuedElsewhen,
		userInfoStatus, userInfoUnreadable, userInfoClaimType, issuerOther, subjectOther, emailReplaced,
	}
)

func codes(kind connector.Kind) []fault.Code {
	other := enterpriseOnly
	if kind == connector.SSO {
		other = socialOnly
	}
	var out []fault.Code
	for _, what := range slices.Concat([]string{
		badConfig, upstreamRefused, upstreamPKCE, noCode,
		tokenClient, tokenGrant, tokenPKCE, tokenEncoding, tokenRefused, tokenStatus, tokenUnreadable, tokenShape, noIDToken,
		keysStatus, keysUnreadable, keyMissing, keyAmbiguous,
		tokenMalformed, tokenAlgorithm, tokenSignature, claimAbsent, issuerDifferent, audienceDifferent,
		notYetValid, expired, claimType, nonceDifferent,
		emailUnverified, emailUnstated, emailAbsent, phoneUnverified, phoneName,
	}, socialOnly, enterpriseOnly) {
		if !slices.Contains(other, what) {
			out = append(out, codeOf(kind, what))
		}
	}
	return out
}

func codeOf(kind connector.Kind, what string) fault.Code {
	return fault.Code("connector." + kind.Bench() + "." + what)
}

// clauses are of the specifications.
var clauses = map[string]string{ // #nosec G101 -- no credentials
	discoveryIncomplete: "OIDC Discovery 1.0, 3", upstreamRefused: "OIDC Core 3.1.2.6", noCode: "OIDC Core 3.1.2.5",
	tokenClient: "RFC 6749 5.2", tokenGrant: "RFC 6749 5.2", upstreamPKCE: "RFC 7636 4.4.1", tokenPKCE: "RFC 7636 4.6", tokenEncoding: "RFC 6749 2.3.1", tokenRefused: "RFC 6749 5.2",
	tokenShape: "RFC 6749 5.1", noIDToken: "OIDC Core 3.1.3.3", noAccessToken: "RFC 6749 5.1",
	keysUnreadable: "RFC 7517 5", keyMissing: "OIDC Core 10.1", keyAmbiguous: "OIDC Core 10.1",
	tokenMalformed: "RFC 7519 7.2", tokenAlgorithm: "OIDC Core 3.1.3.7 (7)", tokenSignature: "OIDC Core 3.1.3.7 (6)",
	tokenCritical: "RFC 7515 4.1.11", issuerDifferent: "OIDC Core 3.1.3.7 (2)", audienceDifferent: "OIDC Core 3.1.3.7 (3)",
	notYetValid: "RFC 7519 4.1.5", expired: "OIDC Core 3.1.3.7 (9)", tooOld: "OIDC Core 3.1.3.7 (10)",
	issuedElsewhen: "OIDC Core 3.1.3.7 (10)", claimType: "OIDC Core 5.1", nonceDifferent: "OIDC Core 3.1.3.7 (11)",
	userInfoUnreadable: "OIDC Core 5.3.2", userInfoClaimType: "OIDC Core 5.1", subjectOther: "OIDC Core 5.3.2",
	issuerUnchecked: "OIDC Core 3.1.3.7 (2)", issuerOther: "OIDC Discovery 1.0, 4.3", emailUnverified: "OIDC Core 5.1", emailUnstated: "OIDC Core 5.1", phoneName: "OIDC Core 5.1",
}
