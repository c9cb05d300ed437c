package flows_test

import (
	"context"
	"io"
	"net"
	"strconv"
	"testing"

	"signbench/assets"
	"signbench/flows"
	"signbench/flows/archive"
	"signbench/flows/demo"
	"signbench/flows/loopback"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// trueEvents are those of a real sign-in at the demo tenant.
func trueEvents(b *testing.B) []flows.Event {
	b.Helper()
	tenant := demo.New(demo.Options{Addr: "localhost:0"})
	defer func() { _ = tenant.Close() }()
	pages, err := loopback.NewPages(assets.Pages, func(key string, _ map[string]string) string { return key })
	if err != nil {
		b.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	_ = l.Close()
	browser := user("alice", "alice-demo")
	engine := flows.New(flows.Config{
		Browser: func(_ context.Context, url string) error { return browser.Launch(url) }, Pages: pages, Tenant: tenant,
		Limits: flows.Limits{Callback: patience, Overdue: patience},
	})
	profile := oauth.NewProfile(oauth.KindDemo, "Demo tenant")
	profile.Client.ID, profile.Client.AuthMethod = demo.NativeAppID, oauth.AuthMethodNone
	profile.Client.RedirectURI = "http://127.0.0.1:" + strconv.Itoa(port) + "/callback"
	run := engine.SignIn(b.Context(), flows.Request{Profile: profile})
	<-run.Log().Complete()
	events := run.Log().Events()
	if ended := events[len(events)-1].Body.(flows.Ended); ended.Outcome == flows.Failed {
		b.Fatalf("%+v", ended)
	}
	return events
}

// perEvent reports what one event costs.
func perEvent(b *testing.B, events int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(events)/1000, "µs/event")
}

// BenchmarkKeep is what keeping costs a sign-in: learning, disarming, encoding and
// writing each event to the disk as it happens.
func BenchmarkKeep(b *testing.B) {
	events := trueEvents(b)
	runs := openRuns(b, b.TempDir())
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		d := trace.NewDisarmer()
		w, err := runs.Begin(archive.RunMeta{ID: oauth.NewRunID()})
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		for _, e := range events {
			line, err := flows.EncodeEvent(flows.DisarmEvent(d, e))
			if err != nil {
				b.Fatal(err)
			}
			if err := w.Append(line); err != nil {
				b.Fatal(err)
			}
		}
		b.StopTimer()
		if err := w.Close(archive.RunMeta{}); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	perEvent(b, len(events))
}

// BenchmarkDecodeEvent is what reading a kept sign-in costs.
func BenchmarkDecodeEvent(b *testing.B) {
	d := trace.NewDisarmer()
	events := trueEvents(b)
	var lines [][]byte
	size := int64(0)
	for _, e := range events {
		line := encode(b, d, e)
		lines, size = append(lines, line), size+int64(len(line))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, line := range lines {
			if _, err := flows.DecodeEvent(line); err != nil {
				b.Fatal(err)
			}
		}
	}
	perEvent(b, len(events))
}

// BenchmarkReadRun reads a kept run of 50 MB, as reopening it does.
func BenchmarkReadRun(b *testing.B) {
	d := trace.NewDisarmer()
	var lines [][]byte
	for _, e := range trueEvents(b) {
		lines = append(lines, encode(b, d, e))
	}
	runs := openRuns(b, b.TempDir())
	w, err := runs.Begin(archive.RunMeta{ID: oauth.NewRunID()})
	if err != nil {
		b.Fatal(err)
	}
	size := int64(0)
	for size < 50<<20 {
		if err := w.Append(lines...); err != nil {
			b.Fatal(err)
		}
		for _, line := range lines {
			size += int64(len(line))
		}
	}
	if err := w.Close(archive.RunMeta{}); err != nil {
		b.Fatal(err)
	}
	id := runs.List()[0].ID
	b.SetBytes(size)
	for b.Loop() {
		all, err := runs.Read(id)
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for line, err := range all {
			if err != nil {
				b.Fatal(err)
			}
			if _, err := flows.DecodeEvent(line); err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n == 0 {
			b.Fatal(io.ErrUnexpectedEOF)
		}
	}
}
