package flows

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"signbench/flows/fault"
	"signbench/flows/loopback"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// visit is one journey of the browser: away to the provider and, as a rule, back
// to the loopback.
type visit struct {
	leave    oauth.Step // the step that opens the browser
	back     oauth.Step // the step that waits for it
	url      string
	listener *loopback.Listener
	opened   chan error // how opening the browser went
	limit    time.Duration
	timeout  func(knocked loopback.Kind) fault.Fault
	// settles decides whether a callback ends the wait. Nil: only an accepted one.
	settles func(loopback.Callback) bool
}

// listen opens the loopback for that redirect URI before anything is sent to the
// browser. A redirect URI on another machine is no fault: the callback can be
// pasted.
func (r *Run) listen(ctx context.Context, step oauth.Step, cfg loopback.Config) (*loopback.Listener, error) {
	cfg.Pages, cfg.Expired = r.cfg.Pages, r.cfg.earlier.next(cfg.State)
	listener, err := loopback.Listen(ctx, cfg)
	var remote *loopback.NotLoopbackError
	if errors.As(err, &remote) {
		r.warn(fault.New(fault.CallbackNoLoopback, step, map[string]string{"RedirectURI": cfg.RedirectURI}))
		return loopback.PasteOnly(cfg)
	}
	if err != nil {
		return nil, r.notListening(step, cfg.RedirectURI, err)
	}
	return listener, nil
}

func (r *Run) notListening(step oauth.Step, redirectURI string, err error) error {
	f := fault.New(fault.CallbackListen, step, map[string]string{"RedirectURI": redirectURI, "Cause": err.Error()})
	var taken *loopback.PortTakenError
	if errors.As(err, &taken) {
		f.Code = fault.CallbackPortTaken
		f.Params["Port"] = strconv.Itoa(taken.Port)
		if taken.Holder != nil {
			f.Params["Holder"] = taken.Holder.Name
			f.Params["PID"] = strconv.Itoa(taken.Holder.PID)
		}
		if taken.Free != 0 {
			f.Remedy, f.Params["free_port"] = fault.UsePort, strconv.Itoa(taken.Free)
		}
	}
	return failure(f)
}

// open sends the browser to the provider and does not wait for it to start: an
// opener may run for as long as its browser does.
func (r *Run) open(ctx context.Context, v visit) {
	r.recorder.Opened(v.leave, v.url)
	waiting := Waiting{Step: v.back, URL: oauth.Secret(v.url), Deadline: r.cfg.Now().Add(v.limit)}
	if v.listener != nil {
		waiting.ReturnURI, waiting.Listening = v.listener.RedirectURI(), v.listener.Addrs()
	}
	r.emit(waiting)
	go func() { v.opened <- r.cfg.Browser(ctx, v.url) }()
}

// notOpened notes that no browser could be opened. The run goes on: the user can
// open the URL by hand.
func (r *Run) notOpened(v visit, err error) {
	r.emit(BrowserFailed{Step: v.back, Err: err})
	r.warn(fault.New(fault.CallbackBrowser, v.leave, map[string]string{"Cause": err.Error()}, r.exchanges(v.leave)...))
}

// await waits until the browser is back, the time is up or the user gives up.
// Whatever else knocks at the loopback meanwhile is shown and changes nothing.
func (r *Run) await(ctx context.Context, v visit) (loopback.Callback, error) {
	deadline := time.NewTimer(v.limit)
	defer deadline.Stop()
	overdue := time.NewTimer(r.cfg.Limits.Overdue)
	defer overdue.Stop()
	settles := v.settles
	if settles == nil {
		settles = func(cb loopback.Callback) bool { return cb.Kind == loopback.Accepted }
	}
	var knocked loopback.Kind // the last callback that looked like an answer and was none
	for {
		var cb loopback.Callback
		select {
		case <-ctx.Done():
			return cb, ctx.Err()
		case err := <-v.opened:
			if err != nil {
				r.notOpened(v, err)
			}
			continue
		case <-overdue.C:
			r.emit(Overdue{Step: v.back})
			continue
		case <-deadline.C:
			f := v.timeout(knocked)
			f.Evidence = append(r.exchanges(v.leave), r.exchanges(v.back)...)
			return cb, failure(f)
		case raw := <-r.offers:
			var err error
			if cb, err = v.listener.Offer(raw); err != nil {
				cb.Kind = loopback.Malformed
			}
		case cb = <-v.listener.Callbacks():
		}
		if r.seen(v.back, cb); settles(cb) {
			return cb, nil
		}
		if cb.Kind == loopback.WrongState || cb.Kind == loopback.MissingState {
			knocked = cb.Kind
			if r.cfg.Limits.Stray > 0 {
				deadline.Reset(r.cfg.Limits.Stray)
			}
		}
	}
}

// stay keeps the loopback answering once the browser is back: an answer that comes
// again is told so, and shown. What it returns ends that.
func (r *Run) stay(v visit) (leave func()) {
	over, idle := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(idle)
		for {
			select {
			case cb := <-v.listener.Callbacks():
				r.seen(v.back, cb)
			case <-over:
				for range len(v.listener.Callbacks()) {
					r.seen(v.back, <-v.listener.Callbacks())
				}
				return
			}
		}
	}()
	return func() {
		_ = v.listener.Close()
		close(over)
		<-idle
	}
}

// seen records a callback as a front channel exchange and as an event.
func (r *Run) seen(step oauth.Step, cb loopback.Callback) {
	r.guard(oauth.Secret(cb.Params.Get("code")), oauth.Secret(cb.Params.Get("id_token")), oauth.Secret(cb.Params.Get("access_token")))
	path := cb.URL
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		path = path[:i]
	}
	request := trace.Request{Method: cb.Method, URL: cb.URL, Header: cb.Header}
	if cb.Via == loopback.ViaFormPost {
		body := []byte(cb.Params.Encode())
		request.Body = trace.Body{Bytes: body, Size: int64(len(body))}
	}
	r.recorder.Arrived(step, cb.At, request, statusOf(cb))
	r.emit(CallbackSeen{
		Step: step, Accepted: cb.Kind == loopback.Accepted,
		Kind: string(cb.Kind), Via: string(cb.Via), Host: cb.Host, Path: path,
	})
}

func statusOf(cb loopback.Callback) int {
	if cb.Status == 0 { // pasted
		return http.StatusOK
	}
	return cb.Status
}

// authorizationResponse reads the parameters of an accepted callback.
func authorizationResponse(params url.Values) oauth.AuthorizationResponse {
	return oauth.AuthorizationResponse{
		Code: oauth.Secret(params.Get("code")), State: oauth.Secret(params.Get("state")), Issuer: params.Get("iss"),
		Error: params.Get("error"), ErrorDescription: params.Get("error_description"), ErrorURI: params.Get("error_uri"),
	}
}
