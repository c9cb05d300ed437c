package view

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"signbench/flows/oauth"
	"signbench/flows/practice"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// PracticeActions are what the Practice page reports.
type PracticeActions struct {
	Run  func(practice.Exercise)
	Show func(practice.Exercise) // the evidence of its last run
}

// PracticeResult is what the last run of an exercise found.
type PracticeResult struct {
	Found []string
	Run   oauth.RunID // empty: there was no run
}

// PracticeModel is what the Practice page shows.
type PracticeModel struct {
	Results map[string]PracticeResult // by the ID of the exercise, of this session
	Running string                    // the exercise that is being run; empty: none
	Notes   map[string]string         // why an exercise came to nothing, by its ID
	Busy    bool                      // the demo tenant is in use
}

// Practice is the page of broken providers to practise on.
type Practice struct {
	on    PracticeActions
	model PracticeModel
	rows  []practiceRow // that match the search

	root   *widget.Panes
	search *widget.FieldEntry
	count  *widget.Text
	table  *widget.Table
	none   *widget.ProseText
	detail *practiceDetail
}

// NewPractice makes the page.
func NewPractice(on PracticeActions) *Practice {
	p := &Practice{on: on, count: widget.Muted(""), none: widget.MutedProse(text.T("practise.nothing_matches"))}
	p.search = widget.NewFieldEntry(func(string) { p.fill() }).Words()
	p.search.SetPlaceHolder(text.T("practise.search"))
	p.table = widget.NewTable(
		widget.Column{Title: text.T("practise.column.what"), Width: widget.ColumnFlex(1, 190), Under: true},
		widget.Column{Title: text.T("practise.column.result"), Width: widget.ColumnFixed(116)},
	)
	p.table.OnSelect = func(int) { p.showDetail() }
	p.table.OnActivate = func(int) { p.run() }
	p.detail = newPracticeDetail(p.run, func() { p.withSelected(on.Show) })
	head := container.New(widget.VStack(2*theme.Grid), container.New(widget.Row(p.search), p.search, p.count), p.none)
	list := container.New(layout.NewBorderLayout(head, nil, nil, nil), head, p.table) // Tab goes from the search to the list
	p.root = widget.NewPanes(widget.Margins(list), p.detail.root, 0.66)
	p.fill()
	p.table.Select(1) // the first exercise, below its family
	return p
}

// Object is the page.
func (p *Practice) Object() fyne.CanvasObject { return p.root }

// Focus puts the focus into the list.
func (p *Practice) Focus(c fyne.Canvas) { c.Focus(p.table.Focusable()) }

// Search shows the exercises that match those words, as if they had been typed.
func (p *Practice) Search(words string) { p.search.SetText(words) }

// Shown are the exercises that match what is searched for.
func (p *Practice) Shown() []practice.Exercise {
	var out []practice.Exercise
	for _, row := range p.rows {
		if !row.head {
			out = append(out, row.exercise)
		}
	}
	return out
}

// Choose selects an exercise, if it matches what is searched for.
func (p *Practice) Choose(id string) {
	if i := slices.IndexFunc(p.rows, func(r practiceRow) bool { return !r.head && r.exercise.ID == id }); i >= 0 {
		p.table.Select(i)
	}
}

// Show shows the model.
func (p *Practice) Show(m PracticeModel) {
	p.model = m
	for i, row := range p.rows {
		p.table.SetCell(i, practiceResultColumn, row.result(m))
	}
	p.showDetail()
}

// fill lists what matches the search. What was selected stays so while it matches.
func (p *Practice) fill() {
	was, any := p.selected()
	p.rows = practiceRows(p.search.Text)
	cells := make([][]widget.Cell, len(p.rows))
	again := min(1, len(p.rows)-1)
	for i, row := range p.rows {
		cells[i] = row.cells(p.model)
		if any && row.id() == was.id() {
			again = i
		}
	}
	p.table.Unselect()
	p.table.SetRows(cells)
	p.table.Select(again)
	p.count.Set(text.N("practise.count", len(p.Shown())))
	p.none.Hidden = len(p.rows) > 0
	p.showDetail()
	p.root.Refresh()
}

