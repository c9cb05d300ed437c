package connector_test

import (
	"slices"
	"testing"

	"signbench/flows/connector"
)

// What speaks for a whole configuration is what all else follows from.
func TestTheWorstFindingSpeaksForAll(t *testing.T) {
	for _, c := range []struct {
		kind                connector.Kind
		in, reason, problem string
		domains             []string
	}{
		{connector.OIDC, `{"accountSID":"a","authToken":"b","fromMessagingServiceSID":"c","templates":[]}`, "refused", connector.OtherConnector, nil},
		{connector.SSO, `{"issuer":"<issuer>","clientId":"c"}`, "refused", connector.RequiredMissing, nil},
		{connector.SSO, `{"issuer":"<issuer>","clientId":"c","clientSecret":"s","odd":1}`, "breaks", connector.Placeholder, nil},
		{connector.SSO, `{"issuer":"https://a.example","clientId":"c","clientSecret":"s"}`, "warnings", connector.DomainMissing, []string{}},
		{connector.Feishu, `{"appId":"cli_1","appSecret":"s"}`, "clean", "", nil},
	} {
		config, err := connector.Parse(c.kind, []byte(c.in))
		if err != nil {
			t.Fatal(err)
		}
		reason, params := connector.SumUp(connector.Setup{Kind: c.kind, Config: config, Domains: c.domains})
		problem := ""
		if i := slices.Index(params, "Problem"); i >= 0 {
			problem = params[i+1]
		}
		if reason != c.reason || problem != c.problem {
			t.Errorf("%s: %s %v", c.in, reason, params)
		}
	}
}
