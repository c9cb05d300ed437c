package ui

import (
	"context"
	"sync"
	"time"

	"signbench/flows"
)

// frame is how long events are gathered before they cross to the window's thread.
const frame = 16 * time.Millisecond

// Dispatcher runs a function on the window's thread. It is the one way there from
// any other goroutine: fyne.Do in the program, a loop of the test's own in tests.
type Dispatcher func(func())

// crossing is where goroutines and the window's thread meet.
type crossing struct {
	do  Dispatcher
	ctx context.Context // ends with the window

	mu   sync.Mutex
	busy sync.WaitGroup
	shut bool
}

// follow brings the events of a run to the window's thread, in batches.
func (c *crossing) follow(run *flows.Run, apply func([]flows.Event)) {
	c.start(func() {
		run.Log().Follow(c.ctx, frame, func(events []flows.Event) { c.do(func() { apply(events) }) })
	})
}

// background does work off the window's thread. What it returns, if anything, is
// then done on the window's thread.
func (c *crossing) background(work func(context.Context) func()) {
	c.start(func() {
		if then := work(c.ctx); then != nil {
			c.do(then)
		}
	})
}

// latest does work in the background that is asked for again before it is done, as
// by each key of a search: what was asked for last wins. It belongs to the window's
// thread.
type latest struct {
	c    *crossing
	stop context.CancelFunc
}

// background is that of crossing, and ends the work before it: its context is done,
// and what it returns is not applied any more.
func (l *latest) background(work func(context.Context) func()) {
	if l.stop != nil {
		l.stop()
	}
	ctx, stop := context.WithCancel(l.c.ctx)
	l.stop = stop
	l.c.background(func(context.Context) func() {
		then := work(ctx)
		return func() {
			if ctx.Err() == nil && then != nil {
				then()
			}
		}
	})
}

// after does f on the window's thread when d has passed, unless it is stopped.
func (c *crossing) after(d time.Duration, f func()) *time.Timer {
	return time.AfterFunc(d, func() {
		if c.ctx.Err() == nil {
			c.do(f)
		}
	})
}

func (c *crossing) start(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.shut {
		return
	}
	c.busy.Add(1)
	go func() {
		defer c.busy.Done()
		f()
	}()
}

// finish lets the queues run dry, stops everything else, and waits for both, but
// not longer than limit: a keychain that hangs must not keep the program alive.
func (c *crossing) finish(stop context.CancelFunc, limit time.Duration, queues ...*queue) {
	patience, done := context.WithTimeout(context.Background(), limit)
	defer done()
	for _, q := range queues {
		select {
		case <-q.dry():
		case <-patience.Done():
		}
	}
	c.mu.Lock()
	c.shut = true
	c.mu.Unlock()
	stop()
	idle := make(chan struct{})
	go func() { c.busy.Wait(); close(idle) }()
	select {
	case <-idle:
	case <-patience.Done():
	}
}

// queue does jobs one after the other in the order in which they were added, so
// that an older value is never written over a newer one.
type queue struct {
	c *crossing

	mu      sync.Mutex
	jobs    []func(context.Context) func()
	running bool
}

func (q *queue) add(job func(context.Context) func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.jobs = append(q.jobs, job)
	if q.running {
		return
	}
	q.running = true
	q.c.start(q.drain)
}

// dry is closed when every job added so far has been done.
func (q *queue) dry() <-chan struct{} {
	done := make(chan struct{})
	q.add(func(context.Context) func() { close(done); return nil })
	return done
}

func (q *queue) drain() {
	for {
		q.mu.Lock()
		if len(q.jobs) == 0 {
			q.running = false
			q.mu.Unlock()
			return
		}
		job := q.jobs[0]
		q.jobs = q.jobs[1:]
		q.mu.Unlock()
		if then := job(q.c.ctx); then != nil {
			q.c.do(then)
		}
	}
}
