package view

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// RunsActions are what the Runs page reports.
type RunsActions struct {
	Open      func(oauth.RunID)
	Compare   func(a, b oauth.RunID)
	Delete    func(oauth.RunID)
	DeleteAll func()
	OpenHAR   func()
	SignIn    func()
}

// RunRow is one kept run.
type RunRow struct {
	ID       oauth.RunID
	Started  time.Time
	Profile  string // its name when the run was made
	Scenario oauth.Scenario
	Outcome  string     // as it stands in the translations under outcome.<outcome>
	Step     oauth.Step // where it ended, when it did not end well
	Faults   []string   // codes, the one that stopped the run first
	Took     time.Duration
}

// RunsModel is what the Runs page shows.
type RunsModel struct {
	Rows []RunRow // the newest first
	Now  time.Time
}

// Runs is the page of what was tried before.
type Runs struct {
	on     RunsActions
	rows   []RunRow // that match the filter
	model  RunsModel
	marked oauth.RunID // the run to compare another with

	root    *fyne.Container
	empty   *widget.EmptyPage
	page    *fyne.Container
	filter  *widget.FieldEntry
	count   *widget.Text
	table   *widget.Table
	open    *widget.Button
	mark    *widget.Button
	compare *widget.Button
	remove  *widget.Button
	all     *widget.Button
	sure    bool // "Delete all" was pressed once
}

// NewRuns makes the page.
func NewRuns(on RunsActions) *Runs {
	r := &Runs{on: on}
	r.empty = widget.NewEmptyPage(text.T("runs.empty.title"), text.T("runs.empty.detail"), text.T("action.sign_in"), on.SignIn).
		Or(text.T("runs.open_har"), on.OpenHAR)
	r.filter = widget.NewFieldEntry(func(string) { r.fill() }).Words()
	r.filter.SetPlaceHolder(text.T("runs.filter"))
	r.count = widget.Muted("")
	r.table = widget.NewTable(
		widget.Column{Title: text.T("runs.column.when"), Width: widget.ColumnFixed(150)},
		widget.Column{Title: text.T("runs.column.profile"), Width: widget.ColumnFlex(2, 110)},
		widget.Column{Title: text.T("runs.column.scenario"), Width: widget.ColumnFixed(112)},
		widget.Column{Title: text.T("runs.column.verdict"), Width: widget.ColumnFlex(4, 180)},
		widget.Column{Title: text.T("runs.column.took"), Width: widget.ColumnFixed(84)},
	)
	r.table.OnSelect = func(int) { r.buttons() }
	r.table.OnActivate = func(row int) { on.Open(r.rows[row].ID) }
	r.open = widget.NewButton(text.T("runs.open"), func() { r.withSelected(on.Open) })
	r.mark = widget.NewButton(text.T("runs.mark"), func() { r.withSelected(r.markRun) })
	r.compare = widget.NewButton(text.T("runs.compare"), func() {
		r.withSelected(func(id oauth.RunID) { on.Compare(r.marked, id) })
	})
	r.remove = widget.NewButton(text.T("runs.delete"), func() { r.withSelected(on.Delete) })
	r.all = widget.NewButton(text.T("runs.delete_all"), r.deleteAll)
	har := widget.NewButton(text.T("runs.open_har"), on.OpenHAR)

	bar := container.New(widget.Flow(2*theme.Grid), r.open, r.mark, r.compare, r.remove, r.all, har)
	head := container.New(widget.VStack(2*theme.Grid),
		container.New(widget.Row(r.filter), r.filter, r.count), bar)
	r.page = widget.Margins(container.NewBorder(head, nil, nil, nil, r.table))
	r.root = container.NewStack(r.empty, r.page)
	return r
}

// Object is the page.
func (r *Runs) Object() fyne.CanvasObject { return r.root }

// Show shows the runs.
func (r *Runs) Show(m RunsModel) {
	r.model = m
	none := len(m.Rows) == 0
	r.empty.Hidden, r.page.Hidden = !none, none
	r.fill()
	r.root.Refresh()
}

// Search shows the runs that match those words, as if they had been typed.
func (r *Runs) Search(words string) { r.filter.SetText(words) }

// Shown are the runs that match what is searched for.
func (r *Runs) Shown() []RunRow { return r.rows }

