package tenant

import "signbench/flows/connector"

// kind stands for a connector of any kind in the IDs of rows.
const kind connector.Kind = "tenant"

// The rows, by the last part of their ID.
const (
	rowApp          = "app"
	rowURL          = "url"
	rowDiscovery    = "discovery"
	rowSignIn       = "redirect_uri"
	rowAccount      = "redirect_uri_account"
	rowOther        = "redirect_uri_other"
	rowOtherAccount = "redirect_uri_other_account"
	rowClient       = "client"
	rowPKCE         = "pkce"
)

// Reasons that rows share.
const (
	unclear    = "unclear"
	notReached = "not_reached" // the provider refused the request for something else first
	speaksSAML = "saml"
)

var all = func() connector.Catalog {
	entry := func(what string, e connector.Entry) connector.Entry {
		e.ID = connector.RowID(kind, what)
		return e
	}
	redirect := connector.Entry{
		Group: connector.GroupClient, Spec: "RFC 6749 3.1.2.3", Pass: []string{"registered"},
		Fail: []string{"not_registered"}, Unknown: []string{unclear, notReached, speaksSAML},
	}
	return connector.Catalog{
		entry(rowApp, connector.Entry{
			Group: connector.GroupConfig, Pass: []string{Entered}, Fail: []string{NotReached, BadClient, BadRedirect, NotLetIn, NotBegun},
			Unknown: []string{NoAPI},
		}),
		entry(rowURL, connector.Entry{
			Group: connector.GroupConfig, Pass: []string{"built"}, Fail: []string{"refused", "no_address"}, Unknown: []string{NoAPI},
		}),
		entry(rowDiscovery, connector.Entry{
			Group: connector.GroupUpstream, Spec: "OIDC Discovery 1.0, 4", Pass: []string{"seen"},
			Fail: []string{"unseen_there", "unseen"}, Unknown: []string{"not_found_here", speaksSAML},
		}),
		entry(rowClient, connector.Entry{
			Group: connector.GroupClient, Spec: "RFC 6749 4.1.2.1", Pass: []string{"known"}, Fail: []string{"unknown_client"},
			Unknown: []string{unclear, speaksSAML},
		}),
		entry(rowSignIn, redirect),
		entry(rowAccount, redirect),
		entry(rowOther, redirect),
		entry(rowOtherAccount, redirect),
		entry(rowPKCE, connector.Entry{
			Group: connector.GroupClient, Spec: "RFC 7636 4.4.1", Pass: []string{"not_required"}, Fail: []string{"required"},
			Unknown: []string{unclear, notReached, speaksSAML},
		}),
	}
}()

// Rows declares every row that an examination of a connector can have.
func Rows() connector.Catalog { return append(connector.Catalog(nil), all...) }
