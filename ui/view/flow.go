package view

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/trace"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// FlowActions are what the Flow page reports.
type FlowActions struct {
	SignIn func()
	Share  func()                                // the run: see Share
	Curl   func(ex *trace.Exchange, reveal bool) // copy an exchange as a command
	Copy   func(value string)                    // of a line, disarmed unless revealed
	Save   func(name, content string)

	// Disarm prepares an exchange for the screen, and calls then with it, on the
	// window's thread, unless another has been asked for by then.
	Disarm func(ex *trace.Exchange, then func(*trace.Exchange))

	// Find calls look off the window's thread, and what it returns on it, unless
	// something else is looked for by then.
	Find func(run *state.Run, look func(ctx context.Context, disarm func(*trace.Exchange) *trace.Exchange) (show func()))
}

// FlowModel is what the Flow page shows.
type FlowModel struct {
	Run     *state.Run   // nil: nothing was tried
	Drawing *FlowDrawing // of that run, where it was prepared; nil: the page makes it
}

// FlowDrawing is a run as rows. Making it of thousands of exchanges takes longer
// than the window's thread has, so a run that is read from the disk comes with it.
type FlowDrawing struct {
	messages []trace.Message
	actors   []widget.Actor
	rows     []widget.SequenceRow
	hops     []int       // the exchange of each row
	proofs   map[int]int // by exchange: the row that stands for it where it is evidence
	times    widget.WaterfallModel
	bars     []int
	timed    bool // times and bars are made
}

// DrawFlow makes the rows of a run. It may be called from any goroutine.
func DrawFlow(run *state.Run) *FlowDrawing {
	d := drawSequence(run)
	d.drawTimes(run)
	return d
}

func drawSequence(run *state.Run) *FlowDrawing {
	return sequenceRows(run.Scenario, trace.Messages(run.Exchanges))
}

func (d *FlowDrawing) drawTimes(run *state.Run) {
	d.times, d.bars = waterfall(run, d.messages)
	d.timed = true
}

// Flow is the page of every request of a run.
type Flow struct {
	on      FlowActions
	run     *state.Run
	drawing *FlowDrawing
	rows    []widget.SequenceRow
	drawn   int   // how often the rows were made anew, not only added to
	hops    []int // the exchange of each row of the diagram
	bars    []int // the exchange of each row of the waterfall

	root     *fyne.Container
	empty    *widget.EmptyPage
	page     *widget.Panes
	sequence *widget.Sequence
	fall     *widget.Waterfall
	diagram  *widget.Button
	times    *widget.Button
	find     *widget.FieldEntry
	hop      *hop
}

// NewFlow makes the page.
func NewFlow(on FlowActions) *Flow {
	f := &Flow{on: on}
	f.empty = widget.NewEmptyPage(text.T("flow.empty.title"), text.T("flow.empty.detail"), text.T("action.sign_in"), on.SignIn)
	f.sequence = widget.NewSequence()
	f.sequence.OnSelect = func(row int) { f.selected(f.hops, row) }
	f.fall = widget.NewWaterfall()
	f.fall.OnSelect = func(row int) { f.selected(f.bars, row) }
	f.diagram = widget.NewButton(text.T("flow.diagram"), func() { f.show(false) })
	f.times = widget.NewButton(text.T("flow.waterfall"), func() { f.show(true) })
	f.find = widget.NewFieldEntry(f.Search).Words()
	f.find.SetPlaceHolder(text.T("flow.find"))
	f.find.OnEnter = func() { f.FindNext() }
	share := widget.NewButton(text.T("flow.share"), on.Share)
	f.hop = newHop(on)

	views := container.New(widget.HStack(theme.Grid), f.diagram, f.times)
	bar := container.New(widget.Row(f.find), views, f.find, share)
	left := widget.Margins(container.NewBorder(bar, nil, nil, nil,
		container.NewStack(f.sequence, f.fall)))
	f.page = widget.NewPanes(left, f.hop.root, 0.54)
	f.root = container.NewStack(f.empty, f.page)
	f.show(false)
	return f
}

