package keychain

import (
	"errors"
	"os/exec"
	"strconv"
)

const systemName = "macOS Keychain"

// platformKind reads the exit status of security(1), which is the low byte of the
// Security framework's OSStatus.
func platformKind(err error) (kind error, detail string) {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		if errors.Is(err, exec.ErrNotFound) {
			return ErrAbsent, "security(1) is not there"
		}
		return nil, ""
	}
	detail = "security(1) exit status " + strconv.Itoa(exit.ExitCode())
	switch exit.ExitCode() {
	case 44: // errSecItemNotFound, -25300
		return ErrNotFound, detail
	case 36: // errSecInteractionNotAllowed, -25308: locked, and no screen to ask on
		return ErrLocked, detail
	case 37, 50: // errSecNoDefaultKeychain, -25307; errSecNoSuchKeychain, -25294
		return ErrAbsent, detail
	default: // among them errSecAuthFailed, -25293 (51), and userCanceledErr, -128 (128)
		return ErrDenied, detail
	}
}
