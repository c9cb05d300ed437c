package demo

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

// machineToken asks for a token as the machine-to-machine app.
func (b *bench) machineToken(edits ...string) answered {
	b.Helper()
	r := b.request(http.MethodPost, "/oidc/token", edit(url.Values{
		"grant_type": {"client_credentials"}, "resource": {ManagementAPI}, "scope": {"all"},
	}, edits...))
	r.SetBasicAuth(M2MAppID, M2MAppSecret)
	return b.do(http.DefaultClient, r)
}

func bearing(value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", value) }
}

// manage calls the Management API with a good token.
func (b *bench) manage(method, path, body string) answered {
	b.Helper()
	token := text(b.object(b.machineToken().body), "access_token")
	return b.call(method, path, body, bearing("Bearer "+token))
}

func TestMachineTokens(t *testing.T) {
	b := newBench(t)
	a := b.machineToken()
	doc := b.object(a.body)
	header, claims := b.verified(text(doc, "access_token"))
	if a.StatusCode != 200 || doc["scope"] != "all" || doc["expires_in"] != 3600.0 || doc["refresh_token"] != nil ||
		header.ExtraHeaders["typ"] != "at+jwt" || claims["aud"] != ManagementAPI || claims["sub"] != M2MAppID {
		t.Errorf("%d %s %v", a.StatusCode, a.body, claims)
	}
	for name, c := range map[string]struct {
		edits             []string
		code, description string
	}{
		"no resource":    {[]string{"resource", ""}, "invalid_target", "both `resource` and `organization_id` are not provided"},
		"wrong resource": {[]string{"resource", "http://localhost:3001/api"}, "invalid_target", "resource indicator is missing, or unknown"},
		"another grant":  {[]string{"grant_type", "authorization_code"}, "unauthorized_client", "requested grant type is not allowed for this client"},
	} {
		a := b.machineToken(c.edits...)
		doc := b.object(a.body)
		if a.StatusCode != 400 || doc["code"] != "oidc."+c.code || doc["error_description"] != c.description {
			t.Errorf("%s: %d %s", name, a.StatusCode, a.body)
		}
	}
	a = b.token(url.Values{"grant_type": {"client_credentials"}, "resource": {ManagementAPI}, "scope": {"all"}})
	if b.object(a.body)["error"] != "unauthorized_client" {
		t.Errorf("a Traditional app: %s", a.body)
	}
	if a := b.authorize(params("client_id", M2MAppID)); b.object(a.body)["error"] != "invalid_redirect_uri" {
		t.Errorf("the app signs in: %s", a.body)
	}
}

func TestManagementPermissions(t *testing.T) {
	b := newBench(t)
	token := func(edits ...string) string { return text(b.object(b.machineToken(edits...).body), "access_token") }
	call := func(header string) answered {
		return b.call(http.MethodGet, "/api/connectors", "", bearing(header))
	}
	b.refused(b.call(http.MethodGet, "/api/connectors", ""), 401, "auth.authorization_header_missing")
	b.refused(call("Basic x"), 401, "auth.authorization_token_type_not_supported")
	b.refused(call("Bearer x"), 401, "auth.unauthorized")
	b.refused(call("Bearer "+token("scope", "")), 403, "auth.forbidden")
	doc := b.refused(call("Bearer "+token("resource", Resource)), 401, "auth.unauthorized")
	if data, _ := doc["data"].(map[string]any); data["claim"] != "aud" || data["reason"] != "check_failed" {
		t.Errorf("%v", doc)
	}
	good := token()
	if a := call("Bearer " + good); a.StatusCode != 200 {
		t.Errorf("%d %s", a.StatusCode, a.body)
	}
	b.refused(call("Bearer "+good[:len(good)-6]+"AAAAAA"), 401, "auth.unauthorized")
	b.clock.advance(time.Hour + time.Second)
	b.refused(call("Bearer "+good), 401, "auth.unauthorized")
}

