package view

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/practice"
	"signbench/flows/probe"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// practiceDetail is the pane of the exercise that is selected.
type practiceDetail struct {
	root    *fyne.Container
	page    *fyne.Container
	head    *fyne.Container // of an exercise
	run     *widget.Button
	proof   *widget.Button // shows the evidence
	allowed *widget.Badge
	result  *widget.Badge
	body    *fyne.Container
	scroll  *container.Scroll
	shown   string // the row that fills the body
}

func newPracticeDetail(run, show func()) *practiceDetail {
	d := &practiceDetail{allowed: widget.NewBadge(widget.KindNone, ""), result: widget.NewBadge(widget.KindNone, "")}
	d.run = widget.NewPrimary(text.T("practise.run"), run)
	d.proof = widget.NewButton(text.T("practise.show_flow"), show)
	d.body = container.New(widget.VStack(theme.SectionGap))
	d.scroll = widget.NewPageScroll(widget.Margins(d.body))
	bar := container.New(widget.VStack(2*theme.Grid),
		container.New(widget.HStack(2*theme.Grid), d.run, d.proof), container.New(widget.HStack(2*theme.Grid), d.allowed, d.result))
	d.head = widget.HeadMargins(bar)
	d.page = container.NewBorder(d.head, nil, nil, nil, d.scroll)
	d.root = container.NewStack(d.page)
	return d
}

// show shows a row of the list. The text is made anew only when it is another: what
// is read stays where it was scrolled to.
func (d *practiceDetail) show(row practiceRow, any bool, m PracticeModel) {
	d.page.Hidden = !any
	if !any {
		d.shown = ""
		d.root.Refresh()
		return
	}
	d.bar(row, m)
	result, tried := m.Results[row.exercise.ID]
	key := row.id() + "|" + m.Notes[row.exercise.ID]
	if row.head {
		key += familyProgress(row.exercise.Family, m)
	} else if tried {
		key += strings.Join(append([]string{"found"}, result.Found...), "|")
	}
	if key != d.shown {
		again := strings.HasPrefix(d.shown, row.id()+"|")
		d.shown = key
		d.fill(row, m)
		if !again {
			d.scroll.ScrollToTop()
		}
	}
	d.root.Refresh()
}

// bar shows what can be done, and how it stands.
func (d *practiceDetail) bar(row practiceRow, m PracticeModel) {
	result, tried := m.Results[row.exercise.ID]
	d.head.Hidden = row.head
	d.proof.Hidden = !tried
	if row.head {
		return
	}
	enable(d.run, !m.Busy)
	label := "practise.show_flow"
	if row.exercise.Way == practice.ByPaste {
		label = "practise.show_inspect"
	}
	d.proof.SetLabel(text.T(label))
	kind := widget.KindWarn
	if row.exercise.Allowed() {
		kind = widget.KindNone
	}
	d.allowed.Set(kind, practiceAllowed(row.exercise))
	switch {
	case m.Running == row.exercise.ID:
		d.result.Set(widget.KindWorking, text.T("practise.running"))
	case !tried:
		d.result.Set(widget.KindNone, text.T("practise.untried"))
	case result.asExpected(row.exercise):
		d.result.Set(widget.KindPass, text.T("practise.as_expected"))
	default:
		d.result.Set(widget.KindFail, text.T("practise.not_as_expected"))
	}
}

func (d *practiceDetail) fill(row practiceRow, m PracticeModel) {
	d.body.RemoveAll()
	e := row.exercise
	if row.head {
		d.part(familyName(e.Family), widget.Prose(text.T("practice.family."+string(e.Family)+".about")), widget.MutedProse(familyProgress(e.Family, m)))
		return
	}
	if note := m.Notes[e.ID]; note != "" {
		d.body.Add(widget.Prose(note).SetColor(theme.ColorWarn).SetLimit(6))
	}
	d.part(text.T("practise.column.what"), widget.Prose(practiceTitle(e)))
	if result, tried := m.Results[e.ID]; tried {
		d.part(text.T("practise.found"), foundLines(e, result.Found)...)
	}
	d.part(text.T("practise.expected"), wantedLines(e)...)
	d.part(text.T("practise.must"), widget.Prose(practiceMust(e)))
	d.part(text.T("practise.how"), widget.Prose(text.T("practice.way."+string(e.Way))))
	module := fyne.CanvasObject(widget.MonoProse(e.Module))
	if e.Module == "" {
		module = widget.MutedProse(text.T("practise.module.none", text.Params{"ID": e.ID}))
	}
	d.part(text.T("practise.module"), module)
}

func (d *practiceDetail) part(title string, lines ...fyne.CanvasObject) {
	d.body.Add(container.New(widget.VStack(theme.Grid), append([]fyne.CanvasObject{widget.Section(title)}, lines...)...))
}

// wantedLines say what must be found, each with its code and its clause.
func wantedLines(e practice.Exercise) []fyne.CanvasObject {
	if e.Allowed() {
		return []fyne.CanvasObject{widget.Prose(text.T("practise.expected.nothing"))}
	}
	var lines []fyne.CanvasObject
	for _, want := range e.Want {
		lines = append(lines, widget.Prose(practiceFinding(e.Way, want)), widget.MonoProse(want))
		if spec := e.Spec(want); spec != "" {
			lines = append(lines, widget.CaptionProse(spec))
		}
	}
	return lines
}

// foundLines hold what was found against what must be.
func foundLines(e practice.Exercise, found []string) []fyne.CanvasObject {
	if len(found) == 0 {
		words := widget.Prose(text.T("practise.found.nothing"))
		if !e.Allowed() {
			words.SetColor(theme.ColorFail)
		}
		return []fyne.CanvasObject{words}
	}
	var lines []fyne.CanvasObject
	for _, code := range found {
		sign, color := "✓ ", theme.ColorPass
		if !slices.Contains(e.Want, code) {
			sign, color = "✕ ", theme.ColorFail
		}
		lines = append(lines, widget.Prose(sign+practiceFinding(e.Way, code)).SetColor(color), widget.MonoProse(code))
	}
	return lines
}

// practiceFinding names something that is found wrong, as an exercise that has not
// been run can: without what only the run itself knows.
func practiceFinding(way practice.Way, code string) string {
	switch way {
	case practice.ByBench, practice.ByUpstream: // a sign-in ticks rows too
		if name, ok := text.Lookup("probe." + practice.Row(code) + ".name"); ok {
			return text.T("practise.finding.bench", text.Params{"Name": name})
		}
	case practice.ByCheck:
		row := practice.Row(code)
		finding := "practise.finding.check"
		if probe.VerdictOf(row, strings.TrimPrefix(code, row+".")) == probe.Warn {
			finding = "practise.finding.check_warns"
		}
		return text.T(finding, text.Params{"Name": text.T("probe." + row + ".name")})
	case practice.ByPaste:
		return text.T("practise.finding.paste", text.Params{"Name": text.T("check." + code + ".name")})
	}
	name, _ := text.FaultName(code)
	return text.Capital(name)
}

// practiceMust says what a client must do, by the first thing that must be found.
func practiceMust(e practice.Exercise) string {
	if e.Allowed() {
		return text.T("practice.must.allowed")
	}
	if words, ok := text.Lookup("practice.must." + e.Want[0]); ok {
		return words
	}
	family, _, _ := strings.Cut(e.Want[0], ".")
	return text.T("practice.must." + family)
}
