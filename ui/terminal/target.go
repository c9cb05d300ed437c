package terminal

import (
	"context"
	"strings"

	"github.com/spf13/pflag"

	"signbench/flows/oauth"
	"signbench/ui/text"
)

// target is whose sign-in is tried: a profile, and its secret.
type target struct {
	profile oauth.Profile
	secret  oauth.Secret
	saved   bool // it is one of the window's: its secret and its session are in the keychain
}

// aim is how the command line names a target: a saved profile, a file, flags and
// the environment. What comes later in that list wins over what comes earlier.
type aim struct {
	file        string
	endpoint    string
	issuer      string
	appID       string
	authMethod  string
	redirectURI string
	postLogout  string
	scopes      []string
	resources   []string
	params      []string
	stdinSecret bool
}

// The environment's part of an aim.
const (
	envSecret = "SIGNBENCH_APP_SECRET" // #nosec G101 -- the name of a variable
	envPrefix = "SIGNBENCH_"
)

func (a *aim) flags(f *pflag.FlagSet) {
	f.StringVar(&a.file, "profile", "", text.T("terminal.flag.profile"))
	f.StringVar(&a.endpoint, "endpoint", "", text.T("terminal.flag.endpoint"))
	f.StringVar(&a.issuer, "issuer", "", text.T("terminal.flag.issuer"))
	f.StringVar(&a.appID, "app-id", "", text.T("terminal.flag.app_id"))
	f.StringVar(&a.authMethod, "auth-method", "", text.T("terminal.flag.auth_method", text.Params{"Methods": methods()}))
	f.StringVar(&a.redirectURI, "redirect-uri", "", text.T("terminal.flag.redirect_uri"))
	f.StringVar(&a.postLogout, "post-sign-out-uri", "", text.T("terminal.flag.post_sign_out_uri"))
	f.StringArrayVar(&a.scopes, "scope", nil, text.T("terminal.flag.scope"))
	f.StringArrayVar(&a.resources, "resource", nil, text.T("terminal.flag.resource"))
	f.StringArrayVar(&a.params, "param", nil, text.T("terminal.flag.param"))
	f.BoolVar(&a.stdinSecret, "secret-stdin", false, text.T("terminal.flag.secret_stdin", text.Params{"Variable": envSecret}))
}

func methods() string {
	var names []string
	for _, m := range oauth.AuthMethods() {
		names = append(names, string(m))
	}
	return strings.Join(names, ", ")
}

// environment fills what no flag has set.
func (a *aim) environment(getenv func(string) string) {
	for name, at := range map[string]*string{
		"ENDPOINT": &a.endpoint, "ISSUER": &a.issuer, "APP_ID": &a.appID, "AUTH_METHOD": &a.authMethod,
		"REDIRECT_URI": &a.redirectURI, "POST_SIGN_OUT_URI": &a.postLogout,
	} {
		if *at == "" {
			*at = getenv(envPrefix + name)
		}
	}
	if v := getenv(envPrefix + "SCOPE"); len(a.scopes) == 0 && v != "" {
		a.scopes = []string{v}
	}
	if v := getenv(envPrefix + "RESOURCE"); len(a.resources) == 0 && v != "" {
		a.resources = []string{v}
	}
}

// resolve finds the target. Everything that is wrong with it is one error, a line
// for each field.
func (p Program) resolve(ctx context.Context, bench Bench, a aim, name string) (target, error) {
	a.environment(p.Getenv)
	t, err := a.base(bench, name)
	if err != nil {
		return t, err
	}
	if err := a.overrule(&t.profile); err != nil {
		return t, err
	}
	if t.secret, err = p.secretOf(ctx, bench, a, t); err != nil {
		return t, err
	}
	return t, problems(t)
}

// overrule puts flags and environment over the profile, cleaned as a form cleans
// what is pasted.
func (a aim) overrule(p *oauth.Profile) error {
	if a.issuer != "" && a.endpoint != "" {
		return usage("terminal.profile.both")
	}
	if a.issuer != "" {
		*p = p.As(oauth.KindOIDC)
		p.Issuer, _ = oauth.CleanEndpoint(oauth.KindOIDC, a.issuer)
	}
	if a.endpoint != "" {
		*p = p.As(oauth.KindLogto)
		p.Endpoint, _ = oauth.CleanEndpoint(oauth.KindLogto, a.endpoint)
	}
	for value, at := range map[*string]string{
		&p.Client.ID: a.appID, &p.Client.RedirectURI: a.redirectURI, &p.Client.PostLogoutRedirectURI: a.postLogout,
	} {
		if at != "" {
			*value, _ = oauth.CleanValue(at)
		}
	}
	if a.authMethod != "" {
		p.Client.AuthMethod = oauth.AuthMethod(a.authMethod)
	}
	if len(a.scopes) > 0 {
		p.Scopes = oauth.ParseScopes(strings.Join(a.scopes, " "))
	}
	if len(a.resources) > 0 {
		p.Resources = oauth.ParseResources(strings.Join(a.resources, " "))
	}
	for _, param := range a.params {
		name, value, ok := strings.Cut(param, "=")
		if !ok || name == "" {
			return usage("terminal.param.malformed", text.Params{"Param": name})
		}
		if p.Extra == nil {
			p.Extra = map[string]string{}
		}
		p.Extra[name] = value
	}
	return nil
}

// problems are what a form would say beside its fields.
func problems(t target) error {
	p := t.profile
	if p.Kind == oauth.KindDemo {
		p.Endpoint = "http://localhost" // known only while it runs
	}
	var lines []string
	for _, e := range p.Validate(!t.secret.Empty()) {
		if e.Severity == oauth.SeverityError {
			lines = append(lines, "  "+flagOf(e.Field)+": "+text.Field(e))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return usage("terminal.profile.problems", text.Params{"Problems": strings.Join(lines, "\n")})
}

// flagOf is the flag that sets a field.
func flagOf(f oauth.Field) string {
	switch f {
	case oauth.FieldClientID:
		return "--app-id"
	case oauth.FieldSecret:
		return envSecret
	case oauth.FieldPostLogout:
		return "--post-sign-out-uri"
	case oauth.FieldScopes, oauth.FieldResources:
		return "--" + strings.TrimSuffix(string(f), "s")
	case oauth.FieldExtra, oauth.FieldPrompt, oauth.FieldMaxAge, oauth.FieldResponseMode, oauth.FieldName:
		return "--profile (" + string(f) + ")"
	default:
		return "--" + strings.ReplaceAll(string(f), "_", "-")
	}
}
