package probe

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// soon is how near the end of a certificate is worth a warning.
const soon = 14 * 24 * time.Hour

// reachRows says how the host was reached, by the request for the discovery
// document: no connection is made for these rows alone.
func (r *run) reachRows(a *answer) {
	host := param("Host", hostOf(a.target))
	if a.err != nil && a.status == 0 {
		r.unreached(a, host)
		return
	}
	r.dnsRow(a, host)
	r.say("reach.connect", "connected", host, by(a))
	if p := proxy(a.target); p != "" {
		r.say("reach.proxy", "used", host, got(p), by(a))
	} else {
		r.say("reach.proxy", "none", host, by(a))
	}
	r.redirectRow(a, host)
	r.tlsRow(a, host)
	r.say("reach.time", pace(a.took), host, got(a.took.Round(time.Millisecond).String()), by(a))
}

// slow is how long an answer may take before it is worth a warning: Logto's connectors
// wait for ten seconds, and a sign-in makes several requests.
const slow = 5 * time.Second

// pace says whether an answer came in good time.
func pace(took time.Duration) string {
	if took >= slow {
		return "slow"
	}
	return "quick"
}

func (r *run) dnsRow(a *answer, host option) {
	a.mu.Lock()
	names, reused := strings.Join(a.names, ", "), a.reused
	a.mu.Unlock()
	u, err := url.Parse(a.target)
	literal := false
	if err == nil {
		_, notIP := netip.ParseAddr(u.Hostname())
		literal = notIP == nil
	}
	switch {
	case literal:
		r.say("reach.dns", "literal", host, by(a))
	case proxy(a.target) != "":
		r.say("reach.dns", "by_proxy", host, by(a))
	case reused || names == "":
		r.say("reach.dns", "reused", host, by(a))
	default:
		r.say("reach.dns", "resolved", host, got(names), by(a))
	}
}

func (r *run) redirectRow(a *answer, host option) {
	switch {
	case a.final == nil || len(a.ids) < 2 && a.final.String() == a.target:
		r.say("reach.redirect", "direct", host, by(a))
	case a.final.Host == hostOf(a.target):
		r.say("reach.redirect", "redirected", host, got(bare(a.final.String())), by(a))
	default:
		r.say("reach.redirect", "other_host", host, got(bare(a.final.String())), by(a), remedy(fault.EditEndpoint))
	}
}

func (r *run) tlsRow(a *answer, host option) {
	u, err := url.Parse(a.target)
	switch {
	case err == nil && u.Scheme == "http" && loopback(u.Hostname()):
		r.say("reach.tls", "loopback", host, by(a))
	case a.tls == nil || len(a.tls.PeerCertificates) == 0:
		r.say("reach.tls", "plain_http", host, by(a), remedy(fault.EditEndpoint))
	default:
		until := a.tls.PeerCertificates[0].NotAfter
		reason := "trusted"
		if time.Until(until) < soon {
			reason = "expires_soon"
		}
		r.say("reach.tls", reason, host, got(until.UTC().Format(time.DateOnly)), by(a))
	}
}

// unreached names the one cause of a connection that did not come about, and lets
// every other row say that it could not be asked.
func (r *run) unreached(a *answer, host option) {
	f := fault.Transport(oauth.StepDiscovery, a.target, a.err)
	cause := got(f.Params["Cause"])
	failed := func(id, reason string) {
		r.say(id, reason, host, cause, by(a), remedy(fault.EditEndpoint))
	}
	a.mu.Lock()
	connected := !a.wrote.IsZero()
	a.mu.Unlock()
	switch f.Code {
	case fault.TransportDNS:
		failed("reach.dns", "no_such_name")
	case fault.TransportProxy:
		r.dnsRow(a, host)
		r.say("reach.proxy", "refused", host, cause, by(a))
	case fault.TransportTLSUnknown, fault.TransportTLSName, fault.TransportTLSExpired, fault.TransportTLSNot, fault.TransportTLS:
		r.dnsRow(a, host)
		r.say("reach.connect", "connected", host, by(a))
		failed("reach.tls", tlsReasons[f.Code])
	case fault.TransportTimeout:
		r.dnsRow(a, host)
		if connected { // it listens, and answers nothing
			r.say("reach.connect", "connected", host, by(a))
			failed("discovery.found", "timeout")
			break
		}
		failed("reach.connect", "timeout")
	case fault.TransportRefused, fault.TransportUnreachable, fault.TransportReset:
		r.dnsRow(a, host)
		failed("reach.connect", strings.TrimPrefix(string(f.Code), "transport."))
	default:
		r.dnsRow(a, host)
		failed("reach.connect", "other")
	}
	r.close(noConnection, a, Reach, Discovery, Clock, Keys, Client, Secret, SignOut)
}

var tlsReasons = map[fault.Code]string{
	fault.TransportTLSUnknown: "unknown_authority",
	fault.TransportTLSName:    "wrong_name",
	fault.TransportTLSExpired: "expired",
	fault.TransportTLSNot:     "not_tls",
	fault.TransportTLS:        "handshake",
}

// proxy is the proxy that the environment names for that address, without its
// credentials.
func proxy(target string) string {
	asked, err := url.Parse(target)
	if err != nil {
		return ""
	}
	u, err := http.ProxyFromEnvironment(&http.Request{URL: asked})
	if err != nil || u == nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

func (r *run) isLocalhost() bool { return localhost(r.profile.IssuerID()) }

func localhost(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && strings.EqualFold(u.Hostname(), "localhost")
}

// checkLocalhost says in which families the provider listens at the name localhost:
// a browser and a server may try different ones (RFC 8252, 8.3).
func (r *run) checkLocalhost(ctx context.Context) {
	u, err := url.Parse(r.profile.IssuerID())
	if err != nil {
		return
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443"}[u.Scheme]
	}
	if port == "" {
		port = "80"
	}
	started := time.Now()
	dial, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	listens := func(ip string) <-chan bool {
		done := make(chan bool, 1)
		go func() {
			conn, err := (&net.Dialer{}).DialContext(dial, "tcp", net.JoinHostPort(ip, port))
			if err == nil {
				_ = conn.Close()
			}
			done <- err == nil
		}()
		return done
	}
	four, six := listens("127.0.0.1"), listens("::1")
	reason := noConnection // which reach.connect reports
	switch v4, v6 := <-four, <-six; {
	case v4 && v6:
		reason = "both"
	case v4:
		reason = "ipv4_only"
	case v6:
		reason = "ipv6_only"
	case ctx.Err() != nil:
		return
	}
	r.say("reach.localhost", reason, param("Host", u.Host), func(row *Row) { row.Took = time.Since(started) })
}

func loopback(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
