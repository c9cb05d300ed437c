package loopback

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
)

// findHolder asks netstat for the process and tasklist for its name.
func findHolder(ctx context.Context, port int) *Process {
	table, err := system(ctx, "netstat.exe", "-ano")
	if err != nil {
		return nil
	}
	pid := parseNetstat(table, port)
	if pid == 0 {
		return nil
	}
	// Without a name the number is still worth telling.
	names, _ := system(ctx, "tasklist.exe", "/FI", "PID eq "+strconv.Itoa(pid), "/FO", "CSV", "/NH")
	return &Process{PID: pid, Name: parseTasklist(names, pid)}
}

// system runs a program of Windows by its full path and without a console window.
func system(ctx context.Context, name string, args ...string) (string, error) {
	path := filepath.Join(os.Getenv("SystemRoot"), "System32", name)
	cmd := exec.CommandContext(ctx, path, args...) // #nosec G204 G702 -- fixed programs in the folder that the system itself names
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true}
	out, err := cmd.Output()
	return string(out), err
}
