// Package e2e drives the real window: the binary that SIGNBENCH_BIN names, on the
// desktop that .ci/desktop prepares. Run it with make e2e.
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
const patience = 60 * time.Second

// window is one run of the program.
type window struct {
	t      *testing.T
	cmd    *exec.Cmd
	id     string
	output *output
	exited chan error
}

// open starts the program in a home folder and waits for its window. The working
// folder is not the source folder: Fyne would read FyneApp.toml there, and switch
// off its checks for wrong threads.
func open(t *testing.T, home string, env ...string) *window {
	t.Helper()
	binary := os.Getenv("SIGNBENCH_BIN")
	if binary == "" {
		t.Fatal("SIGNBENCH_BIN is not set; run make e2e")
	}
	w := &window{t: t, cmd: exec.Command(binary), output: &output{}, exited: make(chan error, 1)}
	w.cmd.Dir = home
	w.cmd.Env = append(os.Environ(),
		"HOME="+home,
		"XDG_CONFIG_HOME="+filepath.Join(home, ".config"),
		"XDG_CACHE_HOME="+filepath.Join(home, ".cache"),
		"XDG_DATA_HOME="+filepath.Join(home, ".local", "share"),
	)
	w.cmd.Env = append(w.cmd.Env, env...)
	w.cmd.Stdout, w.cmd.Stderr = w.output, w.output
	if err := w.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { w.exited <- w.cmd.Wait() }()
	t.Cleanup(w.cleanup)

	deadline := time.Now().Add(patience)
	for w.id == "" {
		select {
		case err := <-w.exited:
			w.exited <- err
			t.Fatalf("the program ended before its window was there: %v", err)
		case <-time.After(100 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			t.Fatal("no window")
		}
		found, _ := exec.Command("xdotool", "search", "--onlyvisible", "--name", "^Signbench$").Output() // fails while there is none
		w.id, _, _ = strings.Cut(strings.TrimSpace(string(found)), "\n")
	}
	return w
}

// cleanup ends the program and looks at what it said.
func (w *window) cleanup() {
	_ = w.cmd.Process.Kill()
	<-w.exited
	text := w.output.String()
	for _, never := range []string{"*** Error in Fyne call thread", "WARNING: DATA RACE", "panic:"} {
		if strings.Contains(text, never) {
			w.t.Errorf("the program said %q", never)
		}
	}
	if text != "" {
		w.t.Logf("the program's output:\n%s", text)
	}
}

// quit asks the window manager to close the window and waits for the program's end.
func (w *window) quit() {
	w.t.Helper()
	run(w.t, "wmctrl", "-i", "-c", w.id)
	w.waitForExit()
}

func (w *window) waitForExit() {
	w.t.Helper()
	select {
	case err := <-w.exited:
		w.exited <- err
	case <-time.After(patience):
		_ = w.cmd.Process.Signal(syscall.SIGQUIT) // its goroutines go to the output
		time.Sleep(time.Second)
		w.t.Fatal("the program did not end")
	}
}

// shot leaves a picture of the window beside the test's log.
func (w *window) shot(name string) string {
	w.t.Helper()
	dir := os.Getenv("SIGNBENCH_SHOTS")
	if dir == "" {
		dir = w.t.TempDir()
	}
	path := filepath.Join(dir, name+".png")
	run(w.t, "import", "-window", w.id, path)
	return path
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
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

// TestWindowOpens stands before all others: without a window none of them can pass.
func TestWindowOpens(t *testing.T) {
	w := open(t, t.TempDir())
	time.Sleep(2 * time.Second) // the first frames
	path := w.shot("00-first-window")
	if colours := strings.TrimSpace(run(t, "identify", "-format", "%k", path)); colours == "1" {
		t.Error("the window is one flat colour")
	}
	geometry := run(t, "xdotool", "getwindowgeometry", "--shell", w.id)
	if !strings.Contains(geometry, "WIDTH=") {
		t.Errorf("geometry: %s", geometry)
	}
	w.quit()
}
