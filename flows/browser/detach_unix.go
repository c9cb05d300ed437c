//go:build !windows

package browser

import (
	"os/exec"
	"syscall"
)

// detach gives the browser a session of its own: an interrupt typed into our
// terminal, or its closing, is not meant for it.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
}
