package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// Kept is the strip above the page while it shows a run of another time, so that
// nobody takes yesterday's tokens for today's.
type Kept struct {
	root  *fyne.Container
	words *widget.Text
}

// NewKept makes the strip. It is hidden until it has something to say.
func NewKept(onLive func()) *Kept {
	k := &Kept{words: widget.Section("").SetColor(theme.ColorWarn)}
	k.root = widget.Margins(container.New(widget.HStack(3*theme.Grid), k.words, widget.NewButton(text.T("flow.live"), onLive).SetCompact(true)))
	k.root.Hide()
	return k
}

// Object is the strip.
func (k *Kept) Object() fyne.CanvasObject { return k.root }

// Show says which run is shown; nothing hides the strip.
func (k *Kept) Show(words string) {
	k.words.Set(words)
	k.root.Hidden = words == ""
	k.root.Refresh()
}
