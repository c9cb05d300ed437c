package probe

// rowHint is the row that Run leaves to its caller, who asks as a browser does.
const rowHint = "logto.login_hint"

// catalog has every row, in the order in which they are shown.
var catalog = []entry{
	of("reach.dns", Reach, "", pass("resolved", "literal", "by_proxy", "reused"), fail("no_such_name"), open(cancelled)),
	of("reach.connect", Reach, "", pass("connected"), fail("refused", "timeout", "unreachable", "reset", "other"), cut),
	of("reach.tls", Reach, "RFC 9110 4.3.4", pass("trusted", "loopback"), warn("expires_soon", "plain_http"),
		fail("unknown_authority", "wrong_name", "expired", "not_tls", "handshake"), cut),
	of("reach.proxy", Reach, "", pass("none", "used"), fail("refused"), cut),
	of("reach.redirect", Reach, "OIDC Discovery 1.0, 4.2", pass("direct"), warn("redirected", "other_host"), cut),
	of("reach.time", Reach, "", pass("quick"), warn("slow"), cut),
	of("reach.localhost", Reach, "RFC 8252 8.3", pass("both", "ipv4_only", "ipv6_only"), cut),

	of("discovery.found", Discovery, "OIDC Discovery 1.0, 4", pass("found"),
		fail("elsewhere", "not_found", "html", "not_json", "status", "timeout"), cut),
	of("discovery.issuer", Discovery, "OIDC Discovery 1.0, 4.3", pass("equal"),
		fail("different", "trailing_slash", "absent"), after),
	of("discovery.scheme", Discovery, "OIDC Discovery 1.0, 3", pass("consistent"), fail("http_behind_tls"), after),
	of("discovery.hosts", Discovery, "", pass("one", "several"), warn("other_hosts"), after),
	of("discovery.required", Discovery, "OIDC Discovery 1.0, 3", pass("complete"), fail("broken"), after),
	of("discovery.recommended", Discovery, "OIDC Discovery 1.0, 3", pass("followed", "without_rs256"), warn("departs"), after),

	of("clock.skew", Clock, "OIDC Core 3.1.3.7 (9, 10)", pass("exact"), warn("skewed"), fail("far"), open("no_date"), cut),

	of("keys.reachable", Keys, "OIDC Discovery 1.0, 3", pass("fetched"),
		fail("no_uri", "not_found", "status", "html", "not_json", "unreachable"), after),
	of("keys.usable", Keys, "RFC 7517 5", pass("usable"), fail("empty", "none_usable"), warn("algorithms_uncovered", "some_unusable"),
		open("no_keys"), after),
	of("keys.kids", Keys, "RFC 7517 4.5", pass("unique", "single"), warn("duplicate", "absent"), open("no_keys"), after),
	of("keys.public", Keys, "OIDC Discovery 1.0, 3", pass("public"), fail("private"), open("no_keys"), after),
	of("keys.types", Keys, "RFC 7517 4.1", pass("known", "unknown_types"), open("no_keys"), after),

	of("client.known", Client, "RFC 6749 4.1.2.1", pass("known"), fail("unknown_client"), open(unclear, "no_client_id"), after),
	of("redirect_uri.registered", Client, "RFC 6749 3.1.2.3", pass("registered"),
		fail("not_registered", "near_variant"), open(unclear, "client_unknown", "no_client_id"), after),
	of("client.pkce", Client, "RFC 9700 2.1.1", pass("required", "optional"), warn("optional_public"), fail("refused"),
		open(unclear, notReached), after),
	of("client.pkce_plain", Client, "RFC 9700 2.1.1", pass("refused"), warn("accepted"), open(unclear, notReached), after),
	of("client.scopes", Client, "RFC 6749 3.3", pass("accepted"), fail("refused"), open(unclear, notReached), after),
	of("client.resources", Client, "RFC 8707 2", pass("accepted"), fail("refused"), open(unclear, notReached), after),
	of("client.prompt", Client, "OIDC Core 3.1.2.1", pass("accepted"), fail("refused"), open(unclear, notReached), after),
	of("client.request", Client, "RFC 6749 4.1.2.1", pass("accepted"), fail("refused"), warn("unavailable"),
		open(unclear, notReached), after),

	of("secret.accepted", Secret, "RFC 6749 5.2", pass("accepted", "public"),
		fail("refused", "needs_secret", "grant_refused"),
		open("no_endpoint", noSecret, "client_unknown", untrusted, inClear, unclear, "unreachable", "no_client_id"), after),
	of("secret.method", Secret, "RFC 6749 2.3", pass("suits", "public"),
		warn("secret_unneeded"), fail("other_method", "not_encoded", "public_app", "confidential_app"),
		open("none_accepted", notReached, unclear), after),
	of("secret.wrong", Secret, "RFC 6749 5.2", pass("refused"), warn("indistinct"), open(notReached, unclear), after),

	of("sign_out.endpoint", SignOut, "OIDC RP-Initiated Logout 1.0, 2.1", pass("present"), warn("missing"), after),
	of("sign_out.uri", SignOut, "OIDC RP-Initiated Logout 1.0, 3.1", pass("registered", "not_set"), fail("not_registered"),
		open(unclear, "client_unknown", "no_endpoint", "no_client_id"), after),

	of("machine.port", Local, "RFC 8252 7.3", pass("free"), warn("not_loopback"), fail("taken", "unusable"), open(cancelled)),
	of("machine.browser", Local, "RFC 8252 4", pass("found"), fail("none"), open(cancelled)),
	of("machine.keychain", Local, "", pass("usable"), warn("unusable", "locked", "absent", "timed_out", "denied"), open(cancelled)),

	of("logto.experience", Logto, "", pass("read"), warn("not_logto"), cut),
	of("logto.sign_in", Logto, "", pass("methods"), warn("none", "register_only", "sign_in_only"), open("no_experience"), cut),
	of("logto.connectors", Logto, "", pass("shown", "none"), open("no_experience"), cut),
	of("logto.sso", Logto, "", pass("on", "off"), warn("no_connector"), open("no_experience"), cut),
	of(rowHint, Logto, "", pass("routed", "not_routed"), warn("claimed"), fail("sub_domain", "unassigned"), open("not_asked", cancelled)),
	of("logto.captcha", Logto, "", pass("on", "off"), open("no_experience"), cut),
	of("logto.forgot_password", Logto, "", pass("offered", "not_offered"), open("no_experience"), cut),
	of("logto.account_center", Logto, "", pass("social_on", "social_read_only", "off"), warn("social_off"),
		open("not_told", "no_experience"), cut),
	of("logto.extra", Logto, "", pass("valid", "none"), fail("voids_all"), open("no_experience"), cut),
	of("logto.direct_sign_in", Logto, "", pass("exists"), fail("no_such_target", "no_such_connector", "sso_off", "target_expected"),
		open("no_experience"), cut),
}
