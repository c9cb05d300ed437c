package flows_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/connector/tenant"
	"signbench/flows/demo"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// credential is that of the demo tenant's machine-to-machine app.
func credential() tenant.Admin {
	return tenant.Admin{ClientID: demo.M2MAppID, Secret: demo.M2MAppSecret}
}

// administers does it with a good credential.
func (s *stage) administers(do func(context.Context, *flows.AdminSession) *fault.Fault) {
	s.t.Helper()
	if err := s.engine.Administer(s.t.Context(), s.request(), credential(), do); err != nil {
		s.t.Fatalf("%v: %+v", err, codeOf(s.t, err))
	}
}

func TestAnAdministratorSeesTheConnectorsAndTheirConfigurations(t *testing.T) {
	s := newStage(t)
	s.administers(func(ctx context.Context, c *flows.AdminSession) *fault.Fault {
		list, f := c.Connectors(ctx)
		if f != nil {
			return f
		}
		got := map[string]tenant.Held{}
		for _, h := range list {
			got[h.ID] = h
		}
		social, sso, sms := got[demo.SocialID], got[demo.SSOID], got[demo.TwilioID]
		if len(list) != 4 || social.Kind() != connector.OIDC || sso.Kind() != connector.SSO || sms.Sort != tenant.SMS || sms.Kind() != connector.Twilio ||
			got[demo.FeishuID].Kind() != connector.Feishu {
			t.Errorf("%+v", list)
		}
		if social.Config.Secret("clientSecret").Empty() || len(sso.Domains) != 1 || sso.Provider == nil || sso.Name != demo.SSOName {
			t.Errorf("%+v, %+v", social, sso)
		}
		if printed := fmt.Sprintf("%+v", list); strings.Contains(printed, social.Config.Secret("clientSecret").Reveal()) {
			t.Error("a secret is printed")
		}
		one, f := c.Load(ctx, tenant.Social, demo.SocialID)
		if f == nil && len(connector.Diff(one.Config, social.Config)) != 0 {
			t.Error("one connector is not the one of the list")
		}
		return f
	})
}

