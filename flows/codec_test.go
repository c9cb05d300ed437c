package flows_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
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

// samples has one value of each type of Body. TestEveryBody compares it with the
// sources, so a new type must be added here, and then needs a codec.
var samples = []flows.Body{
	flows.Started{},
	flows.StepStarted{},
	flows.StepEnded{},
	flows.Exchanged{},
	flows.Discovered{},
	flows.Waiting{},
	flows.BrowserFailed{},
	flows.Overdue{},
	flows.CallbackSeen{},
	flows.Checked{},
	flows.TokensReceived{},
	flows.UserInfoReceived{},
	flows.SignedIn{},
	flows.SignedOut{},
	flows.Returned{},
	flows.Ended{},
}

// jwt is a token whose claims are {"sub":"alice","exp":1900000000}; its signature
// is removed already, so that disarming changes nothing in it.
const jwt = "eyJhbGciOiJFUzM4NCIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImV4cCI6MTkwMDAwMDAwMH0."

// bodyTypes are the types with a method body, as the sources declare them.
func bodyTypes(t *testing.T) []string {
	t.Helper()
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, path := range sources {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Name.Name != "body" || f.Recv == nil || len(f.Type.Params.List) != 0 || f.Type.Results != nil {
				continue
			}
			if name, ok := f.Recv.List[0].Type.(*ast.Ident); ok {
				names = append(names, name.Name)
			}
		}
	}
	slices.Sort(names)
	return names
}

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

// fill puts a value into every field that there is, so that a field without a place
// in the line is missed after the round trip.
func fill(v reflect.Value, name string) {
	switch v.Type() {
	case reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Date(2026, 3, 4, 5, 6, 7, 89, time.UTC)))
		return
	case reflect.TypeFor[oauth.Secret]():
		v.Set(reflect.ValueOf(oauth.Secret(jwt)))
		return
	case reflect.TypeFor[json.RawMessage]():
		v.Set(reflect.ValueOf(json.RawMessage("{ \"of\": \"" + name + "\",\n\t\"n\": 1.50 }")))
		return
	case reflect.TypeFor[error]():
		v.Set(reflect.ValueOf(&trace.Failure{Class: trace.ClassDNS, Text: "words of " + name}))
		return
	case reflect.TypeFor[jose.Token]():
		return // made from the token
	case reflect.TypeFor[[]byte]():
		v.Set(reflect.ValueOf([]byte("body of " + name)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("value-of-" + strings.ToLower(name))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(len(name)) + 100)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), name)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), name+"-first")
		fill(v.Index(1), name+"-second")
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		value := reflect.New(v.Type().Elem()).Elem()
		fill(value, name)
		v.SetMapIndex(reflect.ValueOf("X-Name").Convert(v.Type().Key()), value)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), v.Type().Field(i).Name)
		}
	default:
		panic("fill does not know " + v.Type().String())
	}
}

func filled(sample flows.Body) flows.Event {
	v := reflect.New(reflect.TypeOf(sample)).Elem()
	fill(v, v.Type().Name())
	body := v.Interface().(flows.Body)
	switch b := body.(type) {
	case flows.TokensReceived:
		b.Decoded = flows.Decode(b.Tokens)
		body = b
	case flows.SignedIn:
		b.Decoded = flows.Decode(b.Session.Tokens)
		body = b
	}
	return flows.Event{Run: "run", Profile: "profile", Seq: 7, At: time.Date(2026, 3, 4, 5, 6, 7, 8, time.UTC), Body: body}
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

// plant puts the canary into everything that can hold a text of the world's: all
// but the named types, which are words of the program.
func plant(v reflect.Value, canary string) {
	switch v.Type() {
	case reflect.TypeFor[time.Time](), reflect.TypeFor[jose.Token]():
		return
	case reflect.TypeFor[oauth.Secret]():
		v.SetString("https://op.test/?x=" + canary)
		return
	case reflect.TypeFor[json.RawMessage]():
		v.SetBytes([]byte(`{"quoted":"` + canary + `"}`))
		return
	case reflect.TypeFor[error]():
		v.Set(reflect.ValueOf(errors.New("refused: " + canary)))
		return
	case reflect.TypeFor[[]byte]():
		v.SetBytes([]byte("body " + canary))
		return
	}
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString("words " + canary)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		plant(v.Elem(), canary)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		plant(v.Index(0), canary)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		value := reflect.New(v.Type().Elem()).Elem()
		plant(value, canary)
		v.SetMapIndex(reflect.ValueOf("X-Name").Convert(v.Type().Key()), value)
	case reflect.Struct:
		for i := range v.NumField() {
			if !slices.Contains(words[v.Type().Name()], v.Type().Field(i).Name) {
				plant(v.Field(i), canary)
			}
		}
	}
}

// words are fields of the type string that only the program itself sets, or the
// connection before anything secret went over it.
var words = map[string][]string{
	"Request": {"Method", "Proto"}, "Response": {"Proto"}, "Exchange": {"Remote", "TLS"},
	"Result": {"ID", "Reason", "Spec"}, "Fault": {"Checks", "Spec"}, "Checked": {"Subject"}, "CallbackSeen": {"Kind", "Via"},
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
