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
	switch {
	case d.Reason == archive.ReasonNewer:
		key = "archive.newer"
	case d.MovedTo == "":
		key = "archive.left"
	}
	return text.T(key, text.Params{"File": d.File, "MovedTo": d.MovedTo, "Cause": d.Err.Error()})
}

// say shows a notice over the window until it is dismissed.
func (b *Bench) say(words string) { b.sayAll([]string{words}) }

// sayAll shows several notices, each once.
func (b *Bench) sayAll(notices []string) {
	for _, words := range notices {
		if !strings.Contains(b.trouble, words) {
			b.trouble = strings.TrimSpace(b.trouble + "\n" + words)
		}
	}
	b.render()
}

func (b *Bench) troubleRead() {
	b.trouble = ""
	b.render()
}
