package probe

import (
	"context"
	"encoding/json"
	"net/http"
)

// accountCenter is Logto's anonymous description of what users may do with their own
// account, as far as it is looked at.
type accountCenter struct {
	Enabled *bool `json:"enabled"`
	Fields  struct {
		Social string `json:"social"` // Off, ReadOnly or Edit
	} `json:"fields"`
}

// checkAccountCenter looks at what the tenant lets users do with their social
// connections, which is set apart from its sign-in experience.
func (r *run) checkAccountCenter(ctx context.Context) {
	const id = "logto.account_center"
	a := r.document(ctx, StepSignInExperience, accountCenterURL(r.profile))
	if ended(ctx, a) {
		return
	}
	var center accountCenter
	switch {
	case a.err != nil || a.status != http.StatusOK || json.Unmarshal(a.body, &center) != nil || center.Enabled == nil:
		r.say(id, "not_told", got(bare(a.target)), by(a))
	case !*center.Enabled:
		r.say(id, "off", by(a))
	case center.Fields.Social == "Edit":
		r.say(id, "social_on", by(a))
	case center.Fields.Social == "ReadOnly":
		r.say(id, "social_read_only", by(a))
	default: // a field that was never set is off
		r.say(id, "social_off", by(a))
	}
}
