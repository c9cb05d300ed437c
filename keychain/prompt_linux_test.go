package keychain

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
)

const promptPath = dbus.ObjectPath("/org/freedesktop/secrets/prompt/p1")

// secretService is as much of a Secret Service as a lock needs, with a user whose
// answer to the question the test decides.
type secretService struct {
	conn *dbus.Conn

	mu         sync.Mutex
	collection dbus.ObjectPath // noPath: no default collection yet
	locked     bool
	noPrompt   bool // unlocking needs no password
	made       bool

	shown   chan struct{} // the question is on the screen
	gone    chan struct{} // the question was taken away
	answers chan bool     // dismissed?
}

func (b *privateBus) serve(t *testing.T, s *secretService) {
	t.Helper()
	s.conn = b.connect(t).conn
	t.Cleanup(func() { _ = s.conn.Close() })
	s.shown, s.gone, s.answers = make(chan struct{}, 9), make(chan struct{}, 9), make(chan bool, 9)
	for path, faces := range map[dbus.ObjectPath][]string{
		secretsPath: {secretsInterface, "org.freedesktop.DBus.Properties"},
		"/org/freedesktop/secrets/collection/other": {"org.freedesktop.DBus.Properties"},
		promptPath: {promptFace},
	} {
		for _, face := range faces {
			if err := s.conn.Export(s, path, face); err != nil {
				t.Fatal(err)
			}
		}
	}
	if reply, err := s.conn.RequestName(secretsName, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("%v, %v", reply, err)
	}
}

// Get is org.freedesktop.DBus.Properties.Get.
func (s *secretService) Get(_, name string) (dbus.Variant, *dbus.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch name {
	case "Collections":
		return dbus.MakeVariant([]dbus.ObjectPath{"/org/freedesktop/secrets/collection/session"}), nil
	case "Locked":
		return dbus.MakeVariant(s.locked), nil
	}
	return dbus.Variant{}, dbus.NewError("org.freedesktop.DBus.Error.UnknownProperty", nil)
}

// ReadAlias, Unlock and CreateCollection are org.freedesktop.Secret.Service.
func (s *secretService) ReadAlias(string) (dbus.ObjectPath, *dbus.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.collection, nil
}

func (s *secretService) Unlock(paths []dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.noPrompt {
		s.locked = false
		return paths, noPath, nil
	}
	return []dbus.ObjectPath{}, promptPath, nil
}

func (s *secretService) CreateCollection(map[string]dbus.Variant, string) (dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made = true
	return noPath, promptPath, nil
}

// Prompt and Dismiss are org.freedesktop.Secret.Prompt.
func (s *secretService) Prompt(string) *dbus.Error {
	s.shown <- struct{}{}
	go func() {
		dismissed := <-s.answers
		s.mu.Lock()
		if !dismissed {
			s.locked, s.collection = false, "/org/freedesktop/secrets/collection/other"
		}
		s.mu.Unlock()
		// A signal of another object comes first: it must not be taken for the answer.
		_ = s.conn.Emit("/org/freedesktop/secrets/prompt/p0", promptFace+".Completed", !dismissed, dbus.MakeVariant(""))
		_ = s.conn.Emit(promptPath, promptFace+".Completed", dismissed, dbus.MakeVariant(""))
	}()
	return nil
}

func (s *secretService) Dismiss() *dbus.Error {
	s.gone <- struct{}{}
	s.answers <- true
	return nil
}

func locked() *secretService {
	return &secretService{collection: "/org/freedesktop/secrets/collection/other", locked: true}
}

func TestPromptAnswered(t *testing.T) {
	s := locked()
	startBus(t).serve(t, s)
	if err := (system{}).Locked(t.Context()); !errors.Is(err, ErrLocked) {
		t.Fatalf("Locked: %v", err)
	}
	s.answers <- false
	if err := (system{}).Unlock(t.Context()); err != nil {
		t.Fatalf("Unlock: %v", err)
	}
	if err := (system{}).Locked(t.Context()); err != nil {
		t.Errorf("Locked: %v", err)
	}
	if len(s.shown) != 1 {
		t.Errorf("%d questions", len(s.shown))
	}
}

func TestPromptDismissed(t *testing.T) {
	s := locked()
	startBus(t).serve(t, s)
	s.answers <- true
	if err := (system{}).Unlock(t.Context()); !errors.Is(err, ErrLocked) {
		t.Errorf("Unlock: %v", err)
	}
}

// Cancel takes the dialog off the screen.
func TestPromptCancelled(t *testing.T) {
	s := locked()
	startBus(t).serve(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-s.shown; cancel() }()
	if err := (system{}).Unlock(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Unlock: %v", err)
	}
	<-s.gone
}

func TestUnlockWithoutPrompt(t *testing.T) {
	s := locked()
	s.noPrompt = true
	startBus(t).serve(t, s)
	if err := (system{}).Unlock(t.Context()); err != nil {
		t.Error(err)
	}
}

// A user who never had a keyring: that counts as locked, and unlocking makes one.
func TestNoDefaultCollection(t *testing.T) {
	s := &secretService{collection: noPath}
	startBus(t).serve(t, s)
	if err := (system{}).Locked(t.Context()); !errors.Is(err, ErrLocked) {
		t.Fatalf("Locked: %v", err)
	}
	s.answers <- false
	if err := (system{}).Unlock(t.Context()); err != nil {
		t.Fatalf("Unlock: %v", err)
	}
	s.mu.Lock()
	made := s.made
	s.mu.Unlock()
	if !made {
		t.Error("no collection was made")
	}
	if err := (system{}).Locked(t.Context()); err != nil {
		t.Errorf("Locked: %v", err)
	}
}
