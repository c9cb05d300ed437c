package demo

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"signbench/flows/demo/twilio"
)

// sent is the latest message that Twilio accepted.
func (b *bench) sent() twilio.Sent {
	b.Helper()
	list := b.tenant.services.twilio.Sent()
	if len(list) == 0 {
		b.Fatal("nothing was sent")
	}
	return list[len(list)-1]
}

// twilioSwitches turns on switches that there are.
func (b *bench) twilioSwitches(ids ...twilio.ID) {
	b.Helper()
	if err := b.tenant.SetTwilioSwitches(ids...); err != nil {
		b.Fatal(err)
	}
}

const testPath = "/api/connectors/twilio-short-message-service/test"

func TestTestMessages(t *testing.T) {
	b := newBench(t)
	for _, body := range []string{`{"phone":"+15551234567","config":{}}`, `{"config":{}}`, `{"phone":"15551234567"}`} {
		b.refused(b.manage(http.MethodPost, testPath, body), 400, "guard.invalid_input")
	}
	b.refused(b.manage(http.MethodPost, "/api/connectors/oidc/test", `{"phone":"1","config":{}}`), 400, "connector.not_found")
	b.refused(b.manage(http.MethodPost, testPath, `{"email":"a@b.c","config":{}}`), 400, "connector.unexpected_type")
	b.refused(b.manage(http.MethodPost, testPath, `{"phone":"1","config":{}}`), 400, "connector.invalid_config")

	config, err := b.tenant.ConnectorConfig(t.Context(), TwilioID)
	if err != nil {
		t.Fatal(err)
	}
	body := `{"phone":"15551234567","config":` + string(config) + `}`
	if a := b.manage(http.MethodPost, testPath, body); a.StatusCode != http.StatusNoContent ||
		b.sent().Body != "Your Signbench demo code is 000000. It is good for 10 minutes." || b.sent().RiskCheck != "enable" {
		t.Errorf("%d %s, sent %v", a.StatusCode, a.body, b.sent())
	}
	b.twilioSwitches(twilio.TrialAccount)
	doc := b.refused(b.manage(http.MethodPost, testPath, body), 400, "connector.general")
	if data, _ := doc["data"].(map[string]any); data["code"] != 21608.0 || !strings.Contains(text(doc, "message"), "unverified") {
		t.Errorf("%v", doc)
	}
	if a := b.manage(http.MethodPatch, "/api/connectors/"+TwilioID, `{"config":`+string(config)+`}`); a.StatusCode != 200 {
		t.Errorf("saved: %d %s", a.StatusCode, a.body)
	}
}

var signInCode = regexp.MustCompile(`^Your Signbench demo sign-in code is \d{6}\.`)

func TestVerificationCodes(t *testing.T) {
	b := experience(t)
	const path = "/api/experience/verification/verification-code"
	const good = `{"identifier":{"type":"phone","value":"15551234567"},"interactionEvent":"SignIn"}`
	for _, body := range []string{
		`{"identifier":{"type":"email","value":"a@b.c"},"interactionEvent":"SignIn"}`,
		`{"identifier":{"type":"phone","value":"15551234567"}}`,
	} {
		b.refused(b.call(http.MethodPost, path, body), 400, "guard.invalid_input")
	}
	a := b.call(http.MethodPost, path, good)
	if a.StatusCode != 200 || text(b.object(a.body), "verificationId") == "" || !signInCode.MatchString(b.sent().Body) || b.sent().To != "+15551234567" {
		t.Errorf("%d %s, sent %v", a.StatusCode, a.body, b.sent())
	}
	const key = "Interaction.SignIn.Verification.PhoneVerificationCode.Create"
	if got := b.lastLog(key); got != "Success" {
		t.Errorf("the log says %q", got)
	}
	b.twilioSwitches(twilio.WrongSecret)
	b.refused(b.call(http.MethodPost, path, good), 400, "connector.general")
	if got := b.lastLog(key); !strings.HasPrefix(got, `Error: ConnectorError: {"code":20003,`) {
		t.Errorf("the log says %q", got)
	}
}

func TestFeishuSignsIn(t *testing.T) {
	b, app := newBench(t), newApplication(t)
	b.visit(app, "allow", "direct_sign_in", "social:"+FeishuTarget)
	back, times := app.came()
	if times != 1 {
		t.Fatalf("%d times", times)
	}
	a := b.exchange(back.Get("code"), "client_id", NativeAppID, "redirect_uri", app.callback)
	if _, claims := b.verified(text(b.object(a.body), "id_token")); claims["name"] != "佐藤 花" || !strings.HasSuffix(text(claims, "picture"), "/hana.png") {
		t.Errorf("%v", claims)
	}
}

func TestWhatTheSignInPageOffers(t *testing.T) {
	b := newBench(t)
	doc := b.object(b.get("/api/.well-known/sign-in-exp").body)
	signIn, _ := doc["signIn"].(map[string]any)
	methods, _ := signIn["methods"].([]any)
	forgot, _ := doc["forgotPassword"].(map[string]any)
	targets, _ := doc["socialSignInConnectorTargets"].([]any)
	if len(methods) != 2 || forgot["phone"] != true || forgot["email"] != false || !contains(targets, FeishuTarget) || len(targets) != 2 {
		t.Errorf("%v %v %v", methods, forgot, targets)
	}
	page := b.get(b.location(b.authorize(params())).String())
	if !strings.Contains(page.body, "Continue with Feishu") || strings.Contains(page.body, "Continue with Twilio") {
		t.Errorf("%s", page.body)
	}
}
