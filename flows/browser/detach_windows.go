package browser

import (
	"os/exec"
	"syscall"
)

// detach keeps an interrupt that is typed into our console from the browser.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}
