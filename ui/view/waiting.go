package view

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// Waiting is the strip above the page while the browser is away: a field for the
// callback URL when the browser is on another machine, a button for when it does not
// come back, and what else has knocked.
type Waiting struct {
	root  *fyne.Container
	entry *widget.FieldEntry
	knock *widget.ProseText
	stuck *widget.Button
	hint  *fyne.Container // the button with what it does
}

// pasteLimit is longer than any callback URL.
const pasteLimit = 16 << 10

// NewWaiting makes the strip. It is hidden until a run waits.
func NewWaiting(onPaste func(callbackURL string), onStuck func()) *Waiting {
	w := &Waiting{entry: widget.NewFieldEntry(nil), knock: widget.Prose("").SetColor(theme.ColorWarn)}
	w.entry.Limit = pasteLimit
	w.entry.SetPlaceHolder(text.T("waiting.paste.placeholder"))
	use := func() {
		if pasted := strings.TrimSpace(w.entry.Text); pasted != "" {
			w.entry.SetText("")
			onPaste(pasted)
		}
	}
	w.entry.OnEnter = use
	button := widget.NewButton(text.T("waiting.paste.use"), use)
	w.stuck = widget.NewButton(text.T("stuck.action"), onStuck)
	w.hint = container.New(widget.HStack(2*theme.Grid), w.stuck, widget.Muted(text.T("stuck.hint")))
	w.root = widget.HeadMargins(container.New(widget.VStack(2*theme.Grid),
		widget.NewField(text.T("waiting.paste.label"), container.New(widget.Row(w.entry), w.entry, button)), w.hint, w.knock))
	w.root.Hide()
	return w
}

// Object is the strip.
func (w *Waiting) Object() fyne.CanvasObject { return w.root }

// Show shows the strip while the run waits for the browser. One check of the set-up
// at a time is made beside it.
func (w *Waiting) Show(r, beside *state.Run) {
	waiting := r.Running() && r.Waiting != nil
	if !waiting {
		w.entry.SetText("")
		w.root.Hide()
		return
	}
	w.hint.Hidden = r.Benched != nil // the set-up of the profile has no part in it
	if beside.Running() {
		w.stuck.Disable()
	} else {
		w.stuck.Enable()
	}
	words := ""
	if n := len(r.Knocks); n > 0 {
		last := r.Knocks[n-1]
		words = text.T("waiting.knock."+last.Kind, text.Params{"Host": last.Host, "Path": last.Path})
	}
	w.knock.Set(words)
	w.knock.Hidden = words == ""
	w.root.Show()
	w.root.Refresh()
}
