package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/connector"
	"signbench/flows/connector/tenant"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// ThereActions are what a bench reports about its connector in the tenant.
type ThereActions struct {
	Choose  func(id string)
	Load    func()          // fill the bench, or show why that would lose something
	Take    func()          // fill it with what the difference shows
	Compare func()          // show what writing would change
	Write   func()          // change it in the tenant
	Drop    func()          // take the difference away
	Send    func(to string) // let Logto send its own test message
	SetUp   func()          // where the administrator's credential is entered
}

// BenchThere is what a bench shows of its connector in the tenant, which takes an
// administrator's credential.
type BenchThere struct {
	Elsewhere  bool // the profile has no tenant of Logto's
	Ready      bool // there is a credential
	Asking     bool
	Connectors []tenant.Held // of the bench's kind, as far as they were read
	Chosen     string        // the ID of one of them
	Said       Said
	Sent       Said        // about Logto's own test message
	Difference *Difference // nil: none is shown
}

// Difference is how a bench differs from its connector in the tenant.
type Difference struct {
	Connector, ID string
	Endpoint      string             // of the tenant
	Changes       []connector.Change // from the tenant's to the bench's
	Loads         bool               // what is asked is to fill the bench; otherwise to write to the tenant
}

// benchThere is where a bench meets its connector in the tenant.
type benchThere struct {
	root    *fyne.Container
	without *fyne.Container // while there is no credential
	with    *fyne.Container
	choice  *widget.SelectField
	chosen  *widget.Field
	load    *widget.Button
	compare *widget.Button
	said    *saidBox

	difference *fyne.Container
	table      *widget.Table
	question   *widget.ProseText
	take       *widget.Button
	write      *widget.Button
	drop       *widget.Button
}

func newBenchThere(kind connector.Kind, on BenchActions) *benchThere {
	t := &benchThere{said: newSaidBox(), question: widget.Prose("")}
	t.without = container.New(widget.VStack(2*theme.Grid),
		widget.MutedProse(text.T("admin.there.without")),
		container.New(widget.HStack(0), widget.NewButton(text.T("admin.set_up"), on.There.SetUp)))
	t.choice = widget.NewSelectField(nil, on.There.Choose)
	t.chosen = widget.NewField(text.T("admin.there.which"), t.choice)
	t.load = widget.NewButton(text.T("admin.load"), on.There.Load)
	t.compare = widget.NewButton(text.T("admin.compare"), on.There.Compare)
	t.table = widget.NewStaticTable(
		widget.Column{Title: text.T("admin.column.member"), Width: widget.ColumnFit(160)},
		widget.Column{Title: text.T("admin.column.tenant"), Width: widget.ColumnFlex(1, 90)},
		widget.Column{Title: text.T("admin.column.bench"), Width: widget.ColumnFlex(1, 90)},
	)
	t.table.OnCopy = on.Copy
	t.take = widget.NewButton(text.T("admin.take"), on.There.Take)
	t.write = widget.NewButton("", on.There.Write)
	t.drop = widget.NewQuiet(text.T("action.cancel"), on.There.Drop)
	t.difference = container.New(widget.VStack(2*theme.Grid),
		t.table, t.question, container.New(widget.Flow(2*theme.Grid), t.take, t.write, t.drop))
	t.with = container.New(widget.VStack(2*theme.Grid),
		t.chosen, container.New(widget.Flow(2*theme.Grid), t.load, t.compare), t.said.root, t.difference)
	if kind == connector.SSO {
		t.with.Add(widget.MutedProse(text.T("admin.there.domains")))
	}
	t.root = container.New(widget.VStack(2*theme.Grid), widget.Section(text.T("admin.there")), t.without, t.with)
	return t
}

func (t *benchThere) show(m BenchThere, busy bool) {
	t.root.Hidden = m.Elsewhere
	t.without.Hidden, t.with.Hidden = m.Ready, !m.Ready
	busy = busy || m.Asking
	for _, b := range []*widget.Button{t.load, t.compare, t.take, t.write} {
		enable(b, !busy)
	}
	var options []widget.Option
	for _, h := range m.Connectors {
		options = append(options, widget.Option{ID: h.ID, Label: text.T("connectors.name", text.Params{"Name": h.Name, "ID": h.ID})})
	}
	t.choice.SetOptions(options)
	t.choice.SetChosenID(m.Chosen)
	t.chosen.Hidden = len(options) == 0
	t.said.set(m.Said)
	t.difference.Hidden = m.Difference == nil
	if m.Difference != nil {
		t.showDifference(*m.Difference)
	}
	t.root.Refresh()
}

// showDifference shows what would be lost or changed, and asks.
func (t *benchThere) showDifference(d Difference) {
	rows := make([][]widget.Cell, len(d.Changes))
	for i, c := range d.Changes {
		rows[i] = changeCells(c)
	}
	t.table.SetRows(rows)
	params := text.Params{
		"Changes": text.N("admin.changes", len(d.Changes)), "Name": d.Connector, "ID": d.ID, "Endpoint": d.Endpoint,
	}
	key := "admin.ask.write"
	if d.Loads {
		key = "admin.ask.load"
	}
	t.question.Set(text.T(key, params))
	t.write.SetLabel(text.T("admin.write", params))
	t.take.Hidden, t.write.Hidden = !d.Loads, d.Loads
}

// changeCells are a member in which both sides differ. Of a secret no value is there.
func changeCells(c connector.Change) []widget.Cell {
	side := func(value string, absent bool, secret string) widget.Cell {
		switch {
		case absent:
			return widget.Cell{Text: text.T("compare.absent"), Tone: widget.CellToneMuted}
		case c.Secret && value != "":
			return widget.Cell{Text: text.T("admin.secret.empty"), Tone: widget.CellToneWarn, Sign: "!"}
		case c.Secret:
			return widget.Cell{Text: text.T(secret), Tone: widget.CellToneMuted}
		}
		return widget.Cell{Text: value, Style: widget.CellMono}
	}
	another := "admin.secret.another"
	if c.Sort == connector.Added {
		another = "admin.secret.one"
	}
	before, after := side(c.Before, c.Sort == connector.Added, "admin.secret.one"), side(c.After, c.Sort == connector.Removed, another)
	if before.Style == widget.CellMono && after.Style == widget.CellMono {
		before.Full, after.Full = c.Before, c.After
		before.Text, after.Text = fromDifference(c.Before, c.After)
	}
	return []widget.Cell{{Text: c.Path, Style: widget.CellMono}, before, after}
}

// differenceContext is about how much of what two values have in common is shown
// before the place where they part, in characters.
const differenceContext = 8

// fromDifference leaves out what two long values begin with in common: a cell shows
// only the beginning of its text, which would be the same twice.
func fromDifference(a, b string) (string, string) {
	as, bs := []rune(a), []rune(b)
	same := 0
	for same < min(len(as), len(bs)) && as[same] == bs[same] {
		same++
	}
	if same <= 2*differenceContext {
		return a, b
	}
	cut := same - differenceContext
	return "…" + string(as[cut:]), "…" + string(bs[cut:])
}
