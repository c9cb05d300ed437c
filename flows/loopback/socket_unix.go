//go:build !windows

package loopback

import (
	"errors"
	"syscall"
)

// exclusive needs to do nothing here: without SO_REUSEPORT, which Go does not
// set, a second listener on the same address is refused.
func exclusive(_, _ string, _ syscall.RawConn) error { return nil }

func portTaken(err error) bool { return errors.Is(err, syscall.EADDRINUSE) }

func familyAbsent(err error) bool {
	return errors.Is(err, syscall.EADDRNOTAVAIL) ||
		errors.Is(err, syscall.EAFNOSUPPORT) ||
		errors.Is(err, syscall.EPROTONOSUPPORT)
}
