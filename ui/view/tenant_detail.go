package view

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"signbench/flows/connector/tenant"
	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// logoSize is a side of the picture beside a connector's name, in pixels.
const logoSize = 24

// tenantDetail is the pane of the connector that is selected.
type tenantDetail struct {
	on     TenantActions
	root   *fyne.Container
	page   *fyne.Container
	scroll *container.Scroll
	id     string // of the connector shown
	drawn  string // its rows and results, as they were drawn last

	logo     *canvas.Image
	name     *widget.Text
	check    *widget.Button
	test     *widget.Button
	reveal   *widget.Button
	back     *widget.FieldEntry // the redirect URI of what the button does
	results  *fyne.Container
	register *widget.RegisterBox
	sent     *fyne.Container
	params   *fyne.Container
	claims   *fyne.Container
	brought  *fyne.Container // the claims of the last test
	checks   *widget.CheckList
	about    *fyne.Container
	admin    *tenantAdmin
	facts    *widget.ProseText // what the tenant says beside its connectors
	beside   *fyne.Container
}

func newTenantDetail(on TenantActions, with func(func(id string))) *tenantDetail {
	d := &tenantDetail{on: on, logo: canvas.NewImageFromImage(nil), name: widget.Section("")}
	d.logo.SetMinSize(fyne.NewSquareSize(logoSize))
	d.test = widget.NewPrimary(text.T("connectors.test"), func() { with(on.Test) })
	d.check = widget.NewButton(text.T("connectors.check"), func() { with(on.Check) })
	d.back = widget.NewFieldEntry(func(string) {})
	d.reveal = widget.NewButton(text.T("connectors.reveal"), func() {
		with(func(id string) { on.Reveal(id, strings.TrimSpace(d.back.Text)) })
	})
	d.results = container.New(widget.VStack(2 * theme.Grid))
	d.register = widget.NewRegisterBox(text.T("action.copy"), text.T("action.copied"))
	d.register.OnCopy = on.Copy
	d.params = container.New(widget.VStack(theme.Grid))
	d.sent = container.New(widget.VStack(2*theme.Grid), widget.Section(text.T("connectors.sent")), d.params)
	d.claims = container.New(widget.VStack(theme.Grid))
	d.brought = container.New(widget.VStack(2*theme.Grid), widget.Section(text.T("connectors.claims")), d.claims)
	d.checks = newCheckList(on.Copy)
	d.checks.SetFailingFirst(true)
	d.about = container.New(widget.VStack(2*theme.Grid), widget.Section(text.T("connectors.found")), d.checks)

	d.admin = newTenantAdmin(on)
	d.facts = widget.MutedProse("")
	d.beside = container.New(widget.VStack(2*theme.Grid), widget.Section(text.T("connectors.facts")), d.facts)
	reveal := container.New(widget.VStack(2*theme.Grid),
		widget.Section(text.T("connectors.reveal")), widget.MutedProse(text.T("connectors.reveal.hint")),
		widget.NewField(text.T("bench.redirect_uri"), d.back).SetHint(text.T("bench.redirect_uri.hint")),
		container.New(widget.HStack(0), d.reveal))
	body := container.New(widget.VStack(theme.SectionGap),
		d.results,
		container.New(widget.VStack(2*theme.Grid),
			widget.Section(text.T("connectors.register")), widget.MutedProse(text.T("connectors.register.hint")), d.register),
		d.brought, d.about, d.sent,
		reveal, d.admin.root, d.beside)
	bar := container.New(widget.VStack(2*theme.Grid), container.New(widget.HStack(2*theme.Grid), d.logo, d.name), container.New(widget.Flow(2*theme.Grid), d.test, d.check))
	d.scroll = widget.NewPageScroll(widget.Margins(body))
	d.page = container.NewBorder(widget.HeadMargins(bar), nil, nil, nil, d.scroll)
	d.root = container.NewStack(d.page)
	return d
}