// Object is the page.
func (f *Flow) Object() fyne.CanvasObject { return f.root }

// show switches between the diagram and the times.
func (f *Flow) show(times bool) {
	f.sequence.Hidden, f.fall.Hidden = times, !times
	if times && f.drawing != nil {
		f.drawTimes()
		f.markFailing()
	}
	if f.hop.exchange != nil {
		f.point(f.hop.exchange.ID)
	}
	f.diagram.SetChosen(!times)
	f.times.SetChosen(times)
	f.root.Refresh()
}

// Show shows a run as far as it has come.
func (f *Flow) Show(m FlowModel) {
	none := m.Run == nil || len(m.Run.Exchanges) == 0
	f.empty.Hidden, f.page.Hidden = !none, none
	other := f.run == nil || m.Run == nil || f.run.ID != m.Run.ID
	grown := !other && len(f.run.Exchanges) != len(m.Run.Exchanges)
	ended := !other && f.run.Running() != m.Run.Running()
	f.run = m.Run
	if none {
		f.run, f.rows, f.drawing = nil, nil, nil // the next to come is another one, though it may be this run
		f.root.Refresh()
		return
	}
	if other {
		f.hop.clear()
	}
	if other || grown {
		f.draw(other, m.Drawing)
	}
	if other || grown || ended {
		f.markFailing()
	}
	if other || ended {
		f.showEvidence()
	}
	f.hop.faults(m.Run)
	if other {
		f.root.Refresh()
	}
}

// draw brings the diagram and the times up to the run. Rows that are there already
// stay, so that a run that grows costs what has grown.
func (f *Flow) draw(anew bool, d *FlowDrawing) {
	if d == nil {
		d = drawSequence(f.run)
	}
	same := 0
	for same < len(f.rows) && same < len(d.rows) && f.rows[same] == d.rows[same] {
		same++
	}
	if anew || same < len(f.rows) {
		f.drawn++
		f.sequence.SetModel(widget.SequenceModel{Actors: d.actors, Rows: d.rows})
	} else {
		f.sequence.SetActors(d.actors)
		f.sequence.Append(d.rows[same:]...)
	}
	f.rows, f.hops = slices.Clone(d.rows), d.hops // the slices of a model are the widget's
	f.drawing = d
	if f.fall.Visible() {
		f.drawTimes()
	}
}

// drawTimes brings the times up to the run, once they are looked at.
func (f *Flow) drawTimes() {
	if !f.drawing.timed {
		f.drawing.drawTimes(f.run)
	}
	f.fall.SetModel(f.drawing.times)
	f.bars = f.drawing.bars
}

// selected shows the exchange of a row.
func (f *Flow) selected(of []int, row int) {
	if row < 0 || row >= len(of) || of[row] == 0 {
		return
	}
	f.open(of[row])
}

// open shows an exchange by its ID.
func (f *Flow) open(id int) {
	if f.run == nil {
		return
	}
	for _, ex := range f.run.Exchanges {
		if ex.ID == id {
			f.hop.show(ex, f.run)
			return
		}
	}
}

// showEvidence selects the exchange that proves the run's first fault.
func (f *Flow) showEvidence() {
	for _, fault := range f.run.Faults() {
		if len(fault.Evidence) > 0 {
			f.Choose(fault.Evidence[len(fault.Evidence)-1])
			return
		}
	}
	if f.hop.exchange == nil && len(f.run.Exchanges) > 0 {
		f.Choose(f.run.Exchanges[0].ID)
	}
}

// Choose selects an exchange as a press on it would.
func (f *Flow) Choose(id int) {
	f.point(id)
	f.open(id)
}

// point selects the exchange in the diagram, and in the times once they are drawn,
// where it is not selected already by one of its rows.
func (f *Flow) point(id int) {
	at := f.sequence.Selected()
	if row := slices.Index(f.hops, id); row >= 0 && (at < 0 || at >= len(f.hops) || f.hops[at] != id) {
		f.sequence.Select(row)
	}
	if row := slices.Index(f.bars, id); row >= 0 && row != f.fall.Selected() && f.fall.Visible() {
		f.fall.Select(row)
	}
}
