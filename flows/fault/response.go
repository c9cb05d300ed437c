package fault

import (
	"html"
	"mime"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// Codes of answers that are not what the step asked for.
const (
	ResponseNotFound Code = "response.not_found" // 404: the address is wrong
	ResponseStatus   Code = "response.status"    // any other status that the step can't use
	ResponseHTML     Code = "response.html"      // a page where JSON was expected
	ResponseNotJSON  Code = "response.not_json"
	ResponseTooLarge Code = "response.too_large"
	ResponseRedirect Code = "response.redirected" // a POST answered by a redirect
)

var responseEntries = []Entry{
	{Code: ResponseNotFound, Severity: Error, Spec: "RFC 9110 15.5.5"},
	{Code: ResponseStatus, Severity: Error, Spec: "RFC 9110 15", Unknown: true},
	{Code: ResponseHTML, Severity: Error, Spec: "RFC 9110 8.3", Unknown: true},
	{Code: ResponseNotJSON, Severity: Error, Spec: "RFC 8259 2", Unknown: true},
	{Code: ResponseTooLarge, Severity: Error},
	{Code: ResponseRedirect, Severity: Error, Spec: "RFC 9110 15.4"},
}

// Unusable names an answer that could not be used, or returns false when its
// status and type are those of a JSON answer to be read further.
func Unusable(step oauth.Step, target string, resp *trace.Response, parsed bool) (Fault, bool) {
	if parsed && resp.Status < 300 {
		return Fault{}, false
	}
	mediaType, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	page := mediaType == "text/html" || looksLikeHTML(resp.Body.Bytes)
	params := map[string]string{
		"Status": strconv.Itoa(resp.Status), "Host": hostOf(target), "URL": bare(target), "Type": mediaType,
	}
	answer, _ := ReadErrorResponse(resp)
	params["Words"] = answer.words()
	if page {
		params["Words"] = PageText(resp.Body.Bytes)
	}
	code := responseCode(resp, page)
	if named, ok := said(step, params["Words"]); ok {
		code = named
	} else if named, ok := logtoCode(answer); ok {
		code = named
	}
	if code == ResponseRedirect {
		params["Location"] = bare(resp.Header.Get("Location"))
	}
	f := New(code, step, params)
	if step == oauth.StepDiscovery {
		f.Remedy = EditEndpoint
	}
	return f, true
}

func responseCode(resp *trace.Response, page bool) Code {
	switch {
	case resp.Status >= 300 && resp.Status < 400:
		return ResponseRedirect
	case resp.Status == 404:
		return ResponseNotFound
	case page:
		return ResponseHTML
	case resp.Status >= 400:
		return ResponseStatus
	case resp.Body.Truncated:
		return ResponseTooLarge
	default:
		return ResponseNotJSON
	}
}

func looksLikeHTML(body []byte) bool {
	head := strings.ToLower(strings.TrimSpace(string(body[:min(len(body), 256)])))
	return strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html")
}

var (
	invisible = regexp.MustCompile(`(?is)<(script|style|noscript|template)\b.*?</(script|style|noscript|template)\s*>|<!--.*?-->`)
	tag       = regexp.MustCompile(`(?s)<[^>]*>`)
	title     = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)
)

// PageText extracts what a person would read first of an HTML error page: its
// title and the first words of its body, as plain text of at most 200 characters. Of a
// page that is not in UTF-8 it is empty, because nobody could read it.
func PageText(body []byte) string {
	src := string(body[:min(len(body), 64<<10)])
	heading := ""
	if m := title.FindStringSubmatch(src); m != nil {
		heading = plain(m[1])
		src = strings.Replace(src, m[0], " ", 1)
	}
	text := plain(tag.ReplaceAllString(invisible.ReplaceAllString(src, " "), " "))
	if heading != "" && !strings.HasPrefix(text, heading) {
		text = strings.TrimSuffix(heading+": "+text, ": ")
	}
	if text = clip(text, 200); strings.ContainsRune(text, utf8.RuneError) {
		return ""
	}
	return text
}

// clip makes foreign words fit for a line: no control characters, no line breaks,
// at most that many characters.
func clip(s string, most int) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}

func plain(s string) string {
	return strings.Join(strings.Fields(html.UnescapeString(s)), " ")
}

// bare is a URL without query and fragment, which may hold secrets.
func bare(raw string) string {
	if i := strings.IndexAny(raw, "?#"); i >= 0 {
		return raw[:i]
	}
	return raw
}
