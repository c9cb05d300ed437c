package terminal

import (
	"io"
	"os"
)

// paint colours text, on a terminal only. Colour is never the only sign.
type paint bool

// The colours: those that every terminal's theme has.
const (
	red    = "31"
	green  = "32"
	yellow = "33"
	dim    = "2"
	bold   = "1"
)

func (p paint) in(colour, s string) string {
	if !p || s == "" {
		return s
	}
	return "\x1b[" + colour + "m" + s + "\x1b[0m"
}

// paintFor decides by the conventions of no-color.org and of TERM=dumb.
func paintFor(w io.Writer, getenv func(string) string) paint {
	file, ok := w.(*os.File)
	if !ok || getenv("NO_COLOR") != "" || getenv("TERM") == "dumb" {
		return false
	}
	info, err := file.Stat()
	return paint(err == nil && info.Mode()&os.ModeCharDevice != 0)
}
