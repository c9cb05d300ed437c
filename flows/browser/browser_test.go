//go:build unix

package browser

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	state   = "the-state-nobody-may-see"
	address = "http://127.0.0.1:9/auth?client_id=app&state=" + state + "&nonce=a-nonce%2Bwith%20space&prompt=login"
)

// script writes a program for the shell and returns its path.
func script(t *testing.T, dir, name, body string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o700); err != nil { // #nosec G306 -- it is run
		t.Fatal(err)
	}
	return path
}

// patient waits for an opener's end however slow the machine is.
func patient(t *testing.T, browser string) opener {
	t.Helper()
	t.Setenv("BROWSER", browser)
	o := system()
	o.settling = time.Minute
	return o
}

func TestOpenPassesTheURL(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	path := script(t, dir, "fake", `printf '%s\n' "$@" >'`+out+`'`)
	t.Setenv("BROWSER", path+" --new 'two words'")
	if err := Open(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(out)
	if err != nil || string(got) != "--new\ntwo words\n"+address+"\n" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestOpenerThatFails(t *testing.T) {
	path := script(t, t.TempDir(), "fake", `echo "cannot open $1" >&2; echo 'state `+state+` a-nonce+with space' >&2; exit 3`)
	err := patient(t, path).open(t.Context(), address)
	var failed *FailedError
	if !errors.As(err, &failed) || failed.ExitCode != 3 || failed.Command != "fake" {
		t.Fatalf("got %v", err)
	}
	if failed.Stderr != "cannot open <url> state <url> <url>" {
		t.Errorf("said %q", failed.Stderr)
	}
	if strings.Contains(err.Error(), state) || strings.Contains(err.Error(), "127.0.0.1") {
		t.Errorf("the error holds the URL: %v", err)
	}
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) {
		t.Error("the cause is lost")
	}
}

func TestOpenerThatCannotStart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "broken")
	if err := os.WriteFile(path, []byte{0x7f, 'E', 'L', 'F'}, 0o700); err != nil { // #nosec G306 -- to be run
		t.Fatal(err)
	}
	err := patient(t, path).open(t.Context(), address)
	var failed *FailedError
	if !errors.As(err, &failed) || failed.ExitCode != -1 || strings.Contains(err.Error(), state) {
		t.Errorf("got %v", err)
	}
}

func TestNextOpenerIsTried(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	bad := script(t, dir, "bad", "exit 1")
	good := script(t, dir, "good", `echo "$1" >'`+out+`'`)
	if err := patient(t, "no-such-browser-here:"+bad+":"+good).open(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(out); err != nil || strings.TrimSpace(string(got)) != address {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestNoOpener(t *testing.T) {
	o := patient(t, "no-such-browser-here:nor-this-one")
	var missing *NotFoundError
	if err := o.open(t.Context(), address); !errors.As(err, &missing) || len(missing.Tried) != 2 || strings.Contains(err.Error(), state) {
		t.Errorf("got %v", err)
	}
	if command, ok := o.available(); ok {
		t.Errorf("%s is available", command)
	}
}

func TestAvailable(t *testing.T) {
	path := script(t, t.TempDir(), "fake", "exit 1")
	t.Setenv("BROWSER", "no-such-browser-here:"+path+" --flag")
	if command, ok := Available(); !ok || command != path {
		t.Errorf("got %q, %v", command, ok)
	}
}

func TestOnlyWebAddresses(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	path := script(t, t.TempDir(), "fake", `touch '`+out+`'`)
	o := patient(t, path)
	for _, bad := range []string{
		"", "file:///etc/passwd", "javascript:alert(1)", "ms-settings:", "--version", "/etc/passwd", "http://", "https:///path",
		"http:opaque", "http://id.example/\"&calc", "http://id.example/a b", "http://id.example/\n", "http://id.example/`id`", "http://id.example:port/",
	} {
		if err := o.open(t.Context(), bad); !errors.Is(err, ErrAddress) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("the opener was started")
	}
}

// TestBrowserOutlivesTheContext starts a browser that waits for a word, lets the
// context end, and then gives the word: only a living browser answers it.
func TestBrowserOutlivesTheContext(t *testing.T) {
	for name, cancelFirst := range map[string]bool{"after success": false, "while watched": true} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			begun, word, reply := fifo(t, dir, "begun"), fifo(t, dir, "word"), fifo(t, dir, "reply")
			path := script(t, dir, "fake", `echo begun >'`+begun+`'; read w <'`+word+`'; echo "still here" >&2; echo "$w" >'`+reply+`'`)
			o := patient(t, path)
			if !cancelFirst {
				o.settling = time.Millisecond
			}
			ctx, cancel := context.WithCancel(t.Context())
			result := make(chan error, 1)
			go func() { result <- o.open(ctx, address) }()
			if got := read(t, begun); got != "begun\n" {
				t.Fatalf("got %q", got)
			}
			if cancelFirst {
				cancel()
				if err := <-result; !errors.Is(err, context.Canceled) {
					t.Errorf("got %v", err)
				}
			} else {
				if err := <-result; err != nil {
					t.Errorf("a running browser is no success: %v", err)
				}
				cancel()
			}
			if err := os.WriteFile(word, []byte("hello\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			if got := read(t, reply); got != "hello\n" {
				t.Errorf("the browser answered %q", got)
			}
		})
	}
}

func TestNothingStartsAfterTheContext(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	o := patient(t, script(t, t.TempDir(), "fake", `touch '`+out+`'`))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := o.open(ctx, address); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("the opener was started")
	}
}

// TestOpenerThatLeavesABrowser is what xdg-open does: it ends well, and the
// browser it started still holds its standard error.
func TestOpenerThatLeavesABrowser(t *testing.T) {
	dir := t.TempDir()
	word, reply := fifo(t, dir, "word"), fifo(t, dir, "reply")
	path := script(t, dir, "fake", `{ read w <'`+word+`'; echo "a warning" >&2; echo "$w" >'`+reply+`'; } & exit 0`)
	if err := patient(t, path).open(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(word, []byte("hello\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := read(t, reply); got != "hello\n" {
		t.Errorf("the browser answered %q", got)
	}
}

func TestNoTemporaryFileStays(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	path := script(t, t.TempDir(), "fake", "exit 1")
	if err := patient(t, path).open(t.Context(), address); err == nil {
		t.Error("no error")
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) != 0 {
		t.Errorf("left %v, %v", left, err)
	}
	t.Setenv("TMPDIR", filepath.Join(tmp, "absent"))
	out := filepath.Join(tmp, "out")
	if err := patient(t, script(t, t.TempDir(), "fake", `touch '`+out+`'`)).open(t.Context(), address); err != nil {
		t.Errorf("without a folder for it: %v", err)
	}
	if _, err := os.Stat(out); err != nil {
		t.Error(err)
	}
}

func TestWordsAreShortened(t *testing.T) {
	got := presentable("a\x1b[31m\n\n b\t"+strings.Repeat("界", 400), address)
	if !strings.HasPrefix(got, "a[31m b 界") || len([]rune(got)) != stderrShown+1 {
		t.Errorf("got %q", got)
	}
}

func fifo(t *testing.T, dir, name string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// read waits until the other end writes and closes.
func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
