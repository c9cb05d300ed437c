package loopback

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// findHolder names the process that listens on the port, from what the kernel
// publishes: the sockets in /proc/net/tcp, and who has a descriptor of one in
// /proc/<pid>/fd. Another user's descriptors cannot be read; then it is nil.
func findHolder(ctx context.Context, port int) *Process {
	var inodes []string
	for _, name := range []string{"tcp", "tcp6"} {
		table, err := os.ReadFile(filepath.Join("/proc/net", name)) // #nosec G304 -- one of two fixed names
		if err == nil {                                             // a machine without the family has no table
			inodes = append(inodes, parseProcNet(string(table), port)...)
		}
	}
	if len(inodes) == 0 {
		return nil
	}
	dirs, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	for _, dir := range dirs {
		pid, err := strconv.Atoi(dir.Name())
		if err != nil {
			continue
		}
		if ctx.Err() != nil {
			return nil
		}
		if hasSocket(pid, inodes) {
			return &Process{PID: pid, Name: processName(pid)}
		}
	}
	return nil
}

func hasSocket(pid int, inodes []string) bool {
	dir := fmt.Sprintf("/proc/%d/fd", pid)
	fds, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	for _, fd := range fds {
		link, err := os.Readlink(filepath.Join(dir, fd.Name()))
		if err != nil {
			continue
		}
		inode, found := strings.CutPrefix(link, "socket:[")
		if found && slices.Contains(inodes, strings.TrimSuffix(inode, "]")) {
			return true
		}
	}
	return false
}

// processName prefers the executable's name to comm, which is cut at 15
// characters and which runtimes overwrite with the name of a thread.
func processName(pid int) string {
	if exe, err := os.Readlink(fmt.Sprintf("/proc/%d/exe", pid)); err == nil {
		return filepath.Base(strings.TrimSuffix(exe, " (deleted)"))
	}
	comm, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid)) // #nosec G304 -- a number makes the path
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(comm))
}
