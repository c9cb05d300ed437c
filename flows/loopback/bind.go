package loopback

import (
	"context"
	"fmt"
	"net"
	"net/netip"
)

// PortTakenError says that another program listens where the answer is expected.
type PortTakenError struct {
	Port   int
	Holder *Process // nil when the system does not say
	Free   int      // the next port above that is free now; 0 when none was found
}

func (e *PortTakenError) Error() string {
	if e.Holder == nil {
		return fmt.Sprintf("loopback: port %d is taken", e.Port)
	}
	return fmt.Sprintf("loopback: port %d is taken by %s (process %d)", e.Port, e.Holder.Name, e.Holder.PID)
}

// Process is a program that runs on this machine.
type Process struct {
	PID  int
	Name string // of the executable, without its folder
}

const (
	anyPortAttempts = 20  // how often a port free in one family may be taken in the other
	freeSearch      = 200 // ports above the taken one that are tried
)

// bind opens every address of the target at the same port. A family that this
// machine does not have is left out; a port that another program holds in either
// family is an error, because the browser might reach that program instead, and
// hand it the code.
func bind(ctx context.Context, t *target, lim limits) ([]net.Listener, error) {
	if t.port == 0 {
		return bindAny(ctx, t.addrs)
	}
	opened, err := bindAll(ctx, t.addrs, t.port)
	if err == nil || !portTaken(err) {
		return opened, err
	}
	taken := &PortTakenError{Port: t.port, Free: nextFree(ctx, t.addrs, t.port)}
	search, cancel := context.WithTimeout(ctx, lim.holder)
	defer cancel()
	taken.Holder = findHolder(search, t.port)
	return nil, taken
}

// bindAny lets the system choose a port for the first family and asks for the
// same one in the next; when that one is taken there, the choice is made anew.
func bindAny(ctx context.Context, addrs []netip.Addr) (opened []net.Listener, err error) {
	for range anyPortAttempts {
		opened, err = bindAll(ctx, addrs, 0)
		if err == nil || !portTaken(err) {
			break
		}
	}
	return opened, err
}

func bindAll(ctx context.Context, addrs []netip.Addr, port int) ([]net.Listener, error) {
	var opened []net.Listener
	var absent error
	for _, addr := range addrs {
		ln, err := bindOne(ctx, addr, port)
		if err != nil {
			if familyAbsent(err) {
				absent = err
				continue
			}
			closeAll(opened)
			return nil, err
		}
		opened = append(opened, ln)
		port = portOf(ln)
	}
	if len(opened) == 0 {
		return nil, absent
	}
	return opened, nil
}

func bindOne(ctx context.Context, addr netip.Addr, port int) (net.Listener, error) {
	network := "tcp4"
	if addr.Is6() {
		network = "tcp6"
	}
	config := net.ListenConfig{Control: exclusive}
	config.SetMultipathTCP(false)                // one path is all that loopback has
	at := netip.AddrPortFrom(addr, uint16(port)) // #nosec G115 -- parseTarget and nextFree keep ports below 65536
	ln, err := config.Listen(ctx, network, at.String())
	if err != nil {
		return nil, fmt.Errorf("loopback: listen on %s: %w", at, err)
	}
	return ln, nil
}

// nextFree finds the next port above that could be bound instead.
func nextFree(ctx context.Context, addrs []netip.Addr, port int) int {
	for p := port + 1; p <= min(port+freeSearch, 65535) && ctx.Err() == nil; p++ {
		opened, err := bindAll(ctx, addrs, p)
		if err == nil {
			closeAll(opened)
			return p
		}
	}
	return 0
}

func closeAll(listeners []net.Listener) {
	for _, ln := range listeners {
		_ = ln.Close() // nothing was accepted yet, so nothing is lost
	}
}

func portOf(ln net.Listener) int {
	if addr, ok := ln.Addr().(*net.TCPAddr); ok {
		return addr.Port
	}
	return 0
}
