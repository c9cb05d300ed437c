//go:build !cgo

package desktop

import (
	"errors"

	"signbench/ui/terminal"
	"signbench/ui/text"
)

// Show has no window to show in a build without cgo.
func Show(string, string, terminal.Bench) error {
	return errors.New(text.T("terminal.no_window"))
}
