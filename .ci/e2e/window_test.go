// Package e2e drives the real window: the binary that SIGNBENCH_BIN names, on the
// desktop that .ci/desktop prepares, with a real browser and a real keychain. Run
// it with make e2e.
package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience is how long anything may take that a user would wait for. The binary is
// built with the race detector and the display is drawn by the processor.
const patience = 90 * time.Second

// often is how often something that is waited for is looked at.
const often = 50 * time.Millisecond

// window is one run of the program.
type window struct {
	t        *testing.T
	cmd      *exec.Cmd
	id       string
	output   *output
	exited   chan error
	said     string // the file with what it shows
	canaries []string
}

// open starts the program in a home folder and waits for its window. The working
// folder is not the source folder: Fyne would read FyneApp.toml there, and switch
// off its checks for wrong threads.
func (h *home) open(env ...string) *window {
	h.t.Helper()
	binary := os.Getenv("SIGNBENCH_BIN")
	if binary == "" {
		h.t.Fatal("SIGNBENCH_BIN is not set; run make e2e")
	}
	w := &window{
		t: h.t, cmd: exec.Command(binary), output: &output{}, exited: make(chan error, 1),
		said: filepath.Join(h.t.TempDir(), "shown"), canaries: h.canaries,
	}
	h.window = w
	w.cmd.Dir = h.dir
	w.cmd.Env = append(h.env(), "SIGNBENCH_TEST_STATE="+w.said)
	w.cmd.Env = append(w.cmd.Env, env...)
	w.cmd.Stdout, w.cmd.Stderr = w.output, w.output
	if err := w.cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	go func() { w.exited <- w.cmd.Wait() }()
	h.t.Cleanup(w.cleanup)

	until(h.t, "the window", func() bool {
		select {
		case err := <-w.exited:
			w.exited <- err
			h.t.Fatalf("the program ended before its window was there: %v\n%s", err, w.output)
		default:
		}
		found, _ := exec.Command("xdotool", "search", "--onlyvisible", "--name", "^Signbench$").Output() // fails while there is none
		w.id, _, _ = strings.Cut(strings.TrimSpace(string(found)), "\n")
		return w.id != ""
	})
	w.until("the first page", func(s shown) bool { return s.Shown })
	return w
}

// cleanup ends the program and looks at what it said.
func (w *window) cleanup() {
	_ = w.cmd.Process.Kill()
	err := <-w.exited
	w.exited <- err
	text := w.output.String()
	for _, never := range append([]string{"*** Error in Fyne call thread", "DATA RACE", "panic:", "fatal error:"}, w.canaries...) {
		if strings.Contains(text, never) {
			w.t.Errorf("the program said %q", never)
		}
	}
	if shown, _ := os.ReadFile(w.said); containsAny(shown, w.canaries) { // no file: it showed nothing
		w.t.Error("a secret is among what the window shows")
	}
	if text != "" {
		w.t.Logf("the program's output:\n%s", text)
	}
}

// quit asks the window manager to close the window and waits for the program's end.
func (w *window) quit() {
	w.t.Helper()
	run(w.t, "wmctrl", "-i", "-c", w.id)
	select {
	case err := <-w.exited:
		w.exited <- err
		if err != nil {
			w.t.Errorf("the program ended with %v", err)
		}
	case <-time.After(patience):
		_ = w.cmd.Process.Signal(syscall.SIGQUIT) // its goroutines go to the output
		time.Sleep(time.Second)
		w.t.Fatal("the program did not end")
	}
}

// kill ends the program as a crash or a power cut does.
func (w *window) kill() {
	w.t.Helper()
	_ = w.cmd.Process.Kill()
	err := <-w.exited
	w.exited <- err
}

// run runs a tool that has to succeed.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// until waits until the condition holds.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !ok(); time.Sleep(often) {
		if time.Now().After(deadline) {
			t.Fatalf("%s never came", what)
		}
	}
}

// output gathers what the program prints; it is read while the program runs.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}
