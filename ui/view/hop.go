package view

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"signbench/flows/fault"
	"signbench/flows/trace"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// hop is the selected exchange: Guide and Raw are two views of the same data.
type hop struct {
	on       FlowActions
	exchange *trace.Exchange
	found    []fault.Fault
	all      []*trace.Exchange
	reveal   bool
	rawMode  bool

	root   *fyne.Container
	hint   *widget.ProseText
	title  *widget.Text
	badge  *widget.Badge
	head   *fyne.Container
	guideB *widget.Button
	rawB   *widget.Button
	curl   *widget.CopyButton
	secret *widget.CheckField
	guide  *fyne.Container // what the guide says
	scroll *container.Scroll
	code   *widget.CodeView
	raw    *fyne.Container
}

func newHop(on FlowActions) *hop {
	h := &hop{on: on}
	h.hint = widget.MutedProse(text.T("flow.select"))
	h.title = widget.Section("")
	h.badge = widget.NewBadge(widget.KindNone, "")
	h.guideB = widget.NewButton(text.T("flow.guide"), func() { h.mode(false) })
	h.rawB = widget.NewButton(text.T("flow.raw"), func() { h.mode(true) })
	h.curl = widget.NewCopyButton(text.T("flow.curl"), text.T("action.copied"), func() { on.Curl(h.exchange, h.reveal) })
	h.secret = widget.NewCheckField(text.T("flow.reveal"), func(yes bool) { h.reveal = yes; h.fill() })
	h.code = widget.NewCodeView(widget.CodeLabels{
		Gate: text.T("flow.gate"), Reveal: text.T("flow.gate.reveal"), Save: text.T("flow.gate.save"), Copy: text.T("action.copy"),
	})
	h.code.SetWrap(true)
	h.code.OnCopy = on.Copy
	h.code.OnSave = func(content string) { on.Save(text.T("flow.save.name"), content) }
	h.guide = container.New(widget.VStack(theme.SectionGap - theme.Grid))
	scroll, guide := widget.ScrollInMargins(h.guide)
	h.scroll = scroll
	h.raw = container.NewBorder(nil, h.secret, nil, nil, h.code)
	gap := canvas.NewRectangle(color.Transparent) // between the head and what scrolls below it
	gap.SetMinSize(fyne.NewSize(0, theme.Grid))
	h.head = container.New(widget.VStack(2*theme.Grid),
		container.New(widget.HStack(2*theme.Grid), h.title, h.badge),
		container.NewBorder(nil, nil, container.New(widget.HStack(theme.Grid), h.guideB, h.rawB), h.curl), gap)
	h.root = widget.Margins(container.NewBorder(h.head, nil, nil, nil, container.NewStack(h.hint, guide, h.raw)))
	h.mode(false)
	h.clear()
	return h
}

func (h *hop) clear() {
	h.exchange = nil
	h.head.Hide()
	h.scroll.Hide()
	h.raw.Hide()
	h.hint.Show()
	h.root.Refresh()
}

// mode switches between Guide and Raw.
func (h *hop) mode(raw bool) {
	h.rawMode = raw
	h.guideB.SetChosen(!raw)
	h.rawB.SetChosen(raw)
	if h.exchange != nil {
		h.fill()
	}
}

func (h *hop) show(ex *trace.Exchange, run *state.Run) {
	if h.exchange == ex {
		return
	}
	h.exchange, h.found, h.all = ex, run.Faults(), run.Exchanges
	h.scroll.ScrollToTop()
	h.fill()
}

// faults takes what a run that has ended says was wrong.
func (h *hop) faults(run *state.Run) {
	if h.exchange == nil || len(run.Faults()) == len(h.found) {
		return
	}
	h.found = run.Faults()
	h.fill()
}

// fill draws the exchange with its secrets, where the user wants to see them, or else
// once it is disarmed.
func (h *hop) fill() {
	ex := h.exchange
	if h.reveal {
		h.draw(ex)
		return
	}
	h.on.Disarm(ex, func(shown *trace.Exchange) {
		if h.exchange == ex && !h.reveal { // it is still what is wanted
			h.draw(shown)
		}
	})
}

func (h *hop) draw(shown *trace.Exchange) {
	g := newGuide(shown, h.all, h.found)
	h.title.Set(strconv.Itoa(shown.ID) + "  " + g.Title)
	h.badge.Set(g.Kind, g.Badge)
	h.hint.Hide()
	h.head.Show()
	visible(h.scroll, !h.rawMode)
	visible(h.raw, h.rawMode)
	if h.rawMode {
		h.code.SetText(rawText(shown))
	} else {
		h.explain(g)
	}
	h.root.Refresh()
}

// explain draws the guide.
func (h *hop) explain(g guideModel) {
	h.guide.RemoveAll()
	add := func(o fyne.CanvasObject) { h.guide.Add(o) }
	add(widget.Prose(g.Purpose))
	for _, f := range g.Faults {
		add(faultCard(f))
	}
	look := container.New(widget.VStack(theme.Grid), widget.Prose(g.Look))
	if g.Spec != "" {
		look.Add(widget.Caption(g.Spec))
	}
	add(widget.NewCard(text.T("flow.look"), look))
	for _, part := range []struct {
		title   string
		columns []widget.Column
		rows    [][]widget.Cell
	}{
		{"flow.sent", explained(text.T("setup.request.parameter")), g.Sent},
		{"flow.received", explained(text.T("tokens.column.member")), g.Received},
		{"flow.facts", []widget.Column{
			{Title: text.T("flow.fact"), Width: widget.ColumnFit(150)}, {Title: text.T("tokens.column.value"), Width: widget.ColumnFlex(1, 120)},
		}, g.Facts},
	} {
		if len(part.rows) == 0 {
			continue
		}
		table := widget.NewStaticTable(part.columns...).Unfold(text.T("action.copy"))
		table.OnCopy = h.on.Copy
		table.SetRows(part.rows)
		add(container.New(widget.VStack(2*theme.Grid), widget.Section(text.T(part.title)), table))
	}
}

// faultCard says what was found wrong with an exchange, and how to mend it.
// What follows from the fault stands in its card.
func faultCard(f foundFault) fyne.CanvasObject {
	kind := widget.KindFail
	if f.Severity == fault.Warning {
		kind = widget.KindWarn
	}
	box := container.New(widget.VStack(theme.Grid), widget.Prose(text.FaultCause(f.Fault)), widget.Prose(text.FaultRemedy(f.Fault)))
	if f.Spec != "" {
		box.Add(widget.Caption(f.Spec))
	}
	if f.Because != "" {
		box.Add(widget.MutedProse(text.T("faults.because", text.Params{"Title": f.Because})))
	}
	if len(f.Followers) > 0 {
		box.Add(widget.Section(text.N("faults.follow", len(f.Followers))))
	}
	for _, follower := range f.Followers {
		box.Add(widget.MutedProse("– " + text.FaultTitle(follower) + ". " + text.FaultCause(follower)))
	}
	return widget.NewCard(text.FaultTitle(f.Fault), box).SetEdge(kind)
}

func visible(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// explained are the columns of names with their values and meanings, for the
// narrow half of the page.
func explained(title string) []widget.Column {
	return []widget.Column{
		{Title: title, Width: widget.ColumnFit(150)},
		{Title: text.T("tokens.column.value"), Width: widget.ColumnFlex(1, 80)},
		{Title: text.T("tokens.column.meaning"), Width: widget.ColumnFlex(1.5, 100)},
	}
}
