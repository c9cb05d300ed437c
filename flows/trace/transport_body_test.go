package trace

import (
	"bytes"
	"io"
	"net/http"
	"runtime"
	"strconv"
	"testing"
)

// Nothing of a body is held beyond the cap, in neither direction.
func TestTransportHoldsNoMoreThanTheCap(t *testing.T) {
	const size = 24 << 20
	chunk := make([]byte, 64<<10)
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if r.URL.Path == "/length" {
			w.Header().Set("Content-Length", strconv.Itoa(size))
		}
		for range size / len(chunk) {
			_, _ = w.Write(chunk)
		}
	})
	client, k := watched(&http.Transport{})
	body := bytes.Repeat([]byte("x"), size)
	for _, path := range []string{"/length", "/chunked"} {
		for name, reader := range map[string]func() io.Reader{
			"in memory": func() io.Reader { return bytes.NewReader(body) },
			"streamed":  func() io.Reader { return io.LimitReader(bytes.NewReader(body), size) },
		} {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+path, reader())
			if err != nil {
				t.Fatal(err)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			resp, err := client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			n, err := io.Copy(io.Discard, resp.Body)
			_ = resp.Body.Close()
			runtime.ReadMemStats(&after)
			if err != nil || n != size {
				t.Fatalf("%d bytes, %v", n, err)
			}
			ex := k.last(t)
			for side, b := range map[string]Body{"request": ex.Request.Body, "response": ex.Response.Body} {
				if b.Size != size || !b.Truncated || len(b.Bytes) != BodyCap || cap(b.Bytes) > BodyCap*3/2 {
					t.Errorf("%s %s, %s: %d of %d bytes, room for %d", name, path, side, len(b.Bytes), b.Size, cap(b.Bytes))
				}
			}
			// Both bodies, growing: some times the cap, and not the body.
			if used := after.TotalAlloc - before.TotalAlloc; used > 14*BodyCap {
				t.Errorf("%s %s: %d MB were allocated", name, path, used>>20)
			}
		}
	}
}

// A caller that closes before the end, or twice, ends the exchange once.
func TestTransportEndsOnce(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 1<<20)) })
	client, k := watched(&http.Transport{})
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	if len(k.all) != 0 {
		t.Error("recorded before the body ended")
	}
	_, _ = io.ReadFull(resp.Body, make([]byte, 10))
	_ = resp.Body.Close()
	_ = resp.Body.Close()
	if len(k.all) != 1 || k.all[0].Response.Body.Size < 10 {
		t.Errorf("%d exchanges", len(k.all))
	}
}
