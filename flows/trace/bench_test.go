package trace

import (
	"io"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

func manyExchanges(n int) []*Exchange {
	one := aSignIn()
	out := make([]*Exchange, 0, n)
	for i := range n {
		ex := *one[i%len(one)]
		ex.ID = i + 1
		out = append(out, &ex)
	}
	return out
}

func BenchmarkMessages5000(b *testing.B) {
	exchanges := manyExchanges(5000)
	b.ReportAllocs()
	for b.Loop() {
		if len(Messages(exchanges)) < 5000 {
			b.Fatal("rows are missing")
		}
	}
}

func BenchmarkSVG5000(b *testing.B) {
	msgs := Messages(manyExchanges(5000))
	b.ReportAllocs()
	for b.Loop() {
		if err := SVG(io.Discard, msgs, ActorLabels{}, ThemeDark); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMermaid5000(b *testing.B) {
	msgs := Messages(manyExchanges(5000))
	b.ReportAllocs()
	for b.Loop() {
		_ = Mermaid(msgs, ActorLabels{})
	}
}

// largeRun is a run of 50 MB, as WriteHAR gets it.
func largeRun() []*Exchange {
	body := []byte(strings.Repeat(`{"name":"a value of the provider's, \"quoted\"","n":12345},`, 20_000))[:1<<20]
	var out []*Exchange
	for i := range 50 {
		ex := *recorded()[0]
		ex.ID = i + 1
		ex.Response = &Response{Status: 200, Header: header("Content-Type", jsonType), Body: Body{Bytes: body, Size: 1 << 20}}
		out = append(out, &ex)
	}
	return out
}

func BenchmarkWriteHAR50MB(b *testing.B) {
	exchanges := largeRun()
	b.SetBytes(50 << 20)
	b.ReportAllocs()
	for b.Loop() {
		if err := WriteHAR(io.Discard, HARMeta{}, exchanges); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadHAR50MB(b *testing.B) {
	var har strings.Builder
	run := largeRun()
	run[0].Request.URL += "?code=c&state=s"
	if err := WriteHAR(&har, HARMeta{}, run); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(har.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := ReadHAR(strings.NewReader(har.String()), HARLimits{}); err != nil {
			b.Fatal(err)
		}
	}
}

// heapWatch looks at what is alive while somebody writes.
type heapWatch struct {
	most    uint64
	written int
}

func (w *heapWatch) Write(p []byte) (int, error) {
	if w.written += len(p); w.written > 12<<20 {
		w.written = 0
		runtime.GC()
		var now runtime.MemStats
		runtime.ReadMemStats(&now)
		w.most = max(w.most, now.HeapAlloc)
	}
	return len(p), nil
}

func TestLargeRunIsNotHeldTwice(t *testing.T) {
	exchanges := largeRun()
	var before runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	most := &heapWatch{}
	if err := WriteHAR(most, HARMeta{}, exchanges); err != nil {
		t.Fatal(err)
	}
	if held := most.most - min(most.most, before.HeapAlloc); held > 25<<20 {
		t.Errorf("%d MB were held to write a run of 50 MB", held>>20)
	}
	if !reflect.DeepEqual(exchanges, largeRun()) {
		t.Error("writing changed the run")
	}
}
