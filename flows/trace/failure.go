package trace

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
)

// Class says what kind of transport failure an error is. The codes are stable.
type Class string

// The classes.
const (
	ClassNone        Class = ""
	ClassCancelled   Class = "cancelled"   // by the user, or because the run ended
	ClassTimeout     Class = "timeout"     //
	ClassDNS         Class = "dns"         // the name has no address
	ClassRefused     Class = "refused"     // nothing listens there
	ClassReset       Class = "reset"       // the peer gave the connection up
	ClassUnreachable Class = "unreachable" // no route
	ClassCertificate Class = "certificate" // the handshake ended with the certificate
	ClassTLS         Class = "tls"         // it ended otherwise
	ClassPlain       Class = "plain_http"  // plain HTTP where TLS was spoken
	ClassProxy       Class = "proxy"       // the proxy did not connect
	ClassEOF         Class = "eof"         // the connection ended in the middle
	ClassRedirects   Class = "redirects"   // one too many
	ClassOther       Class = "other"
)

// Classes lists every class of failure, for the test that each has its words.
func Classes() []Class {
	return []Class{
		ClassCancelled, ClassTimeout, ClassDNS, ClassRefused, ClassReset, ClassUnreachable, ClassCertificate,
		ClassTLS, ClassPlain, ClassProxy, ClassEOF, ClassRedirects, ClassOther,
	}
}

// Failure is a transport failure of which only class and text are left, because it
// was disarmed, read from a file or imported.
type Failure struct {
	Class Class  `json:"class"`
	Text  string `json:"text"`
}

// Error implements error.
func (f *Failure) Error() string { return f.Text }

// ClassOf says what kind of transport failure err is.
func ClassOf(err error) Class {
	if err == nil {
		return ClassNone
	}
	var failure *Failure
	var resolve *net.DNSError
	var timeout interface{ Timeout() bool }
	var operation *net.OpError
	switch {
	case errors.As(err, &failure):
		return failure.Class
	case errors.Is(err, context.Canceled):
		return ClassCancelled
	case isCertificate(err):
		return ClassCertificate
	case errors.As(err, &operation) && operation.Op == "proxyconnect":
		return ClassProxy
	case errors.As(err, &timeout) && timeout.Timeout():
		return ClassTimeout
	case errors.As(err, &resolve):
		return ClassDNS
	case errors.Is(err, syscall.ECONNREFUSED):
		return ClassRefused
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, syscall.ECONNABORTED):
		return ClassReset
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return ClassUnreachable
	case isTLS(err):
		return classOfTLS(err)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return ClassEOF
	}
	return classOfText(err.Error())
}

func isCertificate(err error) bool {
	var verification *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	return errors.As(err, &verification) || errors.As(err, &authority) || errors.As(err, &invalid) || errors.As(err, &host)
}

func isTLS(err error) bool {
	var record tls.RecordHeaderError
	var alert tls.AlertError
	return errors.As(err, &record) || errors.As(err, &alert)
}

// classOfTLS tells a server that speaks plain HTTP from one that refuses a
// handshake. http.Client does so too, in words, for its callers only.
func classOfTLS(err error) Class {
	var record tls.RecordHeaderError
	if errors.As(err, &record) && string(record.RecordHeader[:]) == "HTTP/" {
		return ClassPlain
	}
	return ClassTLS
}

// classOfText reads what net/http says in words only.
func classOfText(text string) Class {
	if code, ok := strings.CutPrefix(text, "net::ERR_"); ok {
		return classOfChromium(code)
	}
	switch {
	case strings.Contains(text, "HTTP response to HTTPS client"), strings.Contains(text, "malformed HTTP response"):
		return ClassPlain
	case strings.Contains(text, "redirects"):
		return ClassRedirects
	case strings.Contains(text, "Proxy Authentication Required"):
		return ClassProxy
	case strings.Contains(text, "tls:"):
		return ClassTLS
	case strings.Contains(text, "server closed idle connection"), strings.Contains(text, "connection reset"):
		return ClassReset
	}
	return ClassOther
}

// classOfChromium reads the names that Chromium's recordings have for failures
// (net/base/net_error_list.h).
func classOfChromium(code string) Class {
	for _, known := range []struct {
		part  string
		class Class
	}{
		{"CERT_", ClassCertificate},
		{"SSL_", ClassTLS},
		{"PROXY_", ClassProxy},
		{"TUNNEL_", ClassProxy},
		{"TIMED_OUT", ClassTimeout},
		{"NAME_", ClassDNS},
		{"CONNECTION_REFUSED", ClassRefused},
		{"CONNECTION_", ClassReset},
		{"UNREACHABLE", ClassUnreachable},
		{"INTERNET_DISCONNECTED", ClassUnreachable},
		{"ABORTED", ClassCancelled},
		{"TOO_MANY_REDIRECTS", ClassRedirects},
		{"EMPTY_RESPONSE", ClassEOF},
	} {
		if strings.Contains(code, known.part) {
			return known.class
		}
	}
	return ClassOther
}
