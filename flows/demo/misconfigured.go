package demo

import (
	"encoding/json"
	"slices"
)

// misconfiguration is a connector that is itself set up so that something is amiss.
type misconfiguration struct {
	connector string
	change    func(config map[string]any)
}

// misconfigured are all of them, by <bench>/<switch>.
var misconfigured = map[string]misconfiguration{
	"oidc/endpoint_query":       {SocialID, authorizationEndpoint(func(is string) string { return is + "?tenant=demo" })},
	"oidc/endpoint_fragment":    {SocialID, authorizationEndpoint(func(is string) string { return is + "#/" })},
	"oidc/endpoint_placeholder": {SocialID, authorizationEndpoint(func(string) string { return "<authorization-endpoint>" })},
	"oidc/scope_phone":          {SocialID, func(config map[string]any) { config["scope"] = "openid profile email phone" }},
	"sso/scope_phone":           {SSOID, func(config map[string]any) { config["scope"] = "phone" }},
	"twilio/template_missing": {TwilioID, func(config map[string]any) {
		list, _ := config["templates"].([]any)
		config["templates"] = slices.DeleteFunc(list, func(one any) bool { return isFor(one, "Generic") })
	}},
	"twilio/code_missing": {TwilioID, func(config map[string]any) {
		list, _ := config["templates"].([]any)
		for i, one := range list {
			if isFor(one, "SignIn") {
				list[i] = map[string]any{"usageType": "SignIn", "content": "Somebody signs in to the Signbench demo."}
			}
		}
	}},
}

func authorizationEndpoint(change func(is string) string) func(map[string]any) {
	return func(config map[string]any) {
		is, _ := config["authorizationEndpoint"].(string)
		config["authorizationEndpoint"] = change(is)
	}
}

// isFor reports whether a template is the one for that use.
func isFor(template any, usage string) bool {
	one, _ := template.(map[string]any)
	return one["usageType"] == usage
}

// misconfigure turns a misconfiguration on, and every other one off.
func (t *Tenant) misconfigure(m misconfiguration) {
	t.linked.mu.Lock()
	defer t.linked.mu.Unlock()
	t.linked.wrong = m
}

// asSetUp is the configuration of a connector with what is wrong with it.
func (m misconfiguration) asSetUp(id string, config []byte) ([]byte, error) {
	if m.connector != id {
		return config, nil
	}
	document := map[string]any{}
	if err := json.Unmarshal(config, &document); err != nil {
		return nil, err
	}
	m.change(document)
	return json.Marshal(document)
}
