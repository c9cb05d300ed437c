package flows

import (
	"errors"
	"net/http"
	"time"

	"signbench/flows/oauth"
	"signbench/flows/trace"
)

type (
	exchangedWire struct {
		Exchange *exchangeWire `json:"exchange"`
	}
	exchangeWire struct {
		ID       int           `json:"id"`
		Run      oauth.RunID   `json:"run"`
		Step     oauth.Step    `json:"step"`
		Channel  trace.Channel `json:"channel"`
		Attempt  int           `json:"attempt"`
		Started  time.Time     `json:"started"`
		Instants instantsWire  `json:"instants"`
		Request  requestWire   `json:"request"`
		Response *responseWire `json:"response,omitempty"`
		Err      *errorWire    `json:"error,omitempty"`
		Remote   string        `json:"remote,omitempty"`
		Proxy    string        `json:"proxy,omitempty"`
		TLS      *tlsWire      `json:"tls,omitempty"`
	}
	requestWire struct {
		Method string      `json:"method"`
		URL    string      `json:"url"`
		Proto  string      `json:"proto,omitempty"`
		Header http.Header `json:"header,omitempty"`
		Body   *bodyWire   `json:"body,omitempty"`
	}
	responseWire struct {
		Status int         `json:"status"`
		Proto  string      `json:"proto,omitempty"`
		Header http.Header `json:"header,omitempty"`
		Body   *bodyWire   `json:"body,omitempty"`
	}
	bodyWire struct {
		textWire
		Size      int64      `json:"size"`
		Truncated bool       `json:"truncated,omitempty"`
		Err       *errorWire `json:"error,omitempty"`
	}
	instantsWire struct {
		DNSStart     time.Duration `json:"dns_start,omitempty"`
		DNSDone      time.Duration `json:"dns_done,omitempty"`
		ConnectStart time.Duration `json:"connect_start,omitempty"`
		ConnectDone  time.Duration `json:"connect_done,omitempty"`
		TLSStart     time.Duration `json:"tls_start,omitempty"`
		TLSDone      time.Duration `json:"tls_done,omitempty"`
		GotConn      time.Duration `json:"got_conn,omitempty"`
		WroteRequest time.Duration `json:"wrote_request,omitempty"`
		FirstByte    time.Duration `json:"first_byte,omitempty"`
		Done         time.Duration `json:"done,omitempty"`
		Reused       bool          `json:"reused,omitempty"`
	}
	tlsWire struct {
		Version     string            `json:"version,omitempty"`
		CipherSuite string            `json:"cipher_suite,omitempty"`
		ServerName  string            `json:"server_name,omitempty"`
		Peer        []certificateWire `json:"peer,omitempty"`
	}
	certificateWire struct {
		Subject   string    `json:"subject"`
		Issuer    string    `json:"issuer"`
		DNSNames  []string  `json:"dns_names,omitempty"`
		NotBefore time.Time `json:"not_before"`
		NotAfter  time.Time `json:"not_after"`
	}
)

var errNoExchange = errors.New("no exchange")

func packExchanged(b Exchanged) exchangedWire {
	ex := b.Exchange
	if ex == nil {
		return exchangedWire{}
	}
	w := &exchangeWire{
		ID: ex.ID, Run: ex.Run, Step: ex.Step, Channel: ex.Channel, Attempt: ex.Attempt, Started: moment(ex.Started),
		Instants: instantsWire(ex.Instants),
		Request: requestWire{
			Method: ex.Request.Method, URL: ex.Request.URL, Proto: ex.Request.Proto,
			Header: ex.Request.Header, Body: packBody(ex.Request.Body),
		},
		Err: packError(ex.Err), Remote: ex.Remote, Proxy: ex.Proxy, TLS: packTLS(ex.TLS),
	}
	if r := ex.Response; r != nil {
		w.Response = &responseWire{Status: r.Status, Proto: r.Proto, Header: r.Header, Body: packBody(r.Body)}
	}
	return exchangedWire{Exchange: w}
}

func unpackExchanged(w exchangedWire) (Exchanged, error) {
	ex := w.Exchange
	if ex == nil {
		return Exchanged{}, errNoExchange
	}
	out := &trace.Exchange{
		ID: ex.ID, Run: ex.Run, Step: ex.Step, Channel: ex.Channel, Attempt: ex.Attempt, Started: ex.Started,
		Instants: trace.Instants(ex.Instants),
		Request: trace.Request{
			Method: ex.Request.Method, URL: ex.Request.URL, Proto: ex.Request.Proto,
			Header: ex.Request.Header, Body: ex.Request.Body.unpack(),
		},
		Err: ex.Err.unpack(), Remote: ex.Remote, Proxy: ex.Proxy, TLS: ex.TLS.unpack(),
	}
	if r := ex.Response; r != nil {
		out.Response = &trace.Response{Status: r.Status, Proto: r.Proto, Header: r.Header, Body: r.Body.unpack()}
	}
	return Exchanged{Exchange: out}, nil
}

func packBody(b trace.Body) *bodyWire {
	if len(b.Bytes) == 0 && b.Size == 0 && !b.Truncated && b.Err == nil {
		return nil
	}
	return &bodyWire{textWire: packText(b.Bytes), Size: b.Size, Truncated: b.Truncated, Err: packError(b.Err)}
}

func (w *bodyWire) unpack() trace.Body {
	if w == nil {
		return trace.Body{}
	}
	return trace.Body{Bytes: w.textWire.unpack(), Size: w.Size, Truncated: w.Truncated, Err: w.Err.unpack()}
}

func packTLS(t *trace.TLS) *tlsWire {
	if t == nil {
		return nil
	}
	w := &tlsWire{Version: t.Version, CipherSuite: t.CipherSuite, ServerName: t.ServerName}
	for _, c := range t.Peer {
		c.NotBefore, c.NotAfter = moment(c.NotBefore), moment(c.NotAfter)
		w.Peer = append(w.Peer, certificateWire(c))
	}
	return w
}

func (w *tlsWire) unpack() *trace.TLS {
	if w == nil {
		return nil
	}
	t := &trace.TLS{Version: w.Version, CipherSuite: w.CipherSuite, ServerName: w.ServerName}
	for _, c := range w.Peer {
		t.Peer = append(t.Peer, trace.Certificate(c))
	}
	return t
}
