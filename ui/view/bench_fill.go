package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// issuerPath is the member of the social connector after which it can be filled in.
const issuerPath = "idTokenVerificationConfig.issuer"

// benchFill fills the social connector in from the discovery document of its issuer.
type benchFill struct {
	root   *fyne.Container
	button *widget.Button
	said   *saidBox
}

func newBenchFill(on BenchActions) *benchFill {
	f := &benchFill{button: widget.NewButton(text.T("bench.fill"), on.Fill), said: newSaidBox()}
	f.root = container.New(widget.VStack(2*theme.Grid),
		container.New(widget.HStack(0), f.button), widget.MutedProse(text.T("bench.fill.hint")), f.said.root)
	return f
}

func (f *benchFill) show(m BenchModel) {
	enable(f.button, !m.Filling)
	f.said.set(m.Filled)
}
