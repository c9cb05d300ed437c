package flows

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"signbench/flows/check"
	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// learn tells the Disarmer the secrets that the event itself holds.
func learn(d *trace.Disarmer, e Event) {
	switch b := e.Body.(type) {
	case Exchanged:
		if b.Exchange != nil {
			d.LearnFrom(b.Exchange)
		}
	case TokensReceived:
		learnTokens(d, b.Tokens)
	case SignedIn:
		learnTokens(d, b.Session.Tokens)
	}
}

func learnTokens(d *trace.Disarmer, t oauth.TokenSet) {
	d.Learn(t.AccessToken, t.RefreshToken, t.IDToken)
}

// ours are fields that hold words of this program in an ordinary string. They are
// left alone: a client secret "id_token" would otherwise rename checks.
var ours = map[reflect.Type][]string{
	reflect.TypeFor[check.Result](): {"ID", "Reason", "Spec"},
	reflect.TypeFor[fault.Fault]():  {"Checks", "Spec"},
	reflect.TypeFor[Checked]():      {"Subject"},
	reflect.TypeFor[CallbackSeen](): {"Kind", "Via"},

	reflect.TypeFor[connector.Field]():   {"Name", "Claim"},
	reflect.TypeFor[connector.Dropped](): {"Claim", "Reason"},
}

var (
	typeSecret   = reflect.TypeFor[oauth.Secret]()
	typeTime     = reflect.TypeFor[time.Time]()
	typeToken    = reflect.TypeFor[jose.Token]()
	typeError    = reflect.TypeFor[error]()
	typeExchange = reflect.TypeFor[*trace.Exchange]()
	typeRaw      = reflect.TypeFor[json.RawMessage]()
	typeProfile  = reflect.TypeFor[oauth.Profile]()
)

// disarmed returns a copy of v in which every text has been disarmed. It walks
// whatever it is given, so that a field that is added to an event tomorrow is
// disarmed without anybody thinking of it. Strings of named types are words of this
// program, as Step and Outcome are.
func disarmed(d *trace.Disarmer, v reflect.Value) reflect.Value {
	switch v.Type() {
	case typeTime:
		return v
	case typeToken:
		return reflect.Zero(v.Type()) // it quotes the token: made again afterwards
	case typeSecret:
		s, _ := v.Interface().(oauth.Secret)
		return reflect.ValueOf(oauth.Secret(secretText(d, s)))
	case typeExchange:
		ex, _ := v.Interface().(*trace.Exchange)
		return reflect.ValueOf(d.Exchange(ex))
	case typeRaw:
		raw, _ := v.Interface().(json.RawMessage)
		if raw == nil {
			return v
		}
		return reflect.ValueOf(repaired(raw, json.RawMessage(d.Text(string(raw)))))
	case typeError:
		err, _ := v.Interface().(error)
		out := reflect.New(typeError).Elem()
		if err != nil {
			out.Set(reflect.ValueOf(disarmedError(d, err)))
		}
		return out
	}
	switch v.Kind() {
	case reflect.String:
		if v.Type() != reflect.TypeFor[string]() {
			return v
		}
		return reflect.ValueOf(plainText(d, v.String()))
	case reflect.Struct:
		return disarmedStruct(d, v)
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		out := reflect.New(v.Type().Elem())
		out.Elem().Set(disarmed(d, v.Elem()))
		return out
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(disarmed(d, v.Index(i)))
		}
		return out
	case reflect.Map:
		return disarmedMap(d, v)
	case reflect.Interface, reflect.Func, reflect.Chan, reflect.Array, reflect.UnsafePointer:
		return reflect.Zero(v.Type()) // no event has one; nothing that was not looked at gets out
	default:
		return v // numbers and truth values
	}
}

func disarmedStruct(d *trace.Disarmer, v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if !v.Type().Field(i).IsExported() {
			return reflect.Zero(v.Type())
		}
		for _, own := range ours[v.Type()] {
			if name == own {
				name = ""
			}
		}
		if name != "" {
			out.Field(i).Set(disarmed(d, v.Field(i)))
		}
	}
	if v.Type() == typeProfile {
		p, _ := out.Interface().(oauth.Profile)
		for name, value := range p.Extra {
			if oauth.IsSecretParameter(name) {
				p.Extra[name] = secretText(d, oauth.Secret(value))
			}
		}
	}
	return out
}

func disarmedMap(d *trace.Disarmer, v reflect.Value) reflect.Value {
	if v.IsNil() {
		return v
	}
	out := reflect.MakeMapWithSize(v.Type(), v.Len())
	for key, value := range v.Seq2() {
		out.SetMapIndex(key, disarmed(d, value))
	}
	return out
}

// secretText is what may stand for a secret. A URL that holds secrets is one as a
// whole, and stays readable but for these.
func secretText(d *trace.Disarmer, s oauth.Secret) string {
	if isURL(s.Reveal()) {
		return urlText(d, s.Reveal())
	}
	d.Learn(s)
	text := d.Text(s.Reveal())
	if text == s.Reveal() && s.Len() < 4 && !s.Empty() { // too short to be looked for in texts
		return fmt.Sprintf("[removed %d characters]", s.Len())
	}
	return text
}

// plainText takes out what is known, and of a URL also what its names and its place
// say is secret.
func plainText(d *trace.Disarmer, s string) string {
	if isURL(s) && strings.ContainsAny(s, "?#@") {
		return urlText(d, s)
	}
	return d.Text(s)
}

func isURL(s string) bool { return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") }

func urlText(d *trace.Disarmer, s string) string {
	return d.Text(d.Exchange(&trace.Exchange{Request: trace.Request{URL: s}}).Request.URL)
}

// disarmedError is the error as it may be written.
func disarmedError(d *trace.Disarmer, err error) error {
	return &trace.Failure{Class: trace.ClassOf(err), Text: d.Text(err.Error())}
}