// show shows a connector. What is made anew is only what changed: what is read stays
// where it was scrolled to, and what was opened stays open.
func (d *tenantDetail) show(c tenant.Connector, any bool, m TenantModel) {
	d.page.Hidden = !any
	if !any {
		return
	}
	tried := m.Tried[c.ID]
	d.logo.Image = m.Logos[c.ID]
	d.logo.Hidden = d.logo.Image == nil
	d.logo.Refresh()
	d.name.Set(text.T("connectors.name", text.Params{"Name": c.Name(), "ID": c.ID}))
	for _, b := range []*widget.Button{d.test, d.check, d.reveal} {
		enable(b, !m.Busy)
	}
	var rows []widget.RegisterRow
	for _, callback := range c.Callbacks {
		rows = append(rows, widget.RegisterRow{Label: text.T("tenant.use." + string(callback.Use)), Value: callback.URI})
	}
	d.register.SetRows(rows)
	checks := orderedChecks(tried.Rows, tenant.Rows().IDs())
	if drawn := c.ID + "\n" + tried.signature(checks) + m.Admin.signature(tried, m.Busy); drawn != d.drawn {
		d.drawn = drawn
		d.checks.Set(checks)
		d.fillResults(tried, m)
		d.fillSent(tried.Sent)
		d.fillClaims(tried)
	}
	d.about.Hidden, d.sent.Hidden, d.results.Hidden = len(checks) == 0, tried.Sent.Empty(), len(tried.Results) == 0
	d.brought.Hidden = len(d.claims.Objects) == 0
	facts := tenantFacts(m.Listing)
	d.facts.Set(strings.Join(facts, "\n"))
	d.beside.Hidden = len(facts) == 0
	d.admin.show(c, m.Admin, m.Busy)
	if d.back.Text == "" {
		d.back.SetText(m.Return)
	}
	if c.ID != d.id {
		d.id = c.ID
		d.scroll.ScrollToTop()
	}
	d.root.Refresh()
}

// signature tells whether anything of what was found out has changed.
func (t TenantTried) signature(checks []widget.Check) string {
	parts := []string{t.Sent.Reveal(), string(t.Claims)}
	for _, check := range checks {
		parts = append(parts, check.Name, check.Sign, check.Sentence)
	}
	for _, r := range t.Results {
		parts = append(parts, string(r.Run), r.Outcome, r.Words)
	}
	return strings.Join(parts, "\n")
}

func (d *tenantDetail) fillResults(tried TenantTried, m TenantModel) {
	d.results.RemoveAll()
	for _, r := range tried.Results {
		kind := outcomeKind(r.Outcome)
		head := container.New(widget.HStack(2*theme.Grid), widget.NewBadge(kind, r.head(m.Now)), widget.Muted(text.T("scenario."+string(r.Scenario))))
		buttons := container.New(widget.Flow(2*theme.Grid), widget.NewButton(text.T("connectors.show"), func() { d.on.Show(r.Run) }))
		if kind != widget.KindPass { // a test is cancelled when Logto's page goes no further
			buttons.Add(d.why(r, m))
		}
		words := widget.Prose(r.Words)
		words.Hidden = r.Words == text.T("outcome."+r.Outcome) // the badge says it
		d.results.Add(widget.NewCard("", container.New(widget.VStack(2*theme.Grid), head, words, buttons, reasonsBox(m.Admin.Reasons[r.Run], m.Now))).SetEdge(kind))
	}
}

// why is the button that looks for the real reason of a failure.
func (d *tenantDetail) why(r TenantResult, m TenantModel) fyne.CanvasObject {
	if !m.Admin.Ready {
		return widget.NewButton(text.T("admin.why.set_up"), d.on.SetUp)
	}
	b := widget.NewButton(text.T("admin.why"), func() { d.on.Why(d.id, r) })
	enable(b, !m.Busy && !m.Admin.Asking)
	return b
}

// fillSent takes the address apart to which Logto sends the browser.
func (d *tenantDetail) fillSent(sent oauth.Secret) {
	d.params.RemoveAll()
	d.params.Add(widget.NewField(text.T("connectors.sent.to"), widget.MonoProse(tenant.Bare(sent))))
	for _, p := range tenant.Explain(sent) {
		d.params.Add(widget.NewField(p.Name, widget.MonoProse(firstOf(p.Value, "–"))).SetHint(text.T("tenant.param." + p.Meaning)))
	}
}

// fillClaims lists what the last test told about the user.
func (d *tenantDetail) fillClaims(tried TenantTried) {
	d.claims.RemoveAll()
	claims := map[string]json.RawMessage{}
	if json.Unmarshal(tried.Claims, &claims) != nil {
		return // nobody was signed in
	}
	for _, name := range slices.Sorted(maps.Keys(claims)) {
		var value bytes.Buffer
		var plain *string
		if json.Unmarshal(claims[name], &plain) == nil && plain != nil {
			value.WriteString(*plain)
		} else if json.Compact(&value, claims[name]) != nil {
			continue // not JSON, which a member of an object always is
		}
		field := widget.NewField(name, widget.MonoProse(value.String()).SetLimit(4))
		if slices.Contains(tried.FromConnector, name) {
			field.SetHint(text.T("connectors.claims.brought"))
		}
		d.claims.Add(field)
	}
}

func outcomeKind(outcome string) widget.Kind {
	switch outcome {
	case "ok", "warned":
		return widget.KindPass
	case "failed":
		return widget.KindFail
	}
	return widget.KindNone
}
