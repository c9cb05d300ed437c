package loopback

import (
	"errors"
	"net/url"
	"strings"
	"testing"
)

const (
	pasteURI   = "http://localhost:3000/callback"
	pasteQuery = "code=a%2Bb&state=" + testState
)

func pasteListener(t *testing.T, uri string) *Listener {
	t.Helper()
	l, err := PasteOnly(Config{RedirectURI: uri, State: testState, Expired: []string{"given-up"}})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestPastedAnswers(t *testing.T) {
	for name, test := range map[string]struct{ uri, text string }{
		"url":                    {pasteURI, pasteURI + "?" + pasteQuery},
		"fragment":               {pasteURI, pasteURI + "#" + pasteQuery},
		"fragment after a query": {pasteURI, pasteURI + "?utm=1#" + pasteQuery},
		"spaces around":          {pasteURI, "  \t" + pasteURI + "?" + pasteQuery + " \r\n"},
		"wrapped lines":          {pasteURI, "http://localhost:3000/call\r\n    back?code=a%2\n  Bb&sta\n\tte=" + testState},
		"spaces within":          {pasteURI, pasteURI + "? code=a%2Bb & state= " + testState},
		"wide and no-break":      {pasteURI, "\u3000" + pasteURI + "?\u00a0" + pasteQuery},
		"invisible marks":        {pasteURI, "\ufeff\u200b" + pasteURI + "?code=a%2B\u200bb&state=" + testState},
		"quotation marks":        {pasteURI, `"` + pasteURI + "?" + pasteQuery + `"`},
		"angle brackets":         {pasteURI, "<" + pasteURI + "?" + pasteQuery + ">"},
		"without the scheme":     {pasteURI, "localhost:3000/callback?" + pasteQuery + "&iss=https://id.example"},
		"upper case host":        {pasteURI, "HTTP://LocalHost:3000/callback?" + pasteQuery},
		"query":                  {pasteURI, "?" + pasteQuery},
		"bare fragment":          {pasteURI, "#" + pasteQuery},
		"parameters":             {pasteURI, pasteQuery},
		"path":                   {pasteURI, "/callback?" + pasteQuery},
		"state first":            {pasteURI, "state=" + testState + "&code=a%2Bb"},
		"iss first":              {pasteURI, "iss=https://id.example&" + pasteQuery},
		"https":                  {"https://app.example/cb", "https://app.example/cb?" + pasteQuery},
		"https, default port":    {"https://app.example/cb", "https://app.example:443/cb?" + pasteQuery},
		"https, no scheme":       {"https://app.example/cb", "app.example/cb?" + pasteQuery},
		"private-use scheme":     {"com.example.app:/cb", "com.example.app:/cb?" + pasteQuery},
		"private-use, slashes":   {"com.example.app://cb", "com.example.app://cb?" + pasteQuery},
		"own parameters":         {"http://localhost:3000/cb?x=1", "http://localhost:3000/cb?x=1&" + pasteQuery},
		"own and fragment":       {"http://localhost:3000/cb?x=1", "http://localhost:3000/cb?x=1#" + pasteQuery},
		"no path":                {"http://localhost:3000", "http://localhost:3000/?" + pasteQuery},
		"no path, path pasted":   {"http://localhost:3000", "/?" + pasteQuery},
	} {
		t.Run(name, func(t *testing.T) {
			cb, err := pasteListener(t, test.uri).Offer(test.text)
			if err != nil {
				t.Fatal(err)
			}
			if cb.Kind != Accepted || cb.Via != ViaPaste || cb.Params.Get("code") != "a+b" {
				t.Errorf("got %s (%s) by %s with %v", cb.Kind, cb.Reason, cb.Via, cb.Params)
			}
		})
	}
}

func TestPastedRefusals(t *testing.T) {
	for name, test := range map[string]struct {
		text   string
		kind   Kind
		reason string
	}{
		"wrong state":   {pasteURI + "?code=c&state=forged", WrongState, ""},
		"no state":      {pasteURI + "?code=c", MissingState, ""},
		"given up":      {pasteURI + "?code=c&state=given-up", Late, ""},
		"nothing":       {pasteURI, Empty, ReasonNoAnswer},
		"a word":        {"hello", ForeignHost, ReasonOtherHost},
		"other scheme":  {"https://localhost:3000/callback?" + pasteQuery, ForeignHost, ReasonOtherScheme},
		"script":        {"javascript:alert(1)//?" + pasteQuery, ForeignHost, ReasonOtherHost},
		"other port":    {"http://localhost:3001/callback?" + pasteQuery, ForeignHost, ReasonOtherPort},
		"the provider":  {"http://id.example/oidc/auth?state=" + testState, ForeignHost, ReasonOtherHost},
		"user info":     {"http://localhost:3000@evil.example/callback?" + pasteQuery, ForeignHost, ReasonOtherHost},
		"other path":    {"http://localhost:3000/elsewhere?" + pasteQuery, UnknownPath, ""},
		"final slash":   {pasteURI + "/?" + pasteQuery, UnknownPath, ReasonNearPath},
		"two codes":     {pasteURI + "?code=c&" + pasteQuery, Malformed, ReasonDuplicate},
		"bad encoding":  {pasteURI + "?code=%zz&state=" + testState, Malformed, ReasonEncoding},
		"bad fragment":  {pasteURI + "#code=a;b&state=" + testState, Malformed, ReasonEncoding},
		"a long letter": {pasteURI + "?code=" + strings.Repeat("x", 64<<10), TooLarge, ReasonOversize},
	} {
		t.Run(name, func(t *testing.T) {
			l := pasteListener(t, pasteURI)
			cb, err := l.Offer(test.text)
			if name == "script" && err != nil { // not a URL to some parsers, foreign to others
				cb.Kind, cb.Reason = ForeignHost, ReasonOtherHost
				err = nil
			}
			if err != nil {
				t.Fatal(err)
			}
			if cb.Kind != test.kind || cb.Reason != test.reason {
				t.Errorf("got %s (%s), want %s (%s)", cb.Kind, cb.Reason, test.kind, test.reason)
			}
			if cb, err := l.Offer(pasteURI + "?" + pasteQuery); err != nil || cb.Kind != Accepted {
				t.Errorf("then the answer was %s, %v", cb.Kind, err)
			}
			if cb, err := l.Offer(pasteURI + "?" + pasteQuery); err != nil || cb.Kind != Repeated {
				t.Errorf("and again %s, %v", cb.Kind, err)
			}
		})
	}
}

func TestPastedErrorKeepsItsWords(t *testing.T) {
	cb, err := pasteListener(t, pasteURI).Offer(pasteURI + "?error=access_denied&error_description=the user said no&state=" + testState)
	if err != nil || cb.Kind != Accepted || cb.Reason != ReasonError {
		t.Fatalf("got %s (%s), %v", cb.Kind, cb.Reason, err)
	}
	if got := cb.Params.Get("error_description"); got != "the user said no" {
		t.Errorf("got %q", got)
	}
}

func TestPastedNonsense(t *testing.T) {
	for text, reason := range map[string]string{
		"": "empty", " \n\t\u200b": "empty", `""`: "empty", "http://[::1/callback?code=secret-code": "syntax", "%zz": "syntax",
	} {
		_, err := pasteListener(t, pasteURI).Offer(text)
		var refused *PasteError
		if !errors.As(err, &refused) || refused.Reason != reason {
			t.Errorf("%q: %v, want %s", text, err, reason)
		} else if strings.Contains(err.Error(), "secret-code") {
			t.Error("the error repeats the text")
		}
	}
}

func TestPasteAndBrowserShareOneUse(t *testing.T) {
	l := start(t)
	if cb, err := l.Offer(l.RedirectURI() + "?" + pasteQuery); err != nil || cb.Kind != Accepted {
		t.Fatalf("got %s, %v", cb.Kind, err)
	}
	get(t, l.RedirectURI()+"?"+pasteQuery)
	if cb := next(t, l); cb.Kind != Repeated { // and the first in the channel: a paste is not in it
		t.Errorf("got %s", cb.Kind)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Offer(pasteURI + "?" + pasteQuery); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

func TestPastedReturnFromSignOut(t *testing.T) {
	l, err := PasteOnly(Config{RedirectURI: "https://app.example/", State: testState, AllowBare: true})
	if err != nil {
		t.Fatal(err)
	}
	if cb, err := l.Offer("https://app.example/"); err != nil || cb.Kind != Accepted || cb.Reason != ReasonBare {
		t.Errorf("got %s (%s), %v", cb.Kind, cb.Reason, err)
	}
}

func TestPasteOnlyRefuses(t *testing.T) {
	for uri, reason := range map[string]string{
		"": "syntax", "app.example/cb": "syntax", "mailto:a@b.example": "syntax", "https://app.example/#x": "fragment",
		"https://app.example:99999/": "port", "https://app.example/?x=%zz": "syntax",
	} {
		_, err := PasteOnly(Config{RedirectURI: uri, State: testState})
		var refused *NotLoopbackError
		if !errors.As(err, &refused) || refused.Reason != reason {
			t.Errorf("%q: %v, want %s", uri, err, reason)
		}
	}
	if _, err := PasteOnly(Config{RedirectURI: "https://app.example/"}); !errors.Is(err, ErrNoState) {
		t.Errorf("without a state: %v", err)
	}
}

// FuzzPaste looks for a text that breaks the parser, or that is accepted without
// holding the state.
func FuzzPaste(f *testing.F) {
	for _, seed := range []string{
		"", "?", "#", "/", "=", "code=c&state=x", pasteURI + "?" + pasteQuery, pasteURI + "#" + pasteQuery,
		"localhost:3000/callback?iss=https://x", "com.example:/cb?x", " a\nb ", "http://[::1", "%", "//localhost:3000/callback?code=1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, err := PasteOnly(Config{RedirectURI: pasteURI, State: testState})
		if err != nil {
			t.Fatal(err)
		}
		cb, err := l.Offer(text)
		if err != nil {
			return
		}
		if cb.Kind == "" {
			t.Error("no kind")
		}
		if cb.Kind != Accepted {
			return
		}
		u, err := url.Parse(cb.URL)
		if err != nil || u.Hostname() == "" || cb.Params.Get("state") != testState || len(cb.Params["code"]) > 1 {
			t.Errorf("accepted %q as %q", text, cb.URL)
		}
	})
}
