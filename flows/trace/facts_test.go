package trace

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"signbench/flows/oauth"
)

func told(all []Fact) map[FactName]Fact {
	out := map[FactName]Fact{}
	for _, f := range all {
		if _, ok := out[f.Name]; !ok {
			out[f.Name] = f
		}
	}
	return out
}

func TestFacts(t *testing.T) {
	ex := recorded()[0]
	ex.TLS.Peer = append(ex.TLS.Peer, Certificate{DNSNames: []string{"old.example"}, NotBefore: noon.AddDate(-1, 0, 0), NotAfter: noon.AddDate(0, 0, -3)}, Certificate{})
	ex.Response.Body.Truncated, ex.Response.Body.Size = true, 5000
	got := told(Facts(ex))
	for name, want := range map[FactName]string{
		FactHTTP: "HTTP/1.1", FactTLS: "TLS 1.3", FactCipher: "TLS_AES_128_GCM_SHA256", FactServerName: "idp.example",
		FactCertificate: "CN=idp.example", FactExpired: "old.example", FactRemote: "127.0.0.1:3001", FactConnection: "new",
		FactReceived: "5000", FactTruncated: "15", FactType: jsonType,
	} {
		if got[name].Value != want {
			t.Errorf("%s is %q, want %q", name, got[name].Value, want)
		}
	}
	if p := got[FactCertificate].Params; p["Days"] != "0" || p["Issuer"] != "CN=CA" || p["Position"] != "0" || p["NotAfter"] != "2026-03-01" {
		t.Errorf("%v", p)
	}
	if got[FactExpired].Params["Days"] != "-3" || got[FactTruncated].Params["Size"] != "5000" {
		t.Errorf("%v %v", got[FactExpired], got[FactTruncated])
	}
	for _, absent := range []FactName{FactFailure, FactProxy, FactAttempt, FactRedirectTo, FactFound, FactSent, FactBroken} {
		if f, ok := got[absent]; ok {
			t.Errorf("%+v", f)
		}
	}
	if Facts(nil) != nil || Timings(nil) != nil {
		t.Error("facts of nothing")
	}
}

