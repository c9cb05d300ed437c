package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"signbench/ui/text"
	"signbench/ui/theme"
)

// ask shows a dialog for a file, with the word of the button that takes it. It is as
// large as the smallest window lets it be: Fyne's own size shows a handful of files.
func ask(d *dialog.FileDialog, take string) {
	d.SetConfirmText(take)
	d.SetDismissText(text.T("action.cancel"))
	d.Resize(fyne.NewSize(theme.MinimumWidth-4*theme.PageMargin, theme.MinimumHeight-2*theme.PageMargin))
	d.Show()
}
