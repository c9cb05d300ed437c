package loopback

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestAnswerByQuery(t *testing.T) {
	l := start(t)
	r := get(t, l.RedirectURI()+"?code=the-code&state="+testState+"&iss=https%3A%2F%2Fid.example")
	if r.status != http.StatusOK || !strings.Contains(r.body, "The answer has arrived") {
		t.Errorf("answered %d %s", r.status, r.body)
	}
	cb := next(t, l)
	if cb.Kind != Accepted || cb.Via != ViaQuery || cb.Reason != "" || cb.Outcome != PageSignedIn {
		t.Errorf("got %s %s %s %s", cb.Kind, cb.Via, cb.Reason, cb.Outcome)
	}
	if cb.Params.Get("code") != "the-code" || cb.Params.Get("iss") != "https://id.example" {
		t.Errorf("params %v", cb.Params)
	}
	if !strings.HasPrefix(cb.URL, l.RedirectURI()+"?code=") || cb.Method != "GET" || cb.Remote == "" || cb.At.IsZero() {
		t.Errorf("observed %q %q %q", cb.URL, cb.Method, cb.Remote)
	}
}

func TestAnswerByFormPost(t *testing.T) {
	l := start(t)
	form := "code=the-code&state=" + testState
	req := request(t, http.MethodPost, l.RedirectURI(), form)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
	req.Header.Set("Origin", "https://id.example")
	if r := send(t, req); r.status != http.StatusOK {
		t.Errorf("answered %d", r.status)
	}
	cb := next(t, l)
	if cb.Kind != Accepted || cb.Via != ViaFormPost || cb.Params.Get("code") != "the-code" {
		t.Errorf("got %s by %s with %v", cb.Kind, cb.Via, cb.Params)
	}
	if cb.Size != int64(len(form)) || cb.Header.Get("Origin") != "https://id.example" {
		t.Errorf("size %d, header %v", cb.Size, cb.Header)
	}
}

func TestAnswerByFragment(t *testing.T) {
	l := start(t)
	r := get(t, l.RedirectURI())
	if cb := next(t, l); cb.Kind != Empty || cb.Reason != ReasonNothing || cb.Outcome != PageRelay || r.status != http.StatusOK {
		t.Errorf("the visit was %s %s, answered %d", cb.Kind, cb.Reason, r.status)
	}
	for _, want := range []string{`name="` + RelayMarker + `"`, `name="` + RelayField + `"`, "location.hash", "replaceState"} {
		if !strings.Contains(r.body, want) {
			t.Errorf("the relay page lacks %s", want)
		}
	}
	// What the script does: the fragment as it is, as the value of a form field.
	fragment := "code=a%2Bb&state=" + testState + "&id_token=e30.e30."
	post(t, l.RedirectURI(), url.Values{RelayMarker: {"1"}, RelayField: {fragment}}.Encode())
	cb := next(t, l)
	if cb.Kind != Accepted || cb.Via != ViaFragment || cb.Params.Get("code") != "a+b" || cb.Params.Get("id_token") != "e30.e30." {
		t.Errorf("got %s by %s with %v", cb.Kind, cb.Via, cb.Params)
	}
	if cb.URL != l.RedirectURI()+"#"+fragment || cb.Params.Has(RelayMarker) {
		t.Errorf("url %s", cb.URL)
	}
}

func TestErrorResponseIsTheAnswer(t *testing.T) {
	l := start(t)
	r := get(t, l.RedirectURI()+"?error=access_denied&state="+testState+
		"&error_description=no+%3Cscript%3Ealert(1)%3C%2Fscript%3E%00%E2%80%AE+way&error_uri=https%3A%2F%2Fevil.example%2F")
	cb := next(t, l)
	if cb.Kind != Accepted || cb.Reason != ReasonError || cb.Outcome != PageError {
		t.Errorf("got %s %s %s", cb.Kind, cb.Reason, cb.Outcome)
	}
	if !strings.Contains(r.body, "access_denied") || !strings.Contains(r.body, "no &lt;script&gt;alert(1)&lt;/script&gt; way") {
		t.Errorf("the page does not show the error as text: %s", r.body)
	}
	if strings.Contains(r.body, "evil.example") {
		t.Error("the page repeats more than the error and its description")
	}
}

