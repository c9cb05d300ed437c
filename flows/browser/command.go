package browser

import (
	"os"
	"path/filepath"
	"strings"
)

// placeholder is where $BROWSER wants the URL; without it the URL comes last.
const placeholder = "%s"

// command is a program and its arguments, before the URL is put in.
type command struct {
	name string
	args []string
}

// with puts the URL in.
func (c command) with(address string) []string {
	args := make([]string, 0, len(c.args)+1)
	placed := false
	for _, arg := range c.args {
		placed = placed || strings.Contains(arg, placeholder)
		args = append(args, strings.ReplaceAll(arg, placeholder, address))
	}
	if !placed {
		args = append(args, address)
	}
	return args
}

// commands lists what may open a URL, in the order of preference. $BROWSER is the
// user's own word: when it is set nothing else is tried.
func (o opener) commands() []command {
	if list := o.fromEnvironment(); len(list) > 0 {
		return list
	}
	switch o.goos {
	case "windows":
		return []command{{filepath.Join(o.getenv("SystemRoot"), "System32", "rundll32.exe"), []string{"url.dll,FileProtocolHandler"}}}
	case "darwin":
		return []command{{name: "open"}}
	}
	list := []command{{name: "xdg-open"}, {"gio", []string{"open"}}, {name: "x-www-browser"}}
	if o.wsl {
		// Linux programs on Windows: its browser is reached through wslu's helper
		// or by Windows' own opener, which takes the URL without a shell.
		list = append(list, command{name: "wslview"}, command{"rundll32.exe", []string{"url.dll,FileProtocolHandler"}})
	}
	return list
}

func (o opener) fromEnvironment() (list []command) {
	separator := ":"
	if o.goos == "windows" {
		separator = ";" // a colon follows the drive letter
	}
	for entry := range strings.SplitSeq(o.getenv("BROWSER"), separator) {
		if words := o.words(entry); len(words) > 0 {
			list = append(list, command{words[0], words[1:]})
		}
	}
	return list
}

// words splits an entry of $BROWSER as a shell would, without being one: spaces
// separate, quotation marks keep together, nothing is expanded. An entry that is
// the path of a file is one word, spaces or not. A final "&" asks for what is done
// anyway.
func (o opener) words(entry string) []string {
	entry = strings.TrimSpace(entry)
	if info, err := os.Stat(entry); err == nil && info.Mode().IsRegular() {
		return []string{entry}
	}
	var words []string
	var word strings.Builder
	var quote rune
	begun, escaped := false, false
	for _, r := range entry {
		switch {
		case escaped:
			word.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'' && o.goos != "windows": // there it separates folders
			begun, escaped = true, true
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '"' || r == '\'':
			begun, quote = true, r
		case r == ' ' || r == '\t':
			if begun {
				words = append(words, word.String())
				word.Reset()
			}
			begun = false
		default:
			begun = true
			word.WriteRune(r)
		}
	}
	if begun {
		words = append(words, word.String())
	}
	if n := len(words); n > 0 && words[n-1] == "&" {
		words = words[:n-1]
	}
	return words
}

// insideWSL reports whether this Linux runs inside Windows.
func insideWSL() bool {
	release, err := os.ReadFile("/proc/sys/kernel/osrelease")
	return err == nil && strings.Contains(strings.ToLower(string(release)), "microsoft")
}
