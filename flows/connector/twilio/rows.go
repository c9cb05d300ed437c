package twilio

import "signbench/flows/connector"

// The rows, by the last part of their ID.
const (
	rowConfig    = "config"
	rowAddresses = "addresses"
	rowTemplates = "templates"
	rowCode      = "code"
	rowSegments  = "segments"
	rowNumber    = "number"
	rowAccount   = "account"
	rowTrial     = "trial"
	rowBalance   = "balance"
	rowService   = "service"
	rowSenders   = "senders"
	rowA2P       = "a2p"
	rowTollFree  = "toll_free"
	rowGeo       = "geo"
	rowVerified  = "verified"
)

// Reasons that rows share.
const (
	unclear   = "unclear"    // Twilio's answer says neither yes nor no
	noNumber  = "no_number"  // none was typed, or none that is valid
	notNeeded = "not_needed" // the question does not arise
	elsewhere = "elsewhere"  // it fails, and not for the country of the number that was typed
)

var rows = func() connector.Catalog {
	var out connector.Catalog
	add := func(what string, e connector.Entry) {
		e.ID = "connector.twilio." + what
		out = append(out, e)
	}
	config, account, delivery := connector.GroupConfig, connector.GroupAccount, connector.GroupDelivery
	add(rowConfig, connector.ConfigEntry())
	add(rowAddresses, connector.Entry{Group: config, Pass: []string{"vendors"}, Warn: []string{"replaced"}})
	add(rowTemplates, connector.Entry{Group: config, Pass: []string{"own", "fallback"}, Fail: []string{"none"}})
	add(rowCode, connector.Entry{Group: config, Pass: []string{"there"}, Fail: []string{"missing"}, Warn: []string{"unfilled"}})
	add(rowSegments, connector.Entry{
		Group: config, Spec: "3GPP TS 23.038", Pass: []string{"one"}, Warn: []string{"several", "unicode"}, Fail: []string{"too_long"},
	})
	add(rowNumber, connector.Entry{Group: config, Spec: "ITU-T E.164", Pass: []string{"valid"}, Fail: []string{"invalid"}, Unknown: []string{noNumber}})
	add(rowAccount, connector.Entry{
		Group: account, Spec: "RFC 7617", Pass: []string{"active"},
		Fail:    []string{authentication, "api_key", "suspended", "closed", inactive, notFound, page, "unreachable"},
		Unknown: []string{rateLimited, unclear},
	})
	add(rowTrial, connector.Entry{Group: account, Pass: []string{"full"}, Warn: []string{"trial"}})
	add(rowBalance, connector.Entry{Group: account, Pass: []string{"left"}, Warn: []string{"empty"}, Unknown: []string{unclear}})
	add(rowService, connector.Entry{Group: account, Pass: []string{"exists"}, Fail: []string{"missing", "other_account"}, Unknown: []string{unclear}})
	add(rowSenders, connector.Entry{Group: delivery, Pass: []string{"there"}, Fail: []string{"empty", "no_sms"}, Unknown: []string{unclear}})
	add(rowA2P, connector.Entry{
		Group: delivery, Pass: []string{"verified", notNeeded}, Warn: []string{elsewhere}, Fail: []string{"unregistered", "pending", "failed"}, Unknown: []string{unclear},
	})
	add(rowTollFree, connector.Entry{
		Group: delivery, Pass: []string{"verified", notNeeded}, Warn: []string{elsewhere}, Fail: []string{"unverified", "pending", "rejected"}, Unknown: []string{unclear},
	})
	add(rowGeo, connector.Entry{Group: delivery, Pass: []string{"enabled"}, Fail: []string{"disabled"}, Unknown: []string{noNumber, unclear}})
	add(rowVerified, connector.Entry{Group: delivery, Pass: []string{"verified", notNeeded}, Fail: []string{"unverified"}, Unknown: []string{noNumber, unclear}})
	return out
}()
