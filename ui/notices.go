package ui

import (
	"strings"

	"signbench/flows/archive"
	"signbench/ui/text"
)

// showTrouble says what went wrong with the files at the start.
func (b *Bench) showTrouble() {
	for _, d := range b.cfg.Stores.Damaged {
		b.say(damageWords(d))
	}
	if b.cfg.Stores.Trouble != nil {
		b.say(text.T("archive.write", text.Params{"Dir": b.cfg.Stores.Dir, "Cause": b.cfg.Stores.Trouble.Error()}))
	}
}

// damageWords names a file that could not be read.
func damageWords(d archive.Damaged) string {
	key := "archive.damaged"
	if d.Reason == archive.ReasonNewer {
		key = "archive.newer"
	}
	return text.T(key, text.Params{"File": d.File, "MovedTo": d.MovedTo})
}

// say shows a notice over the window until it is dismissed.
func (b *Bench) say(words string) {
	if strings.Contains(b.trouble, words) {
		return
	}
	b.trouble = strings.TrimSpace(b.trouble + "\n" + words)
	b.render()
}

func (b *Bench) troubleRead() {
	b.trouble = ""
	b.render()
}