// refusals are requests that are not the answer, and how each is told.
var refusals = []struct {
	name   string
	method string
	path   string // after http://host:port
	body   string
	change func(*http.Request)
	kind   Kind
	reason string
	status int
}{
	{name: "wrong state", path: "/callback?code=c&state=forged", kind: WrongState, status: 400},
	{name: "wrong state in a form", method: "POST", path: "/callback", body: "code=c&state=forged", kind: WrongState, status: 400},
	{name: "error with a wrong state", path: "/callback?error=MARK&state=forged", kind: WrongState, status: 400},
	{name: "no state", path: "/callback?code=c", kind: MissingState, status: 400},
	{name: "empty state", path: "/callback?code=c&state=", kind: MissingState, status: 400},
	{name: "state of an earlier run", path: "/callback?code=c&state=given-up", kind: Late, status: 400},
	{
		name: "rebound name", path: "/callback?code=c&state=" + testState, kind: ForeignHost, reason: ReasonOtherHost, status: 421,
		change: func(r *http.Request) { r.Host = "rebound.example:" + r.URL.Port() },
	},
	{
		name: "literal instead of the name", path: "/callback?code=c&state=" + testState, kind: ForeignHost, reason: ReasonOtherHost, status: 421,
		change: func(r *http.Request) { r.Host = "127.0.0.1:" + r.URL.Port() },
	},
	{
		name: "host without the port", path: "/callback?code=c&state=" + testState, kind: ForeignHost, reason: ReasonOtherPort, status: 421,
		change: func(r *http.Request) { r.Host = "localhost" },
	},
	{name: "another path", path: "/MARK?code=c&state=" + testState, kind: UnknownPath, status: 404},
	{name: "root", path: "/", kind: UnknownPath, status: 404},
	{name: "path below", path: "/callback/more?code=c&state=" + testState, kind: UnknownPath, status: 404},
	{name: "unclean path", path: "//callback?code=c&state=" + testState, kind: UnknownPath, status: 404},
	{name: "dotted path", path: "/x/../callback?code=c&state=" + testState, kind: UnknownPath, status: 404},
	{name: "final slash", path: "/callback/?code=c&state=" + testState, kind: UnknownPath, reason: ReasonNearPath, status: 404},
	{name: "other case", path: "/Callback?code=c&state=" + testState, kind: UnknownPath, reason: ReasonNearPath, status: 404},
	{name: "icon", path: "/favicon.ico", kind: UnknownPath, reason: ReasonFavicon, status: 404},
	{name: "preflight", method: "OPTIONS", path: "/callback", kind: WrongMethod, status: 405},
	{name: "head", method: "HEAD", path: "/callback?code=c&state=" + testState, kind: WrongMethod, status: 405},
	{name: "put", method: "PUT", path: "/callback?code=c&state=" + testState, kind: WrongMethod, status: 405},
	{name: "long query", path: "/callback?state=" + testState + "&code=" + strings.Repeat("x", 40<<10), kind: TooLarge, reason: ReasonTarget, status: 414},
	{name: "large form", method: "POST", path: "/callback", body: "state=" + testState + "&code=" + strings.Repeat("x", 64<<10), kind: TooLarge, reason: ReasonBody, status: 413},
	{
		name: "large form of unknown length", method: "POST", path: "/callback", body: "state=" + testState + "&code=" + strings.Repeat("x", 64<<10),
		kind: TooLarge, reason: ReasonBody, status: 413, change: func(r *http.Request) { r.ContentLength = -1 },
	},
	{name: "nothing", path: "/callback", kind: Empty, reason: ReasonNothing, status: 200},
	{name: "nothing of an answer", path: "/callback?utm_source=MARK", kind: Empty, reason: ReasonNoAnswer, status: 200},
	{name: "empty form", method: "POST", path: "/callback", kind: Empty, reason: ReasonNothing, status: 400},
	{name: "empty fragment", method: "POST", path: "/callback", body: RelayMarker + "=1&" + RelayField + "=top", kind: Empty, reason: ReasonNoAnswer, status: 400},
	{name: "two codes", path: "/callback?code=c&code=d&state=" + testState, kind: Malformed, reason: ReasonDuplicate, status: 400},
	{name: "two states", path: "/callback?code=c&state=" + testState + "&state=" + testState, kind: Malformed, reason: ReasonDuplicate, status: 400},
	{name: "code in query and form", method: "POST", path: "/callback?code=c", body: "code=c&state=" + testState, kind: Malformed, reason: ReasonDuplicate, status: 400},
	{name: "broken encoding", path: "/callback?code=%zz&state=" + testState, kind: Malformed, reason: ReasonEncoding, status: 400},
	{name: "broken encoding in a form", method: "POST", path: "/callback", body: "code=%zz&state=" + testState, kind: Malformed, reason: ReasonEncoding, status: 400},
	{name: "broken encoding in a fragment", method: "POST", path: "/callback", body: RelayMarker + "=1&" + RelayField + "=code%3D%25zz", kind: Malformed, reason: ReasonEncoding, status: 400},
	{
		name: "json", method: "POST", path: "/callback", body: `{"code":"c"}`, kind: Malformed, reason: ReasonContentType, status: 415,
		change: func(r *http.Request) { r.Header.Set("Content-Type", "application/json") },
	},
}

