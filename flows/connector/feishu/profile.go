package feishu

import (
	"encoding/json"
	"slices"
	"strings"

	"signbench/flows/connector"
	"signbench/flows/jose"
)

// mapping is where Logto reads each field of its profile.
var mapping = []struct{ field, claim string }{
	{"id", "sub"},
	{"name", "name"},
	{"avatar", "avatar_url"},
	{"email", "email"},
	{"phone", "mobile"},
	{"userId", "user_id"},
}

// mapped is what Logto makes of the user. Everything else stays in its raw data.
func mapped(user *jose.Object, raw json.RawMessage) *connector.Profile {
	p := &connector.Profile{Raw: raw}
	var read []string
	for _, m := range mapping {
		read = append(read, m.claim)
		value, there := user.String(m.claim)
		if there && value == "" {
			p.Dropped = append(p.Dropped, connector.Dropped{Claim: m.claim, Source: connector.FromUserInfo, Reason: connector.DropEmpty})
		}
		if m.field == "phone" {
			value = strings.Replace(value, "+", "", 1) // Logto keeps numbers without it
		}
		p.Fields = append(p.Fields, connector.Field{Name: m.field, Value: value, Claim: m.claim, Source: connector.FromUserInfo})
	}
	for _, name := range slices.Concat(required, optional) {
		if value, there := user.String(name); there && !slices.Contains(read, name) {
			p.Dropped = append(p.Dropped, connector.Dropped{
				Claim: name, Value: value, Source: connector.FromUserInfo, Reason: connector.DropNotStored,
			})
		}
	}
	return p
}
