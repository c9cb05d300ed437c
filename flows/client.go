package flows

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// readLimit is where reading an answer stops. No message of a sign-in comes near.
const readLimit = 8 << 20

// newTransport is http.DefaultTransport's set-up with our own pool and a shorter
// dial: in a bench a host that does not answer is the ordinary case.
func newTransport() http.RoundTripper {
	return trace.NewWire(&http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          20,
		IdleConnTimeout:       30 * time.Second,
		TLSHandshakeTimeout:   10 * time.Second,
		ExpectContinueTimeout: time.Second,
	})
}

// newClient returns the one client of a run. It follows redirects of GET requests
// only: a token request that is redirected is a finding, and following it would
// hand the secret to another address.
func newClient(base http.RoundTripper, recorder *trace.Recorder) *http.Client {
	return &http.Client{
		Transport: &trace.Transport{Base: base, Recorder: recorder},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if via[0].Method != http.MethodGet || via[0].Header.Get("Authorization") != "" {
				return http.ErrUseLastResponse
			}
			if len(via) >= 5 {
				return errors.New("stopped after 5 redirects")
			}
			return nil
		},
	}
}

// send makes one request and reads its answer to the end. The exchange is
// returned with whatever came; the error is a transport failure.
func (r *Run) send(ctx context.Context, step oauth.Step, req *http.Request) (*trace.Exchange, error) {
	ctx, cancel := context.WithTimeout(trace.WithStep(ctx, step), r.cfg.Limits.Request)
	defer cancel()
	resp, err := r.client.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	_, err = io.Copy(io.Discard, io.LimitReader(resp.Body, readLimit))
	_ = resp.Body.Close() // ends the recording, so that the exchange is there
	if err != nil {
		return nil, err
	}
	return r.exchange(step), nil
}

// get fetches a JSON document of the provider.
func (r *Run) get(ctx context.Context, step oauth.Step, target string, header http.Header) (*trace.Exchange, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	for name, values := range header {
		req.Header[name] = values
	}
	return r.send(ctx, step, req)
}

// post sends a form with the client authentication that the profile names.
func (r *Run) post(ctx context.Context, step oauth.Step, target string, form url.Values) (*trace.Exchange, error) {
	form, header := r.authenticate(form)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header = header
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	return r.send(ctx, step, req)
}

// authenticate adds the client's identity in exactly one way (RFC 6749 2.3: a
// client must not use more than one method in one request).
func (r *Run) authenticate(form url.Values) (url.Values, http.Header) {
	header := http.Header{}
	client := r.profile.Client
	switch client.AuthMethod {
	case oauth.ClientSecretBasic:
		// Form-urlencoded first, RFC 6749 2.3.1.
		req := http.Request{Header: header}
		req.SetBasicAuth(url.QueryEscape(client.ID), url.QueryEscape(r.secret.Reveal()))
	case oauth.ClientSecretPost:
		form.Set("client_id", client.ID)
		form.Set("client_secret", r.secret.Reveal())
	default:
		form.Set("client_id", client.ID)
	}
	return form, header
}

// unsent turns a transport failure into a Failure with its evidence.
func (r *Run) unsent(step oauth.Step, target string, err error) error {
	f := fault.Transport(step, target, err)
	f.Evidence = r.exchanges(step)
	return failure(f)
}

// unusable turns an answer that is not the JSON asked for into a Failure.
func (r *Run) unusable(step oauth.Step, target string, ex *trace.Exchange) error {
	f, _ := fault.Unusable(step, target, ex.Response, false)
	f.Evidence = r.exchanges(step)
	return failure(f)
}

// refused turns an error answer into a Failure: an OAuth error where it is one,
// and what came instead where it is not.
func (r *Run) refused(step oauth.Step, target string, ex *trace.Exchange) error {
	answer, ok := fault.ReadErrorResponse(ex.Response)
	if !ok {
		return r.unusable(step, target, ex)
	}
	f := fault.FromErrorResponse(step, r.profile, answer)
	f.Evidence = r.exchanges(step)
	return failure(f)
}
