package terminal_test

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"signbench/flows/demo"
	"signbench/ui/terminal"
)

// Ctrl-C ends a command at any step: at a provider that never answers, while the
// browser is awaited, while a demo is served, and while a secret is read.
func TestCtrlCAtEveryStep(t *testing.T) {
	hanging := func(faults ...demo.Fault) string {
		tenant := demo.New(demo.Options{Addr: "127.0.0.1:0", Faults: faults, Linger: -1, Slow: patience})
		endpoint, release, err := tenant.Acquire(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { release(); _ = tenant.Close() })
		return endpoint
	}
	for name, test := range map[string]struct {
		endpoint string
		args     []string
		ready    string // what is printed when the step has begun
		status   terminal.Status
	}{
		"discovery":  {hanging("discovery-slow"), []string{"signin", "--request-timeout", "1m"}, "Sign-in", terminal.StatusInterrupted},
		"token":      {hanging("token-slow"), []string{"signin", "--request-timeout", "1m"}, "Callback", terminal.StatusInterrupted},
		"the wait":   {hanging(), []string{"signin", "--no-browser"}, "/oidc/auth?", terminal.StatusInterrupted},
		"the check":  {hanging("discovery-slow"), []string{"check", "--request-timeout", "1m"}, "Check", terminal.StatusInterrupted},
		"the tenant": {hanging(), []string{"demo"}, "Ctrl-C", terminal.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			c := newConsole(t).at(test.endpoint)
			cmd := c.command(test.args...)
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			var seen bytes.Buffer
			buf := make([]byte, 4096)
			for !strings.Contains(seen.String(), test.ready) {
				n, err := out.Read(buf)
				seen.Write(buf[:n])
				if err != nil {
					t.Fatalf("%q was never printed:\n%s", test.ready, &seen)
				}
			}
			ended := make(chan struct{})
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
			go func() {
				_, _ = seen.ReadFrom(out)
				_ = cmd.Wait()
				close(ended)
			}()
			select {
			case <-ended:
			case <-time.After(30 * time.Second): // far more than the second that is promised, and less than any limit of the run
				t.Fatalf("it goes on:\n%s", &seen)
			}
			if got := terminal.Status(cmd.ProcessState.ExitCode()); got != test.status {
				t.Errorf("status %d\n%s", got, &seen)
			}
		})
	}
}

// A switch that is given twice is on once.
func TestADemoNamesEachFaultOnce(t *testing.T) {
	cmd := newConsole(t).command("demo", "--fault", "nonce-invalid", "--fault", "invalid-aud", "--fault", "nonce-invalid")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var seen []string
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if seen = append(seen, lines.Text()); strings.Contains(lines.Text(), "Ctrl-C") {
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(seen, func(line string) bool { return strings.HasSuffix(line, "  nonce-invalid, invalid-aud") }) {
		t.Errorf("%q", seen)
	}
}

// There are colours on a terminal, and none where they are not wanted.
func TestColoursOnATerminalOnly(t *testing.T) {
	c := newConsole(t).at(serve(t))
	for _, test := range []struct {
		env  string
		want bool
	}{{"TERM=xterm-256color", true}, {"NO_COLOR=1", false}, {"TERM=dumb", false}} {
		cmd := exec.CommandContext(t.Context(), "script", "--quiet", "--return", "--command", binary+" check", "/dev/null")
		cmd.Env, cmd.Dir = append(append([]string{}, c.env...), test.env), c.home
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if got := bytes.Contains(out, []byte("\x1b[32m")); got != test.want {
			t.Errorf("%s: colours %v\n%q", test.env, got, out)
		}
	}
}
