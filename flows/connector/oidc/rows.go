package oidc

import (
	"signbench/flows/connector"
)

// The rows, by the last part of their ID.
const (
	rowConfig     = "config"
	rowDiscovery  = "discovery"
	rowIssuer     = "issuer"
	rowEndpoints  = "endpoints"
	rowUserInfo   = "userinfo"
	rowKeys       = "keys"
	rowClock      = "clock"
	rowAlgorithms = "algorithms"
	rowClient     = "client"
	rowSignIn     = "redirect_uri"
	rowAccount    = "redirect_uri_account"
	rowBench      = "redirect_uri_bench"
	rowPKCE       = "pkce"
	rowScope      = "scope"
	rowMethods    = "methods"
	rowSecret     = "secret"
)

// Reasons that rows share.
const (
	unclear    = "unclear"
	notReached = "not_reached" // the provider refused the request for something else first
	noURI      = "no_uri"      // the tenant's origin or the connector's ID is not known
)

// declared are the rows of one of the two benches.
func declared(kind connector.Kind) connector.Catalog {
	var out connector.Catalog
	add := func(what string, e connector.Entry) {
		e.ID = connector.RowID(kind, what)
		out = append(out, e)
	}
	redirect := connector.Entry{
		Group: connector.GroupClient, Spec: "RFC 6749 3.1.2.3", Pass: []string{"registered"},
		Fail: []string{"not_registered"}, Unknown: []string{unclear, notReached, noURI},
	}
	add(rowConfig, connector.ConfigEntry())
	if kind == connector.SSO {
		add(rowDiscovery, connector.Entry{
			Group: connector.GroupUpstream, Spec: "OIDC Discovery 1.0, 4", Pass: []string{"found"},
			Fail: []string{"status", "unreadable", "incomplete", "unreachable"},
		})
		add(rowIssuer, connector.Entry{
			Group: connector.GroupUpstream, Spec: "OIDC Discovery 1.0, 4.3", Pass: []string{"equal"}, Warn: []string{"different"},
		})
		add(rowUserInfo, connector.Entry{Group: connector.GroupUpstream, Spec: "OIDC Core 5.3", Pass: []string{"absent", "replaces"}})
	} else {
		add(rowDiscovery, connector.Entry{
			Group: connector.GroupUpstream, Spec: "OIDC Discovery 1.0, 4", Pass: []string{"found"},
			Warn: []string{"status", "unreadable", "incomplete", "unreachable"}, Unknown: []string{"no_issuer"},
		})
		add(rowIssuer, connector.Entry{
			Group: connector.GroupUpstream, Spec: "OIDC Core 3.1.3.7 (2)", Pass: []string{"equal"}, Fail: []string{"different"}, Warn: []string{"unset"},
		})
		add(rowEndpoints, connector.Entry{
			Group: connector.GroupUpstream, Spec: "OIDC Discovery 1.0, 3", Pass: []string{"agree"}, Warn: []string{"differ"},
		})
	}
	add(rowKeys, connector.Entry{
		Group: connector.GroupKeys, Spec: "RFC 7517 5", Pass: []string{"usable"},
		Fail: []string{"status", "unreadable", "unreachable", "empty", "none_usable"},
	})
	add(rowClock, connector.Entry{
		Group: connector.GroupUpstream, Spec: "OIDC Core 3.1.3.7 (9, 10)", Pass: []string{"exact"}, Warn: []string{"skewed"},
		Fail: []string{"far"}, Unknown: []string{"no_date"},
	})
	add(rowAlgorithms, connector.Entry{
		Group: connector.GroupKeys, Spec: "OIDC Core 3.1.3.7 (7)", Pass: []string{"covered"},
		Warn: []string{"uncovered", "ambiguous"}, Unknown: []string{"unstated"},
	})
	add(rowClient, connector.Entry{
		Group: connector.GroupClient, Spec: "RFC 6749 4.1.2.1", Pass: []string{"known"}, Fail: []string{"unknown_client"}, Unknown: []string{unclear},
	})
	add(rowSignIn, redirect)
	if kind == connector.OIDC {
		add(rowAccount, redirect)
	}
	add(rowBench, redirect)
	add(rowPKCE, connector.Entry{
		Group: connector.GroupClient, Spec: "RFC 7636 4.4.1", Pass: []string{"not_required"}, Fail: []string{"required"}, Unknown: []string{unclear, notReached},
	})
	add(rowScope, connector.Entry{
		Group: connector.GroupClient, Spec: "RFC 6749 3.3", Pass: []string{"accepted"}, Fail: []string{"refused"}, Unknown: []string{unclear, notReached},
	})
	add(rowMethods, connector.Entry{
		Group: connector.GroupSecret, Spec: "OIDC Discovery 1.0, 3", Pass: []string{"supported"}, Fail: []string{"unsupported"}, Unknown: []string{"unstated"},
	})
	add(rowSecret, connector.Entry{
		Group: connector.GroupSecret, Spec: "RFC 6749 5.2", Pass: []string{"accepted"},
		Fail:    []string{"refused", "other_method", "not_encoded", "grant_refused"},
		Unknown: []string{unclear, "unreachable", "in_clear"},
	})
	return out
}

var (
	socialRows     = declared(connector.OIDC)
	enterpriseRows = declared(connector.SSO)
)
