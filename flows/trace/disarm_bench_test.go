package trace

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"signbench/flows/oauth"
)

func fiftySecrets() []oauth.Secret {
	var out []oauth.Secret
	for i := range 50 {
		out = append(out, oauth.Secret(fmt.Sprintf("secret-%02d-%s", i, shortHash(fmt.Sprint(i))+shortHash(fmt.Sprint("more", i)))))
	}
	return out
}

// megabyte makes a body of that kind with every secret in it now and then.
func megabyte(kind string) Body {
	secrets := fiftySecrets()
	var b strings.Builder
	for i := 0; b.Len() < 1<<20; i++ {
		secret := secrets[i%50].Reveal()
		switch {
		case kind == "text" && i%20 == 0:
			b.WriteString("a line with " + secret + " in it\n")
		case kind == "text":
			b.WriteString("a line without any, as most of them are: 0123456789\n")
		case kind == "json":
			if i == 0 {
				b.WriteString(`{"a":[`)
			}
			fmt.Fprintf(&b, `{"n":%d,"name":"some \"name\" %d","url":"https:\/\/x.example\/?code=%d","access_token":"%s"},`, i, i, i, secret)
		case kind == "form":
			b.WriteString("name" + fmt.Sprint(i) + "=" + url.QueryEscape("a value, "+secret+" & more") + "&")
		case kind == "escapes":
			b.WriteString("%25%32%35&amp;amp;\\u0025")
		case kind == "same":
			b.WriteString("secret-00")
		case kind == "base64":
			b.WriteString(base64.StdEncoding.EncodeToString([]byte(fmt.Sprint(i, " some text ", i))) + ".")
		}
	}
	body := []byte(b.String()[:1<<20])
	return Body{Bytes: body, Size: int64(len(body)), Truncated: true}
}

func BenchmarkText(b *testing.B) {
	for _, kind := range []string{"text", "json", "form", "escapes", "same", "base64"} {
		b.Run(kind, func(b *testing.B) {
			text := string(megabyte(kind).Bytes)
			d := NewDisarmer(fiftySecrets()...)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				d.Text(text)
			}
		})
	}
}

func BenchmarkExchange(b *testing.B) {
	for _, kind := range []string{"text", "json", "form"} {
		b.Run(kind, func(b *testing.B) {
			ex := &Exchange{Request: Request{URL: "https://x.example/"}, Response: &Response{Status: 200, Body: megabyte(kind)}}
			b.SetBytes(1 << 20)
			b.ReportAllocs()
			for b.Loop() {
				NewDisarmer(fiftySecrets()...).Exchange(ex)
			}
		})
	}
}

// An exchange as a sign-in has it: what a run adds while it runs.
func BenchmarkExchangeOfSignIn(b *testing.B) {
	n := newNest()
	d := NewDisarmer(n.known...)
	for _, ex := range n.exchanges {
		d.LearnFrom(ex)
	}
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		d.Exchange(n.exchanges[i%len(n.exchanges)])
		i++
	}
}

func BenchmarkNewDisarmer(b *testing.B) {
	secrets := fiftySecrets()
	b.ReportAllocs()
	for b.Loop() {
		NewDisarmer(secrets...).Text("some text")
	}
}
