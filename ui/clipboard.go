package ui

import (
	"time"

	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/widget"
)

// secretInClipboard is how long a copied secret stays in the clipboard.
const secretInClipboard = 30 * time.Second

// copy puts a value that is no secret into the clipboard.
func (b *Bench) copy(value string) {
	b.cfg.App.Clipboard().SetContent(value)
	b.frame.Toast.Say(text.T("toast.copied"), widget.Action{})
}

// copySecret puts a secret into the clipboard and takes it out again, unless
// something else has been copied by then.
func (b *Bench) copySecret(value oauth.Secret) {
	if value.Empty() {
		return
	}
	b.cfg.App.Clipboard().SetContent(value.Reveal())
	b.frame.Toast.Say(text.T("toast.copied.secret"), widget.Action{})
	b.copied = value
	b.crossing.after(secretInClipboard, func() { b.clearClipboard(value) })
}

func (b *Bench) clearClipboard(value oauth.Secret) {
	if b.copied == value && b.cfg.App.Clipboard().Content() == value.Reveal() {
		b.cfg.App.Clipboard().SetContent("")
	}
}
