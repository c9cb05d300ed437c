package trace

import (
	"encoding/base64"
	"strings"
	"testing"

	"signbench/flows/oauth"
)

// survives reports whether the value can be read in a text that was disarmed:
// outside of the words that stand for removed values, and in the claims of tokens.
func survives(text, value string) bool {
	find := func(piece string) bool {
		if isVocabulary(value) {
			return false // looked for as a word of its own; see TestWords
		}
		for _, form := range forms(value) {
			if len(form) >= shortest && strings.Contains(piece, form) {
				return true
			}
		}
		return false
	}
	at := 0
	pieces := []string{}
	cut := func(from, to int) {
		pieces = append(pieces, text[at:max(at, from)])
		at = max(at, to)
	}
	skip := words(text)
	for _, t := range findTokens(text) {
		skip = append(skip, span{from: t.from, to: t.segments[1].to})
		if t.payload != "" && survives(t.payload, value) {
			return true
		}
	}
	for {
		next := -1
		for i, s := range skip {
			if s.to > at && s.from >= at && (next < 0 || s.from < skip[next].from) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		cut(skip[next].from, skip[next].to)
	}
	pieces = append(pieces, text[at:])
	for _, p := range pieces {
		if find(p) {
			return true
		}
	}
	return false
}

func FuzzText(f *testing.F) {
	token := jwtOf(`{"sub":"a","nonce":"known-value"}`, "signature of it")
	for _, seed := range [][3]string{
		{"known-value", "other", "a known-value and other"},
		{"known-value", "value", "%6bnown-value \\u006bnown-value &#107;nown-value"},
		{"known-value", "removed 1", "[removed 11 characters] known-value"},
		{"known-value", "]x ch", "known-valuex characters"},
		{"known-value", token, token + " " + token},
		{"a%41b", "xx\\", "xx\\\\u0041bcd a%41b aAb a%2541b"},
		{"aaaa", "aaaaaaaa", strings.Repeat("a", 100)},
		{"[removed 4 characters]", "5ecret", "[removed 4 characters] 5ecret"},
		{"\x00\x01\x02\x03", "\xff\xff\xff\xff", "\x00\x01\x02\x03\xff\xff\xff\xff"},
		{"SIGNATURE", "eyJhbGci", token},
		{"s e+c", "secret", "s+e%2Bc client_secret secret " + base64.StdEncoding.EncodeToString([]byte("user:s e+c"))},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, one, two, text string) {
		if len(one)+len(two) > 1<<12 || len(text) > 1<<16 {
			return
		}
		d := NewDisarmer(oauth.Secret(one), oauth.Secret(two))
		got := d.Text(text)
		if again := d.Text(got); again != got {
			t.Fatalf("%q becomes %q becomes %q", text, got, again)
		}
		for _, v := range d.values {
			if survives(got, v.text) {
				t.Fatalf("%q is still in %q, of %q", v.text, got, text)
			}
		}
	})
}

// Whatever comes: disarming does not fail, is done once, and what has no secret by
// any name keeps its bytes.
func FuzzExchange(f *testing.F) {
	for _, ex := range newNest().exchanges {
		contentType, answer := ex.Request.Header.Get("Content-Type"), ""
		if ex.Response != nil {
			answer = string(ex.Response.Body.Bytes)
		}
		f.Add(ex.Request.URL, contentType, string(ex.Request.Body.Bytes), ex.Request.Header.Get("Authorization"), answer)
	}
	f.Add("http://[", "application/json", `{"code":"\ud800","a":[[[`, "Basic =", "<input name=code value=")
	f.Add("0&x#id_token=eyJhbGciOiJub25lIn0.e30.", "", "", "", "")
	f.Add("", "text/html", "", "", "<input name=code value=e type=hidden>")
	f.Add("?code=%", "multipart/form-data; boundary=x", "--x", "Bearer", "\xff\xfea")
	f.Fuzz(func(t *testing.T, target, contentType, body, authorization, answer string) {
		if len(target)+len(body)+len(answer)+len(authorization) > 1<<14 {
			return
		}
		ex := &Exchange{
			Request: Request{URL: target, Header: header("Content-Type", contentType, "Authorization", authorization), Body: Body{Bytes: []byte(body)}},
			Response: &Response{
				Status: 200, Header: header("Content-Type", contentType, "Location", target, "Set-Cookie", body),
				Body: Body{Bytes: []byte(answer), Truncated: len(answer)%2 == 1},
			},
		}
		d := NewDisarmer("the-secret-of-the-client")
		d.LearnFrom(ex)
		once := d.Exchange(ex)
		for _, text := range []string{once.Request.URL, string(once.Request.Body.Bytes), string(once.Response.Body.Bytes)} {
			if strings.Contains(text, "the-secret-of-the-client") {
				t.Fatalf("the secret stays: %q", text)
			}
		}
		if twice := d.Exchange(once); dump(twice) != dump(once) {
			t.Fatalf("disarmed again:\n%s\n%s", dump(once), dump(twice))
		}
		Messages([]*Exchange{ex, once})
		FactsIn(ex, []*Exchange{once})
		_ = Curl(ex, CurlOptions{}) + Curl(ex, CurlOptions{Reveal: true})
	})
}
