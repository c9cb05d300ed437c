package trace

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"signbench/flows/oauth"
)

// Messages turns the exchanges of a run into the rows of a sequence diagram, in
// the order in which they began. It is pure: the same exchanges, disarmed or not,
// make the same rows.
func Messages(exchanges []*Exchange) []Message {
	b := sequenceBuilder{out: make([]Message, 0, 2*len(exchanges)+4)}
	for _, ex := range exchanges {
		if ex != nil {
			b.add(ex)
		}
	}
	if b.away != nil {
		b.row(Message{From: Browser, To: b.host(b.away, target(b.away)), Kind: MessageGap, Code: CodeWaiting, Exchange: b.away.ID, Step: b.away.Step, At: b.away.Started})
	}
	return b.out
}

type sequenceBuilder struct {
	out      []Message
	away     *Exchange // the hop that sent the browser away, until it is back
	state    string    // of that hop
	watching bool      // this is a run of ours, not a recording of a browser
	provider string    // host that the browser was sent to first
	returns  string    // host and path of its redirect_uri
}

func (b *sequenceBuilder) row(m Message) { b.out = append(b.out, m) }

func (b *sequenceBuilder) add(ex *Exchange) {
	switch {
	case ex.Channel != FrontChannel:
		b.backChannel(ex)
	case b.arrives(ex):
		b.arrived(ex)
	case ex.Response == nil && ex.Err == nil:
		b.opened(ex)
	default:
		b.browsed(ex)
	}
}

// backChannel is a request of Signbench's own.
func (b *sequenceBuilder) backChannel(ex *Exchange) {
	to := Provider
	if ex.Step.IsUpstream() {
		to = Upstream
	}
	b.pair(ex, Signbench, to)
}

// pair draws a request and what came of it.
func (b *sequenceBuilder) pair(ex *Exchange, from, to Actor) {
	u := target(ex)
	b.row(Message{
		From: from, To: to, Kind: MessageRequest, Title: requestTitle(ex, u), Caption: requestCaption(ex, u),
		Exchange: ex.ID, Attempt: ex.Attempt, Step: ex.Step, At: ex.Started,
	})
	b.row(answer(ex, to, from))
}

func answer(ex *Exchange, from, to Actor) Message {
	m := Message{
		From: from, To: to, Kind: MessageAnswer, Exchange: ex.ID, Step: ex.Step,
		At: ex.Started.Add(ex.Instants.Done), Took: ex.Instants.Done,
	}
	if ex.Response == nil {
		m.Kind, m.Code, m.Failed, m.Caption = MessageLost, CodeNoAnswer, true, string(ClassOf(ex.Err))
		return m
	}
	m.Title, m.Caption = statusTitle(ex.Response.Status), answerCaption(ex.Response)
	m.Failed = ex.Response.Status >= 400 || ex.Err != nil || ex.Response.Body.Err != nil
	if broken := cmp.Or(ClassOf(ex.Response.Body.Err), ClassOf(ex.Err)); broken != ClassNone { // the answer began, and did not end
		m.Code, m.Caption = CodeBroken, string(broken)
	}
	if ex.Response.Status == 0 { // a recording of a browser that got nothing
		m.Kind, m.Code, m.Failed, m.Title = MessageLost, CodeNoAnswer, true, ""
	}
	return m
}

// opened is a URL given to the system's browser, which then asks the provider for
// it out of sight.
func (b *sequenceBuilder) opened(ex *Exchange) {
	u := target(ex)
	if b.provider == "" && !ex.Step.IsUpstream() {
		b.provider = u.Host
	}
	b.away, b.state, b.watching = ex, u.Query().Get("state"), true
	b.row(Message{From: Signbench, To: Browser, Kind: MessageOpen, Code: CodeOpened, Exchange: ex.ID, Step: ex.Step, At: ex.Started})
	b.row(Message{
		From: Browser, To: b.host(ex, u), Kind: MessageRequest, Title: requestTitle(ex, u), Caption: requestCaption(ex, u),
		Inferred: true, Exchange: ex.ID, Step: ex.Step, At: ex.Started,
	})
}

// browsed is a request of the browser that was seen: in a recording of a browser.
func (b *sequenceBuilder) browsed(ex *Exchange) {
	u := target(ex)
	if ex.Step == oauth.StepAuthorize && b.provider == "" {
		b.provider = u.Host
		if r, err := url.Parse(u.Query().Get("redirect_uri")); err == nil {
			b.returns = r.Host + r.Path
		}
	}
	b.pair(ex, Browser, b.host(ex, u))
}

// arrives reports whether the hop ends at the application, and not at a provider
// that is itself called back by another.
func (b *sequenceBuilder) arrives(ex *Exchange) bool {
	if ex.Step == oauth.StepUpstreamCallback {
		return true
	}
	if ex.Step != oauth.StepCallback && ex.Step != oauth.StepReturn {
		return false
	}
	u := target(ex)
	return b.returns == "" || b.returns == u.Host+u.Path || u.Host != b.provider
}

