package view

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// SetupActions are what the Setup page reports.
type SetupActions struct {
	Changed       func(oauth.Profile)
	SecretChanged func(string)
	Clean         func(field oauth.Field, pasted string) string // what a pasted value should become
	Copy          func(value string)
	CopySecret    func()
}

// SecretPlace is where the client secret is.
type SecretPlace string

// The places, as they stand in the translations under setup.secret.<place>.
const (
	SecretNone       SecretPlace = "none"
	SecretLoading    SecretPlace = "loading"
	SecretSaving     SecretPlace = "saving"
	SecretInKeychain SecretPlace = "in_keychain"
	SecretInMemory   SecretPlace = "in_memory"
	SecretDemo       SecretPlace = "demo"
)

// SetupModel is what the Setup page shows besides the profile in its fields.
type SetupModel struct {
	Profile oauth.Profile
	Errors  []oauth.FieldError
	Notices map[oauth.Field][]oauth.Notice // about what was pasted last
	Tried   bool                           // a run was started: what is empty is now missing
	Secret  SecretPlace
	Backend string              // what the platform's keychain is called
	Request map[string][]string // the parameters of the authorization request
	Probes  []probe.Row         // what Check setup has found out so far
}

// Setup is the page on which the request is the form.
type Setup struct {
	on      SetupActions
	profile oauth.Profile
	loading bool // the fields are being filled in, not typed in

	root     *widget.Columns
	fields   map[oauth.Field]*widget.Field
	kind     *widget.SelectField
	name     *widget.FieldEntry
	address  *widget.FieldEntry // endpoint or issuer, as the kind says
	clientID *widget.FieldEntry
	secret   *widget.SecretEntry
	method   *widget.SelectField
	redirect *widget.FieldEntry
	logout   *widget.FieldEntry
	scopes   *widget.FieldEntry
	keep     *widget.CheckField
	more     *setupMore
	register *widget.RegisterBox
	exact    *widget.ProseText
	request  *widget.Table
	checks   *widget.CheckList
	plan     *probePlan
	probes   int // rows that are shown
}

// NewSetup makes the page.
func NewSetup(on SetupActions) *Setup {
	s := &Setup{on: on, fields: map[oauth.Field]*widget.Field{}}
	s.kind = widget.NewSelectField([]widget.Option{
		{ID: string(oauth.KindLogto), Label: text.T("kind.logto")},
		{ID: string(oauth.KindOIDC), Label: text.T("kind.oidc")},
	}, s.chooseKind)
	s.name = s.entry(oauth.FieldName, func(p *oauth.Profile, v string) { p.Name = v }).Words()
	s.address = s.entry(oauth.FieldEndpoint, func(p *oauth.Profile, v string) {
		if p.Kind.IsLogto() {
			p.Endpoint = v
		} else {
			p.Issuer = v
		}
	})
	s.clientID = s.entry(oauth.FieldClientID, func(p *oauth.Profile, v string) { p.Client.ID = v })
	s.secret = widget.NewSecretEntry(s.secretTyped, text.T("action.copy"), text.T("action.copied"))
	s.secret.Entry.OnPaste = func(v string) string { return on.Clean(oauth.FieldSecret, v) }
	s.secret.OnCopy = on.CopySecret
	s.method = widget.NewSelectField(methodOptions(), func(id string) {
		s.change(func(p *oauth.Profile) { p.Client.AuthMethod = oauth.AuthMethod(id) })
	})
	s.redirect = s.entry(oauth.FieldRedirectURI, func(p *oauth.Profile, v string) { p.Client.RedirectURI = v })
	s.logout = s.entry(oauth.FieldPostLogout, func(p *oauth.Profile, v string) { p.Client.PostLogoutRedirectURI = v })
	s.scopes = s.entry(oauth.FieldScopes, func(p *oauth.Profile, v string) { p.Scopes = oauth.ParseScopes(v) })
	s.keep = widget.NewCheckField(text.T("setup.keep"), func(on bool) {
		s.change(func(p *oauth.Profile) { p.KeepSignedIn = on })
	})
	s.more = newSetupMore(s)
	s.root = widget.TwoColumns(s.form(), s.beside(), 0.44)
	return s
}

func methodOptions() []widget.Option {
	var out []widget.Option
	for _, m := range oauth.AuthMethods() {
		out = append(out, widget.Option{ID: string(m), Label: text.T("setup.auth_method." + string(m))})
	}
	return out
}

// entry makes a field's entry: what is pasted is cleaned, what is typed changes
// the profile.
func (s *Setup) entry(field oauth.Field, set func(*oauth.Profile, string)) *widget.FieldEntry {
	e := widget.NewFieldEntry(func(v string) { s.change(func(p *oauth.Profile) { set(p, v) }) })
	e.OnPaste = func(v string) string { return s.on.Clean(field, v) }
	return e
}

