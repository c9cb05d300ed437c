package fault

import (
	"html"
	"mime"
	"regexp"
	"strconv"
	"strings"

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

// Unusable names an answer that could not be used, or returns false when its
// status and type are those of a JSON answer to be read further.
func Unusable(step oauth.Step, target string, resp *trace.Response, parsed bool) (Fault, bool) {
	f := Fault{Severity: Error, Step: step, Params: map[string]string{
		"Status": strconv.Itoa(resp.Status), "Host": hostOf(target), "URL": bare(target),
	}}
	if step == oauth.StepDiscovery {
		f.Remedy = EditEndpoint
	}
	mediaType, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	f.Params["Type"] = mediaType
	page := mediaType == "text/html" || looksLikeHTML(resp.Body.Bytes)
	switch {
	case parsed && resp.Status < 300:
		return Fault{}, false
	case resp.Status >= 300 && resp.Status < 400:
		f.Code = ResponseRedirect
		f.Params["Location"] = bare(resp.Header.Get("Location"))
	case resp.Status == 404:
		f.Code = ResponseNotFound
	case page:
		f.Code = ResponseHTML
	case resp.Status >= 400:
		f.Code = ResponseStatus
	case resp.Body.Truncated:
		f.Code = ResponseTooLarge
	default:
		f.Code = ResponseNotJSON
	}
	if page {
		f.Params["Words"] = PageText(resp.Body.Bytes)
	}
	return f, true
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
// title and the first words of its body, as plain text of at most 200 characters.
func PageText(body []byte) string {
	src := string(body[:min(len(body), 64<<10)])
	heading := ""
	if m := title.FindStringSubmatch(src); m != nil {
		heading = plain(m[1])
		src = strings.Replace(src, m[0], " ", 1)
	}
	text := plain(tag.ReplaceAllString(invisible.ReplaceAllString(src, " "), " "))
	if heading != "" && !strings.HasPrefix(text, heading) {
		text = strings.TrimSpace(heading + ": " + text)
	}
	if runes := []rune(text); len(runes) > 200 {
		text = string(runes[:199]) + "…"
	}
	return text
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
