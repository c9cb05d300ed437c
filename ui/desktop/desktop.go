//go:build cgo

// Package desktop opens the window on a real desktop. It is apart from package ui
// so that nothing else needs OpenGL and a C compiler: built without cgo, Signbench
// is its terminal commands, in one static file.
package desktop

import (
	"log"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"signbench/assets"
	"signbench/ui"
	_ "signbench/ui/desktop/quiet" // until init
	"signbench/ui/terminal"
)

func init() { log.SetOutput(os.Stderr) }

// Show shows the window of the program with that ID and version. The program ends when
// the window is closed.
func Show(id, version string, bench terminal.Bench) error {
	a := app.NewWithID(id)
	a.SetIcon(fyne.NewStaticResource("signbench.png", assets.Icon))
	window := ui.New(ui.Config{
		App: a, Dispatch: fyne.Do, Engine: bench.Engine, Keychain: bench.Keychain,
		Stores: ui.OpenStores(bench.Dir), Version: version, Tenant: bench.Tenant,
	}).Window()
	// Everything is written when the window closes. Fyne 2.7.1 stops its queue while it
	// still uses it: it can wait for ever for an item, or panic.
	window.SetOnClosed(func() { os.Exit(0) })
	window.ShowAndRun()
	return nil
}
