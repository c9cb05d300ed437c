package upstream

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// answer is what an endpoint says, before it is sent: a switch may change it.
type answer struct {
	status      int
	document    map[string]any // sent as JSON unless text is set
	contentType string         // empty: application/json
	text        string
	signed      bool // the document goes out as a signed JWT
	hangs       bool
}

// replace puts a text in the place of the document.
func (a *answer) replace(status int, contentType, text string) {
	a.status, a.contentType, a.text = status, contentType, text
}

// send writes the answer, which must not be cached (RFC 6749 5.1).
func (p *Provider) send(w http.ResponseWriter, r *http.Request, a *answer) {
	if a.hangs {
		p.wait(r.Context(), p.opts.Slow)
		if r.Context().Err() != nil {
			return
		}
	}
	body, contentType, err := a.body()
	if err != nil {
		http.Error(w, `{"error":"server_error"}`, http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(a.status)
	_, _ = w.Write(body) // #nosec G705 -- JSON, a JWT of our own or a fixed text
}

func (a *answer) body() (body []byte, contentType string, err error) {
	switch {
	case a.text != "":
		return []byte(a.text), a.contentType, nil
	case a.signed:
		token, err := sign(a.document)
		return []byte(token), "application/jwt", err
	default:
		body, err = json.Marshal(a.document)
		return body, "application/json; charset=utf-8", err
	}
}

// refuse answers with an OAuth error.
func (p *Provider) refuse(w http.ResponseWriter, r *http.Request, e *oauthError) {
	if e.basic {
		w.Header().Set("WWW-Authenticate", `Basic realm="`+p.base(r)+`"`)
	}
	p.send(w, r, &answer{status: e.status, document: map[string]any{
		"error": e.code, "error_description": e.description,
	}})
}

// fails answers for something of ours that went wrong.
func (p *Provider) fails(w http.ResponseWriter, r *http.Request) {
	p.refuse(w, r, &oauthError{status: http.StatusInternalServerError, code: "server_error", description: "the answer could not be made"})
}

// bearer takes the access token from the header (RFC 6750 2.1).
func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return token
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