func TestAChangeIsShownBeforeItIsWritten(t *testing.T) {
	s := newStage(t)
	var plan tenant.Plan
	s.administers(func(ctx context.Context, c *flows.AdminSession) *fault.Fault {
		held, f := c.Load(ctx, tenant.Social, demo.SocialID)
		if f != nil {
			return f
		}
		changed := held.Config.Set("scope", "openid email").SetSecret("clientSecret", "CANARY")
		plan, f = c.Plan(ctx, tenant.Social, demo.SocialID, changed)
		return f
	})
	if len(plan.Changes) != 2 || strings.Contains(fmt.Sprintf("%+v", plan), "CANARY") {
		t.Fatalf("%+v", plan)
	}
	config := func() string {
		raw, err := s.tenant.ConnectorConfig(t.Context(), demo.SocialID)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	if strings.Contains(config(), "CANARY") {
		t.Fatal("a plan was written")
	}
	s.administers(func(ctx context.Context, c *flows.AdminSession) *fault.Fault { return c.Apply(ctx, plan) })
	if !strings.Contains(config(), "CANARY") {
		t.Error("nothing was written")
	}
	for name, stale := range map[string]tenant.Plan{"the same again": plan, "one of nobody": {}} {
		err := s.engine.Administer(t.Context(), s.request(), credential(), func(ctx context.Context, c *flows.AdminSession) *fault.Fault {
			return c.Apply(ctx, stale)
		})
		if codeOf(t, err) == "" {
			t.Errorf("%s was written", name)
		}
	}
}

// An enterprise connector is written back as the others are.
func TestAnEnterpriseConnectorIsWrittenBack(t *testing.T) {
	s := newStage(t)
	s.administers(func(ctx context.Context, c *flows.AdminSession) *fault.Fault {
		held, f := c.Load(ctx, tenant.SSO, demo.SSOID)
		if f != nil {
			return f
		}
		plan, f := c.Plan(ctx, tenant.SSO, demo.SSOID, held.Config.Set("scope", "groups"))
		if f != nil || len(plan.Changes) != 1 {
			t.Errorf("%+v", plan)
			return f
		}
		return c.Apply(ctx, plan)
	})
	raw, err := s.tenant.ConnectorConfig(t.Context(), demo.SSOID)
	if err != nil || !strings.Contains(string(raw), "groups") {
		t.Errorf("%v", err)
	}
	err = s.engine.Administer(t.Context(), s.request(), credential(), func(ctx context.Context, c *flows.AdminSession) *fault.Fault {
		held, f := c.Load(ctx, tenant.SSO, demo.SSOID)
		if f != nil {
			return f
		}
		plan, f := c.Plan(ctx, tenant.SSO, demo.SSOID, held.Config.Set("issuer", held.Config.Text("issuer")+"/nowhere"))
		if f != nil {
			return f
		}
		return c.Apply(ctx, plan)
	})
	if code := codeOf(t, err); code == "" || code == fault.LogtoInternal {
		t.Errorf("an issuer that can not be discovered: %q", code)
	}
}

// What Logto's API does not say of a failure, its audit log does.
func TestTheAuditLogHasTheRealReason(t *testing.T) {
	for _, c := range []struct{ connector, on, says string }{
		{demo.SocialID, "issuer_slash", "iss"},
		{demo.SocialID, "jwks_404", "JSON Web Key Set"},
		{demo.SocialID, "wrong_secret", `"{}"`},
		{demo.SSOID, "wrong_secret", "invalid_client"},
	} {
		s := newStage(t)
		s.tenant.SetUpstreamSwitches(c.on)
		run, _ := s.reveals(c.connector)
		window := tenant.Window{ClientID: demo.AppID, From: run.Log().Events()[0].At}
		s.administers(func(ctx context.Context, console *flows.AdminSession) *fault.Fault {
			reasons, f := console.Reasons(ctx, window)
			if f != nil {
				return f
			}
			if len(reasons) != 1 || reasons[0].Connector != c.connector || !strings.Contains(reasons[0].Text, c.says) {
				t.Errorf("%s %s: %+v", c.connector, c.on, reasons)
			}
			window.To = window.From.Add(-1)
			if before, f := console.Reasons(ctx, tenant.Window{To: window.To.Add(-1e9)}); f != nil || len(before) != 0 {
				t.Errorf("before the run: %+v", before)
			}
			return nil
		})
	}
}

func TestLogtoSendsItsOwnTestMessage(t *testing.T) {
	s := newStage(t)
	s.administers(func(ctx context.Context, c *flows.AdminSession) *fault.Fault {
		held, f := c.Load(ctx, tenant.SMS, demo.TwilioID)
		if f != nil {
			return f
		}
		return c.SendTest(ctx, held.Config, "+15005550009")
	})
}

func TestACredentialThatIsNotGoodIsExplained(t *testing.T) {
	s := newStage(t)
	none := func(context.Context, *flows.AdminSession) *fault.Fault { return nil }
	for name, c := range map[string]struct {
		admin tenant.Admin
		want  fault.Code
	}{
		"another resource": {tenant.Admin{ClientID: demo.M2MAppID, Secret: demo.M2MAppSecret, Resource: "http://localhost:3001/api"}, fault.LogtoAdminResource},
		"a wrong secret":   {tenant.Admin{ClientID: demo.M2MAppID, Secret: "CANARY-secret"}, fault.LogtoAdminClient},
		"a web app":        {tenant.Admin{ClientID: demo.AppID, Secret: demo.AppSecret}, fault.LogtoAdminApp},
	} {
		err := s.engine.Administer(t.Context(), s.request(), c.admin, none)
		if code := codeOf(t, err); code != c.want {
			t.Errorf("%s: %s, want %s", name, code, c.want)
		}
		var failed *flows.Failure
		if errors.As(err, &failed) && strings.Contains(fmt.Sprintf("%+v", failed.Faults), "CANARY") {
			t.Errorf("%s: the secret is in the fault", name)
		}
	}
	own := tenant.Admin{ClientID: demo.M2MAppID, Secret: demo.M2MAppSecret, Resource: demo.Resource}
	list := func(ctx context.Context, c *flows.AdminSession) *fault.Fault {
		_, f := c.Connectors(ctx)
		return f
	}
	if code := codeOf(t, s.engine.Administer(t.Context(), s.request(), own, list)); code != fault.LogtoAdminResource {
		t.Errorf("a resource of one's own: %s", code)
	}
}

// The API itself may refuse the token, and may quote what it holds.
func TestAnAPIThatRefusesIsExplainedWithoutSecrets(t *testing.T) {
	token := answers(200, `{"access_token":"CANARY-token","expires_in":3600,"scope":"all"}`)
	for name, c := range map[string]struct {
		api  http.HandlerFunc
		want fault.Code
	}{
		"no role":        {answers(403, `{"code":"auth.forbidden","message":"Forbidden."}`), fault.LogtoAdminRole},
		"another domain": {answers(401, `{"code":"auth.unauthorized","message":"no","data":{"claim":"iss"}}`), fault.LogtoAdminDomain},
		"an exception":   {answers(500, `{"message":"Internal server error."}`), fault.LogtoInternal},
		"a gateway":      {answers(502, "<html><title>CANARY-token CANARY-secret</title></html>"), fault.ResponseHTML},
		"another shape":  {answers(200, `{"CANARY":1}`), fault.ResponseNotJSON},
	} {
		req := door(t, "", map[string]http.HandlerFunc{"/oidc/token": token, "/api/connectors": c.api})
		admin := tenant.Admin{ClientID: "m2m", Secret: oauth.Secret("CANARY-secret")}
		err := flows.New(flows.Config{}).Administer(t.Context(), req, admin, func(ctx context.Context, console *flows.AdminSession) *fault.Fault {
			_, f := console.Connectors(ctx)
			return f
		})
		if code := codeOf(t, err); code != c.want {
			t.Errorf("%s: %s, want %s", name, code, c.want)
		}
		var failed *flows.Failure
		if errors.As(err, &failed) && strings.Contains(fmt.Sprintf("%+v", failed.Faults), "CANARY") {
			t.Errorf("%s: a secret is in %+v", name, failed.Faults)
		}
	}
}
