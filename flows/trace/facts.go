package trace

import (
	"mime"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// FactName says what a fact is about. The codes are stable: their words are in the
// translations.
type FactName string

// The facts, in the order in which they are told.
const (
	FactFailure      FactName = "failure"       // class of the transport failure; Params: Text
	FactHTTP         FactName = "http"          // "HTTP/2.0", as the answer has it
	FactTLS          FactName = "tls"           // "TLS 1.3"; "none" for plain HTTP
	FactCipher       FactName = "cipher"        //
	FactServerName   FactName = "server_name"   // SNI (RFC 6066, 3)
	FactCertificate  FactName = "certificate"   // subject; Params: Issuer, NotBefore, NotAfter, Days, Names, Position (0: leaf)
	FactExpired      FactName = "expired"       // subject of a certificate that was not valid at that time; Params: Days
	FactRemote       FactName = "remote"        // address that answered
	FactConnection   FactName = "connection"    // "new" or "reused"
	FactProxy        FactName = "proxy"         //
	FactAttempt      FactName = "attempt"       // 2; Params: Total where it is known
	FactRedirectFrom FactName = "redirect_from" // ID of the exchange whose answer led here
	FactRedirectTo   FactName = "redirect_to"   // host and path; Params: Exchange, the ID of the one that went there
	FactSent         FactName = "sent"          // bytes of the request's body
	FactReceived     FactName = "received"      // bytes of the answer's body
	FactTruncated    FactName = "truncated"     // bytes kept; Params: Size, Side ("request", "response")
	FactBroken       FactName = "broken"        // class of the failure that ended the answer's body
	FactType         FactName = "content_type"  // as declared
	FactFound        FactName = "content_found" // what came, where it is not what was declared
	FactOversized    FactName = "oversized"     // number of headers of an answer, where it is out of all proportion
)

// FactNames lists every name, for the test that each has its words.
func FactNames() []FactName {
	return []FactName{
		FactFailure, FactHTTP, FactTLS, FactCipher, FactServerName, FactCertificate, FactExpired, FactRemote, FactConnection,
		FactProxy, FactAttempt, FactRedirectFrom, FactRedirectTo, FactSent, FactReceived, FactTruncated, FactBroken,
		FactType, FactFound, FactOversized,
	}
}

// Fact is one thing that the wire really said. Value is data, or one of the words
// given above.
type Fact struct {
	Name   FactName
	Value  string
	Params map[string]string
}

// Facts returns what is known of an exchange beyond its messages. What is not
// known has no row.
func Facts(ex *Exchange) []Fact { return FactsIn(ex, nil) }

// FactsIn is Facts with those that only the other exchanges of the run can tell:
// how often it was tried, and which exchange led to which.
func FactsIn(ex *Exchange, all []*Exchange) []Fact {
	if ex == nil {
		return nil
	}
	f := facts{}
	if ex.Err != nil {
		f.add(FactFailure, string(ClassOf(ex.Err)), "Text", ex.Err.Error())
	}
	f.connection(ex)
	f.run(ex, all)
	f.bodies(ex)
	return f
}

type facts []Fact

// add appends a fact with parameters in pairs, unless it says nothing.
func (f *facts) add(name FactName, value string, params ...string) {
	if value == "" {
		return
	}
	fact := Fact{Name: name, Value: value}
	for i := 0; i+1 < len(params); i += 2 {
		if fact.Params == nil {
			fact.Params = map[string]string{}
		}
		fact.Params[params[i]] = params[i+1]
	}
	*f = append(*f, fact)
}

func (f *facts) connection(ex *Exchange) {
	if ex.Response != nil {
		f.add(FactHTTP, ex.Response.Proto)
	}
	switch {
	case ex.TLS != nil:
		f.add(FactTLS, ex.TLS.Version)
		f.add(FactCipher, ex.TLS.CipherSuite)
		f.add(FactServerName, ex.TLS.ServerName)
		for i, c := range ex.TLS.Peer {
			f.certificate(i, c, ex.Started)
		}
	case ex.Channel == BackChannel && ex.Response != nil && strings.HasPrefix(strings.ToLower(ex.Request.URL), "http:"):
		f.add(FactTLS, "none")
	}
	f.add(FactRemote, ex.Remote)
	if ex.Remote != "" {
		if ex.Instants.Reused {
			f.add(FactConnection, "reused")
		} else {
			f.add(FactConnection, "new")
		}
	}
	f.add(FactProxy, ex.Proxy)
}

// certificate tells of one certificate of the chain, as it was at that time.
func (f *facts) certificate(position int, c Certificate, at time.Time) {
	days := int(c.NotAfter.Sub(at).Hours() / 24)
	subject := c.Subject
	if subject == "" {
		subject = strings.Join(c.DNSNames, ", ")
	}
	if subject == "" {
		subject = "?"
	}
	f.add(FactCertificate, subject, "Issuer", c.Issuer, "Names", strings.Join(c.DNSNames, ", "),
		"NotBefore", c.NotBefore.UTC().Format(time.DateOnly), "NotAfter", c.NotAfter.UTC().Format(time.DateOnly),
		"Days", strconv.Itoa(days), "Position", strconv.Itoa(position))
	if at.After(c.NotAfter) || at.Before(c.NotBefore) {
		f.add(FactExpired, subject, "Days", strconv.Itoa(days))
	}
}

func (f *facts) run(ex *Exchange, all []*Exchange) {
	total := ex.Attempt
	for _, other := range all {
		if sameRequest(ex, other) {
			total = max(total, other.Attempt)
		}
	}
	if total > 1 {
		if all == nil {
			f.add(FactAttempt, strconv.Itoa(ex.Attempt))
		} else {
			f.add(FactAttempt, strconv.Itoa(ex.Attempt), "Total", strconv.Itoa(total))
		}
	}
	for _, other := range all {
		if leadsTo(other, ex) {
			f.add(FactRedirectFrom, strconv.Itoa(other.ID))
			break
		}
	}
	if location := redirectTarget(ex); location != "" {
		next := ""
		for _, other := range all {
			if leadsTo(ex, other) {
				next = strconv.Itoa(other.ID)
				break
			}
		}
		f.add(FactRedirectTo, hostAndPath(location), "Exchange", next)
	}
}

// sameRequest reports whether two exchanges are attempts at one request.
func sameRequest(a, b *Exchange) bool {
	return b != nil && a.Step == b.Step && a.Request.Method == b.Request.Method &&
		place(a.Request.URL) == place(b.Request.URL)
}

// leadsTo reports whether the answer of a sent the client to b.
func leadsTo(a, b *Exchange) bool {
	if a == nil || b == nil || b.ID <= a.ID || a.Channel != b.Channel {
		return false
	}
	location := redirectTarget(a)
	return location != "" && withoutFragment(location) == withoutFragment(b.Request.URL)
}

// redirectTarget is the address that an answer leads to (RFC 9110, 15.4), "" for none.
func redirectTarget(ex *Exchange) string {
	if ex.Response == nil || ex.Response.Status < 300 || ex.Response.Status > 399 {
		return ""
	}
	location := ex.Response.Header.Get("Location")
	base, err := url.Parse(ex.Request.URL)
	if location == "" || err != nil {
		return location
	}
	target, err := base.Parse(location)
	if err != nil {
		return location
	}
	return target.String()
}

func withoutFragment(raw string) string {
	before, _, _ := strings.Cut(raw, "#")
	return before
}

func hostAndPath(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return "?"
	}
	return clip(u.Host + u.EscapedPath())
}

