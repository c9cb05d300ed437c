package fault

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"syscall"

	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// Codes of transport failures: nothing that could be called an answer came back.
// The step says of which request.
const (
	TransportDNS         Code = "transport.dns"
	TransportRefused     Code = "transport.refused"
	TransportUnreachable Code = "transport.unreachable"
	TransportTimeout     Code = "transport.timeout"
	TransportReset       Code = "transport.reset"
	TransportTLSUnknown  Code = "transport.tls_unknown_authority"
	TransportTLSName     Code = "transport.tls_wrong_name"
	TransportTLSExpired  Code = "transport.tls_expired"
	TransportTLSNot      Code = "transport.tls_not_tls"
	TransportTLS         Code = "transport.tls"
	TransportProxy       Code = "transport.proxy"
	TransportProtocol    Code = "transport.protocol"
	TransportRedirects   Code = "transport.redirects" // one leads to the next, and none to an answer
	TransportOther       Code = "transport.other"
)

var transportEntries = func() []Entry {
	var out []Entry
	for _, code := range []Code{
		TransportDNS, TransportRefused, TransportUnreachable, TransportTimeout, TransportReset,
		TransportTLSUnknown, TransportTLSName, TransportTLSExpired, TransportTLSNot, TransportTLS,
		TransportProxy, TransportProtocol, TransportRedirects, TransportOther,
	} {
		out = append(out, Entry{Code: code, Severity: Error, Unknown: code == TransportOther})
	}
	return out
}()

// Transport names a transport failure of a request made for that step. The raw
// words of the cause are kept in Params["cause"], without the URL, whose query
// may hold secrets.
func Transport(step oauth.Step, target string, err error) Fault {
	f := New(transportCode(err), step, map[string]string{"Host": hostOf(target), "Cause": inner(err).Error()})
	if step == oauth.StepDiscovery {
		f.Remedy = EditEndpoint
	}
	return f
}

func transportCode(err error) Code {
	var (
		dns       *net.DNSError
		authority x509.UnknownAuthorityError
		name      x509.HostnameError
		invalid   x509.CertificateInvalidError
		record    tls.RecordHeaderError
		op        *net.OpError
		netErr    net.Error
	)
	switch {
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return TransportProxy
	case errors.As(err, &dns):
		return TransportDNS
	case errors.As(err, &authority):
		return TransportTLSUnknown
	case errors.As(err, &name):
		return TransportTLSName
	case errors.As(err, &invalid):
		if invalid.Reason == x509.Expired {
			return TransportTLSExpired
		}
		return TransportTLS
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return TransportTLSNot
	case errors.Is(err, syscall.ECONNREFUSED):
		return TransportRefused
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded),
		errors.As(err, &netErr) && netErr.Timeout():
		return TransportTimeout
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.EPIPE):
		return TransportReset
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return TransportUnreachable
	case strings.Contains(err.Error(), "tls: "):
		return TransportTLS
	case strings.Contains(err.Error(), "malformed HTTP"), strings.Contains(err.Error(), "readLoopPeekFailLocked"):
		return TransportProtocol
	case trace.ClassOf(inner(err)) == trace.ClassRedirects:
		return TransportRedirects
	default:
		return TransportOther
	}
}

// inner is the error without the *url.Error around it, whose text repeats method
// and URL.
func inner(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

func hostOf(target string) string {
	u, err := url.Parse(target)
	if err != nil || u.Host == "" {
		return target
	}
	return u.Host
}
