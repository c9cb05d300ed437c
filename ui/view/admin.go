package view

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/connector"
	"signbench/flows/connector/tenant"
	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// AdminTab is the tab of the administrator's credential.
const AdminTab connector.Kind = "administrator"

// AdminCredential is the credential of a machine-to-machine app as it is typed.
type AdminCredential struct {
	ClientID string
	Resource string // empty: the one that follows from the endpoint
	Secret   oauth.Secret
}

// AdminActions are what the administrator's tab reports.
type AdminActions struct {
	Changed    func(AdminCredential)
	Remove     func()
	Read       func() // which connectors the credential shows
	Copy       func(value string)
	CopySecret func(oauth.Secret)
}

// AdminModel is what the administrator's tab shows.
type AdminModel struct {
	Elsewhere  bool // the provider is none of Logto's
	NoEndpoint bool // the profile has none yet
	Credential AdminCredential
	Problems   []oauth.FieldError // of app ID and resource
	Likely     bool               // the resource has the form of the Management API's
	Place      SecretPlace
	Backend    string // what the platform's keychain is called
	Default    string // the resource while none is typed
	AppID      string // of the profile, which is another app
	Ready      bool   // the tenant can be asked
	Busy       bool

	Read       bool // whether the connectors were
	ReadAt     time.Time
	Connectors []tenant.Held
	Said       Said // how the last reading went
	Now        time.Time
}

// Admin is the tab of the administrator's credential: what it is for, where it is
// kept, and what it shows of the tenant.
type Admin struct {
	on      AdminActions
	model   AdminModel
	loading bool // the fields are being filled in, not typed in
	notices map[oauth.Field][]oauth.Notice

	root     *fyne.Container
	empty    *widget.EmptyPage
	page     *widget.Columns
	id       *widget.FieldEntry
	secret   *widget.SecretEntry
	resource *widget.FieldEntry
	fields   map[oauth.Field]*widget.Field
	read     *widget.Button
	remove   *widget.Button
	said     *saidBox
	table    *widget.Table
	listed   *fyne.Container
	count    *widget.Text
}

func newAdmin(on AdminActions) *Admin {
	a := &Admin{on: on, notices: map[oauth.Field][]oauth.Notice{}, said: newSaidBox(), count: widget.Muted("")}
	a.empty = widget.NewEmptyPage(text.T("connectors.elsewhere.title"), text.T("admin.elsewhere"), "", func() {})
	a.id = a.entry(oauth.FieldClientID, func(c *AdminCredential, v string) { c.ClientID = v })
	a.resource = a.entry(oauth.FieldResources, func(c *AdminCredential, v string) { c.Resource = v })
	a.secret = widget.NewSecretEntry(func(v string) {
		a.change(func(c *AdminCredential) { c.Secret = oauth.Secret(v) })
	}, text.T("action.copy"), text.T("action.copied"))
	a.secret.Entry.OnPaste = a.clean(oauth.FieldSecret)
	a.secret.OnCopy = func() { on.CopySecret(a.model.Credential.Secret) }
	a.fields = map[oauth.Field]*widget.Field{
		oauth.FieldClientID:  widget.NewField(text.T("setup.client_id"), a.id).SetHint(text.T("admin.id.hint")),
		oauth.FieldSecret:    widget.NewField(text.T("setup.secret"), a.secret),
		oauth.FieldResources: widget.NewField(text.T("admin.resource"), a.resource).SetHint(text.T("admin.resource.hint")),
	}
	a.read = widget.NewPrimary(text.T("admin.read"), on.Read)
	a.remove = widget.NewButton(text.T("admin.remove"), on.Remove)
	a.table = widget.NewStaticTable(
		widget.Column{Title: text.T("connectors.column.name"), Width: widget.ColumnFlex(2, 80)},
		widget.Column{Title: text.T("connectors.column.kind"), Width: widget.ColumnFixed(84)},
		widget.Column{Title: text.T("bench.connector_id"), Width: widget.ColumnFlex(2, 90)},
		widget.Column{Title: text.T("bench.domains"), Width: widget.ColumnFlex(2, 90)},
	)
	a.table.OnCopy = on.Copy
	a.listed = container.New(widget.VStack(2*theme.Grid), a.count, a.table)
	a.page = widget.TwoColumns(a.form(), a.beside(), 0.46)
	a.root = container.NewStack(a.empty, a.page)
	return a
}

func (a *Admin) entry(field oauth.Field, set func(*AdminCredential, string)) *widget.FieldEntry {
	e := widget.NewFieldEntry(func(v string) { a.change(func(c *AdminCredential) { set(c, strings.TrimSpace(v)) }) })
	e.OnPaste = a.clean(field)
	return e
}

// clean takes what comes along by mistake off a pasted value, and says so beside the
// field.
func (a *Admin) clean(field oauth.Field) func(string) string {
	return func(pasted string) string {
		clean, notices := oauth.CleanValue(pasted)
		a.notices[field] = notices
		return clean
	}
}

func (a *Admin) form() fyne.CanvasObject {
	power := container.New(widget.VStack(2*theme.Grid), widget.Prose(text.T("admin.power")), widget.MutedProse(text.T("admin.optional")))
	return container.New(widget.VStack(theme.SectionGap-theme.Grid),
		widget.Section(text.T("admin.title")),
		widget.NewCard("", power).SetEdge(widget.KindWarn),
		a.fields[oauth.FieldClientID], a.fields[oauth.FieldSecret], a.fields[oauth.FieldResources],
		container.New(widget.Flow(2*theme.Grid), a.read, a.remove),
	)
}

