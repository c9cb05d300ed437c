package keychain

import (
	"errors"
	"strconv"
	"syscall"
)

const systemName = "Windows Credential Manager"

// platformKind reads the system error code of CredRead, CredWrite and CredDelete.
func platformKind(err error) (detail string, kind error) {
	var code syscall.Errno
	if !errors.As(err, &code) {
		return "", nil
	}
	detail = "system error " + strconv.FormatUint(uint64(code), 10)
	switch code {
	case 1168: // ERROR_NOT_FOUND
		return detail, ErrNotFound
	case 1312: // ERROR_NO_SUCH_LOGON_SESSION: a service or a remote session without credentials
		return detail, ErrAbsent
	case 8, 1783: // ERROR_NOT_ENOUGH_MEMORY, RPC_X_BAD_STUB_DATA: what too long a blob causes
		return detail, ErrTooBig
	default: // among them ERROR_ACCESS_DENIED (5)
		return detail, ErrDenied
	}
}
