package flows_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
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
	flows.Probed{},
	flows.CallbackSeen{},
	flows.Checked{},
	flows.TokensReceived{},
	flows.UserInfoReceived{},
	flows.SignedIn{},
	flows.Benched{},
	flows.Mapped{},
	flows.MessageSeen{},
	flows.ConnectorChosen{},
	flows.UpstreamBuilt{},
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
	"Field": {"Name", "Claim"}, "Dropped": {"Claim", "Reason"},
}
