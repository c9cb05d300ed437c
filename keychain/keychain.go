package keychain

import (
	"context"
	"sync"
	"time"
)

// Key names one value: a profile, and what of it is kept. Both halves become part
// of the entry's name in the keychain, where the user can see them.
type Key struct{ Profile, Kind string }

// The kinds of value that Signbench keeps for a profile.
const (
	KindClientSecret  = "client_secret"
	KindAdministrator = "administrator" // the secret for the Management API of the tenant
	KindSession       = "session"
	KindBench         = "bench" // what follows is the connector bench whose secrets they are
)

// Where says where a value is kept.
type Where string

// The two places. InMemory means until the process ends.
const (
	InKeychain Where = "keychain"
	InMemory   Where = "memory"
)

// Backend is what Keychain needs of a platform: single entries by service and
// user. Get and Delete answer go-keyring's ErrNotFound, or this package's, when
// there is no such entry.
type Backend interface {
	Get(service, user string) (string, error)
	Set(service, user, value string) error
	Delete(service, user string) error
}

// Lockable is what a Backend may offer besides: to tell that it is locked, and to
// ask the user for the password. Without it, the platform asks by itself when it
// sees fit.
type Lockable interface {
	// Locked returns nil when entries can be read, and an error that matches
	// ErrLocked, ErrAbsent or ErrDenied otherwise. It never shows anything.
	Locked(ctx context.Context) error
	// Unlock asks the user, and returns when the user has answered or ctx ends.
	Unlock(ctx context.Context) error
}

// Options of a Keychain. The zero value is what the program uses.
type Options struct {
	Service      string        // names the program in the keychain; "io.signbench"
	Backend      Backend       // nil: the platform's, through go-keyring
	BackendName  string        // what the platform's keychain is called; "" for the platform's own
	ReadTimeout  time.Duration // limit of Get, Delete and Probe; 3 s
	WriteTimeout time.Duration // limit of Set and Unlock, which may wait for the user; 60 s
}

// Service is the name under which the program's entries stand in the keychain. It
// is the application's domain, stable for good, and no prefix of another.
const Service = "io.signbench"

// The limits of a call when Options does not set them.
const (
	DefaultReadTimeout  = 3 * time.Second
	DefaultWriteTimeout = 60 * time.Second
)

// Keychain keeps values. It may be used from any goroutine.
type Keychain struct {
	vault    vault
	lockable Lockable // nil when the backend can not tell
	read     time.Duration
	write    time.Duration
	slot     chan struct{} // held by the one call that is inside the backend
	prompt   chan struct{} // held while the user is asked to unlock

	mu       sync.Mutex
	orphan   *job // a call that outlived its caller; nil when there is none
	status   Status
	pending  map[Key]entry // newer than the keychain, and what Get answers first
	seq      uint64
	declined bool // the user dismissed the question that a Set caused; do not ask again by ourselves

	observers  []func(Status)
	told       Status
	delivering bool
}

// New returns a Keychain whose status is Unknown until Probe, or the first call
// that needs to know, has looked.
func New(o Options) *Keychain {
	if o.Service == "" {
		o.Service = Service
	}
	if o.Backend == nil {
		o.Backend = system{}
	}
	if o.BackendName == "" {
		o.BackendName = systemName
	}
	if o.ReadTimeout <= 0 {
		o.ReadTimeout = DefaultReadTimeout
	}
	if o.WriteTimeout <= 0 {
		o.WriteTimeout = DefaultWriteTimeout
	}
	lockable, _ := o.Backend.(Lockable)
	start := Status{State: Unknown, Backend: o.BackendName}
	return &Keychain{
		vault:    vault{backend: o.Backend, service: o.Service},
		lockable: lockable,
		read:     o.ReadTimeout,
		write:    o.WriteTimeout,
		slot:     make(chan struct{}, 1),
		prompt:   make(chan struct{}, 1),
		status:   start,
		told:     start,
		pending:  make(map[Key]entry),
	}
}
