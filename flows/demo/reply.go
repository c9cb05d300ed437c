package demo

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// reply is an answer of an endpoint before it is sent. A fault changes members of
// the document, or replaces it by a body of another kind.
type reply struct {
	status      int
	document    map[string]any // sent as JSON unless text is set
	contentType string         // empty: application/json
	text        string
	slow        bool // wait before answering
}

// replace makes the answer something else than the document.
func (p *reply) replace(status int, contentType, text string) {
	p.status, p.contentType, p.text = status, contentType, text
}

// send writes the answer, which must not be cached (RFC 6749 5.1). A slow one
// ends with the request.
func (t *Tenant) send(w http.ResponseWriter, r *http.Request, p *reply) {
	if p.slow {
		t.wait(r.Context(), t.opts.Slow)
		if r.Context().Err() != nil {
			return
		}
	}
	body := []byte(p.text)
	if p.text == "" {
		var err error
		if body, err = json.Marshal(p.document); err != nil {
			http.Error(w, `{"message":"Internal server error."}`, http.StatusInternalServerError)
			return
		}
	}
	contentType := p.contentType
	if contentType == "" {
		contentType = "application/json; charset=utf-8"
	}
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.status)
	_, _ = w.Write(body) // #nosec G705 -- JSON, a token of our own or a fixed text
}

// waitFor waits, or until the request has ended.
func waitFor(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
