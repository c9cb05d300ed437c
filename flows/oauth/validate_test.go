package oauth

import (
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func ready() Profile {
	p := NewProfile(KindLogto, "Acme")
	p.Endpoint = "https://t.logto.app"
	p.Client.ID = "app"
	return p
}

// short writes what was found as field.code, with a question mark for a warning.
func short(found []FieldError) []string {
	list := []string{}
	for _, e := range found {
		s := string(e.Field) + "." + e.Code
		if e.Severity == SeverityWarning {
			s += "?"
		}
		list = append(list, s)
	}
	return list
}

// cases is one row per code that Validate gives, and per field where the rule is
// another. TestEveryCodeIsProvoked holds it against FieldCodes.
func cases() map[string]struct {
	change func(*Profile)
	want   []string
} {
	type row = struct {
		change func(*Profile)
		want   []string
	}
	rows := map[string]row{
		"as it should be": {func(*Profile) {}, nil},
		"demo":            {func(p *Profile) { p.Kind, p.Endpoint = KindDemo, "" }, nil},

		"no name":      {func(p *Profile) { p.Name = " \u3000" }, []string{"name.empty"}},
		"long name":    {func(p *Profile) { p.Name = strings.Repeat("名", 81) }, []string{"name.too_long"}},
		"80 character": {func(p *Profile) { p.Name = strings.Repeat("名", 80) }, nil},

		"no client ID":         {func(p *Profile) { p.Client.ID = "" }, []string{"client_id.empty"}},
		"client ID, a space":   {func(p *Profile) { p.Client.ID = "a b" }, []string{"client_id.spaces?"}},
		"client ID, not ASCII": {func(p *Profile) { p.Client.ID = "ап" }, []string{"client_id.bad_character"}},
		"unknown method":       {func(p *Profile) { p.Client.AuthMethod = "private_key_jwt" }, []string{"auth_method.unknown"}},
		"no method":            {func(p *Profile) { p.Client.AuthMethod = "" }, []string{"auth_method.unknown"}},
		"secret not used":      {func(p *Profile) { p.Client.AuthMethod = AuthMethodNone }, []string{"client_secret.not_used?"}},

		"no redirect":           {func(p *Profile) { p.Client.RedirectURI = "" }, []string{"redirect_uri.empty"}},
		"redirect, any port":    {func(p *Profile) { p.Client.RedirectURI = "http://127.0.0.1:0/cb" }, nil},
		"redirect, IPv6":        {func(p *Profile) { p.Client.RedirectURI = "http://[::1]:3000/cb?x=1" }, nil},
		"redirect, port 80":     {func(p *Profile) { p.Client.RedirectURI = "http://localhost/cb" }, []string{"redirect_uri.port_privileged?"}},
		"redirect, https":       {func(p *Profile) { p.Client.RedirectURI = "https://localhost:3000/cb" }, []string{"redirect_uri.not_loopback?"}},
		"redirect, 127.0.0.2":   {func(p *Profile) { p.Client.RedirectURI = "http://127.0.0.2:3000/cb" }, []string{"redirect_uri.not_loopback?"}},
		"redirect, private use": {func(p *Profile) { p.Client.RedirectURI = "com.example.app:/cb" }, []string{"redirect_uri.not_loopback?"}},
		"no post sign-out":      {func(p *Profile) { p.Client.PostLogoutRedirectURI = "" }, nil},

		"no openid":           {func(p *Profile) { p.Scopes = []string{"profile"} }, []string{"scopes.no_openid?"}},
		"no scopes":           {func(p *Profile) { p.Scopes = nil }, []string{"scopes.no_openid?"}},
		"quoted scope":        {func(p *Profile) { p.Scopes = []string{"openid", `a"b`} }, []string{"scopes.bad_character"}},
		"scope with a space":  {func(p *Profile) { p.Scopes = []string{"openid", "a b", "c d"} }, []string{"scopes.bad_character"}},
		"offline, no consent": {func(p *Profile) { p.Prompt = "login" }, []string{"scopes.offline_no_consent?"}},
		"none combined":       {func(p *Profile) { p.Prompt = "none consent" }, []string{"prompt.none_combined"}},
		"none alone":          {func(p *Profile) { p.Prompt, p.Scopes = "none", []string{"openid"} }, nil},

		"max age negative": {func(p *Profile) { p.MaxAge = new(int); *p.MaxAge = -1 }, []string{"max_age.negative"}},
		"max age zero":     {func(p *Profile) { p.MaxAge = new(int) }, nil},
		"response mode":    {func(p *Profile) { p.ResponseMode = "web_message" }, []string{"response_mode.unknown"}},

		"resource":             {func(p *Profile) { p.Resources = []string{"https://api.example/v1?x=1", "urn:example:api"} }, nil},
		"resource, relative":   {func(p *Profile) { p.Resources = []string{"api.example", "/a"} }, []string{"resources.not_absolute", "resources.not_absolute"}},
		"resource, fragment":   {func(p *Profile) { p.Resources = []string{"https://api.example/#a"} }, []string{"resources.has_fragment"}},
		"resource, two in one": {func(p *Profile) { p.Resources = []string{"https://a https://b"} }, []string{"resources.spaces"}},

		"extra":           {func(p *Profile) { p.Extra = map[string]string{"ui_locales": "ja", "first_screen": "register"} }, nil},
		"extra, no name":  {func(p *Profile) { p.Extra = map[string]string{" ": "x"} }, []string{"extra.empty"}},
		"extra, state":    {func(p *Profile) { p.Extra = map[string]string{"state": "x", "request_uri": "y"} }, []string{"extra.reserved", "extra.reserved"}},
		"extra, a secret": {func(p *Profile) { p.Extra = map[string]string{"clientSecret": "x", "Password": "y"} }, []string{"extra.secret", "extra.secret"}},
	}
	// What addresses have in common.
	base := map[string]string{
		"": "empty", "https://a b": "spaces", "t.logto.app": "no_scheme", "ftp://a": "bad_scheme",
		"https://": "not_a_url", "https://[::1": "not_a_url", "https:a": "not_a_url", "https://a:b": "not_a_url", "u:p@a": "bad_scheme", "@": "not_a_url",
		"https://u:p@a": "has_userinfo", "https://a?b": "has_query", "https://a?": "has_query", "https://a/#": "has_fragment", "https://a#b": "has_fragment",
		"https://a:0": "port_range", "https://a:65536": "port_range", "http://a": "http_not_loopback?", "http://10.0.0.1:3001": "http_not_loopback?",
		"https://a/" + strings.Repeat("b", MaxAddress): "too_long",
		"http://localhost:3001":                        "", "http://127.1.2.3": "", "http://[::1]:1": "", "https://a:65535/b/": "", "https://例え.jp": "",
	}
	back := map[string]string{
		"http://a b": "spaces", "localhost:3000": "no_scheme", "http:///cb": "not_a_url", "http:cb": "not_a_url", "http://localhost:a/": "not_a_url",
		"http://u@localhost:3000": "has_userinfo", "http://localhost:3000/#": "has_fragment", "http://localhost:65536/": "port_range",
		"http://localhost:443/": "port_privileged?", "https://app.example/cb": "not_loopback?", "http://0.0.0.0:3000/": "any_address", "http://[::]:3000/": "any_address",
		"http://localhost:3000/" + strings.Repeat("b", MaxAddress): "too_long",
		"http://LOCALHOST:3000/":                                   "", "http://localhost:1024/": "",
	}
	add := func(field Field, values map[string]string, set func(*Profile, string)) {
		for value, code := range values {
			var want []string
			if code != "" {
				want = []string{string(field) + "." + code}
			}
			rows[string(field)+" "+value] = row{func(p *Profile) { set(p, value) }, want}
		}
	}
	add(FieldEndpoint, base, func(p *Profile, s string) { p.Endpoint = s })
	add(FieldIssuer, base, func(p *Profile, s string) { p.Kind, p.Issuer, p.Endpoint = KindOIDC, s, "" })
	add(FieldRedirectURI, back, func(p *Profile, s string) { p.Client.RedirectURI = s })
	add(FieldPostLogout, back, func(p *Profile, s string) { p.Client.PostLogoutRedirectURI = s })
	return rows
}

func TestValidate(t *testing.T) {
	for name, c := range cases() {
		p := ready()
		c.change(&p)
		if got := short(p.Validate(true)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	for _, m := range []AuthMethod{ClientSecretBasic, ClientSecretPost} {
		p := ready()
		p.Client.AuthMethod = m
		if got := short(p.Validate(false)); !slices.Equal(got, []string{"client_secret.missing"}) {
			t.Errorf("%s without a secret: %v", m, got)
		}
	}
}

func TestDefaultsNeedOnlyWhatTheUserKnows(t *testing.T) {
	for kind, want := range map[Kind][]string{
		KindLogto: {"endpoint.empty", "client_id.empty", "client_secret.missing"},
		KindOIDC:  {"issuer.empty", "client_id.empty", "client_secret.missing"},
		KindDemo:  {"client_id.empty", "client_secret.missing"},
	} {
		if got := short(NewProfile(kind, "new").Validate(false)); !slices.Equal(got, want) {
			t.Errorf("%s: %v", kind, got)
		}
	}
}

// found runs every case and gathers the field errors.
func found() (all []FieldError) {
	for _, c := range cases() {
		p := ready()
		c.change(&p)
		all = append(all, p.Validate(true)...)
	}
	return append(all, ready().Validate(false)...)
}

func TestEveryCodeIsProvoked(t *testing.T) {
	seen := map[Field]map[string]bool{}
	for _, e := range found() {
		if seen[e.Field] == nil {
			seen[e.Field] = map[string]bool{}
		}
		seen[e.Field][e.Code] = true
	}
	for field, codes := range FieldCodes() {
		for _, code := range codes {
			if !seen[field][code] {
				t.Errorf("%s.%s is never given", field, code)
			}
			delete(seen[field], code)
		}
		for code := range seen[field] {
			t.Errorf("%s.%s is not in FieldCodes", field, code)
		}
		delete(seen, field)
	}
	if len(seen) != 0 {
		t.Errorf("not in FieldCodes: %v", seen)
	}
}

// sentences reads the English text of the fields.
func sentences(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile("../../assets/translations/en/fields.json")
	if err != nil {
		t.Fatal(err)
	}
	var text map[string]string
	if err := json.Unmarshal(data, &text); err != nil {
		t.Fatal(err)
	}
	return text
}

var placeholder = regexp.MustCompile(`{{\.([A-Za-z]+)}}`)

// Every code has a sentence, every sentence has a code, and what a sentence mentions
// is there to be mentioned.
func TestEveryCodeHasASentence(t *testing.T) {
	text := sentences(t)
	used := map[string]bool{}
	for _, e := range found() {
		keys := slices.DeleteFunc(e.Keys(), func(key string) bool { return text[key] == "" })
		if len(keys) == 0 {
			t.Errorf("%s.%s has no sentence", e.Field, e.Code)
			continue
		}
		used[keys[0]] = true
		for _, m := range placeholder.FindAllStringSubmatch(text[keys[0]], -1) {
			if _, ok := e.Params[m[1]]; !ok {
				t.Errorf("%s: no %s in %v", keys[0], m[1], e.Params)
			}
		}
	}
	for _, code := range NoticeCodes() {
		if text["notice."+code] == "" {
			t.Errorf("the notice %s has no sentence", code)
		}
		used["notice."+code] = true
	}
	for key, s := range text {
		if !used[key] {
			t.Errorf("%s is said by nobody", key)
		}
		if strings.Contains(s, "!") || s == "" || !strings.ContainsAny(s[:1], "ABCDEFGHIJKLMNOPQRSTUVWXYZ{#\"") {
			t.Errorf("%s: %q is not in sentence case", key, s)
		}
	}
}

// A password in an address is reported without being repeated.
func TestFieldErrorsHoldNoPassword(t *testing.T) {
	const canary = "canary-30aa"
	for _, s := range []string{"https://u:" + canary + "@a", "u:" + canary + "@a", "https://u:" + canary + "@a b", "//u:" + canary + "@a", "https://u:" + canary + "@[", "h/u:" + canary + "@a"} {
		p := ready()
		p.Endpoint = s
		p.Client.RedirectURI, p.Client.PostLogoutRedirectURI = s, s
		errs := p.Validate(true)
		if len(errs) == 0 {
			t.Errorf("%q passes", s)
		}
		for _, e := range errs {
			for v := range maps.Values(e.Params) {
				if strings.Contains(v, canary) && !strings.HasPrefix(s, "h/") { // there it is a path
					t.Errorf("%q: %+v", s, e)
				}
			}
		}
	}
}

func TestParametersByName(t *testing.T) {
	for name, want := range map[string][2]bool{
		"state": {true, false}, "code_challenge": {true, false}, " nonce ": {true, false}, "resource": {true, false},
		"client_secret": {false, true}, "ClientSecret": {false, true}, "client_assertion": {false, true}, "password": {false, true}, "token": {false, true}, "id_token_hint": {false, true},
		"ui_locales": {}, "token_type": {}, "claims": {}, "first_screen": {}, "organization_id": {}, "direct_sign_in": {}, "": {},
	} {
		if got := [2]bool{IsReservedParameter(name), IsSecretParameter(name)}; !reflect.DeepEqual(got, want) {
			t.Errorf("%q: reserved, secret = %v", name, got)
		}
	}
}