func TestManagementConnectors(t *testing.T) {
	b := newBench(t)
	var list []map[string]any
	if err := json.Unmarshal([]byte(b.manage(http.MethodGet, "/api/connectors", "").body), &list); err != nil {
		t.Fatal(err)
	}
	if list[0]["id"] != SocialID || list[0]["connectorId"] != "oidc" || list[0]["type"] != "Social" {
		t.Errorf("%v", list)
	}
	if a := b.manage(http.MethodGet, "/api/connectors?target=nosuch", ""); a.body != "[]" {
		t.Errorf("%s", a.body)
	}
	one := b.object(b.manage(http.MethodGet, "/api/connectors/"+SocialID, "").body)
	config, _ := one["config"].(map[string]any)
	held, err := b.tenant.ConnectorConfig(t.Context(), SocialID)
	if err != nil || config["clientSecret"] != socialClientSecret || config["clientSecret"] != b.object(string(held))["clientSecret"] {
		t.Errorf("%v: the secret is not in clear", err)
	}
	for _, path := range []string{"/api/connectors/nosuch", "/api/connectors/" + SSOID, "/api/sso-connectors/" + SocialID, "/api/logs/nosuch"} {
		b.refused(b.manage(http.MethodGet, path, ""), 404, "entity.not_found")
	}
	b.refused(b.manage(http.MethodPatch, "/api/connectors/nosuch", "{}"), 404, "entity.not_found")
	b.refused(b.manage(http.MethodPatch, "/api/connectors/"+SocialID, `{"config":{"clientId":"x"}}`), 400, "connector.invalid_config")

	config["clientSecret"], config["unheard"] = "another", 1
	body, err := json.Marshal(map[string]any{"config": config})
	if err != nil {
		t.Fatal(err)
	}
	changed := b.object(b.manage(http.MethodPatch, "/api/connectors/"+SocialID, string(body)).body)
	if now, _ := changed["config"].(map[string]any); now["clientSecret"] != "another" || now["unheard"] != 1.0 {
		t.Errorf("%v", changed)
	}
	if a := b.manage(http.MethodPatch, "/api/connectors/"+SocialID, `{"syncProfile":true}`); !strings.Contains(a.body, `"another"`) {
		t.Errorf("a change of something else lost the configuration: %s", a.body)
	}
	b.authorize(params())
	b.call(http.MethodPut, "/api/experience", `{"interactionEvent":"SignIn"}`)
	target, id, _ := b.begin(socialPath)
	b.refused(b.call(http.MethodPost, socialPath+"/verify", verifyBody(id, b.upstreamSays(target))), 400, "connector.general")
}

