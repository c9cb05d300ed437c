//go:build linux || netbsd || openbsd || (freebsd && cgo) || (dragonfly && cgo)

package keychain

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/godbus/dbus/v5"
)

// Names of the Secret Service API, 0.2.
const (
	secretsName      = "org.freedesktop.secrets"
	secretsPath      = dbus.ObjectPath("/org/freedesktop/secrets")
	secretsInterface = "org.freedesktop.Secret.Service"
	collectionFace   = "org.freedesktop.Secret.Collection"
	promptFace       = "org.freedesktop.Secret.Prompt"
	loginPath        = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
	noPath           = dbus.ObjectPath("/")
)

// Locked implements Lockable by reading the Locked property of the collection that
// go-keyring uses. go-keyring itself calls Unlock before every access, which shows
// a password dialog and waits for it without end; this is why it must not be
// reached while the collection is locked.
func (system) Locked(ctx context.Context) error {
	s, err := openService()
	if err != nil {
		return err
	}
	defer s.close()
	path, err := s.collection(ctx)
	if err != nil {
		return err
	}
	if path == noPath {
		return &Error{Op: "probe", Kind: ErrLocked, Detail: "there is no default keyring yet; unlocking makes one"}
	}
	v, err := s.property(ctx, path, collectionFace, "Locked")
	if err != nil {
		return err
	}
	if locked, ok := v.Value().(bool); !ok || locked {
		return &Error{Op: "probe", Kind: ErrLocked}
	}
	return nil
}

// Unlock implements Lockable. Where there is no default collection yet, it asks
// for a new one, as libsecret does.
func (system) Unlock(ctx context.Context) error {
	s, err := openService()
	if err != nil {
		return err
	}
	defer s.close()
	path, err := s.collection(ctx)
	if err != nil {
		return err
	}
	var prompt dbus.ObjectPath
	if path == noPath {
		properties := map[string]dbus.Variant{collectionFace + ".Label": dbus.MakeVariant("Default keyring")}
		var made dbus.ObjectPath
		err = s.call(ctx, secretsPath, secretsInterface+".CreateCollection", properties, "default").Store(&made, &prompt)
	} else {
		var unlocked []dbus.ObjectPath
		err = s.call(ctx, secretsPath, secretsInterface+".Unlock", []dbus.ObjectPath{path}).Store(&unlocked, &prompt)
	}
	if err != nil || prompt == noPath {
		return err
	}
	return s.answer(ctx, prompt)
}

// service is a connection of our own to the session bus: signals of a prompt do
// not mix with go-keyring's, and closing it leaves nothing behind.
type service struct{ conn *dbus.Conn }

func openService() (service, error) {
	if !findSessionBus() {
		return service{}, &Error{Op: "probe", Kind: ErrAbsent, Detail: "no session bus"}
	}
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		return service{}, err
	}
	return service{conn: conn}, nil
}

func (s service) close() { _ = s.conn.Close() }

func (s service) call(ctx context.Context, path dbus.ObjectPath, method string, args ...any) *dbus.Call {
	return s.conn.Object(secretsName, path).CallWithContext(ctx, method, 0, args...)
}

func (s service) property(ctx context.Context, path dbus.ObjectPath, face, name string) (dbus.Variant, error) {
	var v dbus.Variant
	err := s.call(ctx, path, "org.freedesktop.DBus.Properties.Get", face, name).Store(&v)
	return v, err
}

// collection returns the collection that go-keyring uses, by the same rule: login
// if there is one, else what the alias default names. noPath: there is none.
func (s service) collection(ctx context.Context) (dbus.ObjectPath, error) {
	v, err := s.property(ctx, secretsPath, secretsInterface, "Collections")
	if err != nil {
		return noPath, err
	}
	if paths, ok := v.Value().([]dbus.ObjectPath); ok && slices.Contains(paths, loginPath) {
		return loginPath, nil
	}
	var path dbus.ObjectPath
	err = s.call(ctx, secretsPath, secretsInterface+".ReadAlias", "default").Store(&path)
	return path, err
}

// answer shows a prompt and waits until it is completed. When ctx ends first it
// takes the dialog away again.
func (s service) answer(ctx context.Context, prompt dbus.ObjectPath) (err error) {
	defer func() {
		if ctx.Err() != nil && err != nil {
			s.conn.Object(secretsName, prompt).Go(promptFace+".Dismiss", dbus.FlagNoReplyExpected, nil)
		}
	}()
	match := []dbus.MatchOption{dbus.WithMatchObjectPath(prompt), dbus.WithMatchInterface(promptFace)}
	if err := s.conn.AddMatchSignalContext(ctx, match...); err != nil {
		return err
	}
	signals := make(chan *dbus.Signal, 4)
	s.conn.Signal(signals)
	if err := s.call(ctx, prompt, promptFace+".Prompt", "").Err; err != nil {
		return err
	}
	for {
		select {
		case signal, ok := <-signals:
			if !ok {
				return &Error{Op: "unlock", Kind: ErrAbsent, Detail: "the session bus went away"}
			}
			if signal.Path != prompt || signal.Name != promptFace+".Completed" || len(signal.Body) == 0 {
				continue
			}
			if dismissed, ok := signal.Body[0].(bool); !ok || dismissed {
				return &Error{Op: "unlock", Kind: ErrLocked, Detail: "the question was dismissed"}
			}
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// runUser is where godbus and systemd expect the bus of a session.
var runUser = "/run/user"

// findSessionBus reports whether there is a session bus to connect to. Without
// this look godbus would start one with dbus-launch, whose keyring nobody unlocks.
// godbus reads the environment and /run/user only; a socket elsewhere under
// XDG_RUNTIME_DIR is therefore put in the environment.
func findSessionBus() bool {
	if a := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); a != "" && a != "autolaunch:" {
		return true
	}
	for _, dir := range []string{os.Getenv("XDG_RUNTIME_DIR"), filepath.Join(runUser, strconv.Itoa(os.Getuid()))} {
		socket := filepath.Join(dir, "bus")
		// #nosec G703 -- the session's own folder, as the session names it; nothing is read
		if info, err := os.Stat(socket); dir != "" && err == nil && info.Mode()&os.ModeSocket != 0 {
			address := "unix:path=" + dbus.EscapeBusAddressValue(socket)
			return os.Setenv("DBUS_SESSION_BUS_ADDRESS", address) == nil
		}
	}
	return false
}
