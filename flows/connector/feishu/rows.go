package feishu

import (
	"slices"

	"signbench/flows/connector"
)

// The rows of a check, by the last part of their ID.
const (
	rowConfig    = "config"
	rowAddresses = "addresses"
	rowPassport  = "passport" // the host at which Logto signs users in
	rowOpen      = "open"     // the open platform, which only the bench asks
	rowApp       = "app"
	rowSignIn    = "redirect_uri"
	rowAccount   = "redirect_uri_account"
	rowBench     = "redirect_uri_bench"
	rowSecret    = "secret"
	rowStatus    = "status"
)

// Reasons that rows share.
const (
	unclear     = "unclear"
	unreachable = "unreachable"
	broken      = "broken"    // an answer that is none of Feishu's
	forbidden   = "forbidden" // the app may not read its own settings
)

var rows = declared()

func declared() connector.Catalog {
	var out connector.Catalog
	add := func(what string, e connector.Entry) {
		e.ID = connector.RowID(connector.Feishu, what)
		out = append(out, e)
	}
	redirect := connector.Entry{
		Group: connector.GroupClient, Spec: "RFC 6749 3.1.2.3", Pass: []string{"registered"},
		Fail: []string{"not_registered", "refused"}, Unknown: []string{forbidden, "silent", "any_port", "no_uri"},
	}
	add(rowConfig, connector.ConfigEntry())
	add(rowAddresses, connector.Entry{Group: connector.GroupConfig, Pass: []string{"own", "replaced"}})
	add(rowPassport, connector.Entry{Group: connector.GroupUpstream, Pass: []string{"answers"}, Fail: []string{broken, unreachable}})
	add(rowOpen, connector.Entry{Group: connector.GroupUpstream, Pass: []string{"answers"}, Unknown: []string{broken, unreachable}})
	add(rowApp, connector.Entry{
		Group: connector.GroupClient, Pass: []string{"known"}, Fail: []string{"at_lark", "unknown_app", "malformed"}, Unknown: []string{unclear},
	})
	add(rowSignIn, redirect)
	add(rowAccount, redirect)
	add(rowBench, redirect)
	add(rowSecret, connector.Entry{Group: connector.GroupSecret, Pass: []string{"accepted", "accepted_at_lark"}, Fail: []string{"refused"}, Unknown: []string{unclear}})
	add(rowStatus, connector.Entry{
		Group: connector.GroupAccount, Pass: []string{"enabled"}, Fail: []string{"disabled", "not_published"}, Unknown: []string{forbidden, unclear},
	})
	return out
}

// required are the fields without which Logto refuses a user, all strings.
var required = []string{
	"sub", "name", "picture", "open_id", "union_id", "en_name", "tenant_key",
	"avatar_url", "avatar_thumb", "avatar_middle", "avatar_big",
}

// optional are those that may be absent, and are refused when they are there and no
// strings; but newer versions of Logto take null for absent.
var optional = []string{"email", "mobile", "user_id", "employee_no"}

// ticks are the rows of a sign-in, one for each field.
var ticks = ticked()

func ticked() connector.Catalog {
	var out connector.Catalog
	for _, name := range required {
		out = append(out, connector.Entry{
			ID: connector.RowID(connector.Feishu, fieldRow(name)), Group: connector.GroupFields,
			Pass: []string{"present"}, Fail: []string{"refused"},
		})
	}
	for _, name := range optional {
		e := connector.Entry{
			ID: connector.RowID(connector.Feishu, fieldRow(name)), Group: connector.GroupFields,
			Pass: []string{"present"}, Warn: []string{"null"}, Fail: []string{"refused"},
		}
		if slices.Contains(contact, name) {
			e.Warn = append(e.Warn, "absent")
		} else {
			e.Pass = append(e.Pass, "absent")
		}
		out = append(out, e)
	}
	return out
}

// contact are the fields by which Logto knows a user whom it has seen before.
var contact = []string{"email", "mobile"}

func fieldRow(name string) string { return "field_" + name }
