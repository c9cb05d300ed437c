package trace

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"signbench/flows/oauth"
)

// maxHeaders is how many header lines of one message are kept.
const maxHeaders = 20_000

// exchangeOf reads one entry.
func exchangeOf(e *harEntry, textLimit int) *Exchange {
	ex := &Exchange{
		Run: oauth.RunID(clip(e.Run)), Attempt: max(1, e.Attempt), Started: harInstantOf(e.StartedDateTime),
		Instants: harInstants(e), Remote: port(clip(e.ServerIPAddress), clip(e.Connection)), Proxy: e.Proxy,
		TLS: tlsOf(e.Security),
		Request: Request{
			Method: strings.ToUpper(clip(e.Request.Method)), URL: e.Request.URL, Proto: protocol(e.Request.HTTPVersion),
			Header: headersOf(e.Request.Headers),
		},
	}
	if post := e.Request.PostData; post != nil {
		ex.Request.Body = bodyOf(post.Text, post.Encoding, max(0, e.Request.BodySize), e.Request.Truncated, textLimit)
		if post.Text == "" && len(post.Params) > 0 {
			ex.Request.Body = bodyOf(formOf(post.Params), "", 0, false, textLimit)
		}
		if ex.Request.Header.Get("Content-Type") == "" && post.MimeType != "" {
			ex.Request.Header.Set("Content-Type", post.MimeType)
		}
	}
	if e.Error != nil {
		ex.Err = e.Error
	}
	if r := e.Response; r != nil && !e.NoResponse && (r.Status > 0 || len(r.Headers) > 0) {
		ex.Response = &Response{
			Status: max(0, min(r.Status, 999)), Proto: protocol(r.HTTPVersion), Header: headersOf(r.Headers),
			Body: bodyOf(r.Content.Text, r.Content.Encoding, max(0, r.Content.Size), r.Content.Truncated, textLimit),
		}
		if r.RedirectURL != "" && ex.Response.Header.Get("Location") == "" && r.Status >= 300 && r.Status < 400 {
			ex.Response.Header.Set("Location", r.RedirectURL)
		}
		if e.BodyError != nil {
			ex.Response.Body.Err = e.BodyError
		}
	} else if r != nil && ex.Err == nil && !e.NoResponse {
		ex.Err = &Failure{Class: classOfText(r.Error), Text: clip(r.Error)}
	}
	return ex
}

func headersOf(pairs []harPair) http.Header {
	h := make(http.Header, min(len(pairs), maxHeaders))
	for _, p := range pairs[:min(len(pairs), maxHeaders)] {
		if strings.HasPrefix(p.Name, ":") { // HTTP/2 writes the request line so (RFC 9113, 8.3)
			continue
		}
		name := http.CanonicalHeaderKey(p.Name)
		h[name] = append(h[name], p.Value)
	}
	return h
}

// bodyOf reads a body. Its text may have been cut by the filter: then the true
// length is what the recording says.
func bodyOf(text, encoding string, size int64, truncated bool, limit int) Body {
	cut := len(text) >= limit
	raw := []byte(text)
	if strings.EqualFold(encoding, "base64") {
		raw = lenientBase64(text)
	}
	if len(raw) > BodyCap {
		raw, cut = slices.Clip(raw[:BodyCap]), true
	}
	if len(raw) == 0 {
		raw = nil
	}
	b := Body{Bytes: raw, Size: max(size, int64(len(raw))), Truncated: cut || truncated}
	if !cut && !truncated && raw != nil { // sizes of recordings are those of the wire, compressed or in characters
		b.Size = int64(len(raw))
	}
	if raw == nil && size > 0 { // the recorder kept no bodies
		b.Truncated = true
	}
	return b
}

func lenientBase64(text string) []byte {
	text = strings.TrimRight(text, "=\r\n ")
	text = text[:len(text)/4*4+[]int{0, 0, 2, 3}[len(text)%4]]
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(text)))
	n, _ := base64.RawStdEncoding.Decode(out, []byte(text)) // as far as it goes
	return out[:n]
}

func formOf(params []harPair) string {
	var b strings.Builder
	for i, p := range params {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(url.QueryEscape(p.Name) + "=" + url.QueryEscape(p.Value))
	}
	return b.String()
}

func harInstantOf(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04:05.999999999", time.RFC1123} {
		if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return t
		}
	}
	return time.Time{}
}

// harInstants reads our own instants, or lays the timings of a browser end to end.
func harInstants(e *harEntry) Instants {
	if i := e.Instants; i != nil {
		return Instants{
			bounded(i.DNSStart), bounded(i.DNSDone), bounded(i.ConnectStart), bounded(i.ConnectDone), bounded(i.TLSStart),
			bounded(i.TLSDone), bounded(i.GotConn), bounded(i.WroteRequest), bounded(i.FirstByte), bounded(i.Done), e.Reused,
		}
	}
	if e.Channel != "" { // ours, and nothing was measured
		return Instants{Reused: e.Reused}
	}
	t := e.Timings
	i := Instants{Reused: !(t.Connect > 0)}
	at := max(milliseconds(t.Blocked), 1) // an instant of zero would be one that did not occur
	if dns := milliseconds(t.DNS); dns > 0 {
		i.DNSStart, i.DNSDone = at, at+dns
		at += dns
	}
	if connect := milliseconds(t.Connect); connect > 0 {
		ssl := min(milliseconds(t.SSL), connect)
		i.ConnectStart, i.ConnectDone = at, at+connect-ssl
		if ssl > 0 {
			i.TLSStart, i.TLSDone = i.ConnectDone, at+connect
		}
		at += connect
	}
	i.GotConn = at
	i.WroteRequest = at + milliseconds(t.Send)
	i.FirstByte = i.WroteRequest + milliseconds(t.Wait)
	i.Done = i.FirstByte + milliseconds(t.Receive)
	if total := milliseconds(e.Time); i.Done <= 1 && total > 0 {
		i.Done = total
	}
	return i
}

func bounded(ns int64) time.Duration {
	return time.Duration(min(max(0, ns), int64(365*24*time.Hour)))
}

// protocol writes "h2" and "http/2.0" as net/http does.
func protocol(s string) string {
	switch strings.ToLower(s) {
	case "h2", "http/2", "http/2.0":
		return "HTTP/2.0"
	case "h3", "http/3", "http/3.0", "h3-29":
		return "HTTP/3.0"
	case "unknown", "":
		return ""
	}
	return clip(strings.ToUpper(s))
}

func tlsOf(t *harTLS) *TLS {
	if t == nil {
		return nil
	}
	out := &TLS{Version: clip(t.Protocol), CipherSuite: clip(t.Cipher), ServerName: clip(t.ServerName)}
	for _, c := range t.Chain {
		from, _ := time.Parse(time.RFC3339, c.From)
		to, _ := time.Parse(time.RFC3339, c.To)
		out.Peer = append(out.Peer, Certificate{Subject: c.Subject, Issuer: c.Issuer, DNSNames: c.DNSNames, NotBefore: from, NotAfter: to})
	}
	return out
}
