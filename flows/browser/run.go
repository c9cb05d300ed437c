package browser

import (
	"context"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
	"unicode"
)

const (
	stderrKept  = 8 << 10 // bytes that are read of what an opener said
	stderrShown = 300     // characters of it in the error

	shortestSecret = 8 // a parameter's value below this is an ordinary word
)

// run starts a program and watches it for a while. It is started with exec.Command
// and not CommandContext, because the browser must live on when ctx ends.
func (o opener) run(ctx context.Context, path string, args []string, address string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	cmd := exec.Command(path, args...) // #nosec G204 -- the program that the user or the system names for this, never by a shell
	said := newWords()
	if said.file != nil {
		cmd.Stderr = said.file
	}
	detach(cmd)
	if err := cmd.Start(); err != nil {
		said.take()
		return &FailedError{Command: filepath.Base(path), ExitCode: -1, Err: err}
	}
	ended := make(chan error, 1)
	go func() { ended <- reap(cmd, said, address) }() // however late that is
	watch := time.NewTimer(o.settling)
	defer watch.Stop()
	select {
	case err := <-ended:
		return err
	case <-watch.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// reap waits for the program's end, so that it does not stay as a zombie.
func reap(cmd *exec.Cmd, said *words, address string) error {
	err := cmd.Wait()
	text := said.take()
	if err == nil {
		return nil
	}
	return &FailedError{
		Command:  filepath.Base(cmd.Path),
		ExitCode: cmd.ProcessState.ExitCode(),
		Stderr:   presentable(text, address),
		Err:      err,
	}
}

// words catches what a program writes to its standard error. It is a file and not
// a pipe: a browser that an opener leaves behind keeps writing, and would be
// killed by a pipe that nobody reads any more.
type words struct{ file *os.File }

// newWords does without when there is no room for a temporary file: the browser
// matters more than what it might say.
func newWords() *words {
	file, err := os.CreateTemp("", "signbench-browser-*")
	if err != nil {
		return &words{}
	}
	_ = os.Remove(file.Name()) // where an open file can be; otherwise take does it
	return &words{file}
}

// take returns the first words and removes the file.
func (w *words) take() string {
	if w.file == nil {
		return ""
	}
	text, _ := io.ReadAll(io.NewSectionReader(w.file, 0, stderrKept)) // as much as can be read
	_ = w.file.Close()
	_ = os.Remove(w.file.Name())
	return string(text)
}

// anyAddress finds URLs in what an opener says.
var anyAddress = regexp.MustCompile(`(?i)[a-z][a-z0-9+.-]*://\S+`)

// presentable makes an opener's words fit for an error: one line, bounded, without
// the URL or the values of its parameters, in whatever form they are repeated.
func presentable(text, address string) string {
	const gone = "<url>"
	text = strings.ReplaceAll(strings.ToValidUTF8(text, ""), address, gone)
	text = anyAddress.ReplaceAllString(text, gone)
	if u, err := url.Parse(address); err == nil {
		for _, values := range u.Query() {
			for _, value := range values {
				if len(value) < shortestSecret {
					continue
				}
				text = strings.ReplaceAll(text, value, gone)
				text = strings.ReplaceAll(text, url.QueryEscape(value), gone)
			}
		}
	}
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPrint(r) {
			return r
		}
		return -1
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > stderrShown {
		text = string(runes[:stderrShown]) + "\u2026"
	}
	return text
}