func (p *Practice) selected() (practiceRow, bool) {
	i := p.table.Selected()
	if i < 0 || i >= len(p.rows) {
		return practiceRow{}, false
	}
	return p.rows[i], true
}

func (p *Practice) withSelected(do func(practice.Exercise)) {
	if row, ok := p.selected(); ok && !row.head {
		do(row.exercise)
	}
}

func (p *Practice) run() {
	if !p.model.Busy {
		p.withSelected(p.on.Run)
	}
}

func (p *Practice) showDetail() {
	if p.detail == nil { // the table is being filled for the first time
		return
	}
	row, any := p.selected()
	p.detail.show(row, any, p.model)
}

// practiceRow is an exercise in the list, or the head of a family.
type practiceRow struct {
	head     bool
	exercise practice.Exercise // of a head only the family
}

const practiceResultColumn = 1

// practiceRows are the exercises that have every word of the search somewhere, below
// their families.
func practiceRows(search string) []practiceRow {
	words := strings.Fields(strings.ToLower(search))
	var rows []practiceRow
	for _, e := range practice.Exercises() {
		line := strings.ToLower(strings.Join(append([]string{
			practiceTitle(e), e.ID, e.Module, familyName(e.Family), practiceAllowed(e),
		}, e.Want...), " "))
		if slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(line, w) }) {
			continue
		}
		if len(rows) == 0 || rows[len(rows)-1].exercise.Family != e.Family {
			rows = append(rows, practiceRow{head: true, exercise: practice.Exercise{Family: e.Family}})
		}
		rows = append(rows, practiceRow{exercise: e})
	}
	return rows
}

// id tells the rows apart: a family is named as no exercise is.
func (r practiceRow) id() string {
	if r.head {
		return "family " + string(r.exercise.Family)
	}
	return r.exercise.ID
}

func (r practiceRow) cells(m PracticeModel) []widget.Cell {
	if r.head {
		return []widget.Cell{{Text: familyName(r.exercise.Family), Style: widget.CellBold}, {}}
	}
	return []widget.Cell{{Text: practiceTitle(r.exercise), Under: r.exercise.ID}, r.result(m)}
}

// result is the mark of an exercise that was tried.
func (r practiceRow) result(m PracticeModel) widget.Cell {
	result, tried := m.Results[r.exercise.ID]
	switch {
	case r.head:
		return widget.Cell{}
	case m.Running == r.exercise.ID:
		return widget.Cell{Text: text.T("practise.running"), Sign: "…", Tone: widget.CellToneAccent}
	case !tried:
		return widget.Cell{}
	case result.asExpected(r.exercise):
		return widget.Cell{Text: text.T("practise.as_expected"), Sign: "✓", Tone: widget.CellTonePass}
	}
	return widget.Cell{Text: text.T("practise.not_as_expected"), Sign: "✕", Tone: widget.CellToneFail}
}

func (r PracticeResult) asExpected(e practice.Exercise) bool { return slices.Equal(r.Found, e.Want) }

// practiceTitle says in one sentence what is broken.
func practiceTitle(e practice.Exercise) string { return text.T("practice." + e.ID) }

// PracticeStrip is what stands above every page while a provider is broken.
func PracticeStrip(e practice.Exercise) string {
	return text.T("practise.on", text.Params{"What": practiceTitle(e)})
}

func familyName(f practice.Family) string { return text.T("practice.family." + string(f)) }

func practiceAllowed(e practice.Exercise) string {
	if e.Allowed() {
		return text.T("practise.allowed")
	}
	return text.T("practise.not_allowed")
}

// familyProgress counts what was tried of a family.
func familyProgress(f practice.Family, m PracticeModel) string {
	all, tried, good := 0, 0, 0
	for _, e := range practice.Exercises() {
		if e.Family != f {
			continue
		}
		all++
		if r, ok := m.Results[e.ID]; ok {
			tried++
			if r.asExpected(e) {
				good++
			}
		}
	}
	return text.T("practise.family.progress", text.Params{"All": strconv.Itoa(all), "Tried": strconv.Itoa(tried), "Good": strconv.Itoa(good)})
}
