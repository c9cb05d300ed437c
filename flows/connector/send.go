package connector

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// readLimit is where reading an answer stops.
const readLimit = 8 << 20

// Call is one request as Logto's server would make it.
type Call struct {
	Step     oauth.Step
	Method   string // "" for GET
	URL      string
	Header   http.Header
	Form     string        // the body of a POST: an encoded form, or JSON with its type in Header
	Patience time.Duration // after which Logto, or the bench in its place, gives up
	Retries  int           // of a GET that answers 408, 413, 429 or 5xx
}

// Answer is what came of a call: the exchange of its last attempt, and how many
// there were. Its Response is nil when nothing came back, and then Err says why.
type Answer struct {
	*trace.Exchange
	IDs []int // of every attempt: the evidence
	Err error // a transport failure
}

// Body is the answer's body as far as it was kept.
func (a Answer) Body() []byte {
	if a.Exchange == nil || a.Response == nil {
		return nil
	}
	return a.Response.Body.Bytes
}

// Status is the HTTP status, 0 when nothing came back.
func (a Answer) Status() int {
	if a.Exchange == nil || a.Response == nil {
		return 0
	}
	return a.Response.Status
}

// OK reports whether the status is one of success.
func (a Answer) OK() bool { return a.Err == nil && a.Status() >= 200 && a.Status() < 300 }

// retryable are the statuses on which both of Logto's HTTP libraries ask again.
var retryable = []int{
	http.StatusRequestTimeout, http.StatusRequestEntityTooLarge, http.StatusTooManyRequests,
	http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout,
}

// Send makes the call and reads its answer to the end. It goes on side by side with
// others.
func Send(ctx context.Context, client *http.Client, c Call) Answer {
	var out Answer
	for attempt := 0; ; attempt++ {
		answer := once(ctx, client, c)
		answer.IDs = append(out.IDs, answer.IDs...)
		out = answer
		if attempt >= c.Retries || c.Method == http.MethodPost || !slices.Contains(retryable, out.Status()) || ctx.Err() != nil {
			return out
		}
	}
}

func once(ctx context.Context, client *http.Client, c Call) Answer {
	var out Answer
	ctx, cancel := context.WithTimeout(trace.WithStep(ctx, c.Step), c.Patience)
	defer cancel()
	ctx = trace.WithWitness(ctx, func(ex *trace.Exchange) { out.Exchange, out.IDs = ex, append(out.IDs, ex.ID) })
	req, err := http.NewRequestWithContext(ctx, c.Method, c.URL, strings.NewReader(c.Form))
	if err != nil {
		out.Err = err
		return out
	}
	if c.Form == "" {
		req.Body, req.GetBody, req.ContentLength = nil, nil, 0
	}
	for name, values := range c.Header {
		req.Header[name] = values
	}
	resp, err := client.Do(req)
	if err != nil {
		out.Err = err
		return out
	}
	_, err = io.Copy(io.Discard, io.LimitReader(resp.Body, readLimit))
	_ = resp.Body.Close() // ends the recording, so that the exchange is there
	if err != nil {
		out.Err = err
	} else if out.Response.Body.Truncated {
		out.Err = errTooLarge
	}
	return out
}

var errTooLarge = errors.New("the answer is larger than what is kept of one")
