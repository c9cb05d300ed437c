package probe_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"signbench/flows/demo"
	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/flows/trace"
)

// bench is one set-up to check, with everything that crossed the wire kept.
type bench struct {
	t       *testing.T
	base    http.RoundTripper
	setup   probe.Setup
	machine probe.Machine

	mu        sync.Mutex
	exchanges map[int]*trace.Exchange
	rows      map[string]probe.Row
	order     []string
}

// machine is one that can do everything.
func machine() probe.Machine {
	return probe.Machine{
		Port:     func(context.Context, string) error { return nil },
		Browser:  func() (string, bool) { return "a browser", true },
		Keychain: func() (string, bool) { return "unlocked", true },
	}
}

// newBench is a demo tenant that nothing is wrong with, and the app that is
// registered there.
func newBench(t *testing.T, faults ...demo.Fault) *bench {
	t.Helper()
	tenant := demo.New(demo.Options{Faults: faults, Slow: time.Hour})
	server := httptest.NewServer(tenant.Handler())
	t.Cleanup(server.Close)
	p := oauth.NewProfile(oauth.KindLogto, "Demo")
	p.Endpoint = server.URL
	p.Client.ID = demo.AppID
	return &bench{
		t: t, base: server.Client().Transport, machine: machine(),
		setup: probe.Setup{Profile: p, Secret: oauth.Secret(demo.AppSecret)},
	}
}

// run runs the check and holds it to what is true of every run.
func (b *bench) run(ctx context.Context) {
	b.t.Helper()
	b.exchanges, b.rows, b.order = map[int]*trace.Exchange{}, map[string]probe.Row{}, nil
	recorder := trace.NewRecorder(oauth.NewRunID(), time.Now, func(ex *trace.Exchange) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.exchanges[ex.ID] = ex
	})
	client := &http.Client{Transport: &trace.Transport{Base: b.base, Recorder: recorder}}
	probe.Run(ctx, client, b.setup, b.machine, func(row probe.Row) {
		if _, twice := b.rows[row.ID]; twice {
			b.t.Errorf("%s was emitted twice", row.ID)
		}
		b.rows[row.ID] = row
		b.order = append(b.order, row.ID)
	})
	b.hold(ctx)
}

// hold checks what every run must keep to.
func (b *bench) hold(ctx context.Context) {
	b.t.Helper()
	planned := probe.Plan(b.setup)
	for _, p := range planned {
		if _, ok := b.rows[p.ID]; !ok {
			b.t.Errorf("%s was planned and not emitted", p.ID)
		}
	}
	if len(b.rows) > len(planned) {
		b.t.Errorf("%d rows were emitted, %d planned", len(b.rows), len(planned))
	}
	for id, row := range b.rows {
		if !slices.Contains(probe.Reasons(id), row.Reason) || row.Verdict != probe.VerdictOf(id, row.Reason) || row.Verdict == "" {
			b.t.Errorf("%s: %s %q is not declared", id, row.Verdict, row.Reason)
		}
		if row.Reason == "cancelled" && ctx.Err() == nil {
			b.t.Errorf("%s was forgotten", id)
		}
		for _, e := range row.Evidence {
			b.mu.Lock()
			if b.exchanges[e] == nil {
				b.t.Errorf("%s names exchange %d, which is not recorded", id, e)
			}
			b.mu.Unlock()
		}
	}
	b.holdRequests()
	b.holdTexts()
}

func (b *bench) want(id string, verdict probe.Verdict, reason string) probe.Row {
	b.t.Helper()
	row := b.rows[id]
	if row.Verdict != verdict || row.Reason != reason {
		b.t.Errorf("%s is %s %q, want %s %q (want %q, got %q)", id, row.Verdict, row.Reason, verdict, reason, row.Want, row.Got)
	}
	return row
}

// failing are the IDs of the rows with that verdict, sorted.
func (b *bench) with(verdict probe.Verdict) []string {
	var out []string
	for id, row := range b.rows {
		if row.Verdict == verdict {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}
