package ui

import (
	"context"
	"slices"
	"testing"
	"time"
)

// What was asked for last wins: over work that goes on, whose context ends, and over
// work that is done and whose result has not been applied yet.
func TestTheLatestWins(t *testing.T) {
	results := make(chan func(), 3)
	l := &latest{c: &crossing{do: func(f func()) { results <- f }, ctx: t.Context()}}
	var got []string
	ask := func(name string, until <-chan struct{}) <-chan error {
		ended := make(chan error, 1)
		l.background(func(ctx context.Context) func() {
			<-until
			ended <- ctx.Err()
			return func() { got = append(got, name) }
		})
		return ended
	}
	now, later := make(chan struct{}), make(chan struct{})
	close(now)

	slow := ask("slow", later)
	ask("newer", now)
	(<-results)()
	close(later)
	(<-results)()
	if err := <-slow; err == nil {
		t.Error("older work is not told to end")
	}

	ask("done", now)
	late := <-results
	ask("newest", now)
	late()
	(<-results)()
	if want := []string{"newer", "newest"}; !slices.Equal(got, want) {
		t.Errorf("applied %q, want %q", got, want)
	}
}

// The disk and the keychain may both hang when the window is closed.
func TestTheWindowEndsAlthoughNothingElseDoes(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	c := &crossing{do: func(func()) {}, ctx: ctx}
	disk, vault := &queue{c: c}, &queue{c: c}
	hang := make(chan struct{})
	defer close(hang)
	for _, q := range []*queue{disk, vault} {
		q.add(func(context.Context) func() { <-hang; return nil })
	}
	c.finish(stop, time.Millisecond, disk, vault)
	if ctx.Err() == nil {
		t.Error("what still runs is not told to end")
	}
}
