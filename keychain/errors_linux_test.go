package keychain

import (
	"errors"
	"io"
	"net"
	"os/exec"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

func TestClassifySecretService(t *testing.T) {
	const canary = "canary-91ab"
	named := func(name string) error { return dbus.Error{Name: name, Body: []any{canary}} }
	for _, c := range []struct{ err, kind error }{
		{named("org.freedesktop.Secret.Error.IsLocked"), ErrLocked},
		{named("org.freedesktop.Secret.Error.NoSuchObject"), ErrNotFound},
		{named("org.freedesktop.DBus.Error.ServiceUnknown"), ErrAbsent},
		{named("org.freedesktop.DBus.Error.NameHasNoOwner"), ErrAbsent},
		{named("org.freedesktop.DBus.Error.Spawn.ChildExited"), ErrAbsent},
		{named("org.freedesktop.DBus.Error.NoReply"), ErrTimeout},
		{named("org.freedesktop.DBus.Error.LimitsExceeded"), ErrTooBig},
		{named("org.freedesktop.DBus.Error.AccessDenied"), ErrDenied},
		{named("com.example.Whatever"), ErrDenied},
		{dbus.NewError("org.freedesktop.Secret.Error.IsLocked", nil), ErrLocked},
		{dbus.ErrClosed, ErrAbsent},
		{io.EOF, ErrAbsent},
		{&exec.Error{Name: "dbus-launch", Err: exec.ErrNotFound}, ErrAbsent},
		{&net.OpError{Op: "dial", Net: "unix", Err: errors.New(canary)}, ErrAbsent},
		{errors.New("failed to unlock correct collection '/org/freedesktop/secrets/aliases/default'"), ErrLocked},
	} {
		err := classify("get", c.err)
		if !errors.Is(err, c.kind) {
			t.Errorf("%v is %v", c.err, err)
		}
		if strings.Contains(err.Error(), canary) {
			t.Errorf("free text of the bus is in %v", err)
		}
	}
}
