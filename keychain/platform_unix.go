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
func platformKind(err error) (kind error, detail string) {
	name := busErrorName(err)
	switch name {
	case "":
	case "org.freedesktop.Secret.Error.IsLocked":
		return ErrLocked, name
	case "org.freedesktop.Secret.Error.NoSuchObject",
		"org.freedesktop.DBus.Error.UnknownObject":
		return ErrNotFound, name
	case "org.freedesktop.DBus.Error.ServiceUnknown",
		"org.freedesktop.DBus.Error.NameHasNoOwner",
		"org.freedesktop.DBus.Error.NoServer",
		"org.freedesktop.DBus.Error.Disconnected",
		"org.freedesktop.DBus.Error.UnknownInterface",
		"org.freedesktop.DBus.Error.UnknownMethod":
		return ErrAbsent, name
	case "org.freedesktop.DBus.Error.NoReply",
		"org.freedesktop.DBus.Error.Timeout",
		"org.freedesktop.DBus.Error.TimedOut":
		return ErrTimeout, name
	case "org.freedesktop.DBus.Error.LimitsExceeded":
		return ErrTooBig, name
	default:
		if strings.HasPrefix(name, "org.freedesktop.DBus.Error.Spawn.") {
			return ErrAbsent, name
		}
		return ErrDenied, name
	}
	var network *net.OpError
	switch {
	case errors.As(err, &network):
		return ErrAbsent, "no session bus"
	case errors.Is(err, dbus.ErrClosed), errors.Is(err, io.EOF), errors.Is(err, exec.ErrNotFound):
		return ErrAbsent, "no session bus"
	case strings.HasPrefix(err.Error(), "failed to unlock correct collection"):
		return ErrLocked, "" // go-keyring's words for a dismissed question
	}
	return nil, ""
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
