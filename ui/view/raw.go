package view

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"signbench/flows/jose"
	"signbench/flows/trace"
	"signbench/ui/text"
)

// rawText lays an exchange out as it went over the wire: request line, headers,
// body, and the same of the answer. Bodies of JSON, forms and tokens are laid out
// for reading; anything else is as it came.
func rawText(ex *trace.Exchange) string {
	var b strings.Builder
	u, err := url.Parse(ex.Request.URL)
	target := ex.Request.URL
	if err == nil && u.Host != "" {
		target = u.RequestURI()
	}
	fmt.Fprintf(&b, "%s %s %s\n", ex.Request.Method, target, ex.Request.Proto)
	if err == nil && u.Host != "" {
		fmt.Fprintf(&b, "Host: %s\n", u.Host)
	}
	writeHeader(&b, ex.Request.Header)
	writeBody(&b, ex.Request.Header.Get("Content-Type"), ex.Request.Body)
	b.WriteString("\n")
	switch {
	case ex.Response != nil:
		fmt.Fprintf(&b, "%s %d %s\n", ex.Response.Proto, ex.Response.Status, http.StatusText(ex.Response.Status))
		writeHeader(&b, ex.Response.Header)
		writeBody(&b, ex.Response.Header.Get("Content-Type"), ex.Response.Body)
	case ex.Err != nil:
		b.WriteString("# " + text.T("flow.raw.no_answer", text.Params{"Cause": ex.Err.Error()}) + "\n")
	default:
		b.WriteString("# " + text.T("flow.raw.unseen") + "\n")
	}
	return b.String()
}

// shownHeaders is how many header lines are written: no server sends more.
const shownHeaders = 200

func writeHeader(b *strings.Builder, header http.Header) {
	names := make([]string, 0, len(header))
	for name := range header {
		names = append(names, name)
	}
	slices.Sort(names)
	n := 0
	for _, name := range names {
		for _, value := range header[name] {
			if n++; n > shownHeaders {
				b.WriteString("# " + text.T("flow.raw.more_headers") + "\n")
				return
			}
			fmt.Fprintf(b, "%s: %s\n", name, value)
		}
	}
}

func writeBody(b *strings.Builder, contentType string, body trace.Body) {
	if body.Size == 0 && len(body.Bytes) == 0 {
		return
	}
	b.WriteString("\n")
	b.WriteString(layOut(contentType, body.Bytes))
	if !strings.HasSuffix(b.String(), "\n") {
		b.WriteString("\n")
	}
	if body.Truncated {
		b.WriteString("# " + text.T("flow.raw.truncated", text.Params{"Size": fmt.Sprint(body.Size)}) + "\n")
	}
	if body.Err != nil {
		b.WriteString("# " + text.T("flow.raw.broken", text.Params{"Cause": body.Err.Error()}) + "\n")
	}
}

// layOut formats a body for reading by what it is labelled, or by what it is.
func layOut(contentType string, body []byte) string {
	mediaType, _, _ := mime.ParseMediaType(contentType)
	switch {
	case json.Valid(body) && len(body) > 0 && (body[0] == '{' || body[0] == '['):
		return indented(body)
	case mediaType == "application/x-www-form-urlencoded":
		return formLines(string(body))
	case mediaType == "application/jwt":
		if t := jose.Decode(string(body)); t.Form == jose.JWT {
			return string(body) + "\n\n# " + text.T("tokens.header") + "\n" + indented(t.Header.Raw) + "\n# " + text.T("flow.raw.payload") + "\n" + indented(t.Payload)
		}
	case !utf8.Valid(body) || bytes.IndexByte(body, 0) >= 0:
		return text.T("flow.raw.binary", text.Params{"Size": fmt.Sprint(len(body))})
	}
	return string(body)
}

func indented(b []byte) string {
	var out bytes.Buffer
	if json.Indent(&out, b, "", "  ") != nil {
		return string(b)
	}
	return out.String()
}

// formLines puts each parameter of a form on a line of its own, decoded.
func formLines(body string) string {
	var b strings.Builder
	for _, pair := range strings.Split(body, "&") {
		name, value, _ := strings.Cut(pair, "=")
		b.WriteString(unescaped(name) + " = " + unescaped(value) + "\n")
	}
	return b.String()
}

func unescaped(s string) string {
	if u, err := url.QueryUnescape(s); err == nil {
		return u
	}
	return s
}