func TestManagementSSOConnectors(t *testing.T) {
	b := newBench(t)
	var list []map[string]any
	if err := json.Unmarshal([]byte(b.manage(http.MethodGet, "/api/sso-connectors", "").body), &list); err != nil {
		t.Fatal(err)
	}
	base, err := b.tenant.UpstreamURL(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	parsed, _ := list[0]["providerConfig"].(map[string]any)
	domains, _ := list[0]["domains"].([]any)
	if len(list) != 1 || list[0]["id"] != SSOID || !contains(domains, SSODomain) || parsed["tokenEndpoint"] != base+"/token" {
		t.Errorf("%v", list)
	}
	b.tenant.SetUpstreamSwitches("discovery_missing_member")
	one := b.object(b.manage(http.MethodGet, "/api/sso-connectors/"+SSOID, "").body)
	if _, there := one["providerConfig"]; there || one["connectorName"] != SSOName {
		t.Errorf("%v", one)
	}
}

// An enterprise connector is saved only with an issuer that can be discovered now.
func TestAnEnterpriseConnectorIsChanged(t *testing.T) {
	b := newBench(t)
	patch := func(id string, body any) answered {
		raw, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		return b.manage(http.MethodPatch, "/api/sso-connectors/"+id, string(raw))
	}
	held, err := b.tenant.ConnectorConfig(t.Context(), SSOID)
	if err != nil {
		t.Fatal(err)
	}
	with := func(name string, value any) map[string]any {
		config := b.object(string(held))
		config[name] = value
		return map[string]any{"config": config}
	}
	b.refused(patch("nosuch", map[string]any{}), 404, "entity.not_found")
	b.refused(patch(SocialID, map[string]any{}), 404, "entity.not_found")
	b.refused(patch(SSOID, with("clientId", nil)), 400, "connector.invalid_config")
	issuer, _ := b.object(string(held))["issuer"].(string)
	doc := b.refused(patch(SSOID, with("issuer", issuer+"/nowhere")), 400, "connector.invalid_config")
	if data, _ := doc["data"].(map[string]any); data["message"] != "fail_to_fetch_config" {
		t.Errorf("%v", doc)
	}
	if now, err := b.tenant.ConnectorConfig(t.Context(), SSOID); err != nil || string(now) != string(held) {
		t.Errorf("what was refused was saved: %s, %v", now, err)
	}
	changed := b.object(patch(SSOID, with("scope", "groups")).body)
	config, _ := changed["config"].(map[string]any)
	if _, discovered := changed["providerConfig"]; !discovered || config["scope"] != "groups" {
		t.Errorf("%v", changed)
	}
	if err := b.tenant.services.stop(); err != nil { // as when nobody has used the tenant for a while
		t.Fatal(err)
	}
	if a := b.manage(http.MethodGet, "/api/sso-connectors/"+SSOID, ""); !strings.Contains(a.body, "providerConfig") {
		t.Errorf("what was saved leads to nobody after a rest: %s", a.body)
	}
	if a := patch(SSOID, map[string]any{"syncProfile": true}); !strings.Contains(a.body, `"groups"`) {
		t.Errorf("a change of something else lost the configuration: %s", a.body)
	}
}

func TestAuditLog(t *testing.T) {
	b := experience(t)
	begun := b.clock.now()
	b.tenant.SetUpstreamSwitches("wrong_secret")
	target, id, _ := b.begin(socialPath)
	b.call(http.MethodPost, socialPath+"/verify", verifyBody(id, b.upstreamSays(target)))
	b.clock.advance(time.Minute)
	b.exchange("bogus")

	logs := func(query string) (answered, []map[string]any) {
		t.Helper()
		a := b.manage(http.MethodGet, "/api/logs?"+query, "")
		var list []map[string]any
		if err := json.Unmarshal([]byte(a.body), &list); err != nil {
			t.Fatalf("%s: %d %s", query, a.StatusCode, a.body)
		}
		return a, list
	}
	_, all := logs("applicationId=" + AppID)
	var keys []string
	for _, e := range all {
		keys = append(keys, text(e, "key"))
	}
	want := "ExchangeTokenBy.AuthorizationCode Interaction.SignIn.Verification.Social.Submit Interaction.SignIn.Verification.Social.Create Interaction.Create"
	if got := strings.Join(keys, " "); got != want {
		t.Errorf("%s", got)
	}
	_, found := logs("logKey=Interaction.SignIn.Verification.Social.Submit")
	payload, _ := found[0]["payload"].(map[string]any)
	reason, _ := payload["error"].(map[string]any)
	if len(found) != 1 || payload["result"] != "Error" || payload["applicationId"] != AppID || payload["ip"] != "127.0.0.1" ||
		reason["message"] != `Error: ConnectorError: "{}"` {
		t.Errorf("%v", found)
	}
	one := b.object(b.manage(http.MethodGet, "/api/logs/"+text(found[0], "id"), "").body)
	if one["key"] != "Interaction.SignIn.Verification.Social.Submit" {
		t.Errorf("%v", one)
	}
	_, exchange := logs("logKey=ExchangeTokenBy.AuthorizationCode")
	payload, _ = exchange[0]["payload"].(map[string]any)
	if text(payload, "error") != `{"error":"invalid_grant","error_description":"grant request is invalid"}` {
		t.Errorf("%v", payload)
	}
	later := strconv.FormatInt(begun.Add(30*time.Second).UnixMilli(), 10)
	if _, late := logs("applicationId=" + AppID + "&start_time=" + later); len(late) != 1 {
		t.Errorf("after: %v", late)
	}
	if _, early := logs("applicationId=" + AppID + "&end_time=" + later); len(early) != 3 {
		t.Errorf("before: %v", early)
	}
	a, second := logs("applicationId=" + AppID + "&page=2&page_size=3")
	if len(second) != 1 || a.Header.Get("Total-Number") != "4" || !strings.Contains(a.Header.Get("Link"), `rel="prev"`) ||
		strings.Contains(a.Header.Get("Link"), `rel="next"`) {
		t.Errorf("%v %v", second, a.Header)
	}
	b.signIn(params("prompt", "login"))
	_, users := logs("userId=alice0demo01&logKey=Interaction.SignIn")
	if len(users) != 1 || users[0]["key"] != "Interaction.SignIn.Submit" {
		t.Errorf("%v", users)
	}
	for _, query := range []string{"page=0", "page_size=101", "page=x"} {
		b.refused(b.manage(http.MethodGet, "/api/logs?"+query, ""), 400, "guard.invalid_pagination")
	}
	b.refused(b.manage(http.MethodGet, "/api/logs?start_time=x", ""), 400, "guard.invalid_input")
}

func TestTheLogIsBounded(t *testing.T) {
	b := newBench(t)
	r := b.request(http.MethodGet, "/", nil)
	for range maxEntries + 5 {
		b.tenant.enter(r, apps[0], "k", map[string]any{})
	}
	if n := len(b.tenant.audit.find(func(logEntry) bool { return true })); n != maxEntries {
		t.Errorf("%d entries", n)
	}
}
