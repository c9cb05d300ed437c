package view

import (
	"encoding/json"
	"image"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/connector/tenant"
	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// TenantActions are what the tab of the tenant's connectors reports.
type TenantActions struct {
	Read   func()                       // ask the tenant which connectors it shows
	Check  func(id string)              // what can be known of one without a user
	Test   func(id string)              // a sign-in with it
	Reveal func(id, redirectURI string) // a sign-in whose code Logto's own API is given
	Route  func(address string)         // which connector an e-mail address is sent to
	Show   func(oauth.RunID)            // the exchanges of a run
	Copy   func(value string)

	AsAdministrator func()                              // what an administrator's credential shows of them
	Why             func(id string, tried TenantResult) // what the audit log says of a failure
	SetUp           func()                              // where the credential is entered
}

// TenantTried is what was found out about one of the connectors.
type TenantTried struct {
	Results []TenantResult // of each way to try it the last one, the newest first
	Sent    oauth.Secret   // where Logto sends the browser; empty: not asked yet
	Rows    []probe.Row    // what can be known without a user

	Claims        json.RawMessage // about the user whom the last test signed in, an object
	FromConnector []string        // those of them that the connector is known to have brought
}

// TenantResult is what became of trying a connector.
type TenantResult struct {
	Scenario oauth.Scenario
	Outcome  string // as it stands in the translations under outcome.<outcome>
	Words    string // the verdict in one sentence
	Began    time.Time
	When     time.Time // that it ended
	Run      oauth.RunID
}

// Said is how something went that was asked of the tenant.
type Said struct {
	Kind  widget.Kind
	Words string // empty: nothing was asked
}

// TenantState says how far the list of connectors has come.
type TenantState string

// The states. Their words are under connectors.<state>.
const (
	TenantElsewhere  TenantState = "elsewhere"  // the provider is none of Logto's
	TenantIncomplete TenantState = "incomplete" // the profile has no usable endpoint yet
	TenantUnread     TenantState = "unread"
	TenantReading    TenantState = "reading"
	TenantUnreadable TenantState = "unreadable"
	TenantNone       TenantState = "none" // it shows no connectors
	TenantRead       TenantState = "read"
)

// TenantModel is what the tab of the tenant's connectors shows.
type TenantModel struct {
	State   TenantState
	Why     string // why the list can not be read
	ReadAt  time.Time
	Listing tenant.Listing
	Logos   map[string]image.Image // in the colours of now, by the connector's ID; one that could not be read is not there
	Tried   map[string]TenantTried // by the connector's ID
	Routed  Said                   // where the e-mail address goes that was asked for last
	Return  string                 // a redirect URI of this machine, to begin with
	Busy    bool                   // a run of the profile is going
	Admin   TenantAdmin
	Now     time.Time
}

// Tenant is the tab of the connectors that a tenant shows its users.
type Tenant struct {
	on    TenantActions
	model TenantModel

	root    *fyne.Container
	empty   *widget.EmptyPage
	page    *widget.Panes
	table   *widget.Table
	count   *widget.Text
	again   *widget.Button
	address *widget.FieldEntry
	routing *widget.Field
	route   *widget.Button
	detail  *tenantDetail
}

func newTenant(on TenantActions) *Tenant {
	t := &Tenant{on: on, count: widget.Muted("")}
	t.empty = widget.NewEmptyPage("", "", "", on.Read)
	t.again = widget.NewButton(text.T("connectors.read_again"), on.Read)
	t.table = widget.NewTable(
		widget.Column{Title: text.T("connectors.column.name"), Width: widget.ColumnFlex(2, 100), Pictures: true},
		widget.Column{Title: text.T("connectors.column.kind"), Width: widget.ColumnFixed(84)},
		widget.Column{Title: text.T("connectors.column.target"), Width: widget.ColumnFlex(2, 76)},
		widget.Column{Title: text.T("connectors.column.result"), Width: widget.ColumnFlex(3, 128)},
	)
	t.table.OnSelect = func(int) { t.showDetail() }
	t.table.OnActivate = func(int) { t.withSelected(on.Test) }
	t.table.OnCopy = on.Copy
	t.address = widget.NewFieldEntry(func(string) { t.askable() })
	t.address.OnEnter = t.askRoute
	t.address.SetPlaceHolder(text.T("connectors.route.example"))
	t.route = widget.NewButton(text.T("connectors.route.ask"), t.askRoute)
	t.routing = widget.NewField(text.T("connectors.route"), container.NewBorder(nil, nil, nil, container.New(widget.HStack(0), t.route), t.address)).
		SetHint(text.T("connectors.route.hint"))
	t.detail = newTenantDetail(on, t.withSelected)

	head := container.New(widget.HStack(3*theme.Grid), t.again, t.count)
	t.page = widget.NewPanes(widget.Margins(container.NewBorder(head, t.routing, nil, nil, t.table)), t.detail.root, 0.52)
	t.root = container.NewStack(t.empty, t.page)
	return t
}

// show shows the model. What is selected stays so, and what is typed too.
func (t *Tenant) show(m TenantModel) {
	was, _ := t.selected()
	t.model = m
	listed := m.State == TenantRead
	t.empty.Hidden, t.page.Hidden = listed, !listed
	if !listed {
		t.showEmpty(m)
		t.root.Refresh()
		return
	}
	rows := make([][]widget.Cell, len(m.Listing.Connectors))
	for i, c := range m.Listing.Connectors {
		rows[i] = tenantCells(c, m)
	}
	t.table.SetRows(rows)
	t.table.Select(max(0, slices.IndexFunc(m.Listing.Connectors, func(c tenant.Connector) bool { return c.ID == was.ID })))
	t.count.Set(text.T("connectors.count", text.Params{
		"Count": text.N("connectors.number", len(m.Listing.Connectors)), "When": moment(m.ReadAt, m.Now),
	}))
	t.routing.SetMessage(m.Routed.Kind, m.Routed.Words)
	enable(t.again, !m.Busy)
	t.askable()
	t.showDetail()
	t.root.Refresh()
}

// showEmpty says why there is no list, and offers to read it where that can help.
func (t *Tenant) showEmpty(m TenantModel) {
	label := ""
	switch m.State {
	case TenantUnread:
		label = text.T("connectors.read")
	case TenantUnreadable, TenantNone:
		label = text.T("connectors.read_again")
	}
	key := "connectors." + string(m.State)
	words := append([]string{text.T(key+".detail", text.Params{"Cause": m.Why})}, tenantFacts(m.Listing)...)
	t.empty.Set(text.T(key+".title"), strings.Join(words, "\n"), label)
	enable(t.empty.Button, !m.Busy)
}

func tenantCells(c tenant.Connector, m TenantModel) []widget.Cell {
	_, name, _ := strings.Cut(c.DirectSignIn(), ":")
	return []widget.Cell{
		{Text: c.Name(), Image: m.Logos[c.ID]}, {Text: text.T("connectors.sort." + string(c.Sort))}, {Text: name, Style: widget.CellMono}, m.Tried[c.ID].cell(m.Now),
	}
}

// cell is the mark of what was tried last.
func (t TenantTried) cell(now time.Time) widget.Cell {
	if len(t.Results) == 0 {
		return widget.Cell{Text: text.T("connectors.untried"), Tone: widget.CellToneMuted}
	}
	last := t.Results[0]
	look := outcomeLook(last.Outcome)
	if last.Outcome == "warned" {
		last.Outcome = "ok" // what it warns of has more room beside the list
	}
	return widget.Cell{Text: last.head(now), Full: last.Words, Tone: look.tone, Sign: look.sign}
}

// head is how it came out, and when.
func (r TenantResult) head(now time.Time) string {
	return text.T("connectors.result", text.Params{"What": text.T("outcome." + r.Outcome), "When": moment(r.When, now)})
}

// tenantFacts are what the tenant says beside its connectors.
func tenantFacts(l tenant.Listing) []string {
	var facts []string
	say := func(key string, when bool, p text.Params) {
		if when {
			facts = append(facts, text.T(key, p))
		}
	}
	for _, m := range l.Methods {
		say("connectors.needs."+m.Sends(), m.Sends() == "sms" || m.Sends() == "email", nil)
	}
	say("connectors.forgot.email", l.ForgotByEmail == tenant.On, nil)
	say("connectors.forgot.sms", l.ForgotByPhone == tenant.On, nil)
	say("connectors.sso_off", l.SingleSignOn == tenant.Off, nil)
	say("connectors.captcha", l.Captcha == tenant.On, nil)
	for _, target := range l.TargetsWithout {
		say("connectors.target_without", true, text.Params{"Target": target})
	}
	for _, n := range l.Notes {
		say("tenant.note."+n.Code, true, text.Params(n.Params))
	}
	return facts
}

func (t *Tenant) selected() (tenant.Connector, bool) {
	i := t.table.Selected()
	if i < 0 || i >= len(t.model.Listing.Connectors) {
		return tenant.Connector{}, false
	}
	return t.model.Listing.Connectors[i], true
}

func (t *Tenant) withSelected(do func(id string)) {
	if c, ok := t.selected(); ok && !t.model.Busy {
		do(c.ID)
	}
}

func (t *Tenant) showDetail() {
	c, ok := t.selected()
	t.detail.show(c, ok, t.model)
}

// askable lets an address be asked for when there is one and nothing else goes on.
func (t *Tenant) askable() { enable(t.route, t.address.Text != "" && !t.model.Busy) }

func (t *Tenant) askRoute() {
	if t.address.Text != "" && !t.model.Busy {
		t.on.Route(t.address.Text)
	}
}
