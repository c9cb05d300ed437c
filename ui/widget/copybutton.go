package widget

import "time"

// copiedFor is how long a button says that it has copied.
const copiedFor = 1600 * time.Millisecond

// CopyButton copies something and says so for a moment.
type CopyButton struct {
	Button
	OnCopy        func()
	words, copied string
	taps          int
}

// NewCopyButton makes a CopyButton, low enough for a row.
func NewCopyButton(label, copied string, onCopy func()) *CopyButton {
	c := &CopyButton{OnCopy: onCopy, words: label, copied: copied}
	c.init(c, label, lookPlain, c.copy)
	c.compact = true
	return c
}

func (c *CopyButton) copy() {
	if c.OnCopy != nil {
		c.OnCopy()
	}
	c.taps++
	mine := c.taps
	c.SetLabel(c.copied)
	After(copiedFor, func() {
		if mine == c.taps {
			c.SetLabel(c.words)
		}
	})
}