func TestFactsOfFailure(t *testing.T) {
	got := told(Facts(&Exchange{Channel: BackChannel, Err: &Failure{Class: ClassDNS, Text: "no such host"}, Proxy: "http://p"}))
	if got[FactFailure].Value != "dns" || got[FactFailure].Params["Text"] != "no such host" || got[FactProxy].Value != "http://p" || len(got) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestFactsOfAttempts(t *testing.T) {
	one := func(id, attempt int) *Exchange {
		return &Exchange{ID: id, Attempt: attempt, Step: oauth.StepToken, Request: Request{Method: "POST", URL: fmt.Sprint("https://a/token?n=", id)}}
	}
	all := []*Exchange{one(1, 1), nil, one(2, 2), one(3, 3)}
	for i, ex := range []*Exchange{all[0], all[2], all[3]} {
		f := told(FactsIn(ex, all))[FactAttempt]
		if f.Value != fmt.Sprint(i+1) || f.Params["Total"] != "3" {
			t.Errorf("%+v", f)
		}
	}
	if f, ok := told(Facts(all[0]))[FactAttempt]; ok {
		t.Errorf("%+v", f)
	}
	if f := told(Facts(all[2]))[FactAttempt]; f.Value != "2" || f.Params["Total"] != "" {
		t.Errorf("%+v", f)
	}
}

// What came is compared with what was declared.
func TestFactsOfContent(t *testing.T) {
	token := jwtOf(`{"sub":"u"}`, "signature")
	for _, c := range []struct{ declared, body, want string }{
		{jsonType, `{"a":1}`, ""},
		{"application/json; charset=utf-8", ` [1]`, ""},
		{"application/problem+json", `{}`, ""},
		{jsonType, "<!DOCTYPE html><html>", "html"},
		{"text/html", "<!doctype html>", ""},
		{"text/html", `{"error":"x"}`, "json"},
		{"application/xml", "<a/>", ""},
		{"text/html", "<a/>", ""},
		{jsonType, "<a/>", "xml"},
		{jsonType, token, "jwt"},
		{"application/jwt", token, ""},
		{"application/jwt", "not a token", "text"},
		{formType, "access_token=x&token_type=y", ""},
		{"text/plain", "access_token=x&token_type=y", ""},
		{jsonType, "access_token=x", "form"},
		{jsonType, "oops, something broke", "text"},
		{jsonType, "\x1f\x8b\x08\x00", "binary"},
		{"image/png", "\x89PNG\x00", ""},
		{"text/plain", "a\x00b", "binary"},
		{"", "words of a proxy", ""},
		{"", "<html>", "html"},
		{"nonsense;;", "{}", "json"},
		{jsonType, "", ""},
		{jsonType, " \ufeff\n", ""},
		{"text/plain", strings.Repeat("é", 4000), ""},
	} {
		ex := &Exchange{Response: &Response{Status: 200, Header: header("Content-Type", c.declared), Body: Body{Bytes: []byte(c.body)}}}
		if got := told(Facts(ex))[FactFound].Value; got != c.want {
			t.Errorf("%q declared as %q: %q, want %q", c.body[:min(20, len(c.body))], c.declared, got, c.want)
		}
	}
}

func TestTimingsWithoutAnEnd(t *testing.T) {
	ms := time.Millisecond
	for name, c := range map[string]struct {
		in   Instants
		want []Phase
	}{
		"none":            {Instants{Done: 3 * ms}, nil},
		"stuck in DNS":    {Instants{DNSStart: 1 * ms, Done: 9 * ms}, []Phase{{PhaseDNS, 1 * ms, 9 * ms}}},
		"refused":         {Instants{ConnectStart: 1 * ms, Done: 2 * ms}, []Phase{{PhaseConnect, 1 * ms, 2 * ms}}},
		"hung":            {Instants{GotConn: 1 * ms, WroteRequest: 2 * ms, Done: 9 * ms}, []Phase{{PhaseWait, 1 * ms, 9 * ms}}},
		"dials in a race": {Instants{ConnectStart: 1 * ms, ConnectDone: 5 * ms, TLSStart: 4 * ms, TLSDone: 7 * ms, GotConn: 6 * ms, FirstByte: 8 * ms, Done: 8 * ms}, []Phase{{PhaseConnect, 1 * ms, 5 * ms}, {PhaseTLS, 5 * ms, 7 * ms}, {PhaseWait, 7 * ms, 8 * ms}}},
	} {
		if got := Timings(&Exchange{Instants: c.in}); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestClasses(t *testing.T) {
	for want, errs := range map[Class][]error{
		ClassNone:        {nil},
		ClassCancelled:   {context.Canceled, errors.New("net::ERR_ABORTED")},
		ClassTimeout:     {context.DeadlineExceeded, os.ErrDeadlineExceeded, errors.New("net::ERR_CONNECTION_TIMED_OUT"), &net.DNSError{IsTimeout: true}},
		ClassDNS:         {&net.DNSError{IsNotFound: true}, errors.New("net::ERR_NAME_NOT_RESOLVED")},
		ClassRefused:     {&net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}, errors.New("net::ERR_CONNECTION_REFUSED")},
		ClassReset:       {syscall.ECONNRESET, syscall.EPIPE, errors.New("http: server closed idle connection"), errors.New("net::ERR_CONNECTION_RESET")},
		ClassUnreachable: {syscall.EHOSTUNREACH, syscall.ENETUNREACH, errors.New("net::ERR_ADDRESS_UNREACHABLE")},
		ClassCertificate: {x509.UnknownAuthorityError{}, x509.HostnameError{Certificate: &x509.Certificate{}}, &tls.CertificateVerificationError{Err: io.EOF}, errors.New("net::ERR_CERT_AUTHORITY_INVALID")},
		ClassTLS:         {tls.RecordHeaderError{}, tls.AlertError(40), errors.New("tls: no supported versions"), errors.New("net::ERR_SSL_PROTOCOL_ERROR")},
		ClassPlain:       {tls.RecordHeaderError{RecordHeader: [5]byte{'H', 'T', 'T', 'P', '/'}}, http.ErrSchemeMismatch},
		ClassProxy:       {&net.OpError{Op: "proxyconnect", Err: syscall.ECONNREFUSED}, errors.New("Proxy Authentication Required"), errors.New("net::ERR_PROXY_CONNECTION_FAILED")},
		ClassEOF:         {io.EOF, io.ErrUnexpectedEOF, errors.New("net::ERR_EMPTY_RESPONSE")},
		ClassRedirects:   {errors.New("stopped after 5 redirects"), errors.New("net::ERR_TOO_MANY_REDIRECTS")},
		ClassOther:       {errors.New("something"), errors.New("net::ERR_FAILED")},
	} {
		for _, err := range errs {
			if got := ClassOf(err); got != want {
				t.Errorf("%v is %q, want %q", err, got, want)
			}
			if err == nil {
				continue
			}
			if got := ClassOf(fmt.Errorf("wrapped: %w", err)); got != want && !strings.HasPrefix(err.Error(), "net::") {
				t.Errorf("wrapped, %v is %q, want %q", err, got, want)
			}
			if got := ClassOf(&Failure{Class: want, Text: err.Error()}); got != want {
				t.Errorf("kept as %q, want %q", got, want)
			}
		}
		if want != ClassNone && !slices.Contains(Classes(), want) {
			t.Errorf("%s is in no list", want)
		}
	}
}

func TestRecorderOfTheFrontChannel(t *testing.T) {
	k := &kept{}
	r := NewRecorder("run", func() time.Time { return noon }, k.sink)
	r.Opened(oauth.StepAuthorize, "https://idp.example/auth?state=s")
	r.Arrived(oauth.StepCallback, noon.Add(time.Second), Request{Method: "POST", URL: "http://localhost/cb"}, 400)
	if len(k.all) != 2 {
		t.Fatal(len(k.all))
	}
	opened, arrived := k.all[0], k.all[1]
	if opened.ID != 1 || opened.Response != nil || opened.Channel != FrontChannel || !opened.Started.Equal(noon) || opened.Run != "run" {
		t.Errorf("%+v", opened)
	}
	if arrived.ID != 2 || arrived.Response.Status != 400 || !arrived.Started.Equal(noon.Add(time.Second)) || arrived.Request.Method != "POST" {
		t.Errorf("%+v", arrived)
	}
}
