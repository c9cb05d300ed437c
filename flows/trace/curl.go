package trace

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// CurlOptions says how much a command tells.
type CurlOptions struct {
	// Reveal puts the secrets themselves into the command. Without it they are
	// variables of the shell, such as $CLIENT_SECRET.
	Reveal bool
}

// Curl returns the request of one exchange as a curl command for a POSIX shell,
// quoted so that any byte arrives as it was sent. Values that were removed already
// are variables in any case.
func Curl(ex *Exchange, opt CurlOptions) string {
	if ex == nil {
		return ""
	}
	vars := newVariables(ex)
	if !opt.Reveal {
		ex = NewDisarmer().Exchange(ex)
	}
	c := curlCommand{vars: vars, hide: !opt.Reveal}
	c.request(ex)
	return c.notes(ex) + c.render()
}

// curlCommand gathers the arguments, each an option with what belongs to it.
type curlCommand struct {
	vars  *variables
	hide  bool
	args  []string
	stdin string // a body that no argument can carry
}

func (c *curlCommand) option(name, value string) {
	c.args = append(c.args, name+" "+c.vars.quote(value))
}

func (c *curlCommand) request(ex *Exchange) {
	v := substitute{c.vars, c.hide}
	target := walkURL(v, site{step: ex.Step, place: PlaceURL, request: true}, ex.Request.URL)
	target = strings.ReplaceAll(target, "\x00", "%00")
	c.option("--url", target)
	if strings.ContainsAny(target, "[]{}") {
		c.args = append(c.args, "--globoff") // brackets are patterns otherwise
	}
	hasBody := len(ex.Request.Body.Bytes) > 0
	switch method := ex.Request.Method; {
	case method == http.MethodHead:
		c.args = append(c.args, "--head")
	case method == http.MethodPost && hasBody, (method == http.MethodGet || method == "") && !hasBody:
	default:
		c.option("--request", withoutNUL(method))
	}
	c.headers(v, ex.Request.Header)
	if hasBody {
		c.body(v, ex)
	}
}

func (c *curlCommand) headers(v visitor, h http.Header) {
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if !isToken(name) || strings.EqualFold(name, "Content-Length") || strings.EqualFold(name, "Host") {
			continue // HTTP/2 has names such as :path, which are no headers to send
		}
		for _, value := range h[name] {
			value = oneLine(value)
			if strings.EqualFold(name, "Authorization") && c.authorization(value) {
				continue
			}
			value = walkHeaderValue(v, site{place: PlaceRequestHeader, name: name, request: true}, value)
			if strings.TrimSpace(value) == "" {
				c.option("--header", name+";") // curl takes "Name:" for: do not send it
			} else {
				c.option("--header", name+": "+value)
			}
		}
	}
}

// authorization writes client authentication as curl has it (RFC 6749, 2.3.1), and
// reports whether it did.
func (c *curlCommand) authorization(value string) bool {
	scheme, rest, _ := strings.Cut(value, " ")
	switch {
	case strings.EqualFold(scheme, "Basic"):
		user, password, ok := basicHalves(rest)
		if !ok || strings.ContainsRune(user+password, 0) {
			return false
		}
		if c.hide && password == "" || isWord(user) {
			user = c.vars.take("api_key", user)
		}
		if password != "" && (c.hide || isWord(password)) {
			password = c.vars.take("client_secret", password)
		}
		c.option("--user", user+":"+password)
		return true
	case (c.hide || isWord(rest)) && (strings.EqualFold(scheme, "Bearer") || strings.EqualFold(scheme, "DPoP")):
		c.option("--header", "Authorization: "+scheme+" "+c.vars.take("access_token", rest))
		return true
	}
	return false
}

func (c *curlCommand) body(v substitute, ex *Exchange) {
	body, h := ex.Request.Body, ex.Request.Header
	s := site{step: ex.Step, place: PlaceRequestBody, request: true}
	raw := string(body.Bytes)
	if form := h.Get("Content-Type"); strings.HasPrefix(strings.ToLower(form), "application/x-www-form-urlencoded") && strings.Contains(raw, "=") {
		for pair := range strings.SplitSeq(raw, "&") {
			c.pair(v, s, pair)
		}
		return
	}
	text := string(walkBody(v, s, h, body).Bytes)
	if strings.ContainsRune(text, 0) { // no argument can hold it
		c.stdin = text
		c.args = append(c.args, "--data-binary @-")
		return
	}
	c.option("--data-raw", text)
}

// pair writes one parameter of a form. curl puts the & between them.
func (c *curlCommand) pair(v substitute, s site, pair string) {
	name, value, ok := strings.Cut(pair, "=")
	clearName, err := url.QueryUnescape(name)
	clear, valueErr := url.QueryUnescape(value)
	if !ok || err != nil || valueErr != nil || strings.ContainsRune(clearName+clear, 0) {
		c.option("--data-raw", withoutNUL(walkPair(v, s, pair)))
		return
	}
	c.option("--data-urlencode", url.QueryEscape(clearName)+"="+v.value(s.named(clearName), clear))
}

// notes are comments above the command.
func (c *curlCommand) notes(ex *Exchange) string {
	var b strings.Builder
	if ex.Channel == FrontChannel {
		b.WriteString("# The browser sends this one, with cookies of its own.\n")
	}
	if body := ex.Request.Body; body.Truncated {
		fmt.Fprintf(&b, "# The body is cut off: %d of %d bytes were recorded.\n", len(body.Bytes), body.Size)
	}
	if names := c.vars.used(); len(names) > 0 {
		b.WriteString("# Set first: " + strings.Join(names, ", ") + "\n")
	}
	return b.String()
}

func (c *curlCommand) render() string {
	command := "curl " + strings.Join(c.args, " \\\n  ")
	if c.stdin != "" {
		return c.vars.printf(c.stdin) + " |\n" + command + "\n"
	}
	return command + "\n"
}

// oneLine takes out of a header value what no header can have (RFC 9110, 5.5).
func oneLine(s string) string {
	return strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ", "\x00", "").Replace(s)
}

func withoutNUL(s string) string { return strings.ReplaceAll(s, "\x00", "") }

// isToken reports whether a name may stand in a message (RFC 9110, 5.6.2).
func isToken(s string) bool {
	for i := range len(s) {
		if !isNameByte(s[i]) && strings.IndexByte("!#$%&'*+-.^`|~", s[i]) < 0 {
			return false
		}
	}
	return s != ""
}
