package keychain

import (
	"errors"
	"testing"
	"time"
)

// Whoever asks whether the keychain can be used gets an answer, also when nobody has
// looked before.
func TestUsableLooksWhenNobodyHas(t *testing.T) {
	f := newFake()
	k := New(Options{Backend: f, ReadTimeout: time.Minute})
	if state, ok := k.Usable(); !ok || state != string(Available) || k.Status().State != Available {
		t.Errorf("%s, %v", state, ok)
	}
	looked := len(f.calls)
	if _, ok := k.Usable(); !ok || len(f.calls) != looked {
		t.Errorf("looked again: %v", f.calls)
	}
	f = newFake()
	f.before = func(string, string) error { return errors.New("refused") }
	if state, ok := New(Options{Backend: f, ReadTimeout: time.Minute}).Usable(); ok || state == string(Unknown) {
		t.Errorf("%s, %v", state, ok)
	}
}