func (a *Admin) beside() fyne.CanvasObject {
	uses := container.New(widget.VStack(theme.Grid))
	for _, use := range []string{"load", "compare", "message", "sso", "log"} {
		uses.Add(widget.MutedProse(text.T("admin.use." + use)))
	}
	return container.New(widget.VStack(theme.SectionGap),
		a.said.root, a.listed,
		container.New(widget.VStack(2*theme.Grid), widget.Section(text.T("admin.uses")), uses),
	)
}

func (a *Admin) change(set func(*AdminCredential)) {
	if a.loading {
		return
	}
	c := a.model.Credential
	set(&c)
	a.model.Credential = c
	a.on.Changed(c)
}

// show shows the model.
func (a *Admin) show(m AdminModel) {
	a.loading = true
	defer func() { a.loading = false }()
	if m.Credential != a.model.Credential {
		clear(a.notices) // of another profile
	}
	a.model = m
	a.empty.Hidden, a.page.Hidden = !m.Elsewhere, m.Elsewhere
	if m.Elsewhere {
		a.root.Refresh()
		return
	}
	if strings.TrimSpace(a.id.Text) != m.Credential.ClientID {
		a.id.SetText(m.Credential.ClientID)
	}
	if strings.TrimSpace(a.resource.Text) != m.Credential.Resource {
		a.resource.SetText(m.Credential.Resource)
	}
	a.secret.SetText(m.Credential.Secret.Reveal())
	a.resource.SetPlaceHolder(m.Default)
	a.messages(m)
	enable(a.read, m.Ready && !m.Busy)
	a.remove.Hidden = m.Place == SecretDemo || m.Credential == AdminCredential{}
	enable(a.remove, !m.Busy)
	if m.NoEndpoint {
		m.Said = Said{widget.KindWarn, text.T("admin.no_endpoint")}
	}
	a.said.set(m.Said)
	a.list(m)
	a.page.Refresh()
	a.root.Refresh()
}

// messages stand beside the fields. A credential of which nothing was typed is none
// that is wrong: it is optional.
func (a *Admin) messages(m AdminModel) {
	said := map[oauth.Field]Said{}
	say := func(field oauth.Field, kind widget.Kind, words string) {
		if said[field].Words == "" {
			said[field] = Said{kind, words}
		}
	}
	begun := m.Credential != AdminCredential{}
	for _, e := range m.Problems {
		kind := widget.KindWarn
		if e.Severity == oauth.SeverityError {
			kind = widget.KindFail
		}
		if begun {
			say(e.Field, kind, text.Field(e))
		}
	}
	for field, notices := range a.notices {
		if len(notices) > 0 {
			say(field, widget.KindInfo, noticeText(notices))
		}
	}
	if !m.Likely {
		say(oauth.FieldResources, widget.KindWarn, text.T("admin.resource.unlikely", text.Params{"Default": m.Default}))
	}
	if m.Credential.ClientID != "" && m.Credential.ClientID == m.AppID {
		say(oauth.FieldClientID, widget.KindWarn, text.T("admin.id.same"))
	}
	if begun && m.Credential.Secret.Empty() && m.Place != SecretLoading {
		say(oauth.FieldSecret, widget.KindFail, text.T("admin.secret.missing"))
	}
	for name, field := range a.fields {
		field.SetMessage(said[name].Kind, said[name].Words)
	}
	place := text.T("setup.secret."+string(m.Place), text.Params{"Backend": m.Backend})
	if m.Place == SecretNone || m.Place == SecretInKeychain {
		place += ". " + text.T("admin.secret.apart")
	}
	a.fields[oauth.FieldSecret].SetHint(place)
}

func (a *Admin) list(m AdminModel) {
	a.listed.Hidden = !m.Read
	rows := make([][]widget.Cell, len(m.Connectors))
	for i, h := range m.Connectors {
		domains := widget.Cell{Text: strings.Join(h.Domains, " ")}
		if h.Sort == tenant.SSO && h.Provider == nil {
			domains = widget.Cell{Text: firstOf(domains.Text, "–"), Full: text.T("admin.undiscovered"), Tone: widget.CellToneWarn, Sign: "!"}
		}
		rows[i] = []widget.Cell{{Text: h.Name}, {Text: sortWords(h)}, {Text: h.ID, Style: widget.CellMono}, domains}
	}
	a.table.SetRows(rows)
	a.count.Set(text.T("connectors.count", text.Params{"Count": text.N("connectors.number", len(rows)), "When": moment(m.ReadAt, m.Now)}))
}

// sortWords is what a connector is for. Logto may have sorts that are not known.
func sortWords(h tenant.Held) string {
	if words, ok := text.Lookup("connectors.sort." + string(h.Sort)); ok {
		return words
	}
	return string(h.Sort)
}

// saidBox shows how something went that was asked of the tenant.
type saidBox struct {
	root  *fyne.Container
	words *widget.ProseText
	card  *widget.Card
}

func newSaidBox() *saidBox {
	s := &saidBox{words: widget.Prose("")}
	s.card = widget.NewCard("", s.words)
	s.root = container.New(widget.VStack(0), s.card)
	s.root.Hidden = true
	return s
}

func (s *saidBox) set(m Said) {
	s.words.Set(m.Words)
	s.card.SetEdge(m.Kind)
	s.root.Hidden = m.Words == ""
	s.root.Refresh()
}
