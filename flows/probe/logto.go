package probe

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// experience is Logto's anonymous description of its sign-in page, as far as it is
// looked at.
type experience struct {
	SignIn *struct {
		Methods []struct {
			Identifier       string `json:"identifier"`
			Password         bool   `json:"password"`
			VerificationCode bool   `json:"verificationCode"`
		} `json:"methods"`
	} `json:"signIn"`
	SignInMode       string `json:"signInMode"`
	SocialConnectors []struct {
		ID     string `json:"id"`
		Target string `json:"target"`
	} `json:"socialConnectors"`
	SSOConnectors []struct {
		ID   string `json:"id"`
		Name string `json:"connectorName"`
	} `json:"ssoConnectors"`
	SingleSignOn   bool `json:"singleSignOnEnabled"`
	ForgotPassword struct {
		Phone bool `json:"phone"`
		Email bool `json:"email"`
	} `json:"forgotPassword"`
	Captcha struct {
		Enabled bool `json:"enabled"`
	} `json:"captchaPolicy"`
}

// targets are the targets of the social connectors shown.
func (e experience) targets() []string {
	var out []string
	for _, c := range e.SocialConnectors {
		if !slices.Contains(out, c.Target) {
			out = append(out, c.Target)
		}
	}
	return out
}

// checkExperience reads what the tenant shows its users, which needs no credential.
func (r *run) checkExperience(ctx context.Context) {
	a := r.document(ctx, StepSignInExperience, experienceURL(r.profile))
	if ended(ctx, a) {
		return
	}
	if a.err != nil && a.status == 0 {
		r.close(noConnection, a, Logto)
		return
	}
	var e experience
	if a.err != nil || a.status != http.StatusOK || json.Unmarshal(a.body, &e) != nil || e.SignIn == nil {
		r.say("logto.experience", "not_logto", got(bare(a.target)), by(a))
		r.close("no_experience", a, Logto)
		return
	}
	r.say("logto.experience", "read", got(bare(a.target)), by(a))
	r.signInRow(a, e)
	r.connectorRows(a, e)
	onOff := func(id string, on bool) {
		reason := "off"
		if on {
			reason = "on"
		}
		r.say(id, reason, by(a))
	}
	onOff("logto.captcha", e.Captcha.Enabled)
	var ways []string
	if e.ForgotPassword.Email {
		ways = append(ways, "email")
	}
	if e.ForgotPassword.Phone {
		ways = append(ways, "phone")
	}
	if len(ways) > 0 {
		r.say("logto.forgot_password", "offered", got(strings.Join(ways, ", ")), by(a))
	} else {
		r.say("logto.forgot_password", "not_offered", by(a))
	}
	r.extraRows(a, e)
	r.checkAccountCenter(ctx)
}

func (r *run) signInRow(a *answer, e experience) {
	var methods []string
	for _, m := range e.SignIn.Methods {
		var by []string
		if m.Password {
			by = append(by, "password")
		}
		if m.VerificationCode {
			by = append(by, "verification code")
		}
		methods = append(methods, m.Identifier+" ("+strings.Join(by, ", ")+")")
	}
	if len(methods) == 0 {
		methods = []string{"connectors"}
	}
	list := got(strings.Join(methods, ", "))
	switch {
	case e.SignInMode == "Register":
		r.say("logto.sign_in", "register_only", list, by(a))
	case len(e.SignIn.Methods) == 0 && len(e.SocialConnectors) == 0 && len(e.SSOConnectors) == 0:
		r.say("logto.sign_in", "none", by(a))
	case e.SignInMode == "SignIn":
		r.say("logto.sign_in", "sign_in_only", list, by(a))
	default:
		r.say("logto.sign_in", "methods", list, by(a))
	}
}

func (r *run) connectorRows(a *answer, e experience) {
	if targets := e.targets(); len(targets) > 0 {
		r.say("logto.connectors", "shown", got(strings.Join(targets, ", ")), by(a))
	} else {
		r.say("logto.connectors", "none", by(a))
	}
	var names []string
	for _, c := range e.SSOConnectors {
		names = append(names, c.Name)
	}
	switch {
	case !e.SingleSignOn:
		r.say("logto.sso", "off", by(a))
	case len(names) == 0:
		r.say("logto.sso", "no_connector", by(a))
	default:
		r.say("logto.sso", "on", got(strings.Join(names, ", ")), by(a))
	}
}

// enums are the parameters of Logto that take one of a list, and the lists. They are
// parsed as one object: one bad value voids all of the parameters.
var enums = map[string][]string{
	"first_screen": {
		"sign_in", "register", "identifier:sign_in", "identifier:register", "single_sign_on", "reset_password", "signIn",
	},
	"interaction_mode": {"signIn", "signUp"},
}

func (r *run) extraRows(a *answer, e experience) {
	extra := r.profile.Extra
	var bad []string
	var fits string
	for name, allowed := range enums {
		if value, ok := extra[name]; ok && !slices.Contains(allowed, value) {
			bad, fits = append(bad, name+"="+value), strings.Join(allowed, ", ")
		}
	}
	direct, asked := extra["direct_sign_in"]
	method, target, _ := strings.Cut(direct, ":")
	if asked && (method != "social" && method != "sso" || target == "") {
		bad, fits = append(bad, "direct_sign_in="+direct), "social:<target>, sso:<connector ID>"
	}
	slices.Sort(bad)
	switch {
	case len(bad) > 0:
		r.say("logto.extra", "voids_all", want(fits), got(strings.Join(bad, ", ")), by(a))
	case len(extra) == 0:
		r.say("logto.extra", "none", by(a))
	default:
		r.say("logto.extra", "valid", by(a))
	}
	ids := make([]string, 0, len(e.SSOConnectors))
	for _, c := range e.SSOConnectors {
		ids = append(ids, c.ID)
	}
	r.directRow(a, e, method, target, ids)
}

// directRow looks for the connector that direct_sign_in names. An unknown one is no
// error to Logto: the user sees the plain sign-in page.
func (r *run) directRow(a *answer, e experience, method, target string, sso []string) {
	const id = "logto.direct_sign_in"
	value := got(method + ":" + target)
	switch {
	case method == "sso" && slices.Contains(sso, target):
		r.say(id, "exists", value, by(a))
	case method == "sso" && !e.SingleSignOn:
		r.say(id, "sso_off", value, by(a))
	case method == "sso":
		r.say(id, "no_such_connector", value, want(strings.Join(sso, ", ")), by(a))
	case slices.Contains(e.targets(), target):
		r.say(id, "exists", value, by(a))
	default:
		for _, c := range e.SocialConnectors {
			if c.ID == target {
				r.say(id, "target_expected", value, want(c.Target), by(a))
			}
		}
		r.say(id, "no_such_target", value, want(strings.Join(e.targets(), ", ")), by(a))
	}
}
