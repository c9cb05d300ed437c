package e2e

import (
	"encoding/binary"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// kept is everything that the desktop's real keychain keeps for the program, as
// secret-tool tells it.
func kept(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("secret-tool", "search", "--all", "service", "io.signbench").CombinedOutput()
	if err != nil && len(out) > 0 { // it fails without a word when there is nothing
		t.Fatalf("secret-tool: %v: %s", err, out)
	}
	return string(out)
}

// emptyKeyring takes out what tests before have left.
func emptyKeyring(t *testing.T) {
	t.Helper()
	_ = exec.Command("secret-tool", "clear", "service", "io.signbench").Run() // fails when there is nothing
	if left := kept(t); strings.Contains(left, "secret = ") {
		t.Fatalf("the keychain is not empty:\n%s", left)
	}
}

const loginCollection dbus.ObjectPath = "/org/freedesktop/secrets/collection/login"

// lockKeyring locks the keychain, as the desktop does when its user goes away.
func lockKeyring(t *testing.T) {
	t.Helper()
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = bus.Close() }()
	secrets := bus.Object("org.freedesktop.secrets", "/org/freedesktop/secrets")
	if err := secrets.Call("org.freedesktop.Secret.Service.Lock", 0, []dbus.ObjectPath{loginCollection}).Err; err != nil {
		t.Fatal(err)
	}
	locked, err := bus.Object("org.freedesktop.secrets", loginCollection).GetProperty("org.freedesktop.Secret.Collection.Locked")
	if err != nil || locked.Value() != true {
		t.Fatalf("locked: %v, %v", locked, err)
	}
}

// unlockKeyring gives gnome-keyring the password as a login does, over its control
// socket: one byte for the credentials, then length, operation (1 is unlock) and
// password. The answer is a length and a result, 0 for done.
func unlockKeyring(t *testing.T) {
	t.Helper()
	password := os.Getenv("SIGNBENCH_KEYRING_PASSWORD")
	conn, err := net.Dial("unix", filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "keyring", "control"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	message := []byte{0}
	for _, n := range []int{12 + len(password), 1, len(password)} {
		message = binary.BigEndian.AppendUint32(message, uint32(n))
	}
	if _, err := conn.Write(append(message, password...)); err != nil {
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

// answerKeyring types the password into the keychain's own question, or refuses when
// there is none to type, and waits until the question is gone.
func answerKeyring(t *testing.T, password string) {
	t.Helper()
	asked := func() string {
		found, _ := exec.Command("xdotool", "search", "--onlyvisible", "--class", "gcr-prompter").Output() // fails while there is none
		id, _, _ := strings.Cut(strings.TrimSpace(string(found)), "\n")
		return id
	}
	until(t, "the keychain's question", func() bool { return asked() != "" })
	until(t, "its keyboard", func() bool {
		return exec.Command("xdotool", "windowfocus", "--sync", asked()).Run() == nil
	})
	time.Sleep(10 * often) // it takes the keyboard for itself when it is painted
	if password == "" {
		run(t, "xdotool", "key", "Escape")
	} else {
		run(t, "xdotool", "type", "--delay", "40", password)
		run(t, "xdotool", "key", "Return")
	}
	until(t, "the end of the question", func() bool { return asked() == "" })
}
