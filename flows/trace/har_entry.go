package trace

import (
	"encoding/base64"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// harOf writes one exchange as an entry.
func harOf(ex *Exchange) harEntry {
	e := harEntry{
		StartedDateTime: harTime(ex.Started),
		Request:         harRequestOf(ex),
		Response:        harResponseOf(ex),
		Timings:         harTimingsOf(ex.Instants),
		ID:              ex.ID, Run: string(ex.Run), Step: string(ex.Step), Channel: string(ex.Channel), Attempt: ex.Attempt,
		Proxy: ex.Proxy, Reused: ex.Instants.Reused, Error: failureOf(ex.Err),
		Security: harTLSOf(ex.TLS), NoResponse: ex.Response == nil, ResourceType: "fetch",
	}
	if ex.Channel == FrontChannel {
		e.ResourceType = "document"
	}
	e.Time = e.Timings.total()
	if host, port, err := net.SplitHostPort(ex.Remote); err == nil {
		e.ServerIPAddress, e.Connection = host, port
	}
	if ex.Response != nil {
		e.BodyError = failureOf(ex.Response.Body.Err)
	}
	if i := ex.Instants; i != (Instants{}) {
		e.Instants = &harInstant{
			int64(i.DNSStart), int64(i.DNSDone), int64(i.ConnectStart), int64(i.ConnectDone), int64(i.TLSStart),
			int64(i.TLSDone), int64(i.GotConn), int64(i.WroteRequest), int64(i.FirstByte), int64(i.Done),
		}
	}
	return e
}

func failureOf(err error) *Failure {
	if err == nil {
		return nil
	}
	return &Failure{Class: ClassOf(err), Text: err.Error()}
}

func harRequestOf(ex *Exchange) harRequest {
	r := ex.Request
	out := harRequest{
		Method: r.Method, URL: r.URL, HTTPVersion: orUnknown(r.Proto),
		Headers: harHeaders(r.Header), Cookies: []harPair{}, QueryString: harQuery(r.URL),
		HeadersSize: -1, BodySize: r.Body.Size, Truncated: r.Body.Truncated,
	}
	for _, line := range r.Header["Cookie"] {
		for pair := range strings.SplitSeq(line, ";") {
			name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
			out.Cookies = append(out.Cookies, harPair{name, value})
		}
	}
	if len(r.Body.Bytes) == 0 {
		return out
	}
	post := &harPostData{MimeType: r.Header.Get("Content-Type")}
	post.Text, post.Encoding = harText(r.Body.Bytes)
	if strings.HasPrefix(post.MimeType, "application/x-www-form-urlencoded") && post.Encoding == "" {
		post.Params = harPairs(post.Text)
	}
	out.PostData = post
	return out
}

// harResponseOf writes an answer. One is required: what never came is written with
// the status 0, as browsers do.
func harResponseOf(ex *Exchange) *harResponse {
	out := &harResponse{HTTPVersion: "unknown", Cookies: []harPair{}, Headers: []harPair{}, HeadersSize: -1}
	r := ex.Response
	if r == nil {
		out.Content.MimeType = "x-unknown"
		if ex.Err != nil {
			out.Error = string(ClassOf(ex.Err))
		}
		return out
	}
	out.Status, out.StatusText, out.HTTPVersion = r.Status, http.StatusText(r.Status), orUnknown(r.Proto)
	out.Headers, out.RedirectURL = harHeaders(r.Header), r.Header.Get("Location")
	for _, line := range r.Header["Set-Cookie"] {
		pair, _, _ := strings.Cut(line, ";")
		name, value, _ := strings.Cut(pair, "=")
		out.Cookies = append(out.Cookies, harPair{strings.TrimSpace(name), value})
	}
	out.BodySize, out.TransferSize = r.Body.Size, r.Body.Size
	out.Content = harContent{Size: r.Body.Size, MimeType: r.Header.Get("Content-Type"), Truncated: r.Body.Truncated}
	if out.Content.MimeType == "" {
		out.Content.MimeType = "x-unknown"
	}
	out.Content.Text, out.Content.Encoding = harText(r.Body.Bytes)
	return out
}

// harText returns bytes as a text of JSON, in base64 where they are none.
func harText(b []byte) (text, encoding string) {
	if utf8.Valid(b) {
		return string(b), ""
	}
	return base64.StdEncoding.EncodeToString(b), "base64"
}

func harHeaders(h http.Header) []harPair {
	out := make([]harPair, 0, len(h))
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range h[name] {
			out = append(out, harPair{name, value})
		}
	}
	return out
}

