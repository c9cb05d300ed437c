// Package tenant is what can be known of the connectors of a tenant from outside:
// what Logto tells everybody about them, what it would send to the provider behind
// one, and where it routes an e-mail address. With an administrator's credential it
// is what Logto's Management API adds (Admin).
//
// The Experience API is the one that Logto's own sign-in page calls. Its shapes may
// move between versions: what an answer does not have is noted, and never guessed.
package tenant

import (
	"net/url"
	"strings"

	"signbench/flows/oauth"
)

// The steps of what is asked of a tenant.
const (
	StepListing    = oauth.StepSignInExperience // what Logto tells everybody
	StepExperience = oauth.StepExperience       // the API of its sign-in page
	StepManagement = oauth.StepManagement       // the API of its console
)

// address is an address of the tenant: a path, and a query where there is one.
func address(endpoint, path string, query url.Values) string {
	target := strings.TrimSuffix(endpoint, "/") + path
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	return target
}

// ListingURL is where Logto tells everybody what its sign-in page offers.
func ListingURL(endpoint, clientID string) string {
	query := url.Values{}
	if clientID != "" {
		query.Set("appId", clientID)
	}
	return address(endpoint, "/api/.well-known/sign-in-exp", query)
}
