package keychain

import (
	"errors"
	"os/exec"
	"strconv"
)

const systemName = "macOS Keychain"

// platformKind reads the exit status of security(1), which is the low byte of the
// Security framework's OSStatus.
func platformKind(err error) (detail string, kind error) {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		if errors.Is(err, exec.ErrNotFound) {
			return "security(1) is not there", ErrAbsent
		}
		return "", nil
	}
	detail = "security(1) exit status " + strconv.Itoa(exit.ExitCode())
	switch exit.ExitCode() {
	case 44: // errSecItemNotFound, -25300
		return detail, ErrNotFound
	case 36: // errSecInteractionNotAllowed, -25308: locked, and no screen to ask on
		return detail, ErrLocked
	case 37, 50: // errSecNoDefaultKeychain, -25307; errSecNoSuchKeychain, -25294
		return detail, ErrAbsent
	default: // among them errSecAuthFailed, -25293 (51), and userCanceledErr, -128 (128)
		return detail, ErrDenied
	}
}
