// Command bare opens the least window that Fyne can open. `make bench` compares
// the start and the idle memory of Signbench with it.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	window := app.NewWithID("io.signbench.bare").NewWindow("Bare")
	window.SetContent(widget.NewLabel("Bare"))
	window.Resize(fyne.NewSize(1180, 760))
	window.ShowAndRun()
}
