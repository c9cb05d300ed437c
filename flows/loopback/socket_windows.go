package loopback

import (
	"errors"
	"syscall"
)

// The numbers of winsock2.h. The syscall package's names of the same meaning
// have invented values on Windows and never match.
const (
	soExclusiveAddrUse = ^syscall.SO_REUSEADDR

	wsaAccess           = syscall.Errno(10013)
	wsaProtoNoSupport   = syscall.Errno(10043)
	wsaFamilyNoSupport  = syscall.Errno(10047)
	wsaAddrInUse        = syscall.Errno(10048)
	wsaAddrNotAvailable = syscall.Errno(10049)
)

// exclusive asks that no other program may bind the same port while we wait.
// Without it Windows lets a second listener with SO_REUSEADDR take the answers.
func exclusive(_, _ string, raw syscall.RawConn) error {
	var failed error
	err := raw.Control(func(fd uintptr) {
		failed = syscall.SetsockoptInt(syscall.Handle(fd), syscall.SOL_SOCKET, soExclusiveAddrUse, 1)
	})
	return errors.Join(err, failed)
}

// portTaken includes the refusal of access: Windows has no privileged ports, so
// it means that the port is held exclusively or reserved by the system.
func portTaken(err error) bool {
	return errors.Is(err, wsaAddrInUse) || errors.Is(err, wsaAccess)
}

func familyAbsent(err error) bool {
	return errors.Is(err, wsaAddrNotAvailable) ||
		errors.Is(err, wsaFamilyNoSupport) ||
		errors.Is(err, wsaProtoNoSupport)
}