func TestRefusalsNeverEndTheWait(t *testing.T) {
	for _, test := range refusals {
		t.Run(test.name, func(t *testing.T) {
			l := start(t, func(c *Config) { c.Expired = []string{"given-up"} })
			method := test.method
			if method == "" {
				method = http.MethodGet
			}
			req := request(t, method, strings.TrimSuffix(l.RedirectURI(), "/callback")+test.path, test.body)
			if test.change != nil {
				test.change(req)
			}
			r := send(t, req)
			cb := next(t, l)
			if cb.Kind != test.kind || cb.Reason != test.reason {
				t.Errorf("got %s (%s), want %s (%s)", cb.Kind, cb.Reason, test.kind, test.reason)
			}
			if r.status != test.status || cb.Status != test.status {
				t.Errorf("answered %d, told %d, want %d", r.status, cb.Status, test.status)
			}
			if strings.Contains(r.body, "MARK") || strings.Contains(r.body, testState) {
				t.Error("the page repeats the request")
			}
			stillWaits(t, l)
		})
	}
}

func TestRepeatedAnswer(t *testing.T) {
	l := start(t)
	answer := l.RedirectURI() + "?code=c&state=" + testState
	get(t, answer)
	if cb := next(t, l); cb.Kind != Accepted {
		t.Fatalf("first: %s", cb.Kind)
	}
	r := get(t, answer)
	if cb := next(t, l); cb.Kind != Repeated || cb.Reason != "" || r.status != 200 || !strings.Contains(r.body, "already") {
		t.Errorf("again: %s %s, answered %d", cb.Kind, cb.Reason, r.status)
	}
	post(t, l.RedirectURI(), "code=other&state="+testState)
	if cb := next(t, l); cb.Kind != Repeated {
		t.Errorf("by form: %s", cb.Kind)
	}
	get(t, l.RedirectURI())
	if cb := next(t, l); cb.Kind != Repeated || cb.Reason != ReasonReload {
		t.Errorf("reloaded: %s %s", cb.Kind, cb.Reason)
	}
	get(t, l.RedirectURI()+"?code=c&state=forged")
	if cb := next(t, l); cb.Kind != WrongState {
		t.Errorf("forged: %s", cb.Kind)
	}
}

