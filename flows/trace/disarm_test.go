package trace

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"

	"signbench/flows/oauth"
)

func TestWords(t *testing.T) {
	long := "abcdefghijklmnopqrstuvwxyz"
	d := NewDisarmer(oauth.Secret(long), "short-secret", "secret", "1234")
	for in, want := range map[string]string{
		"x " + long + " y":                 "x [removed 26 characters 71c480df] y",
		"x short-secret y":                 "x [removed 12 characters] y",
		"client_secret=a secret.":          "client_secret=a [removed 6 characters].",
		"the pin is 1234":                  "the pin is [removed 4 characters]",
		"":                                 "",
		"abc":                              "abc",
		long + long:                        "[removed 26 characters 71c480df][removed 26 characters 71c480df]",
		"nothing of it":                    "nothing of it",
		"[removed 26 characters 71c480df]": "[removed 26 characters 71c480df]",
	} {
		if got := d.Text(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestEveryForm(t *testing.T) {
	for _, secret := range []string{"sw0rdfish", "a b+c/d=e&f", `quote " and \ and é`, "пароль", "%41%zz\\u0041", "s3cr", strings.Repeat("k", 300), "\xff\xfe\xfd\xfc\xfb"} {
		d := NewDisarmer(oauth.Secret(secret))
		for form, s := range everyForm(secret) {
			if form == "json" && !strings.Contains(s, `\ufffd`) || form != "json" && form != "json plain" {
				for _, text := range []string{s, "x" + s + "y", "é\n" + s} {
					got := d.Text(text)
					if strings.Contains(got, s) {
						t.Errorf("%q as %s stays in %q: %q", secret, form, text, got)
					}
				}
			}
		}
		// Inside a longer value, in base64 at every place.
		for i := range 6 {
			whole := strings.Repeat("p", i) + secret + strings.Repeat("q", 5-i%3)
			for _, e := range []*base64.Encoding{base64.StdEncoding, base64.RawURLEncoding} {
				got := d.Text(e.EncodeToString([]byte(whole)))
				if kept, err := base64.RawStdEncoding.DecodeString(got); err == nil && bytes.Contains(kept, []byte(secret)) {
					t.Errorf("%q stays in the base64 of %q: %q", secret, whole, got)
				}
				if !strings.Contains(got, "removed") {
					t.Errorf("%q is not found in the base64 of %q", secret, whole)
				}
			}
		}
	}
}

func TestNestedEscapes(t *testing.T) {
	secret := `deep "secret" & value/1`
	d := NewDisarmer(oauth.Secret(secret))
	text := secret
	for level, escape := range []func(string) string{
		url.QueryEscape, url.QueryEscape, func(s string) string { q, _ := json.Marshal(s); return string(q) },
	} {
		text = escape(text)
		if got := d.Text(text); !strings.Contains(got, "removed") || strings.Contains(got, "deep") {
			t.Errorf("level %d: %q", level, got)
		}
	}
	html := "deep &quot;secret&#34; &amp; value&#x2f;1"
	if got := d.Text("<p>" + html + "</p>"); got != "<p>"+word(secret, KindKnown)+"</p>" {
		t.Errorf("HTML: %q", got)
	}
}

func TestJWTKeepsItsClaims(t *testing.T) {
	const nonce = "nonce-0123456789abcdef"
	token := jwtOf(`{"iss":"https://idp.example","sub":"alice","nonce":"`+nonce+`"}`, strings.Repeat("s", 72))
	d := NewDisarmer(nonce)
	got := d.Text("token " + token + ".")
	parts := strings.Split(strings.TrimSuffix(strings.TrimPrefix(got, "token "), "."), ".")
	if len(parts) != 3 {
		t.Fatalf("%q", got)
	}
	for i, part := range parts {
		raw, err := base64.RawURLEncoding.DecodeString(part)
		if err != nil {
			t.Errorf("segment %d does not decode: %q", i, part)
		}
		if i == 1 && string(raw) != `{"iss":"https://idp.example","sub":"alice","nonce":"`+word(nonce, KindKnown)+`"}` {
			t.Errorf("claims %s", raw)
		}
	}
	if !strings.HasPrefix(parts[2], "SIGNATURE-REMOVED-96-") {
		t.Errorf("signature %q", parts[2])
	}
	if r := d.Receipt(); r.ClaimsKept != 1 || r.Total() != 2 {
		t.Errorf("receipt %+v", r)
	}
	for n := range 200 {
		if w := segmentWord(signatureWord, strings.Repeat("x", n)); len(w)%4 == 1 || !isSegmentWord(w, signatureWord) {
			t.Errorf("%q", w)
		}
	}
}

func TestTokensOfOtherShapes(t *testing.T) {
	enc := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	none := enc(`{"alg":"none"}`) + "." + enc(`{"sub":"a"}`) + "."
	for in, want := range map[string]string{
		none:                         none, // unsigned: nothing to remove
		"1.2.3 and a.b.c":            "1.2.3 and a.b.c",
		"eyJub3QtYWxnIjoxfQ.e30.abc": "eyJub3QtYWxnIjoxfQ.e30.abc", // a JSON object without alg
		enc(`{"alg":"dir","enc":"A128GCM"}`) + "..aXY.Y2lwaGVy.dGFn": enc(`{"alg":"dir","enc":"A128GCM"}`) + ".." +
			segmentWord(cipherWord, "aXY") + "." + segmentWord(cipherWord, "Y2lwaGVy") + "." + segmentWord(cipherWord, "dGFn"),
		enc(`{"alg":"RS256"}`) + ".bm8ganNvbg.c2ln": enc(`{"alg":"RS256"}`) + ".bm8ganNvbg." + segmentWord(signatureWord, "c2ln"),
	} {
		d := NewDisarmer()
		got := d.Text(in)
		if got != want {
			t.Errorf("%q:\n%q, want\n%q", in, got, want)
		}
		if again := d.Text(got); again != got {
			t.Errorf("%q becomes %q", got, again)
		}
	}
}

// What is disarmed stays what it is, by the same Disarmer and by one that knows
// nothing.
func TestIdempotent(t *testing.T) {
	n := newNest()
	clean, d := n.disarmAll()
	before := d.Receipt()
	for i, ex := range clean {
		for name, other := range map[string]*Disarmer{"the same": d, "a new one": NewDisarmer()} {
			again := other.Exchange(ex)
			if !reflect.DeepEqual(again, ex) {
				t.Errorf("exchange %d, by %s:\n%s\n%s", i, name, dump(ex), dump(again))
			}
		}
		if text := dump(ex); d.Text(text) != text {
			t.Errorf("the text of exchange %d changes:\n%s\n%s", i, text, d.Text(text))
		}
	}
	if after := d.Receipt(); !reflect.DeepEqual(before, after) {
		t.Errorf("the receipt grew: %+v, %+v", before, after)
	}
}

// What is no secret is not touched, to the byte.
func TestLeavesTheRestAlone(t *testing.T) {
	ex := &Exchange{
		Step: oauth.StepDiscovery, Channel: BackChannel,
		Request: Request{
			Method: "GET", URL: "https://idp.example/a%2Fb?client_id=app&scope=openid%20email&redirect_uri=http%3a%2f%2flocalhost:3000%2Fcb&x=%zz&empty=&flag",
			Header: header("Accept", "application/json", "X-Request-Id", "abc-123", "Content-Type", jsonType),
			Body:   Body{Bytes: []byte("{\n  \"grant_type\" : \"authorization_code\", \"code_challenge_method\":\"S256\", // odd\n \"n\": 1.50e3, \"u\": \"\\u00e9\"}")},
		},
		Response: &Response{Status: 400, Header: header("Content-Type", jsonType), Body: Body{Bytes: []byte(
			`{"token_endpoint":"https://idp.example/token","code":"oidc.invalid_grant","state":"CA","code_verifier_required":true,` +
				`"grant_types_supported":["refresh_token","password"],"token_type":"Bearer","expires_in":3600,"hasPassword":true,"password":null}`,
		)}},
	}
	d := NewDisarmer("a-secret-that-is-not-here")
	clean := d.Exchange(ex)
	if !reflect.DeepEqual(clean, ex) {
		t.Errorf("changed:\n%s\n%s", dump(ex), dump(clean))
	}
	if r := d.Receipt(); r.Total() != 0 {
		t.Errorf("receipt %+v", r)
	}
}

func TestDeepCopy(t *testing.T) {
	ex := &Exchange{
		Request:  Request{URL: "https://a.example/", Header: header("Accept", "x"), Body: Body{Bytes: []byte("plain")}},
		Response: &Response{Header: header("Server", "y"), Body: Body{Bytes: []byte("answer")}},
		TLS:      &TLS{Peer: []Certificate{{DNSNames: []string{"a.example"}}}},
	}
	clean := NewDisarmer().Exchange(ex)
	clean.Request.Header["Accept"][0] = "changed"
	clean.Request.Body.Bytes[0] = 'X'
	clean.Response.Header["Server"][0] = "changed"
	clean.Response.Body.Bytes[0] = 'X'
	clean.TLS.Peer[0].DNSNames[0] = "changed"
	if dump(ex) != dump(&Exchange{
		Request:  Request{URL: "https://a.example/", Header: header("Accept", "x"), Body: Body{Bytes: []byte("plain")}},
		Response: &Response{Header: header("Server", "y"), Body: Body{Bytes: []byte("answer")}},
	}) || ex.TLS.Peer[0].DNSNames[0] != "a.example" {
		t.Error("the copy shares memory with the exchange")
	}
}

func TestReceiptSaysWhere(t *testing.T) {
	d := NewDisarmer()
	d.Exchange(&Exchange{Step: oauth.StepCallback, Request: Request{
		URL: "http://localhost:3000/callback?code=abcdefghijklmnop1234&state=xyz", Header: http.Header{"Cookie": {"a=b; c=d"}},
	}})
	want := []Removal{
		{Kind: KindCode, Place: PlaceQuery, Name: "code", Step: oauth.StepCallback, Count: 1},
		{Kind: KindState, Place: PlaceQuery, Name: "state", Step: oauth.StepCallback, Count: 1},
		{Kind: KindCookie, Place: PlaceRequestHeader, Name: "Cookie", Step: oauth.StepCallback, Count: 2},
	}
	if got := d.Receipt().Removals; !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

// A value by which a person could be found again, by trying all, has no hash.
func TestPasswordsHaveNoHash(t *testing.T) {
	const password = "correct horse battery staple"
	d := NewDisarmer()
	clean := d.Exchange(&Exchange{Request: Request{URL: "https://x.example/", Header: header("Content-Type", formType), Body: form("password", password)}})
	if got := string(clean.Request.Body.Bytes); got != "password=[removed+28+characters]" {
		t.Error(got)
	}
	if got := d.Text("wrong: " + password); got != "wrong: [removed 28 characters]" {
		t.Error(got)
	}
}

func TestUsedByManyAtOnce(t *testing.T) {
	n := newNest()
	d := NewDisarmer(n.known...)
	var wait sync.WaitGroup
	for i := range 4 {
		wait.Go(func() {
			for j := range n.exchanges {
				ex := n.exchanges[(i*3+j)%len(n.exchanges)]
				d.LearnFrom(ex)
				d.Exchange(ex)
				d.Learn(oauth.Secret(fmt.Sprintf("learned-%d-%d", i, j)))
				d.Text(dump(ex))
				d.Receipt()
			}
		})
	}
	wait.Wait()
	for _, ex := range n.exchanges {
		mustNotHold(t, "after all", dump(d.Exchange(ex)), n.canaries)
	}
}

// Learning values one by one does not build everything anew each time.
func TestLayersStayFew(t *testing.T) {
	d := NewDisarmer()
	for i := range 500 {
		d.Learn(oauth.Secret(fmt.Sprintf("value-%d-of-many", i)))
		d.Text("some text")
	}
	if n := len(d.layers); n > 12 {
		t.Errorf("%d layers", n)
	}
	for i := range 500 {
		v := fmt.Sprintf("value-%d-of-many", i)
		if got := d.Text("x" + v + "y"); strings.Contains(got, v) {
			t.Fatalf("%q stays", v)
		}
	}
}
