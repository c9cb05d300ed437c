//go:build !windows && !darwin && !linux && !netbsd && !openbsd && !(freebsd && cgo) && !(dragonfly && cgo)

package keychain

const systemName = "none"

// platformKind knows no keychain here: go-keyring answers ErrUnsupportedPlatform.
func platformKind(error) (detail string, kind error) { return "", nil }