func (f *facts) bodies(ex *Exchange) {
	f.body(FactSent, "request", ex.Request.Body)
	if ex.Response == nil {
		return
	}
	body := ex.Response.Body
	f.body(FactReceived, "response", body)
	if body.Err != nil {
		f.add(FactBroken, string(ClassOf(body.Err)))
	}
	declared := ex.Response.Header.Get("Content-Type")
	f.add(FactType, clip(declared))
	if found := contentOf(body.Bytes); found != "" && !agrees(declared, found) {
		f.add(FactFound, found)
	}
	if n := len(ex.Response.Header); n > 200 {
		f.add(FactOversized, strconv.Itoa(n))
	}
}

func (f *facts) body(name FactName, side string, b Body) {
	if b.Size > 0 {
		f.add(name, strconv.FormatInt(b.Size, 10))
	}
	if b.Truncated {
		f.add(FactTruncated, strconv.Itoa(len(b.Bytes)), "Size", strconv.FormatInt(b.Size, 10), "Side", side)
	}
}

// agrees reports whether a declared type can have such content.
func agrees(declared, found string) bool {
	mediaType, _, err := mime.ParseMediaType(declared)
	if err != nil {
		return found == "text"
	}
	switch found {
	case "json", "html", "xml":
		return strings.Contains(mediaType, found) || found == "xml" && strings.Contains(mediaType, "html")
	case "jwt":
		return strings.Contains(mediaType, "jwt") || strings.Contains(mediaType, "jose")
	case "form":
		return mediaType == "application/x-www-form-urlencoded" || strings.HasPrefix(mediaType, "text/")
	case "binary":
		return !strings.HasPrefix(mediaType, "text/") && !strings.Contains(mediaType, "json") && !strings.Contains(mediaType, "xml")
	}
	return !strings.Contains(mediaType, "json") && !strings.Contains(mediaType, "jwt")
}
