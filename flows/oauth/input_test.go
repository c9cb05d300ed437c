package oauth

import (
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func codes(notices []Notice) []string {
	var codes []string
	for _, n := range notices {
		codes = append(codes, n.Code)
	}
	return codes
}

func TestCleanEndpoint(t *testing.T) {
	for _, c := range []struct {
		kind     Kind
		in, want string
		notices  []string
	}{
		{KindLogto, "https://t.logto.app", "https://t.logto.app", nil},
		{KindLogto, "", "", nil},
		{KindLogto, " \n", "", []string{NoticeSpacesRemoved}},
		{KindLogto, "\ufeffhttps://t.logto.app\u200b", "https://t.logto.app", []string{NoticeInvisibleRemoved}},
		{KindLogto, "\thttps://t.logto\n.app\r\n", "https://t.logto.app", []string{NoticeSpacesRemoved}},
		{KindLogto, `"https://t.logto.app",`, "https://t.logto.app", []string{NoticeQuotesRemoved}},
		{KindLogto, `'https://t.logto.app/'`, "https://t.logto.app", []string{NoticeQuotesRemoved, NoticeSlashRemoved}},
		{KindLogto, "<https://t.logto.app>", "https://t.logto.app", []string{NoticeQuotesRemoved}},
		{KindLogto, "https://t.logto.app/", "https://t.logto.app", []string{NoticeSlashRemoved}},
		{KindLogto, "https://t.logto.app/oidc", "https://t.logto.app", []string{NoticeOIDCRemoved}},
		{KindLogto, "https://t.logto.app/oidc/", "https://t.logto.app", []string{NoticeOIDCRemoved}},
		{KindLogto, "https://t.logto.app/oidc/auth?client_id=a&state=b#c", "https://t.logto.app", []string{NoticeOIDCRemoved}},
		{KindLogto, "https://t.logto.app/oidc/.well-known/openid-configuration", "https://t.logto.app", []string{NoticeWellKnownRemoved, NoticeOIDCRemoved}},
		{KindLogto, "https://t.logto.app/.well-known/openid-configuration", "https://t.logto.app", []string{NoticeWellKnownRemoved}},
		{KindLogto, "https://sso.example/base/oidc", "https://sso.example/base", []string{NoticeOIDCRemoved}},
		{KindLogto, "https://sso.example/oidcx", "https://sso.example/oidcx", nil},
		{KindLogto, "https://oidc", "https://oidc", nil},
		{KindLogto, "https://t.logto.app/console/applications", "https://t.logto.app", []string{NoticeConsoleRemoved}},
		{KindLogto, "https://cloud.logto.io/abc123/get-started", "https://cloud.logto.io/abc123/get-started", []string{NoticeCloudConsole}},
		{KindLogto, "https://cloud.logto.io", "https://cloud.logto.io", nil},
		{KindLogto, "localhost:3001/oidc", "localhost:3001", []string{NoticeOIDCRemoved, NoticeNoScheme}},
		{KindLogto, "t.logto.app", "t.logto.app", []string{NoticeNoScheme}},
		{KindLogto, "https://t.logto.app/?a=b", "https://t.logto.app/?a=b", nil},

		{KindOIDC, "https://issuer.example", "https://issuer.example", nil},
		{KindOIDC, "https://issuer.example/", "https://issuer.example/", nil},
		{KindOIDC, "https://issuer.example/oidc", "https://issuer.example/oidc", nil},
		{KindOIDC, "https://issuer.example/a/.well-known/openid-configuration", "https://issuer.example/a", []string{NoticeWellKnownRemoved}},
		{KindOIDC, "https://issuer.example/.well-known/openid-configuration?p=1", "https://issuer.example", []string{NoticeWellKnownRemoved}},
		{KindOIDC, "https://issuer.example/.well-known/oauth-authorization-server", "https://issuer.example", []string{NoticeWellKnownRemoved}},
		{KindOIDC, "https://issuer.example/.well-known/oauth-authorization-server/a/b", "https://issuer.example/a/b", []string{NoticeWellKnownRemoved}},
		{KindOIDC, "https://issuer.example/.well-known/openid-configuration/a", "https://issuer.example/a", []string{NoticeWellKnownRemoved}},
		{KindOIDC, "https://issuer.example/a/.well-known/oauth-authorization-server/b", "https://issuer.example/a/.well-known/oauth-authorization-server/b", nil},
		{KindOIDC, "https://issuer.example/.well-known/jwks.json", "https://issuer.example/.well-known/jwks.json", nil},
		{KindOIDC, "https://issuer.example/.well-known/openid-configuration-2", "https://issuer.example/.well-known/openid-configuration-2", nil},
		{KindOIDC, "ftp://issuer.example", "ftp://issuer.example", nil},
		{KindOIDC, "mailto:a@example.com", "mailto:a@example.com", nil},
		{KindOIDC, "user:pw@issuer.example", "user:pw@issuer.example", nil},
	} {
		got, notices := CleanEndpoint(c.kind, c.in)
		if got != c.want || !slices.Equal(codes(notices), c.notices) {
			t.Errorf("%s %q: %q %v, want %q %v", c.kind, c.in, got, codes(notices), c.want, c.notices)
		}
		for _, n := range notices {
			if n.Code != NoticeNoScheme && n.Code != NoticeCloudConsole && n.Value() != got {
				t.Errorf("%q: the notice %s says %q", c.in, n.Code, n.Value())
			}
		}
	}
}

func TestSuggestions(t *testing.T) {
	for in, want := range map[string]string{
		"localhost":                 "http://localhost",
		"localhost:3001":            "http://localhost:3001",
		"127.0.0.1/x":               "http://127.0.0.1/x",
		"[::1]:3001":                "http://[::1]:3001",
		"logto.dev.internal:3001":   "http://logto.dev.internal:3001",
		"sso.example:443":           "https://sso.example:443",
		"sso.example:8443/a":        "https://sso.example:8443/a",
		"t.logto.app":               "https://t.logto.app",
		"app.localhost":             "http://app.localhost",
		"https://cloud.logto.io/a1": "https://a1.logto.app",
	} {
		_, notices := CleanEndpoint(KindLogto, in)
		if len(notices) != 1 || notices[0].Value() != want {
			t.Errorf("%q: %v, want %q", in, notices, want)
		}
	}
}

func TestCleanValue(t *testing.T) {
	for _, c := range []struct {
		in, want string
		notices  []string
	}{
		{"", "", nil},
		{"abc", "abc", nil},
		{"  abc\n", "abc", []string{NoticeSpacesRemoved}},
		{"ab\r\nc\u2028", "abc", []string{NoticeSpacesRemoved}},
		{"\u00a0abc\u3000", "abc", []string{NoticeSpacesRemoved}},
		{"\ufeffa\u200bb\u200d\u2060c\u00ad", "abc", []string{NoticeInvisibleRemoved}},
		{"a\x00b\x7f", "ab", []string{NoticeInvisibleRemoved}},
		{" \u200b a b ", "a b", []string{NoticeInvisibleRemoved, NoticeSpacesRemoved, NoticeInnerSpaces}},
		{"a\u00a0b", "a\u00a0b", []string{NoticeInnerSpaces}},
		{"\"quoted\"", "\"quoted\"", nil}, // a secret may have quotes
		{"パスワード", "パスワード", nil},
	} {
		got, notices := CleanValue(c.in)
		if got != c.want || !slices.Equal(codes(notices), c.notices) {
			t.Errorf("%q: %q %v, want %q %v", c.in, got, codes(notices), c.want, c.notices)
		}
		for _, n := range notices {
			if len(n.Params) != 0 {
				t.Errorf("%q: a notice of what may be a secret carries %v", c.in, n.Params)
			}
		}
	}
}

func TestParseScopes(t *testing.T) {
	for in, want := range map[string][]string{
		"":                          {},
		"openid":                    {"openid"},
		" openid\nprofile\temail  ": {"openid", "profile", "email"},
		"openid,profile, email":     {"openid", "profile", "email"},
		"openid openid":             {"openid"},
		`"openid" 'profile'`:        {"openid", "profile"},
		"a:b https://x/y\u200b":     {"a:b", "https://x/y"},
	} {
		if got := ParseScopes(in); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %q", in, got)
		}
		if got := ParseScopes(FormatScopes(want)); !reflect.DeepEqual(got, want) {
			t.Errorf("%q does not come back: %q", want, got)
		}
	}
	if got := ParseResources(" https://a\nurn:b  https://a "); !reflect.DeepEqual(got, []string{"https://a", "urn:b"}) {
		t.Errorf("%q", got)
	}
}

