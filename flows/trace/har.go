package trace

import (
	"bufio"
	"encoding/json"
	"io"
	"time"
)

// HARMeta is what a recording says of itself.
type HARMeta struct {
	Title   string   // of the page that groups the entries: the profile and scenario
	Version string   // of Signbench
	Comment string   // for people
	Receipt *Receipt // of what was removed; nil when nothing was
}

// harCreator names the program in a recording.
const harCreator = "Signbench"

// WriteHAR writes exchanges as HAR 1.2, one by one, so that a large run is not held
// a second time. The caller has disarmed them.
func WriteHAR(w io.Writer, meta HARMeta, exchanges []*Exchange) error {
	out := &harWriter{w: bufio.NewWriterSize(w, 64<<10)}
	out.enc = json.NewEncoder(out.w)
	out.enc.SetEscapeHTML(false)

	page := harPage{ID: "run", Title: meta.Title, PageTimings: harPageTimings{OnContentLoad: -1, OnLoad: -1}}
	if len(exchanges) > 0 {
		page.StartedDateTime = harTime(exchanges[0].Started)
	} else {
		page.StartedDateTime = harTime(time.Unix(0, 0))
	}
	out.text(`{"log":{"version":"1.2","creator":`)
	out.value(map[string]string{"name": harCreator, "version": meta.Version})
	out.text(`,"comment":`)
	out.value(meta.Comment)
	if meta.Receipt != nil {
		out.text(`,"_receipt":`)
		out.value(meta.Receipt)
	}
	out.text(`,"pages":`)
	out.value([]harPage{page})
	out.text(`,"entries":[`)
	for i, ex := range exchanges {
		if i > 0 {
			out.text(",")
		}
		entry := harOf(ex)
		entry.Pageref = page.ID
		out.value(entry)
	}
	out.text("]}}\n")
	if out.err != nil {
		return out.err
	}
	return out.w.Flush()
}

type harWriter struct {
	w   *bufio.Writer
	enc *json.Encoder
	err error
}

func (h *harWriter) text(s string) {
	if h.err == nil {
		_, h.err = h.w.WriteString(s)
	}
}

func (h *harWriter) value(v any) {
	if h.err == nil {
		h.err = h.enc.Encode(v)
	}
}

// harTime is ISO 8601 as the specification asks for, with the zone.
func harTime(t time.Time) string { return t.Format("2006-01-02T15:04:05.000000Z07:00") }