// arrived is a request that the browser brought to the loopback. What was awaited
// ends the absence of the browser; what was not is drawn, and changes nothing.
func (b *sequenceBuilder) arrived(ex *Exchange) {
	u := target(ex)
	params := answerParameters(u)
	refused := ex.Response != nil && ex.Response.Status >= 400
	code := MessageCode("")
	if b.watching { // in a recording of a browser nobody has judged
		code = b.judge(ex, params, refused)
	}
	if b.away != nil && code == "" {
		b.back(ex)
	}
	failed := refused || params.Has("error") || code == CodeForeignState
	b.row(Message{
		From: Browser, To: Signbench, Kind: MessageCallback, Code: code, Title: requestTitle(ex, u),
		Caption: errorCaption(params), Failed: failed, Exchange: ex.ID, Step: ex.Step, At: ex.Started,
	})
	b.row(answer(ex, Signbench, Browser))
}

// judge says why a request to the loopback is not what was awaited, "" when it is.
func (b *sequenceBuilder) judge(ex *Exchange, params url.Values, refused bool) MessageCode {
	state := params.Get("state")
	switch {
	case refused && len(params) == 0 && ex.Request.Method != http.MethodPost:
		return CodeKnock
	case state != "" && b.state != "" && state != b.state:
		return CodeForeignState
	case refused && b.away == nil:
		return CodeLate
	case refused:
		return CodeKnock
	}
	return ""
}

// back draws the time that the browser was away, and the redirect that nobody saw
// and that must have been: without it the browser would not be back.
func (b *sequenceBuilder) back(ex *Exchange) {
	at := b.host(b.away, target(b.away))
	b.row(Message{
		From: Browser, To: at, Kind: MessageGap, Code: CodeAtProvider, Exchange: b.away.ID, Step: b.away.Step,
		At: b.away.Started, Took: max(0, ex.Started.Sub(b.away.Started)),
	})
	b.row(Message{
		From: at, To: Browser, Kind: MessageRedirect, Code: CodeSentBack, Inferred: true, Exchange: ex.ID,
		Step: ex.Step, At: ex.Started,
	})
	b.away = nil
}

// host says whose the address is: the provider's, or that of one behind it.
func (b *sequenceBuilder) host(ex *Exchange, u *url.URL) Actor {
	if ex.Step.IsUpstream() || b.provider != "" && u.Host != b.provider && u.Host != "" {
		return Upstream
	}
	return Provider
}

func target(ex *Exchange) *url.URL {
	u, err := url.Parse(ex.Request.URL)
	if err != nil {
		return &url.URL{Path: "?"}
	}
	return u
}

// answerParameters are those of a callback, wherever they came.
func answerParameters(u *url.URL) url.Values {
	params := u.Query()
	if fragment, err := url.ParseQuery(u.Fragment); err == nil {
		for name, values := range fragment {
			params[name] = append(params[name], values...)
		}
	}
	return params
}

func requestTitle(ex *Exchange, u *url.URL) string {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	return strings.TrimSpace(ex.Request.Method + " " + clip(path))
}

// requestCaption tells the parameters by which requests to one endpoint differ. No
// secret is among them.
func requestCaption(ex *Exchange, u *url.URL) string {
	var told []string
	if body := ex.Request.Body.Bytes; u.RawQuery != "" || len(body) > 0 && len(body) < 64<<10 {
		params := u.Query()
		form, _ := url.ParseQuery(string(body)) // as far as it is one
		for _, name := range []string{"grant_type", "response_type", "prompt"} {
			if value := cmp.Or(params.Get(name), form.Get(name)); value != "" {
				told = append(told, name+"="+clip(value))
			}
		}
	}
	if ex.Attempt > 1 {
		told = append(told, "attempt "+strconv.Itoa(ex.Attempt))
	}
	return strings.Join(told, ", ")
}

func errorCaption(params url.Values) string { return clip(params.Get("error")) }

// answerCaption tells the error code of an OAuth error body (RFC 6749, 5.2), or of
// a challenge (RFC 6750, 3), or where a redirect leads.
func answerCaption(resp *Response) string {
	var body struct {
		Error string `json:"error"`
	}
	if resp.Status >= 400 {
		if len(resp.Body.Bytes) < 64<<10 && json.Unmarshal(resp.Body.Bytes, &body) == nil && body.Error != "" {
			return clip(body.Error)
		}
		if _, after, ok := strings.Cut(resp.Header.Get("WWW-Authenticate"), `error="`); ok {
			code, _, _ := strings.Cut(after, `"`)
			return clip(code)
		}
	}
	if location := resp.Header.Get("Location"); location != "" && resp.Status >= 300 && resp.Status < 400 {
		if u, err := url.Parse(location); err == nil {
			return clip(u.Host + u.EscapedPath())
		}
	}
	return ""
}

func statusTitle(status int) string {
	return strings.TrimSpace(strconv.Itoa(status) + " " + http.StatusText(status))
}

// clip keeps what is told of a remote value to one short line.
func clip(s string) string {
	const most = 80
	clean := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	if runes := []rune(clean); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return clean
}

// length is a duration as the diagrams write it.
func length(d time.Duration) string {
	switch {
	case d <= 0:
		return ""
	case d < time.Millisecond:
		return strconv.FormatInt(d.Microseconds(), 10) + " µs"
	case d < time.Second:
		return strconv.FormatInt(d.Milliseconds(), 10) + " ms"
	case d < 10*time.Second:
		return strconv.FormatFloat(d.Seconds(), 'f', 2, 64) + " s"
	case d < 2*time.Minute:
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
	}
	return d.Round(time.Second).String()
}
