package demo

import (
	"fmt"

	"signbench/flows/demo/feishu"
	"signbench/flows/demo/twilio"
)

// BreakConnector turns one switch on behind the connector of a bench (oidc, sso,
// feishu, twilio), and every other one behind any connector off. Without a bench all
// are off. A switch that is not known is an error, and nothing is broken then.
func (t *Tenant) BreakConnector(bench, id string) error {
	t.SetUpstreamSwitches()
	if err := t.SetFeishuSwitches(); err != nil {
		return err
	}
	if err := t.SetTwilioSwitches(); err != nil {
		return err
	}
	switch bench {
	case "":
		return nil
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