func harQuery(raw string) []harPair {
	before, _, _ := strings.Cut(raw, "#")
	_, query, ok := strings.Cut(before, "?")
	if !ok {
		return []harPair{}
	}
	return harPairs(query)
}

// harPairs keeps the order, and what does not decode as it is.
func harPairs(encoded string) []harPair {
	out := []harPair{}
	for pair := range strings.SplitSeq(encoded, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		out = append(out, harPair{unescaped(name), unescaped(value)})
	}
	return out
}

func unescaped(s string) string {
	if clear, err := url.QueryUnescape(s); err == nil {
		return clear
	}
	return s
}

func orUnknown(proto string) string {
	if proto == "" {
		return "unknown"
	}
	return proto
}

func harTLSOf(t *TLS) *harTLS {
	if t == nil {
		return nil
	}
	out := &harTLS{Protocol: t.Version, Cipher: t.CipherSuite, ServerName: t.ServerName}
	for _, c := range t.Peer {
		out.Chain = append(out.Chain, harCertificate{
			Subject: c.Subject, Issuer: c.Issuer, DNSNames: c.DNSNames,
			From: c.NotBefore.UTC().Format(time.RFC3339), To: c.NotAfter.UTC().Format(time.RFC3339),
		})
	}
	return out
}

// harTimingsOf lays the phases end to end; -1 for one that did not happen, and 0
// for those that are required.
func harTimingsOf(i Instants) harTimings {
	between := func(from, to time.Duration) float64 {
		if from < 0 || to <= 0 || to < from {
			return -1
		}
		return float64(to-from) / float64(time.Millisecond)
	}
	t := harTimings{Blocked: -1, DNS: -1, Connect: -1, SSL: -1}
	if i.DNSDone > 0 {
		t.DNS = between(i.DNSStart, i.DNSDone)
	}
	connected := max(i.ConnectDone, i.TLSDone)
	if i.ConnectStart > 0 && connected > 0 {
		t.Connect = between(i.ConnectStart, connected)
	}
	if i.TLSStart > 0 {
		t.SSL = between(i.TLSStart, i.TLSDone)
	}
	t.Send = max(0, between(i.GotConn, i.WroteRequest))
	t.Wait = max(0, between(i.WroteRequest, i.FirstByte))
	t.Receive = max(0, between(i.FirstByte, i.Done))
	if i.Done > 0 { // what is left of the whole is time spent waiting for a turn
		rest := float64(i.Done)/float64(time.Millisecond) - t.total()
		if rest > 0.001 {
			t.Blocked = rest
		}
	}
	return t
}

// total is the sum of the phases; ssl is a part of connect.
func (t harTimings) total() float64 {
	sum := 0.0
	for _, ms := range []float64{t.Blocked, t.DNS, t.Connect, t.Send, t.Wait, t.Receive} {
		sum += max(0, ms)
	}
	return sum
}

// milliseconds reads a timing; absent ones are negative.
func milliseconds(ms float64) time.Duration {
	const most = float64(30 * 24 * time.Hour / time.Millisecond)
	if !(ms > 0) { // NaN too
		return 0
	}
	return time.Duration(min(ms, most) * float64(time.Millisecond))
}

func port(remote, connection string) string {
	if remote == "" {
		return ""
	}
	if n, err := strconv.ParseUint(connection, 10, 16); err == nil && n > 0 {
		return net.JoinHostPort(strings.Trim(remote, "[]"), connection)
	}
	return remote
}
