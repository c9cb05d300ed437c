package loopback

import (
	"container/list"
	"context"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// gate bounds the connections of both families together. When it is full a new
// connection waits a moment for one to end, and then the oldest is closed in its
// favour: a client that holds connections open and says nothing cannot keep the
// browser out.
type gate struct {
	slots   chan struct{}
	queue   time.Duration
	header  int
	onLarge func(remote string, size int64)

	mu      sync.Mutex
	conns   *list.List // of *conn, oldest first
	closing bool
}

func newGate(lim limits, onLarge func(remote string, size int64)) *gate {
	return &gate{
		slots:   make(chan struct{}, lim.conns),
		queue:   lim.queue,
		header:  lim.header,
		onLarge: onLarge,
		conns:   list.New(),
	}
}

// admit takes a slot for a connection that was accepted.
func (g *gate) admit(raw net.Conn) *conn {
	select {
	case g.slots <- struct{}{}:
	default:
		g.admitFull()
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	c := &conn{Conn: raw, gate: g}
	c.place = g.conns.PushBack(c)
	if g.closing {
		_ = raw.Close() // the server finds it closed, and forgets it
	}
	return c
}

func (g *gate) admitFull() {
	patience := time.NewTicker(g.queue)
	defer patience.Stop()
	for {
		select {
		case g.slots <- struct{}{}:
			return
		case <-patience.C:
			if c := g.oldest(); c != nil {
				_ = c.Close()
			}
		}
	}
}

func (g *gate) oldest() *conn {
	g.mu.Lock()
	defer g.mu.Unlock()
	if front := g.conns.Front(); front != nil {
		return front.Value.(*conn)
	}
	return nil
}

// closeSilent closes the connections on which no whole request has come, such as
// those that browsers open in advance, and every later one: Shutdown would wait
// for them.
func (g *gate) closeSilent() {
	g.mu.Lock()
	g.closing = true
	var silent []*conn
	for e := g.conns.Front(); e != nil; e = e.Next() {
		if c := e.Value.(*conn); !c.begun.Load() {
			silent = append(silent, c)
		}
	}
	g.mu.Unlock()
	for _, c := range silent {
		_ = c.Close()
	}
}

// gatedListener is a listener whose connections pass the gate.
type gatedListener struct {
	net.Listener
	gate *gate
}

func (l gatedListener) Accept() (net.Conn, error) {
	raw, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return l.gate.admit(raw), nil
}

// conn knows whether a request was read from it and how much came before that.
// net/http answers headers that are too large by itself, without calling the
// handler; this is how such a request is still seen.
type conn struct {
	net.Conn
	gate  *gate
	place *list.Element
	read  atomic.Int64
	begun atomic.Bool // a whole request header was read
	ended sync.Once
}

func (c *conn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.read.Add(int64(n))
	return n, err
}

// CloseWrite is looked for by net/http, which sends its last words this way.
func (c *conn) CloseWrite() error {
	if tcp, ok := c.Conn.(*net.TCPConn); ok {
		return tcp.CloseWrite()
	}
	return nil
}

func (c *conn) Close() error {
	err := c.Conn.Close()
	c.ended.Do(func() {
		c.gate.mu.Lock()
		c.gate.conns.Remove(c.place)
		c.gate.mu.Unlock()
		<-c.gate.slots
		if size := c.read.Load(); !c.begun.Load() && size > int64(c.gate.header) {
			c.gate.onLarge(c.RemoteAddr().String(), size)
		}
	})
	return err
}

// connKey carries the connection to the handler.
type connKey struct{}

func withConn(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, c)
}

// markBegun notes that a whole request came on this connection. It is never taken
// back: keep-alive is off, so there is no second request.
func markBegun(ctx context.Context) {
	if c, ok := ctx.Value(connKey{}).(*conn); ok {
		c.begun.Store(true)
	}
}
