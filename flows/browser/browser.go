// Package browser opens a URL in the user's own browser, outside this program
// (RFC 8252, 8.12 forbids an embedded one for sign-in).
package browser

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// ErrAddress is returned for what is not an http or https URL. An opener would
// hand other schemes to other programs, or read files.
var ErrAddress = errors.New("browser: only http and https URLs are opened")

// NotFoundError says that none of the programs that open a URL is installed.
type NotFoundError struct {
	Tried []string // the names that were looked for
}

func (e *NotFoundError) Error() string {
	return "browser: found none of " + strings.Join(e.Tried, ", ")
}

// FailedError says that a program was started to open the URL and gave up. It
// never holds the URL, which carries state and nonce.
type FailedError struct {
	Command  string // the program's name
	ExitCode int    // -1 when it could not be started or was killed
	Stderr   string // its first words, with every address taken out
	Err      error
}

func (e *FailedError) Error() string {
	text := fmt.Sprintf("browser: %s failed with exit code %d", e.Command, e.ExitCode)
	switch {
	case e.Stderr != "":
		text += ": " + e.Stderr
	case e.ExitCode < 0 && e.Err != nil: // never started, or killed
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns what the system said.
func (e *FailedError) Unwrap() error { return e.Err }

// settling is how long an opener is watched for an early end. One that still
// runs then is the browser itself, or has found it.
const settling = 3 * time.Second

// Open opens the URL in the browser that $BROWSER names or, without it, the one
// that the system does. It returns when the opener has ended or has run for three
// seconds, so call it where waiting does no harm. The browser outlives ctx, which
// only ends the wait.
func Open(ctx context.Context, url string) error { return system().open(ctx, url) }

// Available tells which program Open would start first. It starts nothing.
func Available() (command string, ok bool) { return system().available() }

// opener holds what Open asks of the system, so that tests can answer instead.
type opener struct {
	goos     string
	wsl      bool
	getenv   func(string) string
	lookPath func(string) (string, error)
	settling time.Duration
}

func system() opener {
	return opener{
		goos:     runtime.GOOS,
		wsl:      runtime.GOOS == "linux" && insideWSL(),
		getenv:   os.Getenv,
		lookPath: exec.LookPath,
		settling: settling,
	}
}

// open tries one command after the other until one does not fail at once, as the
// convention for $BROWSER has it.
func (o opener) open(ctx context.Context, address string) error {
	if !openable(address) {
		return ErrAddress
	}
	var first error // the preferred program's words explain most
	missing := &NotFoundError{}
	for _, c := range o.commands() {
		path, err := o.lookPath(c.name)
		if err != nil {
			missing.Tried = append(missing.Tried, c.name)
			continue
		}
		err = o.run(ctx, path, c.with(address), address)
		if err == nil || ctx.Err() != nil {
			return err
		}
		if first == nil {
			first = err
		}
	}
	if first == nil {
		first = missing
	}
	return first
}

func (o opener) available() (string, bool) {
	for _, c := range o.commands() {
		if path, err := o.lookPath(c.name); err == nil {
			return path, true
		}
	}
	return "", false
}

// openable accepts absolute http and https URLs without the characters that a URL
// never has raw (RFC 3986, 2) and that some opener on the way might interpret.
func openable(address string) bool {
	if strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r == 0x7f }) ||
		strings.ContainsAny(address, "\"'<>`\\^{|}") {
		return false
	}
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}
