package terminal_test

import (
	"context"
	"strings"
	"testing"

	"signbench/flows"
	"signbench/ui/terminal"
)

// keyboard is standard input at which nobody types: it tells that somebody waits there.
type keyboard struct {
	asked chan struct{}
	never chan struct{}
}

func (k keyboard) Read([]byte) (int, error) {
	close(k.asked)
	<-k.never
	return 0, context.Canceled
}

// Ctrl-C ends a command also while it waits for somebody to type.
func TestCtrlCAtTheKeyboard(t *testing.T) {
	for _, args := range [][]string{
		{"inspect"},
		{"check", "--issuer", "https://a.example", "--app-id", "x", "--secret-stdin"},
	} {
		t.Run(args[0], func(t *testing.T) {
			in := keyboard{make(chan struct{}), make(chan struct{})}
			t.Cleanup(func() { close(in.never) })
			ctx, interrupt := context.WithCancel(t.Context())
			dir := t.TempDir()
			var out, said strings.Builder
			status := make(chan terminal.Status, 1)
			go func() {
				status <- terminal.Main(ctx, terminal.Program{
					In: in, Out: &out, Err: &said, Getenv: func(string) string { return "" },
					Open: func(string) (terminal.Bench, error) {
						return terminal.Bench{Dir: dir, Engine: flows.New(flows.Config{})}, nil
					},
				}, args)
			}()
			<-in.asked
			interrupt()
			if got := <-status; got != terminal.StatusInterrupted || out.Len() > 0 || !strings.Contains(said.String(), "interrupted") {
				t.Errorf("status %d, %q, %q", got, &out, &said)
			}
		})
	}
}
