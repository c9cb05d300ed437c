package demo

import (
	"context"
	"fmt"

	"signbench/flows/demo/connector"
)

// Connector is the tenant's connector of that factory, "sso" for the enterprise one:
// its ID and configuration as Logto shows them, its e-mail domains, and the base
// addresses that stand for the vendor's, by the names that the vendor's hosts have
// in a bench.
func (t *Tenant) Connector(ctx context.Context, factory string) (id string, config []byte, domains []string, addresses map[string]string, err error) {
	places := map[string]func(context.Context) (string, error){}
	switch factory {
	case connector.FactoryOIDC:
		id = SocialID
	case "sso":
		id, domains = SSOID, []string{SSODomain}
	case connector.FactoryFeishu:
		id = FeishuID
		places["feishu_passport"], places["feishu_open"] = t.FeishuURL, t.FeishuURL
		places["lark_passport"], places["lark_open"] = t.LarkURL, t.LarkURL
	case connector.FactoryTwilio:
		id = TwilioID
		places["twilio_api"], places["twilio_messaging"], places["twilio_accounts"] = t.TwilioURL, t.TwilioURL, t.TwilioURL
	default:
		return "", nil, nil, nil, fmt.Errorf("the demo tenant has no connector of the factory %q", factory)
	}
	addresses = map[string]string{}
	for name, url := range places {
		if addresses[name], err = url(ctx); err != nil {
			return "", nil, nil, nil, err
		}
	}
	config, err = t.ConnectorConfig(ctx, id)
	return id, config, domains, addresses, err
}
