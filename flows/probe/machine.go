package probe

import (
	"context"
	"errors"
	"strconv"
	"time"

	"signbench/flows/fault"
)

// checkMachine asks what this machine can do, side by side with the rest: the
// keychain's service may take its time.
func (r *run) checkMachine(ctx context.Context) {
	if r.machine.Port != nil {
		r.local(ctx, func() { r.checkPort(ctx) })
	}
	if r.machine.Browser != nil {
		r.local(ctx, func() {
			started := time.Now()
			name, ok := r.machine.Browser()
			reason := "none"
			if ok {
				reason = "found"
			}
			r.say("machine.browser", reason, got(name), took(started))
		})
	}
	if r.machine.Keychain != nil {
		r.local(ctx, func() {
			started := time.Now()
			state, ok := r.machine.Keychain()
			reason := state
			switch {
			case ok:
				reason = "usable"
			case VerdictOf("machine.keychain", state) == "":
				reason = "unusable"
			}
			r.say("machine.keychain", reason, got(state), took(started))
		})
	}
}

// local asks this machine, and does not wait for it beyond the end of the run: a
// keychain whose service hangs takes no context. What comes later is not emitted.
func (r *run) local(ctx context.Context, ask func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		ask()
	}()
	r.group.Go(func() {
		select {
		case <-done:
		case <-ctx.Done():
		}
	})
}

func took(started time.Time) option {
	return func(row *Row) { row.Took = time.Since(started) }
}

func (r *run) checkPort(ctx context.Context) {
	uri := r.profile.Client.RedirectURI
	started := time.Now()
	err := r.machine.Port(ctx, uri)
	var known *PortError
	switch {
	case err == nil:
		r.say("machine.port", "free", got(uri), took(started))
	case ctx.Err() != nil && errors.Is(err, ctx.Err()):
	case errors.As(err, &known) && known.Reason == PortNotLoopback:
		r.say("machine.port", "not_loopback", got(uri), took(started))
	case errors.As(err, &known) && known.Reason == PortTaken:
		free := option(func(*Row) {})
		if known.Free != 0 {
			free = func(row *Row) {
				row.Params["free_port"], row.Remedy = strconv.Itoa(known.Free), fault.UsePort
			}
		}
		r.say("machine.port", "taken", want(uri), got(known.Holder), took(started), free)
	default:
		r.say("machine.port", "unusable", want(uri), got(err.Error()), took(started))
	}
}
