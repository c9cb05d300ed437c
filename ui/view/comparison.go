package view

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/check"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// Comparison shows how two runs differ: "it worked on Monday" on one page.
type Comparison struct {
	on   ComparisonActions
	a, b *widget.Text
	body *fyne.Container
	root fyne.CanvasObject
}

// ComparisonActions are what the page reports.
type ComparisonActions struct {
	Back func()
	Copy func(value string)
}

// ComparisonModel is two runs and how they differ.
type ComparisonModel struct {
	A, B RunRow
	Diff state.Comparison
	Now  time.Time
}

// NewComparison makes the page.
func NewComparison(on ComparisonActions) *Comparison {
	c := &Comparison{on: on, a: widget.Body(""), b: widget.Body(""), body: container.New(widget.VStack(theme.SectionGap))}
	back := widget.NewButton(text.T("compare.back"), on.Back)
	head := container.New(widget.VStack(theme.Grid),
		container.NewBorder(nil, nil, nil, back, widget.Section(text.T("compare.title"))), c.a, c.b)
	c.root = widget.OneColumn(container.New(widget.VStack(theme.SectionGap), head, c.body))
	return c
}

// Object is the page.
func (c *Comparison) Object() fyne.CanvasObject { return c.root }

// Show shows a comparison.
func (c *Comparison) Show(m ComparisonModel) {
	c.a.Set("A  " + m.A.line(m.Now))
	c.b.Set("B  " + m.B.line(m.Now))
	c.body.RemoveAll()
	for _, section := range compareSections(m.Diff) {
		if len(section.rows) == 0 {
			continue
		}
		table := widget.NewStaticTable(
			widget.Column{Title: text.T("compare.column.what"), Width: widget.ColumnFit(260)},
			widget.Column{Title: "A", Width: widget.ColumnFlex(1, 140)},
			widget.Column{Title: "B", Width: widget.ColumnFlex(1, 140)},
		).Unfold(text.T("action.copy"))
		table.OnCopy = c.on.Copy
		table.SetRows(section.rows)
		c.body.Add(container.New(widget.VStack(2*theme.Grid), widget.Section(text.T("compare.section."+section.name)), table))
	}
	if m.Diff.Same() {
		c.body.Objects = append([]fyne.CanvasObject{widget.Prose(text.T("compare.same"))}, c.body.Objects...)
	}
	c.root.Refresh()
}

// line is a run in one line.
func (row RunRow) line(now time.Time) string {
	return strings.Join([]string{
		moment(row.Started, now), row.Profile, text.T("scenario." + string(row.Scenario)), row.Verdict(), duration(row.Took),
	}, " · ")
}

// compareSection is one part of a comparison as rows.
type compareSection struct {
	name string
	rows [][]widget.Cell
}

// compareSections draws a comparison, what matters most first.
func compareSections(d state.Comparison) []compareSection {
	return []compareSection{
		{"faults", faultRows(d.Faults)},
		{"checks", verdictRows(d.Checks)},
		{"request", differenceRows(d.Request)},
		{"claims", differenceRows(d.Claims)},
		{"discovery", differenceRows(d.Discovery)},
		{"http", differenceRows(d.HTTP)},
		{"timing", timingRows(d.Steps)},
	}
}

func differenceRows(all []state.Difference) [][]widget.Cell {
	var rows [][]widget.Cell
	for _, d := range all {
		name := d.Name
		if d.Where != "" {
			name = d.Where + " · " + d.Name
		}
		a, b := widget.Cell{Text: d.A, Style: widget.CellMono}, widget.Cell{Text: d.B, Style: widget.CellMono}
		if d.Change == state.Added {
			a = widget.Cell{Text: text.T("compare.absent"), Tone: widget.CellToneMuted}
		}
		if d.Change == state.Gone {
			b = widget.Cell{Text: text.T("compare.absent"), Tone: widget.CellToneMuted}
		}
		b.Sign = "≠"
		if b.Tone == widget.CellToneNone {
			b.Tone = widget.CellToneWarn
		}
		rows = append(rows, []widget.Cell{{Text: name, Style: widget.CellMono}, a, b})
	}
	return rows
}

func verdictRows(all []state.Verdict) [][]widget.Cell {
	cell := func(v check.Verdict, reason string) widget.Cell {
		if v == "" {
			return widget.Cell{Text: text.T("compare.absent"), Tone: widget.CellToneMuted}
		}
		words := text.T("tokens.verdict." + string(v))
		if reason != "" {
			words += " · " + reason
		}
		return widget.Cell{Text: words, Sign: sign(v), Tone: tone(v)}
	}
	var rows [][]widget.Cell
	for _, v := range all {
		rows = append(rows, []widget.Cell{
			{Text: text.T("subject."+v.Subject) + " · " + text.T("check."+v.ID+".name"), Full: v.ID}, cell(v.A, v.ReasonA), cell(v.B, v.ReasonB),
		})
	}
	return rows
}

func faultRows(all []state.FaultChange) [][]widget.Cell {
	var rows [][]widget.Cell
	for _, f := range all {
		absent := widget.Cell{Text: "–", Tone: widget.CellToneMuted}
		there := widget.Cell{Text: string(f.Code), Style: widget.CellMono, Tone: widget.CellToneFail, Sign: "✕"}
		row := []widget.Cell{{Text: text.T("step." + string(f.Step))}, there, absent}
		if f.Change == state.Added {
			row[1], row[2] = absent, there
		}
		rows = append(rows, row)
	}
	return rows
}

func timingRows(all []state.Timing) [][]widget.Cell {
	cell := func(d time.Duration, status state.Status) widget.Cell {
		if status == "" || d == 0 {
			return widget.Cell{Text: "–", Tone: widget.CellToneMuted}
		}
		return widget.Cell{Text: duration(d)}
	}
	var rows [][]widget.Cell
	for _, t := range all {
		b := cell(t.B, t.StatusB)
		if t.Conspicuous && !t.AwaitsPerson {
			b.Tone, b.Sign = widget.CellToneWarn, "≠"
		}
		rows = append(rows, []widget.Cell{{Text: text.T("step." + string(t.Step))}, cell(t.A, t.StatusA), b})
	}
	return rows
}
