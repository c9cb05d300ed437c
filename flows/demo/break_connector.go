package demo

import (
	"fmt"

	"signbench/flows/demo/feishu"
	"signbench/flows/demo/twilio"
)

// BreakConnector turns one switch on behind the connector of a bench (oidc, sso,
// feishu, twilio), or one of the connector's own configuration, and every other one
// off. Without a switch all are off. A switch that is not known is an error, and nothing is broken then.
func (t *Tenant) BreakConnector(bench, id string) error {
	t.misconfigure(misconfiguration{})
	t.SetUpstreamSwitches()
	if err := t.SetFeishuSwitches(); err != nil {
		return err
	}
	if err := t.SetTwilioSwitches(); err != nil {
		return err
	}
	if id == "" {
		return nil
	}
	if m, ok := misconfigured[bench+"/"+id]; ok {
		t.misconfigure(m)
		return nil
	}
	switch bench {
	case "oidc", "sso":
		t.SetUpstreamSwitches(id)
		return nil
	case "feishu":
		return t.SetFeishuSwitches(feishu.ID(id))
	case "twilio":
		return t.SetTwilioSwitches(twilio.ID(id))
	default:
		return fmt.Errorf("the demo tenant has no connector for the bench %q", bench)
	}
}
