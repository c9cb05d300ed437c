package flows_test

import (
	"errors"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"signbench/flows"
	"signbench/flows/jose"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

func TestEveryBody(t *testing.T) {
	var have []string
	for _, s := range samples {
		have = append(have, reflect.TypeOf(s).Name())
	}
	slices.Sort(have)
	if want := bodyTypes(t); !slices.Equal(have, want) {
		t.Errorf("the samples are %v\nthe types of Body are %v", have, want)
	}
}

func encode(t testing.TB, d *trace.Disarmer, e flows.Event) []byte {
	t.Helper()
	line, err := flows.EncodeEvent(flows.DisarmEvent(d, e))
	if err != nil {
		t.Fatal(err)
	}
	return line
}

// What was written is what is read, for every field of every type of body.
func TestRoundTrip(t *testing.T) {
	for _, sample := range samples {
		name := reflect.TypeOf(sample).Name()
		t.Run(name, func(t *testing.T) {
			e := filled(sample)
			safe := flows.DisarmEvent(trace.NewDisarmer(), e)
			line, err := flows.EncodeEvent(safe)
			if err != nil {
				t.Fatal(err)
			}
			if strings.ContainsAny(string(line), "\n\r") {
				t.Error("the line is more than one")
			}
			back, err := flows.DecodeEvent(line)
			if err != nil {
				t.Fatalf("%v\n%s", err, line)
			}
			if !reflect.DeepEqual(back, safe.Event()) {
				t.Errorf("%s\nwritten %#v\nread    %#v", line, safe.Event(), back)
			}
			if !reflect.DeepEqual(e, safe.Event()) && name != "Exchanged" { // a header's values have kinds of their own
				t.Errorf("disarming changed what is no secret\nbefore %#v\nafter  %#v", e, safe.Event())
			}
		})
	}
}

// The zero value of a body must pass as well: a run can be cancelled anywhere.
func TestRoundTripOfNothing(t *testing.T) {
	for _, sample := range samples {
		switch sample.(type) {
		case flows.Exchanged:
			sample = flows.Exchanged{Exchange: &trace.Exchange{}}
		case flows.BrowserFailed:
			sample = flows.BrowserFailed{Err: errors.New("")}
		}
		safe := flows.DisarmEvent(trace.NewDisarmer(), flows.Event{Body: sample})
		line, err := flows.EncodeEvent(safe)
		if err != nil {
			t.Fatal(err)
		}
		back, err := flows.DecodeEvent(line)
		if err != nil {
			t.Fatalf("%v\n%s", err, line)
		}
		if !reflect.DeepEqual(back, safe.Event()) {
			t.Errorf("%s\nwritten %#v\nread    %#v", line, safe.Event(), back)
		}
	}
}

func TestTokensKeepTheirClaims(t *testing.T) {
	const signature = "c2lnbmF0dXJlLW9mLXRoZS10b2tlbg"
	e := flows.Event{Body: flows.TokensReceived{Tokens: oauth.TokenSet{IDToken: jwt + signature, AccessToken: "opaque-access-token-0123456789abcdef"}}}
	line := encode(t, trace.NewDisarmer(), e)
	for _, secret := range []string{signature, "opaque-access"} {
		if strings.Contains(string(line), secret) {
			t.Errorf("%s is in %s", secret, line)
		}
	}
	back, err := flows.DecodeEvent(line)
	if err != nil {
		t.Fatal(err)
	}
	got := back.Body.(flows.TokensReceived)
	if sub, _ := got.Decoded.ID.Claims.String("sub"); sub != "alice" || got.Decoded.ID.Form != jose.JWT {
		t.Errorf("the claims are gone: %s", line)
	}
	if got.Decoded.Access.Form != jose.Opaque || !strings.HasPrefix(got.Tokens.AccessToken.Reveal(), "[removed 36 characters ") {
		t.Errorf("the access token reads %q", got.Tokens.AccessToken.Reveal())
	}
}

// Every place of an event that takes a text is disarmed, errors included.
func TestSecretsInEveryPlace(t *testing.T) {
	const canary = "canary-4f1d-9b7e-22c0"
	for _, sample := range samples {
		v := reflect.New(reflect.TypeOf(sample)).Elem()
		plant(v, canary)
		e := flows.Event{Body: v.Interface().(flows.Body)}
		if line := encode(t, trace.NewDisarmer(canary), e); strings.Contains(string(line), canary) {
			t.Errorf("%T: %s", sample, line)
		}
	}
}

func TestErrorsOfAnExchange(t *testing.T) {
	_, cause := os.ReadFile("no such file")
	ex := &trace.Exchange{Err: cause, Request: trace.Request{Body: trace.Body{Size: 3, Err: cause}}, Response: &trace.Response{Body: trace.Body{Size: 3, Err: cause}}}
	back, err := flows.DecodeEvent(encode(t, trace.NewDisarmer(), flows.Event{Body: flows.Exchanged{Exchange: ex}}))
	if err != nil {
		t.Fatal(err)
	}
	got := back.Body.(flows.Exchanged).Exchange
	for _, err := range []error{got.Err, got.Request.Body.Err, got.Response.Body.Err} {
		var kept *trace.Failure
		if !errors.As(err, &kept) || kept.Class != trace.ClassOther || kept.Text != cause.Error() {
			t.Errorf("%#v", err)
		}
	}
	if _, changed := ex.Err.(*trace.Failure); changed {
		t.Error("the original was changed")
	}
}

func TestLinesThatAreNotOurs(t *testing.T) {
	for name, line := range map[string]string{
		"empty": "", "null": "null", "no JSON": "{", "an array": "[]", "no kind": `{"v":1}`, "no version": `{"kind":"overdue","body":{}}`,
		"no body": `{"v":1,"kind":"overdue"}`, "no exchange": `{"v":1,"kind":"exchanged","body":{}}`,
		"wrong body": `{"v":1,"kind":"overdue","body":[]}`, "before the first": `{"v":1,"kind":"overdue","seq":-1,"body":{}}`,
	} {
		var newer *flows.NewerEventError
		if _, err := flows.DecodeEvent([]byte(line)); err == nil || errors.As(err, &newer) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, line := range []string{
		`{"v":2,"kind":"overdue","body":{"step":"callback"}}`, `{"v":1,"kind":"foreseen","body":{}}`,
	} {
		var newer *flows.NewerEventError
		if _, err := flows.DecodeEvent([]byte(line)); !errors.As(err, &newer) || !strings.Contains(err.Error(), "version "+line[5:6]) {
			t.Errorf("%s: %v", line, err)
		}
	}
	e, err := flows.DecodeEvent([]byte(`{"v":1,"kind":"overdue","mood":"good","body":{"step":"callback","since":3}}`))
	if err != nil || e.Body != (flows.Overdue{Step: oauth.StepCallback}) {
		t.Errorf("members of tomorrow: %v %v", e, err)
	}
	if _, err := flows.EncodeEvent(flows.Disarmed{}); err == nil {
		t.Error("nothing was encoded")
	}
}

// A provider can name a time that JSON can not.
func TestTimesBeyondReason(t *testing.T) {
	far := time.Date(40000, 1, 1, 0, 0, 0, 0, time.UTC)
	e := flows.Event{Body: flows.TokensReceived{Tokens: oauth.TokenSet{ExpiresAt: far, ReceivedAt: far.AddDate(-50000, 0, 0)}}}
	if _, err := flows.DecodeEvent(encode(t, trace.NewDisarmer(), e)); err != nil {
		t.Error(err)
	}
}

func TestBodiesThatAreNoText(t *testing.T) {
	for _, body := range []string{"\x00\xff\xfe", "caf\xe9 in Latin-1", strings.Repeat("\x01", 1<<20), strings.Repeat("x", 1<<20), "\u2028 \U0001F600"} {
		ex := &trace.Exchange{Response: &trace.Response{Body: trace.Body{Bytes: []byte(body), Size: int64(len(body))}}}
		line := encode(t, trace.NewDisarmer(), flows.Event{Body: flows.Exchanged{Exchange: ex}})
		back, err := flows.DecodeEvent(line)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(back.Body.(flows.Exchanged).Exchange.Response.Body.Bytes); got != body {
			t.Errorf("%.20q became %.20q", body, got)
		}
		if len(line) > 2*len(body)+1000 {
			t.Errorf("%d bytes became a line of %d", len(body), len(line))
		}
	}
}

func FuzzDecodeEvent(f *testing.F) {
	for _, sample := range samples {
		f.Add(encode(f, trace.NewDisarmer(), filled(sample)))
	}
	f.Add([]byte(`{"v":2,"kind":"x"}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		e, err := flows.DecodeEvent(line)
		if err != nil {
			return
		}
		// What was read can be written again, and reads as the same.
		safe := flows.DisarmEvent(trace.NewDisarmer(), e)
		again, err := flows.EncodeEvent(safe)
		if err != nil {
			t.Fatalf("%v\n%#v", err, e)
		}
		if _, err := flows.DecodeEvent(again); err != nil {
			t.Fatalf("%v\n%s", err, again)
		}
	})
}
