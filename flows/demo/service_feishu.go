package demo

import (
	"cmp"
	"context"

	"signbench/flows/demo/feishu"
)

// feishuConfig is a configuration that works when no switch is on. There is no
// address in it: Feishu's are fixed in Logto.
func feishuConfig(string, *connection) map[string]any {
	return map[string]any{"appId": feishu.AppID, "appSecret": feishu.AppSecret}
}

// feishuRedirectURLs are those in the app's security settings: the callbacks of the
// tenant, and the loopback of whoever repeats the flow.
func feishuRedirectURLs(endpoint string) []string {
	endpoint = cmp.Or(endpoint, "http://localhost")
	return append(onPorts("/callback"), endpoint+"/callback/"+FeishuID, endpoint+"/account/callback/social/"+FeishuID)
}

// FeishuURL is the origin in the place of https://passport.feishu.cn and
// https://open.feishu.cn. It listens from then on, until the tenant stops.
func (t *Tenant) FeishuURL(ctx context.Context) (string, error) {
	return t.services.base(ctx, serviceFeishu)
}

// LarkURL is the origin in the place of https://passport.larksuite.com and
// https://open.larksuite.com. It listens from then on, until the tenant stops.
func (t *Tenant) LarkURL(ctx context.Context) (string, error) {
	return t.services.base(ctx, serviceLark)
}

// SetFeishuSwitches turns exactly these switches of both clouds on. One that they do
// not know is an error, and changes nothing.
func (t *Tenant) SetFeishuSwitches(ids ...feishu.ID) error {
	if err := t.services.feishu.Set(ids...); err != nil {
		return err
	}
	return t.services.lark.Set(ids...)
}