func (r *Runs) fill() {
	selected := r.selected()
	r.rows = matching(r.model.Rows, r.filter.Text)
	cells := make([][]widget.Cell, len(r.rows))
	again := -1
	for i, row := range r.rows {
		cells[i] = row.cells(r.model.Now, row.ID == r.marked)
		if row.ID == selected {
			again = i
		}
	}
	r.table.SetRows(cells)
	if again >= 0 {
		r.table.Select(again)
	}
	r.count.Set(text.N("runs.count", len(r.rows)))
	r.buttons()
}

// matching are the rows that have every word of the filter somewhere.
func matching(rows []RunRow, filter string) []RunRow {
	words := strings.Fields(strings.ToLower(filter))
	if len(words) == 0 {
		return rows
	}
	var out []RunRow
	for _, row := range rows {
		line := strings.ToLower(strings.Join([]string{
			row.Profile, text.T("scenario." + string(row.Scenario)), row.Verdict(), strings.Join(row.Faults, " "), row.Started.Local().Format("2006-01-02 15:04"),
		}, " "))
		all := true
		for _, w := range words {
			all = all && strings.Contains(line, w)
		}
		if all {
			out = append(out, row)
		}
	}
	return out
}

// Verdict is what became of the run, in a few words.
func (row RunRow) Verdict() string {
	words := text.T("outcome." + row.Outcome)
	if row.Outcome != "failed" || len(row.Faults) == 0 {
		return words
	}
	if name, isRow := text.Lookup(row.Faults[0] + ".name"); isRow {
		_, failed := checkTitles(row.Scenario)
		return text.T(failed, text.Params{"What": name})
	}
	what, ok := text.FaultName(row.Faults[0])
	if !ok {
		what = row.Faults[0]
	}
	return text.T("outcome.failed.at", text.Params{"Step": text.T("step." + string(row.Step)), "What": what})
}

func (row RunRow) cells(now time.Time, marked bool) []widget.Cell {
	look := outcomeLook(row.Outcome)
	when := widget.Cell{Text: moment(row.Started, now), Full: row.Started.Local().Format(time.RFC3339)}
	if marked {
		when.Sign, when.Tone = "A", widget.CellToneAccent
	}
	return []widget.Cell{
		when,
		{Text: row.Profile},
		{Text: text.T("scenario." + string(row.Scenario))},
		{Text: row.Verdict(), Tone: look.tone, Sign: look.sign},
		{Text: duration(row.Took), Style: widget.CellMuted},
	}
}

// look is the tone and the sign of a verdict.
type look struct {
	tone widget.CellTone
	sign string
}

func outcomeLook(outcome string) look {
	switch outcome {
	case "ok", "warned":
		return look{widget.CellTonePass, "✓"}
	case "failed":
		return look{widget.CellToneFail, "✕"}
	case "cancelled":
		return look{widget.CellToneMuted, "–"}
	}
	return look{widget.CellToneWarn, "!"}
}

func (r *Runs) selected() oauth.RunID {
	if i := r.table.Selected(); i >= 0 && i < len(r.rows) {
		return r.rows[i].ID
	}
	return ""
}

func (r *Runs) withSelected(do func(oauth.RunID)) {
	if id := r.selected(); id != "" {
		do(id)
	}
}

func (r *Runs) markRun(id oauth.RunID) {
	if r.marked == id {
		id = ""
	}
	r.marked = id
	r.fill()
}

// deleteAll asks once more on the button itself.
func (r *Runs) deleteAll() {
	if !r.sure {
		r.sure = true
		r.all.SetLabel(text.T("runs.delete_all.sure", text.Params{"N": strconv.Itoa(len(r.model.Rows))}))
		return
	}
	r.sure = false
	r.all.SetLabel(text.T("runs.delete_all"))
	r.on.DeleteAll()
}

func (r *Runs) buttons() {
	id := r.selected()
	enable(r.open, id != "")
	enable(r.mark, id != "")
	enable(r.remove, id != "")
	enable(r.compare, id != "" && r.marked != "" && r.marked != id)
	if r.sure {
		r.sure = false
		r.all.SetLabel(text.T("runs.delete_all"))
	}
}

func enable(b fyne.Disableable, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}