func (s *Setup) change(set func(*oauth.Profile)) {
	if s.loading {
		return
	}
	p := s.profile.Clone()
	set(&p)
	s.profile = p
	s.on.Changed(p)
}

func (s *Setup) secretTyped(v string) {
	if !s.loading {
		s.on.SecretChanged(v)
	}
}

func (s *Setup) chooseKind(id string) {
	if s.loading || id == string(s.profile.Kind) {
		return
	}
	p := s.profile.As(oauth.Kind(id))
	s.Load(p)
	s.on.Changed(p)
}

func (s *Setup) field(name oauth.Field, label string, control fyne.CanvasObject) *widget.Field {
	f := widget.NewField(label, control)
	s.fields[name] = f
	return f
}

// kindField is the field of the kind, which no message is ever about.
const kindField oauth.Field = "kind"

func (s *Setup) form() fyne.CanvasObject {
	return container.New(widget.VStack(theme.SectionGap-theme.Grid),
		widget.Section(text.T("setup.connection")),
		s.field(oauth.FieldName, text.T("setup.name"), s.name),
		s.field(kindField, text.T("setup.kind"), s.kind),
		s.field(oauth.FieldEndpoint, text.T("setup.endpoint"), s.address),
		s.field(oauth.FieldClientID, text.T("setup.client_id"), s.clientID),
		s.field(oauth.FieldSecret, text.T("setup.secret"), s.secret),
		s.field(oauth.FieldAuthMethod, text.T("setup.auth_method"), s.method),
		s.field(oauth.FieldRedirectURI, text.T("setup.redirect_uri"), s.redirect),
		s.field(oauth.FieldPostLogout, text.T("setup.post_logout"), s.logout),
		s.field(oauth.FieldScopes, text.T("setup.scopes"), s.scopes),
		s.keep,
		container.New(widget.HStack(0), s.more.toggle),
		s.more.box,
	)
}

// Object is the page.
func (s *Setup) Object() fyne.CanvasObject { return s.root }

// Load fills the fields with a profile.
func (s *Setup) Load(p oauth.Profile) {
	s.loading = true
	defer func() { s.loading = false }()
	s.profile = p.Clone()
	s.kind.SetChosenID(string(p.Kind))
	s.name.SetText(p.Name)
	s.address.SetText(address(p))
	s.clientID.SetText(p.Client.ID)
	s.method.SetChosenID(string(p.Client.AuthMethod))
	s.redirect.SetText(p.Client.RedirectURI)
	s.logout.SetText(p.Client.PostLogoutRedirectURI)
	s.scopes.SetText(oauth.FormatScopes(p.Scopes))
	s.keep.SetOn(p.KeepSignedIn)
	s.more.load(p)
	s.shape(p)
}

func address(p oauth.Profile) string {
	if p.Kind.IsLogto() {
		return p.Endpoint
	}
	return p.Issuer
}

// shape shows the fields that a profile of this kind has.
func (s *Setup) shape(p oauth.Profile) {
	suffix := ""
	if p.Kind == oauth.KindOIDC {
		suffix = ".oidc"
		s.fields[oauth.FieldEndpoint].SetLabel(text.T("setup.issuer"))
	} else {
		s.fields[oauth.FieldEndpoint].SetLabel(text.T("setup.endpoint"))
	}
	s.fields[oauth.FieldClientID].SetLabel(text.T("setup.client_id" + suffix))
	s.fields[oauth.FieldSecret].SetLabel(text.T("setup.secret" + suffix))
	for _, f := range []oauth.Field{kindField, oauth.FieldEndpoint} {
		if p.Kind == oauth.KindDemo {
			s.fields[f].Hide()
		} else {
			s.fields[f].Show()
		}
	}
}

// TakeWrongSecret is whether the next check may try a wrong secret once. Asking
// takes the wish away: it is for one check.
func (s *Setup) TakeWrongSecret() bool { return s.plan.take() }

// SetSecret fills in the secret.
func (s *Setup) SetSecret(v oauth.Secret) {
	s.loading = true
	defer func() { s.loading = false }()
	s.secret.SetText(v.Reveal())
}

// Focus puts the keyboard into a field.
func (s *Setup) Focus(c fyne.Canvas, field oauth.Field) {
	targets := map[oauth.Field]fyne.Focusable{
		oauth.FieldName: s.name, oauth.FieldEndpoint: s.address, oauth.FieldIssuer: s.address,
		oauth.FieldClientID: s.clientID, oauth.FieldSecret: s.secret.Entry, oauth.FieldRedirectURI: s.redirect,
		oauth.FieldPostLogout: s.logout, oauth.FieldScopes: s.scopes,
	}
	if target, ok := targets[field]; ok {
		c.Focus(target)
	}
	if field == oauth.FieldName { // a new profile's is to be typed over
		s.name.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

func number(v string) (*int, bool) {
	v = strings.TrimSpace(v)
	if v == "" {
		return nil, true
	}
	n, err := strconv.Atoi(v)
	return &n, err == nil
}
