package keychain

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// busConfig is a session bus that starts no services by itself, so that a test sees
// only the keyring it has started, and no dialog can come up on a developer's screen.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%s</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

// privateBus is a session bus of a test's own, with a home of its own.
type privateBus struct {
	dir     string
	address string
	env     []string
}

// program finds a program that the tests need. That it is missing is a failure:
// tests that are skipped prove nothing.
func program(t *testing.T, name, debianPackage string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%s is not installed: install the Debian package %s", name, debianPackage)
	}
	return path
}

// startBus starts a bus and points this process to it.
func startBus(t *testing.T) *privateBus {
	t.Helper()
	daemon := program(t, "dbus-daemon", "dbus")
	dir, err := os.MkdirTemp("", "signbench") // t.TempDir may be too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	config := filepath.Join(dir, "bus.conf")
	text := fmt.Sprintf(busConfig, filepath.Join(dir, "bus"))
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	home := map[string]string{
		"HOME": dir, "XDG_RUNTIME_DIR": dir,
		"XDG_DATA_HOME": filepath.Join(dir, "data"), "XDG_CONFIG_HOME": filepath.Join(dir, "config"),
		"XDG_CACHE_HOME": filepath.Join(dir, "cache"),
		"DISPLAY":        "", "WAYLAND_DISPLAY": "", "GNOME_KEYRING_CONTROL": "",
	}
	b := &privateBus{dir: dir}
	for name, value := range home {
		t.Setenv(name, value)
	}
	cmd := exec.Command(daemon, "--config-file="+config, "--print-address", "--nofork", "--nopidfile")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	start(t, cmd)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("dbus-daemon printed no address: %v", err)
	}
	b.address = strings.TrimSpace(line)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", b.address)
	b.env = os.Environ()
	return b
}

// start runs a program until the test ends, and stops it by its process ID.
func start(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
}

const loginPassword = "the login password"

// startKeyring starts the real gnome-keyring on the bus and waits until its login
// collection is there.
func (b *privateBus) startKeyring(t *testing.T) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(program(t, "gnome-keyring-daemon", "gnome-keyring"), "--foreground", "--unlock", "--components=secrets")
	cmd.Env = b.env
	cmd.Stdin = strings.NewReader(loginPassword)
	start(t, cmd)
	b.waitFor(t, "gnome-keyring to make its login collection", func(s service) bool {
		path, err := s.collection(t.Context())
		return err == nil && path == loginPath
	})
	return cmd
}

// waitFor asks the Secret Service until it answers as it should, for up to a
// minute: a busy machine is slow, a broken one is told apart by then.
func (b *privateBus) waitFor(t *testing.T, what string, ready func(service) bool) {
	t.Helper()
	s := b.connect(t)
	defer s.close()
	for range 600 {
		if ready(s) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("waited in vain for %s", what)
}

func (b *privateBus) connect(t *testing.T) service {
	t.Helper()
	conn, err := dbus.Connect(b.address)
	if err != nil {
		t.Fatal(err)
	}
	return service{conn: conn}
}

// lock locks the login collection, as the desktop does when the session is locked.
func (b *privateBus) lock(t *testing.T) {
	t.Helper()
	s := b.connect(t)
	defer s.close()
	if err := s.call(t.Context(), secretsPath, secretsInterface+".Lock", []dbus.ObjectPath{loginPath}).Err; err != nil {
		t.Fatal(err)
	}
}

// unlock gives the running gnome-keyring the password as pam_gnome_keyring does at
// a login: over its control socket, one byte for the credentials, then length,
// operation (1 is unlock) and password. The answer is a length and a result, 0 for done.
func (b *privateBus) unlock(t *testing.T) {
	t.Helper()
	conn, err := net.Dial("unix", filepath.Join(b.dir, "keyring", "control"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	message := []byte{0}
	for _, n := range []int{12 + len(loginPassword), 1, len(loginPassword)} {
		message = binary.BigEndian.AppendUint32(message, uint32(n))
	}
	if _, err := conn.Write(append(message, loginPassword...)); err != nil {
		t.Fatal(err)
	}
	answer := make([]byte, 8)
	if _, err := io.ReadFull(conn, answer); err != nil {
		t.Fatal(err)
	}
	if result := binary.BigEndian.Uint32(answer[4:]); result != 0 {
		t.Fatalf("gnome-keyring did not unlock: result %d", result)
	}
}

// items counts the entries in the login collection.
func (b *privateBus) items(t *testing.T) int {
	t.Helper()
	s := b.connect(t)
	defer s.close()
	v, err := s.property(t.Context(), loginPath, collectionFace, "Items")
	if err != nil {
		t.Fatal(err)
	}
	return len(v.Value().([]dbus.ObjectPath))
}
