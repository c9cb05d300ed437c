package view

import (
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/ui/state"
	"signbench/ui/text"
)

// Every member that Logto's schema knows has its place in the form, with its meaning,
// its type and its default.
func TestTheFormHasEveryMember(t *testing.T) {
	test.NewApp()
	for _, kind := range connector.Kinds() {
		b := newBench(kind, BenchActions{})
		c := connector.NewConfig(kind)
		if kind == connector.Twilio {
			c = c.Append("templates")
		}
		b.show(BenchModel{Setup: connector.Setup{Kind: kind, Config: c}})
		for _, m := range connector.Members(kind) {
			path := strings.ReplaceAll(m.Path, "[]", "[0]")
			if field := b.form.fields[path]; field == nil && m.Type != connector.Object && m.Type != connector.Objects {
				t.Errorf("%s: %s has no field", kind, m.Path)
			}
			hint := b.form.hint(m)
			for _, want := range []string{
				text.T("connector.member." + string(kind) + "." + m.Path), "Type: " + string(m.Type), strings.Trim(m.Default, `"`),
			} {
				if !strings.Contains(hint, want) {
					t.Errorf("%s: %s says %q, without %q", kind, m.Path, hint, want)
				}
			}
		}
	}
}

// What does not parse says where, and no sentence has a hole.
func TestWhatDoesNotParseIsSaidWithItsPlace(t *testing.T) {
	for in, want := range map[string]string{
		"":                         "Paste the JSON",
		"{\n  \"a\": oops\n}":      "Line 2, column 8",
		"{\n  \"a\": \"b":          "Line 2, column 10",
		"[1]":                      "JSON object",
		"{\"a\":\n\"\xff\"}":       "Line 2, column 2",
		strings.Repeat("x", 5<<20): "5120 KB",
		strings.Repeat(`{"a":`, 40) + "1" + strings.Repeat("}", 40): "Line 1, column 165",
	} {
		_, err := connector.Parse(connector.OIDC, []byte(in))
		var problem *connector.ParseError
		if !errors.As(err, &problem) {
			t.Fatalf("%.20q: %v", in, err)
		}
		if words := parseWords(problem); !strings.Contains(words, want) || strings.Contains(words, "no value") {
			t.Errorf("%.20q: %q", in, words)
		}
	}
}

// The sentences about a configuration have no holes either.
func TestFindingsHaveNoHoles(t *testing.T) {
	for kind, in := range map[connector.Kind]string{
		connector.OIDC: `{"authorizationEndpoint":"https://a/?x","tokenEndpoint":"ftp://a","clientId":" a","clientSecret":7,"scope":"x","client_id":"x",
			"tokenEndpointAuthMethod":"none","idTokenVerificationConfig":{"jwksUri":"<jwks-uri>","issuer":"https://a/.well-known/openid-configuration","crit":["x"],
			"algorithms":["HS256"],"clockTolerance":"often","audience":"a","currentDate":"now"},"customConfig":{"State":"x","codeChallenge":"y","aB":"c"},"jwksUri":"x","odd":1,"odd":2}`,
		connector.SSO:    `{"issuer":"http://a.example/","clientId":"a:b","clientSecret":"","domain":"x"}`,
		connector.Feishu: `{"appId":"abc","accountSID":"x","authToken":"y","fromMessagingServiceSID":"z","templates":[]}`,
		connector.Twilio: `{"accountSID":"SK1","authToken":"t","fromMessagingServiceSID":"+15005550006","host":"x","templates":[{"usageType":"Own","content":"{code}"},{"usageType":"Own","content":"no"}]}`,
	} {
		c, err := connector.Parse(kind, []byte(in))
		if err != nil {
			t.Fatal(err)
		}
		found := connector.Examine(connector.Setup{Kind: kind, Config: c, Domains: []string{"gmail.com", "a.example", "A.example", "a"}})
		if len(found) < 4 {
			t.Errorf("%s: %d findings", kind, len(found))
		}
		for _, f := range found {
			if words := text.Finding(f.Code, f.Params); words == "" || strings.Contains(words, "no value") || strings.HasPrefix(words, "connector.") {
				t.Errorf("%s: %s: %q", kind, f.Code, words)
			}
		}
		reason, params := connector.SumUp(connector.Setup{Kind: kind, Config: c})
		row := flows.Bench(kind).Rows().Row(connector.RowID(kind, "config"), reason, named(params))
		if words := text.Probe(row); strings.Contains(words, "no value") || strings.Contains(words, row.Params["Problem"]) || !strings.HasSuffix(words, ".") {
			t.Errorf("%s: %s: %q", kind, reason, words)
		}
		f := fault.New(fault.Code(connector.RowID(kind, "config")), connector.StepAuthorize, named(found[0].Told()))
		if words := text.FaultCause(f); strings.Contains(words, "no value") || strings.Contains(words, found[0].Code) {
			t.Errorf("%s: %q", kind, words)
		}
	}
}

func named(list []string) map[string]string {
	out := map[string]string{}
	for i := 0; i+1 < len(list); i += 2 {
		out[list[i]] = list[i+1]
	}
	return out
}

// Logto keeps five members of a discovery document.
func TestTheParsedConfigurationIsThatOfTheConsole(t *testing.T) {
	doc := oauth.Metadata{AuthorizationEndpoint: "https://a/auth", TokenEndpoint: "https://a/token", JWKSURI: "https://a/keys", Issuer: "https://a", EndSessionEndpoint: "https://a/end"}
	var names []string
	for _, m := range parsedMembers(doc) {
		names = append(names, m[0]+"="+m[1])
	}
	if got := strings.Join(names, " "); got != "authorizationEndpoint=https://a/auth tokenEndpoint=https://a/token jwksUri=https://a/keys issuer=https://a" {
		t.Error(got)
	}
}

// The rows are those of the run that is shown, also when another one has as many.
func TestTheRowsOfAnotherRunAreDrawn(t *testing.T) {
	test.NewApp()
	b := newBench(connector.SSO, BenchActions{})
	for _, id := range []oauth.RunID{"one", "two"} {
		run := &state.Run{ID: id, Probes: []probe.Row{{ID: "connector.sso.config", Verdict: probe.Pass, Reason: "clean"}}}
		b.show(BenchModel{Setup: connector.Setup{Kind: connector.SSO, Config: connector.NewConfig(connector.SSO)}, Run: run})
		if want := (drawnRows{run: id, rows: 1}); b.drawn != want || b.checks.Hidden {
			t.Errorf("drawn is %+v, want %+v", b.drawn, want)
		}
	}
}
