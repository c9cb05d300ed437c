// Package loopback is the callback listener of a native application: a web
// server on the machine's own interface that takes exactly one answer from the
// browser (RFC 8252, 7.3). Everything else that reaches it is answered, counted
// and reported, and never ends the wait.
package loopback

import (
	"errors"
	"io"
	"time"
)

// Config says where the answer is expected and how to know it.
type Config struct {
	// RedirectURI is the address registered at the provider: http, and localhost,
	// 127.0.0.1 or [::1]. Port 0 in it stands for any free port (RFC 8252, 7.3).
	RedirectURI string
	// State is the value sent in the request (RFC 6749, 10.12). It may be empty
	// only together with AllowBare.
	State string
	// Expired holds the states of runs that are over. An answer with one of them is
	// Late, which is an accident, and not WrongState, which may be an attack.
	Expired []string
	// Pages renders what the browser shows. Nil answers with empty pages.
	Pages Pages
	// AllowBare accepts a GET without any parameter. Providers may drop the state
	// of a sign-out request, and then nothing but the visit itself comes back
	// (RP-Initiated Logout 1.0, 3). It also makes the accepted page the sign-out one.
	AllowBare bool

	limits limits // zero fields take the defaults; tests shorten them
}

// Pages renders what the browser shows. Page is data; the sentences are the
// implementation's.
type Pages interface {
	Render(w io.Writer, page Page) error
}

// limits bounds what a stranger on the same machine can make the listener do.
type limits struct {
	readHeader time.Duration // a client that dribbles its headers is cut off after this
	read       time.Duration // the same for the whole request
	write      time.Duration
	close      time.Duration // how long Close waits for the last page
	queue      time.Duration // how long a connection above conns waits before the oldest makes room
	holder     time.Duration // how long the search for a busy port's holder may take
	conns      int           // connections at once, both families together
	header     int           // bytes of request line and headers
	target     int           // bytes of the request target, for a tidy 414 below the header limit
	body       int64         // bytes of a form_post body
	buffer     int           // callbacks kept for a reader that is busy
}

func (l limits) withDefaults() limits {
	set(&l.readHeader, 5*time.Second)
	set(&l.read, 10*time.Second)
	set(&l.write, 10*time.Second)
	set(&l.close, time.Second)
	set(&l.queue, 250*time.Millisecond)
	set(&l.holder, 800*time.Millisecond)
	set(&l.conns, 256)
	set(&l.header, 64<<10)
	set(&l.target, 32<<10)
	set(&l.body, 64<<10)
	set(&l.buffer, 256)
	return l
}

func set[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// ErrNoState is returned by Listen when neither a state nor AllowBare is given:
// any visitor would then pass for the provider.
var ErrNoState = errors.New("loopback: a state is needed to recognise the answer")

// ErrClosed is returned by Offer after Close.
var ErrClosed = errors.New("loopback: the listener is closed")
