package keychain

import (
	"context"
	"errors"
	"fmt"

	keyring "github.com/zalando/go-keyring"
)

// The ways in which a call fails.
var (
	ErrNotFound = errors.New("no such entry in the keychain")
	ErrLocked   = errors.New("the keychain is locked")
	ErrAbsent   = errors.New("there is no keychain")
	ErrTimeout  = errors.New("the keychain did not answer in time")
	ErrTooBig   = errors.New("the value is too big for the keychain")
	ErrDenied   = errors.New("the keychain refused")
	ErrKey      = errors.New("not a name for a keychain entry")
)

// errBusy marks an ErrTimeout that is the fault of another call, not of the keychain.
var errBusy = errors.New("another call is waiting for the keychain")

// Error is a failed call. It says what was tried and how it failed; it never holds
// text from the backend, which might repeat a secret.
type Error struct {
	Op     string // get, set, delete, probe, unlock
	Kind   error  // one of the sentinel errors
	Detail string // the name or number of the platform's error; may be empty

	also error
}

// Error implements error.
func (e *Error) Error() string {
	if e.Detail == "" {
		return fmt.Sprintf("keychain: %s: %v", e.Op, e.Kind)
	}
	return fmt.Sprintf("keychain: %s: %v (%s)", e.Op, e.Kind, e.Detail)
}

// Unwrap makes errors.Is find the kind. The platform's error is not in the chain.
func (e *Error) Unwrap() []error {
	if e.also == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.also}
}

// classify turns an error of a backend into an Error, keeping of it only what can
// not hold a secret.
func classify(op string, err error) error {
	if err == nil {
		return nil
	}
	var own *Error
	if errors.As(err, &own) {
		return err
	}
	for _, kind := range []error{ErrNotFound, ErrLocked, ErrAbsent, ErrTimeout, ErrTooBig, ErrDenied, ErrKey} {
		if errors.Is(err, kind) {
			return &Error{Op: op, Kind: kind}
		}
	}
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return &Error{Op: op, Kind: ErrNotFound}
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return &Error{Op: op, Kind: ErrTooBig}
	case errors.Is(err, keyring.ErrUnsupportedPlatform):
		return &Error{Op: op, Kind: ErrAbsent, Detail: "unsupported platform"}
	case errors.Is(err, context.Canceled):
		return &Error{Op: op, Kind: context.Canceled}
	case errors.Is(err, context.DeadlineExceeded):
		return &Error{Op: op, Kind: ErrTimeout}
	}
	if detail, kind := platformKind(err); kind != nil {
		return &Error{Op: op, Kind: kind, Detail: detail}
	}
	return &Error{Op: op, Kind: ErrDenied, Detail: fmt.Sprintf("%T", err)}
}
