package terminal_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"signbench/flows/demo"
	"signbench/flows/testkit/headless"
	"signbench/ui/terminal"
)

// browserMode makes the test binary what opens a URL in the browser of the test: the
// variable has the address of that browser, which goes on from visit to visit as a
// user's own does.
const browserMode = "SIGNBENCH_TEST_BROWSER"

// patience bounds what a test waits for; nothing comes near it unless it hangs.
const patience = 2 * time.Minute

// binary is the real program, built without cgo: it can not open a window, and
// needs neither X11 nor OpenGL.
var binary string

func TestMain(m *testing.M) {
	if browser := os.Getenv(browserMode); browser != "" {
		hand(browser, os.Args[len(os.Args)-1])
		return
	}
	if id := os.Getenv(seedMode); id != "" {
		seed(id)
		return
	}
	os.Exit(build(m))
}

func build(m *testing.M) int {
	dir, err := os.MkdirTemp("", "signbench-terminal")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	binary = filepath.Join(dir, "signbench")
	cmd := exec.Command("go", "build", "-o", binary, "signbench")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		panic(string(out))
	}
	return m.Run()
}

// hand gives the URL to the browser and waits until it has been looked at.
func hand(browser, address string) {
	response, err := http.Post(browser, "text/plain", strings.NewReader(address))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_ = response.Body.Close()
}

// person is who sits at the browser: a user of the demo tenant, unless told to be
// another one.
type person struct {
	mu      sync.Mutex
	browser *headless.Browser
}

func (p *person) visit(ctx context.Context, address string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, err := p.browser.Visit(ctx, address)
	return err
}

// types says what is typed into the fields of a page from now on.
func (p *person) types(fill map[string]string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.browser.Fill = fill
}

// presses says which buttons are pressed from now on.
func (p *person) presses(buttons ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.browser.Press = buttons
}

// console is a shell of a user without a display.
type console struct {
	t    *testing.T
	home string
	env  []string
	user *person
}

func newConsole(t *testing.T) *console {
	t.Helper()
	home := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	user := &person{browser: headless.New(nil, "taro")}
	window := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		address, err := io.ReadAll(r.Body)
		if err == nil {
			err = user.visit(context.WithoutCancel(r.Context()), string(address))
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
		}
	}))
	t.Cleanup(window.Close)
	browser := filepath.Join(home, "browser")
	script := fmt.Sprintf("#!/bin/sh\n%s=%s exec %q \"$1\"\n", browserMode, window.URL, self)
	if err := os.WriteFile(browser, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return &console{t: t, home: home, user: user, env: []string{
		"HOME=" + home, "XDG_CONFIG_HOME=" + filepath.Join(home, "config"), "PATH=" + os.Getenv("PATH"), "LANG=en_US.UTF-8",
		"BROWSER=" + browser, "SIGNBENCH_REDIRECT_URI=" + redirectURI(t), "SIGNBENCH_POST_SIGN_OUT_URI=" + strings.TrimSuffix(redirectURI(t), "callback"),
	}}
}

// said is what a command printed and how it ended.
type said struct {
	out, err string
	status   terminal.Status
}

func (c *console) command(args ...string) *exec.Cmd {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	c.t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Env, cmd.Dir = c.env, c.home
	return cmd
}

func (c *console) run(args ...string) said {
	c.t.Helper()
	return c.runWith("", args...)
}

func (c *console) runWith(stdin string, args ...string) said {
	c.t.Helper()
	var out, errs bytes.Buffer
	cmd := c.command(args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		c.t.Fatal(err)
	}
	s := said{out: out.String(), err: errs.String(), status: terminal.Status(cmd.ProcessState.ExitCode())}
	for _, secret := range []string{demo.AppSecret, canary} {
		for _, text := range []string{s.out, s.err} {
			if len(args) > 0 && args[0] != "demo" && strings.Contains(text, secret) {
				c.t.Errorf("%v printed a secret of %d characters", args, len(secret))
			}
		}
	}
	return s
}

// document runs a command with --json and reads what it prints.
func (c *console) document(args ...string) (terminal.Document, said) {
	c.t.Helper()
	s := c.run(append(slices.Clone(args), "--json")...)
	return c.read(s), s
}

// read reads the document that a command has printed.
func (c *console) read(s said) terminal.Document {
	c.t.Helper()
	var doc terminal.Document
	decoder := json.NewDecoder(strings.NewReader(s.out))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&doc); err != nil {
		c.t.Fatalf("%v, status %d:\n%s\n%s", err, s.status, s.out, s.err)
	}
	if decoder.More() {
		c.t.Error("something follows the document")
	}
	if doc.Schema != terminal.Schema {
		c.t.Errorf("schema %d", doc.Schema)
	}
	broken := false
	for _, f := range doc.Faults {
		broken = broken || f.Severity == "error"
	}
	if doc.OK == broken {
		c.t.Errorf("ok is %v with %v", doc.OK, codes(doc, "error"))
	}
	return doc
}

func codes(doc terminal.Document, severity string) []string {
	var out []string
	for _, f := range doc.Faults {
		if f.Severity == severity {
			out = append(out, f.Code)
		}
	}
	return out
}

// The ports of these tests; those of package flows take the first five of the demo
// app's, those of the window the next: packages are tested side by side.
func redirectURI(t *testing.T) string {
	t.Helper()
	for port := 3010; port < 3015; port++ {
		if free(port) {
			return fmt.Sprintf("http://localhost:%d/callback", port)
		}
	}
	t.Fatal("the ports 3010 to 3014 are all taken")
	return ""
}

func free(port int) bool {
	for _, host := range []string{"127.0.0.1", "::1"} {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
		if err != nil {
			return false
		}
		_ = l.Close()
	}
	return true
}