func TestReturnFromSignOut(t *testing.T) {
	signOut := func(c *Config) { c.RedirectURI, c.AllowBare = "http://localhost:0/", true }
	for name, test := range map[string]struct {
		query  string
		kind   Kind
		reason string
	}{
		"with state":    {"?state=" + testState, Accepted, ""},
		"without":       {"", Accepted, ReasonBare},
		"wrong state":   {"?state=other", WrongState, ""},
		"something":     {"?x=1", Empty, ReasonNoAnswer},
		"error":         {"?error=server_error&state=" + testState, Accepted, ReasonError},
		"error, no one": {"?error=server_error", MissingState, ""},
	} {
		t.Run(name, func(t *testing.T) {
			l := start(t, signOut)
			r := get(t, l.RedirectURI()+test.query)
			cb := next(t, l)
			if cb.Kind != test.kind || cb.Reason != test.reason {
				t.Errorf("got %s (%s), want %s (%s)", cb.Kind, cb.Reason, test.kind, test.reason)
			}
			if cb.Kind == Accepted && cb.Reason != ReasonError && !strings.Contains(r.body, "Back from signing out") {
				t.Errorf("page %s", r.body)
			}
		})
	}
}

func TestSignOutWithoutStateExpectsNone(t *testing.T) {
	l := start(t, func(c *Config) { c.RedirectURI, c.AllowBare, c.State = "http://127.0.0.1:0", true, "" })
	get(t, l.RedirectURI()+"?state=")
	if cb := next(t, l); cb.Kind != MissingState {
		t.Errorf("an empty state was %s", cb.Kind)
	}
	get(t, l.RedirectURI())
	if cb := next(t, l); cb.Kind != Accepted {
		t.Errorf("the bare return was %s", cb.Kind)
	}
}

func TestRedirectURIWithParametersOfItsOwn(t *testing.T) {
	l := start(t, func(c *Config) { c.RedirectURI = "http://127.0.0.1:0/cb?tenant=7" })
	get(t, l.RedirectURI())
	if cb := next(t, l); cb.Kind != Empty || cb.Reason != ReasonNothing {
		t.Errorf("its own parameters were %s (%s)", cb.Kind, cb.Reason)
	}
	get(t, l.RedirectURI()+"&code=c&state="+testState)
	if cb := next(t, l); cb.Kind != Accepted || cb.Params.Get("tenant") != "7" {
		t.Errorf("got %s with %v", cb.Kind, cb.Params)
	}
}

func TestHeaders(t *testing.T) {
	l := start(t)
	paths := []string{"", "?code=c&state=forged", "/elsewhere", "?code=c&state=" + testState}
	var nonces []string
	for _, path := range paths {
		req := request(t, http.MethodGet, l.RedirectURI()+path, "")
		req.Header.Set("Origin", "https://elsewhere.example")
		r := send(t, req)
		for name, want := range map[string]string{
			"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
			"Content-Type": "text/html; charset=utf-8", "Access-Control-Allow-Origin": "", "Location": "", "Set-Cookie": "",
		} {
			if got := r.header.Get(name); got != want {
				t.Errorf("%q: %s is %q, want %q", path, name, got, want)
			}
		}
		policy := r.header.Get("Content-Security-Policy")
		_, rest, _ := strings.Cut(policy, "script-src 'nonce-")
		nonce, _, found := strings.Cut(rest, "'")
		if !strings.HasPrefix(policy, "default-src 'none';") || !found || strings.Contains(policy, "unsafe") {
			t.Errorf("%q: policy %q", path, policy)
		}
		if strings.Count(r.body, "<script") != strings.Count(r.body, `<script nonce="`+nonce+`"`) ||
			strings.Count(r.body, "<style") != strings.Count(r.body, `<style nonce="`+nonce+`"`) {
			t.Errorf("%q: a script or style without the nonce", path)
		}
		nonces = append(nonces, nonce)
	}
	for i, a := range nonces {
		for _, b := range nonces[i+1:] {
			if a == b || len(a) < 20 {
				t.Errorf("nonces %v", nonces)
			}
		}
	}
}

// A sign-out ends with any return: its page must not say that the wait goes on.
func TestSignOutShowsItsPageForAnyState(t *testing.T) {
	if outcome, status := present(&Callback{Kind: WrongState}, true); outcome != PageSignedOut || status != http.StatusOK {
		t.Errorf("a sign-out with another state shows %s with %d", outcome, status)
	}
	if outcome, status := present(&Callback{Kind: WrongState}, false); outcome != PageWrongState || status != http.StatusBadRequest {
		t.Errorf("a sign-in with another state shows %s with %d", outcome, status)
	}
}
