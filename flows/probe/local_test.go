package probe_test

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/probe"
)

func TestThisMachine(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		reason string
		remedy fault.Remedy
	}{
		"free":        {nil, "free", ""},
		"taken":       {&probe.PortError{Reason: probe.PortTaken, Holder: "node (42)", Free: 3001}, "taken", fault.UsePort},
		"taken, full": {&probe.PortError{Reason: probe.PortTaken}, "taken", ""},
		"elsewhere":   {&probe.PortError{Reason: probe.PortNotLoopback}, "not_loopback", ""},
		"other":       {errors.New("no such family"), "unusable", ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.machine = probe.Machine{
				Port:     func(context.Context, string) error { return c.err },
				Browser:  func() (string, bool) { return "", false },
				Keychain: func() (string, bool) { return "locked", false },
			}
			b.run(t.Context())
			row := b.want("machine.port", probe.VerdictOf("machine.port", c.reason), c.reason)
			if row.Remedy != c.remedy {
				t.Errorf("the remedy is %q", row.Remedy)
			}
			b.want("machine.browser", probe.Fail, "none")
			b.want("machine.keychain", probe.Warn, "locked")
		})
	}
}

const tenantExperience = `{"signIn":{"methods":[{"identifier":"email","password":true,"verificationCode":true}]},
"signInMode":"SignInAndRegister","socialConnectors":[{"id":"c1x","target":"github"},{"id":"c2x","target":"feishu"}],
"ssoConnectors":[{"id":"sso1","connectorName":"OIDC"}],"singleSignOnEnabled":true,
"forgotPassword":{"phone":true,"email":true},"captchaPolicy":{"enabled":true}}`

func TestExtraParameters(t *testing.T) {
	for name, c := range map[string]struct {
		extra  map[string]string
		id     string
		reason string
	}{
		"a target":          {map[string]string{"direct_sign_in": "social:github"}, "logto.direct_sign_in", "exists"},
		"an SSO connector":  {map[string]string{"direct_sign_in": "sso:sso1"}, "logto.direct_sign_in", "exists"},
		"a connector's ID":  {map[string]string{"direct_sign_in": "social:c1x"}, "logto.direct_sign_in", "target_expected"},
		"no such target":    {map[string]string{"direct_sign_in": "social:google"}, "logto.direct_sign_in", "no_such_target"},
		"no such SSO":       {map[string]string{"direct_sign_in": "sso:other"}, "logto.direct_sign_in", "no_such_connector"},
		"no method":         {map[string]string{"direct_sign_in": "github"}, "logto.extra", "voids_all"},
		"a misspelt screen": {map[string]string{"first_screen": "signup", "login_hint": "a@b.test"}, "logto.extra", "voids_all"},
		"a good screen":     {map[string]string{"first_screen": "register"}, "logto.extra", "valid"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newStub(t, func(s *stub) {
				s.document["issuer"] = s.url + "/oidc"
				s.HandleFunc("/oidc/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
					writeJSON(w, 200, s.document)
				})
				s.HandleFunc("/api/.well-known/sign-in-exp", func(w http.ResponseWriter, _ *http.Request) {
					_, _ = w.Write([]byte(tenantExperience))
				})
			})
			b.setup.Profile.Kind, b.setup.Profile.Endpoint = oauth.KindLogto, b.setup.Profile.Issuer
			b.setup.Profile.Extra = c.extra
			b.run(t.Context())
			b.want(c.id, probe.VerdictOf(c.id, c.reason), c.reason)
			b.want("logto.connectors", probe.Pass, "shown")
			b.want("logto.sso", probe.Pass, "on")
			b.want("logto.captcha", probe.Pass, "on")
			b.want("logto.forgot_password", probe.Pass, "offered")
		})
	}
}

func TestThePlanNamesEveryRequest(t *testing.T) {
	b := newBench(t)
	seen := map[probe.Group]bool{}
	for _, p := range probe.Plan(b.setup) {
		seen[p.Group] = true
		if (p.Method == "") != (p.Target == "") {
			t.Errorf("%s has method %q and target %q", p.ID, p.Method, p.Target)
		}
		if p.ID == "secret.wrong" {
			t.Error("a wrong secret is planned and was not asked for")
		}
	}
	for _, g := range probe.Groups() {
		if !seen[g] {
			t.Errorf("nothing is planned in %s", g)
		}
	}
	b.setup.Profile.Kind = oauth.KindOIDC
	for _, p := range probe.Plan(b.setup) {
		if p.Group == probe.Logto {
			t.Errorf("%s is planned for another provider", p.ID)
		}
	}
}

func TestAProfileThatIsNotFilledIn(t *testing.T) {
	b := newBench(t)
	b.setup.Profile.Client.ID = ""
	b.run(t.Context())
	b.want("client.known", probe.Unknown, "no_client_id")
	b.setup.Profile.Endpoint = ""
	b.run(t.Context())
	b.want("reach.connect", probe.Fail, "other")
}

func TestTheNameLocalhost(t *testing.T) {
	b := newBench(t)
	b.setup.Profile.Endpoint = "http://localhost" + b.setup.Profile.Endpoint[len("http://127.0.0.1"):]
	b.run(t.Context())
	b.want("reach.localhost", probe.Pass, "ipv4_only")
}

// A keychain's service that hangs takes no context: the run ends without it.
func TestAKeychainThatHangs(t *testing.T) {
	b := newBench(t)
	hang := make(chan struct{})
	t.Cleanup(func() { close(hang) })
	ctx, cancel := context.WithCancel(t.Context())
	b.machine.Keychain = func() (string, bool) {
		cancel()
		<-hang
		return "", false
	}
	b.run(ctx)
	b.want("machine.keychain", probe.Unknown, "cancelled")
}
