package ui

import (
	"context"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"signbench/flows"
	"signbench/flows/trace"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

var noAction = widget.Action{}

// openHAR asks for a recording of a sign-in and shows it.
func (b *Bench) openHAR() {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err == nil && r != nil {
			b.readHAR(r)
		}
	}, b.window)
	d.SetFilter(storage.NewExtensionFileFilter([]string{".har", ".json"}))
	ask(d, text.T("runs.open"))
}

// readHAR reads a recording in the background: it may be large.
func (b *Bench) readHAR(r fyne.URIReadCloser) {
	name := r.URI().Name()
	b.crossing.background(func(context.Context) func() {
		defer func() { _ = r.Close() }()
		return b.importHAR(name, r)
	})
}

// importHAR reads a recording, off the window's thread; what it returns shows it
// there, or says why it can't be.
func (b *Bench) importHAR(name string, r io.Reader) func() {
	exchanges, _, err := trace.ReadHAR(r, trace.HARLimits{})
	if err != nil {
		return func() { b.say(text.Recording(name, err)) }
	}
	run := state.Replay(flows.Imported(name, exchanges))
	drawing := view.DrawFlow(run)
	return func() { b.view(run, drawing, text.T("flow.imported", text.Params{"Name": name})) }
}
