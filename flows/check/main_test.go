package check_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"

	"signbench/flows/check"
)

// seen gathers every reason that a test provoked.
var seen sync.Map

// TestMain asks, after a complete and successful run, whether every declared
// reason has occurred: one that cannot has a sentence that nobody will ever read.
func TestMain(m *testing.M) {
	flag.Parse()
	status := m.Run()
	whole := flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.skip").Value.String() == "" &&
		flag.Lookup("test.list").Value.String() == ""
	if status == 0 && whole {
		for _, id := range check.IDs() {
			for _, reason := range check.Reasons(id) {
				if _, ok := seen.Load(id + ":" + reason); !ok && !shared(id, reason) {
					fmt.Printf("no test provokes %s:%s\n", id, reason)
					status = 1
				}
			}
		}
	}
	os.Exit(status)
}

// shared reports whether the same function gives the reason for another check,
// where it is provoked: once is enough.
func shared(id, reason string) bool {
	for _, group := range [][]string{
		{"id_token.iss", "access_token.iss", "logout_token.iss", "jws.iss", "jarm.iss"},
		{"id_token.sub", "access_token.sub"},
		{"id_token.exp", "access_token.exp", "logout_token.exp", "jws.exp", "client_assertion.exp", "jarm.exp"},
		{"id_token.nbf", "access_token.nbf", "jws.nbf", "client_assertion.nbf"},
		{"id_token.iat", "access_token.iat", "logout_token.iat", "jws.iat", "client_assertion.iat"},
		{"id_token.signature", "access_token.signature", "logout_token.signature", "jws.signature", "client_assertion.signature", "jarm.signature"},
		{
			"discovery.token_endpoint", "discovery.issuer_url", "discovery.authorization_endpoint", "discovery.jwks_uri",
			"discovery.userinfo_endpoint", "discovery.end_session_endpoint", "discovery.revocation_endpoint",
		},
	} {
		if slices.Contains(group, id) {
			return slices.ContainsFunc(group, func(other string) bool {
				_, ok := seen.Load(other + ":" + reason)
				return ok
			})
		}
	}
	return false
}
