//go:build linux || netbsd || openbsd || (freebsd && cgo) || (dragonfly && cgo)

package keychain

import (
	"errors"
	"io"
	"net"
	"os/exec"
	"strings"

	"github.com/godbus/dbus/v5"
)

const systemName = "Secret Service"

// platformKind reads an error of D-Bus or the Secret Service by its name. The
// messages beside the names are free text and stay out.
func platformKind(err error) (detail string, kind error) {
	name := busErrorName(err)
	switch name {
	case "":
	case "org.freedesktop.Secret.Error.IsLocked":
		return name, ErrLocked
	case "org.freedesktop.Secret.Error.NoSuchObject",
		"org.freedesktop.DBus.Error.UnknownObject":
		return name, ErrNotFound
	case "org.freedesktop.DBus.Error.ServiceUnknown",
		"org.freedesktop.DBus.Error.NameHasNoOwner",
		"org.freedesktop.DBus.Error.NoServer",
		"org.freedesktop.DBus.Error.Disconnected",
		"org.freedesktop.DBus.Error.UnknownInterface",
		"org.freedesktop.DBus.Error.UnknownMethod":
		return name, ErrAbsent
	case "org.freedesktop.DBus.Error.NoReply",
		"org.freedesktop.DBus.Error.Timeout",
		"org.freedesktop.DBus.Error.TimedOut":
		return name, ErrTimeout
	case "org.freedesktop.DBus.Error.LimitsExceeded":
		return name, ErrTooBig
	default:
		if strings.HasPrefix(name, "org.freedesktop.DBus.Error.Spawn.") {
			return name, ErrAbsent
		}
		return name, ErrDenied
	}
	var network *net.OpError
	switch {
	case errors.As(err, &network):
		return "no session bus", ErrAbsent
	case errors.Is(err, dbus.ErrClosed), errors.Is(err, io.EOF), errors.Is(err, exec.ErrNotFound):
		return "no session bus", ErrAbsent
	case strings.HasPrefix(err.Error(), "failed to unlock correct collection"):
		return "", ErrLocked // go-keyring's words for a dismissed question
	}
	return "", nil
}

func busErrorName(err error) string {
	var value dbus.Error
	if errors.As(err, &value) {
		return value.Name
	}
	var pointer *dbus.Error
	if errors.As(err, &pointer) {
		return pointer.Name
	}
	return ""
}
