package ui

import (
	"errors"
	"strings"
	"syscall"

	"signbench/flows/archive"
	"signbench/ui/text"
)

// showTrouble says what went wrong with the files at the start.
func (b *Bench) showTrouble() {
	for _, d := range b.cfg.Stores.Damaged {
		b.say(damageWords(d))
	}
	if b.cfg.Stores.Trouble != nil {
		b.say(b.notSaved("archive.write", b.cfg.Stores.Trouble))
	}
}

// notSaved says that something cannot be written. It names the folder and no file, so
// that of every file in it the same is said, and said once.
func (b *Bench) notSaved(key string, err error) string {
	cause := err.Error()
	if errno := syscall.Errno(0); errors.As(err, &errno) {
		cause = errno.Error() // without the paths around it
	}
	return text.T(key, text.Params{"Dir": b.cfg.Stores.Dir, "Cause": cause})
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
