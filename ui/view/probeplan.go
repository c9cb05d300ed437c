package view

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// probePlan shows what Check setup will ask before it asks, and takes the one wish
// that it has a say in. It is folded away until it is asked for.
type probePlan struct {
	toggle *widget.Button
	root   *fyne.Container
	box    *fyne.Container
	words  *widget.ProseText
	table  *widget.Table
	wrong  *widget.CheckField
	hint   *widget.ProseText

	profile oauth.Profile
	resized func()
}

// newProbePlan makes the list; resized is called when it has become higher or lower.
func newProbePlan(onCopy func(string), resized func()) *probePlan {
	l := &probePlan{resized: resized}
	l.toggle = widget.NewButton(text.T("plan.show"), func() { l.open(!l.box.Visible()) })
	l.table = widget.NewStaticTable(
		widget.Column{Title: text.T("plan.request"), Width: widget.ColumnFlex(3, 160)},
		widget.Column{Title: text.T("plan.purpose"), Width: widget.ColumnFlex(2, 110)},
	)
	l.table.OnCopy = onCopy
	l.wrong = widget.NewCheckField(text.T("plan.wrong_secret"), func(bool) { l.fill() })
	l.hint = widget.MutedProse(text.T("plan.wrong_secret.hint"))
	l.words = widget.MutedProse("")
	l.box = container.New(widget.VStack(2*theme.Grid), l.words, l.table, l.wrong, l.hint)
	l.box.Hide()
	l.root = container.New(widget.VStack(2*theme.Grid), container.New(widget.HStack(0), l.toggle), l.box)
	return l
}

func (l *probePlan) open(on bool) {
	l.box.Hidden = !on
	l.toggle.SetLabel(text.T(map[bool]string{false: "plan.show", true: "plan.hide"}[on]))
	l.fill()
	l.resized()
}

// show takes the profile as it stands.
func (l *probePlan) show(p oauth.Profile) {
	if p.ID != l.profile.ID {
		l.wrong.SetOn(false) // it was asked of another app
	}
	l.profile = p
	if l.box.Visible() {
		l.fill()
	}
}

func (l *probePlan) fill() {
	most := probe.MaxRequests
	if _, asked := probe.Hint(l.profile); asked {
		most += probe.HintRequests
	}
	l.words.Set(text.T("plan.words", text.Params{"N": strconv.Itoa(most)}))
	was := l.hint.Hidden
	l.wrong.Hidden = !l.profile.Client.AuthMethod.NeedsSecret()
	l.hint.Hidden = l.wrong.Hidden
	rows := planRows(l.profile, l.wrong.On())
	grown := len(rows) != l.table.Rows() || l.hint.Hidden != was
	l.table.SetRows(rows)
	if grown {
		l.resized()
	}
}

// take is whether a wrong secret may be tried. It is asked once: the box is empty
// afterwards.
func (l *probePlan) take() bool {
	on := l.wrong.On() && !l.wrong.Hidden
	l.wrong.SetOn(false)
	return on
}

// planRows are the requests that a check of the profile makes for certain. An
// address that is not known yet stands there by its name.
func planRows(p oauth.Profile, askWrongSecret bool) [][]widget.Cell {
	p = p.Clone()
	if p.IssuerID() == "" {
		p.Endpoint, p.Issuer = "{endpoint}", "{issuer}"
	}
	var rows [][]widget.Cell
	for _, planned := range probe.Plan(probe.Setup{Profile: p, AskWrongSecret: askWrongSecret}) {
		if planned.Method == "" {
			continue
		}
		rows = append(rows, []widget.Cell{
			{Text: planned.Method + " " + planned.Target, Style: widget.CellMono}, {Text: text.T("probe." + planned.ID + ".name")},
		})
	}
	return rows
}
