package e2e

import (
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestTheCommandsOfTheWindowsProgram runs the very program that opens the window,
// with a display and without one: no command opens a window.
func TestTheCommandsOfTheWindowsProgram(t *testing.T) {
	h := newHome(t)
	for _, display := range []string{os.Getenv("DISPLAY"), ""} {
		cmd := exec.Command(os.Getenv("SIGNBENCH_BIN"), "check", "demo", "--json")
		cmd.Dir = h.dir
		cmd.Env = append(h.env(), "DISPLAY="+display, "LANG=C.UTF-8", "LC_ALL=", "LANGUAGE=") // as in a container
		var said strings.Builder
		cmd.Stderr = &said
		out, err := cmd.Output()
		var doc struct {
			OK     bool
			Checks []any
			Faults []any // not even a warning: browser and keychain are there
		}
		if err != nil || json.Unmarshal(out, &doc) != nil || !doc.OK || len(doc.Checks) < 20 || len(doc.Faults) > 0 {
			t.Errorf("display %q: %v\n%s", display, err, out)
		}
		if strings.Contains(said.String(), "Fyne") {
			t.Errorf("display %q: it said %s", display, &said)
		}
		if found, _ := exec.Command("xdotool", "search", "--onlyvisible", "--name", "^Signbench$").Output(); strings.TrimSpace(string(found)) != "" {
			t.Errorf("display %q: there is a window", display)
		}
	}
	bare := exec.Command(os.Getenv("SIGNBENCH_BIN"))
	bare.Dir, bare.Env = h.dir, append(h.env(), "DISPLAY=", "WAYLAND_DISPLAY=")
	if out, err := bare.CombinedOutput(); err == nil || strings.Contains(string(out), "goroutine 1 [running]") {
		t.Errorf("the window without a display: %v\n%s", err, out)
	}
}
