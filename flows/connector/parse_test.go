package connector_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"signbench/flows/connector"
)

func TestWhatDoesNotParseSaysWhere(t *testing.T) {
	for name, c := range map[string]struct {
		in           string
		code         string
		line, column int
	}{
		"nothing":            {" \n\t", connector.ParseEmpty, 0, 0},
		"a comma too much":   {"{\n  \"clientId\": \"a\",\n}", connector.ParseSyntax, 3, 1},
		"a comma too little": {"{\n  \"clientId\": \"a\"\n  \"scope\": \"b\"\n}", connector.ParseSyntax, 3, 3},
		"single quotes":      {"{'clientId': 1}", connector.ParseSyntax, 1, 2},
		"a comment":          {"{\n// here\n}", connector.ParseSyntax, 2, 1},
		"after wide letters": {"{\"名\": \"é\" x}", connector.ParseSyntax, 1, 11},
		"cut off":            {"{\n  \"clientId\": \"a", connector.ParseUnfinished, 2, 17},
		"cut off in between": {"{\"a\": {", connector.ParseUnfinished, 1, 8},
		"something after it": {"{}\n{}", connector.ParseSyntax, 2, 1},
		"an array":           {"[]", connector.ParseNotObject, 1, 1},
		"a line break in it": {"{\"a\": \"x\ny\"}", connector.ParseSyntax, 1, 9},
		"not UTF-8":          {"{\"a\":\n\"\xff\"}", connector.ParseEncoding, 2, 2},
		"deep":               {strings.Repeat(`{"a":`, 40) + "1" + strings.Repeat("}", 40), connector.ParseTooDeep, 1, 165},
		"five megabytes":     {`{"a":"` + strings.Repeat("x", 5<<20) + `"}`, connector.ParseTooLarge, 0, 0},
	} {
		_, err := connector.Parse(connector.OIDC, []byte(c.in))
		var got *connector.ParseError
		if !errors.As(err, &got) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got.Code != c.code || got.Line != c.line || got.Column != c.column {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestAnErrorQuotesNothing(t *testing.T) {
	_, err := connector.Parse(connector.OIDC, []byte(`{"clientSecret": CANARY}`))
	if err == nil || strings.Contains(fmt.Sprintf("%+v %#v", err, err), "CANARY") {
		t.Errorf("%v", err)
	}
}

func TestWhatIsReadIsWrittenAsItWas(t *testing.T) {
	const in = `{
  "zeta": 1.50,
  "clientId": "a <b> & c",
  "unknown": {
    "list": [
      1,
      null,
      true,
      "é"
    ],
    "none": {}
  },
  "alpha": []
}`
	c, err := connector.Parse(connector.OIDC, []byte("\ufeff"+in))
	if err != nil {
		t.Fatal(err)
	}
	if got := c.JSON().Reveal(); got != in {
		t.Errorf("written as\n%s", got)
	}
}

func TestOfARepeatedNameTheLastValueCounts(t *testing.T) {
	c, err := connector.Parse(connector.SSO, []byte(`{"issuer":"a","clientId":"x","issuer":"b"}`))
	if err != nil || c.Text("issuer") != "b" || c.JSON().Reveal() != "{\n  \"issuer\": \"b\",\n  \"clientId\": \"x\"\n}" {
		t.Errorf("%v %s", err, c.Text("issuer"))
	}
	if !has(connector.Examine(connector.Setup{Kind: connector.SSO, Config: c}), "issuer", connector.Repeated) {
		t.Error("not said")
	}
}
