// Package trace records what went over the wire: every HTTP exchange of a run by
// a round tripper, and the hops of the front channel that no round tripper sees.
// It records true bytes, secrets included; they are disarmed when they are shown,
// written or exported, so that checks can look at what was really sent.
package trace

import (
	"net/http"
	"time"

	"signbench/flows/oauth"
)

// Channel says who carried the message.
type Channel string

// The channels of RFC 6749.
const (
	BackChannel  Channel = "back"  // Signbench itself asked the provider
	FrontChannel Channel = "front" // the browser carried it
)

// Exchange is one request and what came of it. It is immutable once recorded.
type Exchange struct {
	ID       int         // from 1, in the order in which requests started
	Run      oauth.RunID //
	Step     oauth.Step  // the step for which it was made
	Channel  Channel     //
	Attempt  int         // 1, or more when the same request was made again in one run
	Started  time.Time   //
	Instants Instants    //
	Request  Request     //
	Response *Response   // nil when nothing came back
	Err      error       // a transport failure; an OAuth error body is a Response
	Remote   string      // address that answered, "127.0.0.1:3001"
	Proxy    string      // proxy used, without credentials; empty for none
	TLS      *TLS        // nil for plain HTTP
}

// Request is what was sent.
type Request struct {
	Method string
	URL    string // with query; disarm before showing
	Proto  string
	Header http.Header
	Body   Body
}

// Response is what came back.
type Response struct {
	Status int
	Proto  string
	Header http.Header
	Body   Body
}

// Body is the recorded part of a message body.
type Body struct {
	Bytes     []byte // at most the transport's cap
	Size      int64  // true length in bytes, also of what was not kept
	Truncated bool   // Bytes is not all of it
	Err       error  // reading the body failed part-way
}

// Instants are offsets from Exchange.Started; zero where the instant did not
// occur (a reused connection has no DNS, connect or TLS).
type Instants struct {
	DNSStart, DNSDone         time.Duration
	ConnectStart, ConnectDone time.Duration
	TLSStart, TLSDone         time.Duration
	GotConn                   time.Duration
	WroteRequest              time.Duration
	FirstByte                 time.Duration
	Done                      time.Duration // the body ended, or the exchange failed
	Reused                    bool          // the connection had been used before
}

// TLS is what the handshake settled.
type TLS struct {
	Version     string // "TLS 1.3"
	CipherSuite string
	ServerName  string
	Peer        []Certificate // leaf first
}

// Certificate is what a reader needs of one X.509 certificate.
type Certificate struct {
	Subject, Issuer     string
	DNSNames            []string
	NotBefore, NotAfter time.Time
}