// A megabyte from the clipboard is neither taken apart nor taken for an address.
func TestHugePaste(t *testing.T) {
	for _, s := range []string{"\"", "/oidc", "https://a", "/.well-known/openid-configuration", "<>", ",; "} {
		huge := "https://a" + strings.Repeat(s, (1<<20)/len(s)) + "a"
		if got, _ := CleanEndpoint(KindLogto, huge); got != huge {
			t.Errorf("%q was taken apart", s)
		}
		p := ready()
		p.Endpoint = huge
		if got := short(p.Validate(true)); !slices.Equal(got, []string{"endpoint.too_long"}) {
			t.Errorf("%q: %v", s, got)
		}
	}
}

// Whatever is pasted: cleaning twice changes nothing more, and what Validate lets
// pass is a URL that net/http can be given.
func FuzzCleanEndpoint(f *testing.F) {
	for _, s := range []string{
		"", " ", "https://t.logto.app/oidc/oidc/", "localhost:3001", "//host/path", "http://[::1", "https://h:99999/",
		`""https://a"" `, "https://a/.well-known/openid-configuration/.well-known/openid-configuration",
		"https://cloud.logto.io/a/console", "https://%zz/", "https://a/ \u200b\ufeff/oidc", "<<'https://a/console/oidc/'>>",
		"https://a//", "https:a", "https://u:p@h/?q#f", "\"'\"", "a://b\\c", "https://é.example/ü",
	} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, logto bool) {
		p := NewProfile(KindOIDC, "fuzz")
		if logto {
			p.Kind = KindLogto
		}
		clean, notices := CleanEndpoint(p.Kind, s)
		again, more := CleanEndpoint(p.Kind, clean)
		if again != clean {
			t.Fatalf("%q becomes %q becomes %q", s, clean, again)
		}
		for _, n := range more {
			if n.Code != NoticeNoScheme && n.Code != NoticeCloudConsole {
				t.Fatalf("%q is clean, and still %s", clean, n.Code)
			}
		}
		if clean != s && len(notices) == 0 {
			t.Fatalf("%q became %q silently", s, clean)
		}
		p.Endpoint, p.Issuer = clean, clean
		for _, e := range p.Validate(true) {
			if e.Severity == SeverityError && (e.Field == FieldEndpoint || e.Field == FieldIssuer) {
				return
			}
		}
		u, err := url.Parse(clean)
		if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
			t.Fatalf("%q is not reported and is no URL: %v", clean, err)
		}
		if strings.ContainsAny(clean, " \n\t?#@") && u.User != nil {
			t.Fatalf("%q is not reported", clean)
		}
	})
}
