package state_test

import (
	"encoding/base64"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"signbench/flows"
	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/trace"
	"signbench/ui/state"
)

func sentTo(url string) state.Run {
	return state.Run{Exchanges: []*trace.Exchange{{Step: oauth.StepAuthorize, Channel: trace.FrontChannel, Request: trace.Request{URL: url}}}}
}

func discovered(document string) state.Run {
	return state.Run{Metadata: &oauth.Metadata{Raw: json.RawMessage(document)}}
}

func claiming(claims string) state.Run {
	b64 := base64.RawURLEncoding.EncodeToString
	tokens := oauth.TokenSet{IDToken: oauth.Secret(b64([]byte(`{"alg":"ES384"}`)) + "." + b64([]byte(claims)) + ".c2ln")}
	return state.Run{Tokens: &flows.TokensReceived{Tokens: tokens, Decoded: flows.Decode(tokens)}}
}

func answering(results ...check.Result) state.Run {
	return state.Run{Reports: []state.Report{{Subject: "id_token", Results: results}}}
}

func failing(codes ...fault.Code) state.Run {
	ended := flows.Ended{Outcome: flows.Failed}
	for _, c := range codes {
		ended.Faults = append(ended.Faults, fault.Fault{Code: c, Step: oauth.StepToken})
	}
	return state.Run{Ended: &ended}
}

func over(exchanges ...*trace.Exchange) state.Run {
	for _, ex := range exchanges {
		ex.Step, ex.Channel = oauth.StepToken, trace.BackChannel
	}
	return state.Run{Exchanges: exchanges}
}

func TestCompare(t *testing.T) {
	type diff = state.Difference
	type verdict = state.Verdict
	const idToken = "id_token"
	for name, c := range map[string]struct {
		a, b state.Run
		want state.Comparison
	}{
		"nothing": {state.Run{}, state.Run{}, state.Comparison{}},

		"request": {
			sentTo("https://op.test/auth?client_id=a&state=1&nonce=2&code_challenge=3&scope=openid+profile&prompt=login&max_age=5"),
			sentTo("https://op.test/auth?client_id=b&state=4&nonce=5&code_challenge=6&scope=profile+openid+email&login_hint=x&max_age=5"),
			state.Comparison{Request: []diff{
				{Name: "client_id", Change: state.Changed, A: "a", B: "b"},
				{Name: "prompt", Change: state.Gone, A: "login", Out: []string{"login"}},
				{Name: "scope", Change: state.Changed, A: "openid profile", B: "profile openid email", In: []string{"email"}},
				{Name: "login_hint", Change: state.Added, B: "x"},
			}},
		},
		"request without a state": {
			sentTo("https://op.test/auth?state=1"), sentTo("https://op.test/auth"),
			state.Comparison{Request: []diff{{Name: "state", Change: state.Gone, A: "1"}}},
		},
		"scopes in another order": {sentTo("https://op.test/?scope=a+b"), sentTo("https://op.test/?scope=b+a"), state.Comparison{}},

		"discovery": {
			discovered(`{"issuer":"https://a","scopes_supported":["openid","email"],"x":{"b":1,"a":2},"gone":true}`),
			discovered(`{ "scopes_supported": ["email", "phone"], "issuer": "https://a", "x": {"a":2, "b":1}, "new":"&" }`),
			state.Comparison{Discovery: []diff{
				{Name: "scopes_supported", Change: state.Changed, A: `["openid","email"]`, B: `["email","phone"]`, In: []string{"phone"}, Out: []string{"openid"}},
				{Name: "gone", Change: state.Gone, A: "true"},
				{Name: "new", Change: state.Added, B: "&"},
			}},
		},
		"discovery in another order": {
			discovered(`{"grant_types_supported":["a","b"]}`), discovered(`{"grant_types_supported":["b","a"]}`), state.Comparison{},
		},
		"no discovery": {discovered(`not JSON`), state.Run{}, state.Comparison{}},

		"claims": {
			claiming(`{"sub":"u-1","iat":1,"exp":2,"nbf":3,"auth_time":4,"updated_at":5,"nonce":"n","at_hash":"h","jti":"j","sid":"s","email":"a@x.test","amr":["pwd"],"picture":null}`),
			claiming(`{"sub":"u-1","iat":9,"exp":9,"nbf":9,"auth_time":9,"updated_at":9,"nonce":"m","at_hash":"g","jti":"k","sid":"t","email":"b@x.test","amr":["pwd","otp"],"name":"Alice"}`),
			state.Comparison{Claims: []diff{
				{Where: idToken, Name: "email", Change: state.Changed, A: "a@x.test", B: "b@x.test"},
				{Where: idToken, Name: "amr", Change: state.Changed, A: `["pwd"]`, B: `["pwd","otp"]`, In: []string{"otp"}},
				{Where: idToken, Name: "name", Change: state.Added, B: "Alice"},
			}},
		},
		"claims without a nonce": {
			claiming(`{"nonce":"n"}`), claiming(`{}`),
			state.Comparison{Claims: []diff{{Where: idToken, Name: "nonce", Change: state.Gone, A: "n"}}},
		},
		"user info": {
			state.Run{UserInfo: &oauth.UserInfo{Claims: json.RawMessage(`{"sub":"1","n":1.0}`)}},
			state.Run{UserInfo: &oauth.UserInfo{Claims: json.RawMessage(`{"sub":"2","n":1.0}`)}},
			state.Comparison{Claims: []diff{{Where: "userinfo", Name: "sub", Change: state.Changed, A: "1", B: "2"}}},
		},

		"checks": {
			answering(check.Result{ID: "a", Verdict: check.Pass}, check.Result{ID: "b", Verdict: check.Pass}, check.Result{ID: "c", Verdict: check.Fail, Reason: "absent"}),
			answering(check.Result{ID: "a", Verdict: check.Fail, Reason: "expired"}, check.Result{ID: "b", Verdict: check.Pass}, check.Result{ID: "c", Verdict: check.Fail, Reason: "different"}),
			state.Comparison{Checks: []verdict{
				{Subject: idToken, ID: "a", A: check.Pass, B: check.Fail, ReasonB: "expired"},
				{Subject: idToken, ID: "c", A: check.Fail, B: check.Fail, ReasonA: "absent", ReasonB: "different"},
			}},
		},
		"checks that one run did not reach": {
			state.Run{},
			answering(check.Result{ID: "a", Verdict: check.Pass}, check.Result{ID: "b", Verdict: check.Warn}, check.Result{ID: "c", Verdict: check.Skip}),
			state.Comparison{Checks: []verdict{{Subject: idToken, ID: "b", B: check.Warn}}},
		},

		"faults": {
			failing("token.a", "token.b"), failing("token.b", "token.c", "token.c"),
			state.Comparison{OutcomeA: flows.Failed, OutcomeB: flows.Failed, Faults: []state.FaultChange{
				{Code: "token.a", Step: oauth.StepToken, Change: state.Gone}, {Code: "token.c", Step: oauth.StepToken, Change: state.Added},
			}},
		},

		"wire": {
			over(&trace.Exchange{Response: &trace.Response{Status: 200, Proto: "HTTP/1.1"}, Remote: "127.0.0.1:1", TLS: &trace.TLS{Version: "TLS 1.2"}}),
			over(&trace.Exchange{Response: &trace.Response{Status: 500}}, &trace.Exchange{
				Response: &trace.Response{Status: 400, Proto: "HTTP/2.0"}, Remote: "127.0.0.1:2", Proxy: "http://proxy.test",
				TLS: &trace.TLS{Version: "TLS 1.3", Peer: []trace.Certificate{{Subject: "CN=a", Issuer: "CN=b", NotAfter: noon}}},
			}),
			state.Comparison{HTTP: []diff{
				{Where: "token", Name: "requests", Change: state.Changed, A: "1", B: "2"},
				{Where: "token", Name: "status", Change: state.Changed, A: "200", B: "400"},
				{Where: "token", Name: "protocol", Change: state.Changed, A: "HTTP/1.1", B: "HTTP/2.0"},
				{Where: "token", Name: "tls", Change: state.Changed, A: "TLS 1.2", B: "TLS 1.3"},
				{Where: "token", Name: "certificate", Change: state.Added, B: "CN=a, CN=b, 2026-03-04"},
				{Where: "token", Name: "proxy", Change: state.Added, B: "http://proxy.test"},
			}},
		},
		"a request that only one run made": {over(&trace.Exchange{}), state.Run{}, state.Comparison{}},
	} {
		t.Run(name, func(t *testing.T) {
			got := state.Compare(c.a, c.b)
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
			if same := len(c.want.Request)+len(c.want.Discovery)+len(c.want.Claims)+len(c.want.Checks)+len(c.want.Faults)+len(c.want.HTTP) == 0; got.Same() != same {
				t.Errorf("Same() = %t", got.Same())
			}
			if self := state.Compare(c.a, c.a); !self.Same() {
				t.Errorf("a run differs from itself: %+v", self)
			}
		})
	}
}

func TestCompareTimes(t *testing.T) {
	step := func(s oauth.Step, status state.Status, took time.Duration) state.Run {
		return state.Run{Steps: []state.Step{{Step: s, Status: status, Took: took}}}
	}
	const ms = time.Millisecond
	for name, c := range map[string]struct {
		a, b state.Run
		want state.Timing
	}{
		"slower": {
			step(oauth.StepToken, state.Done, 100*ms), step(oauth.StepToken, state.Failed, 300*ms),
			state.Timing{Step: oauth.StepToken, A: 100 * ms, B: 300 * ms, StatusA: state.Done, StatusB: state.Failed, Ratio: 3, Conspicuous: true},
		},
		"slower by nothing": {
			step(oauth.StepToken, state.Done, 1*ms), step(oauth.StepToken, state.Done, 3*ms),
			state.Timing{Step: oauth.StepToken, A: 1 * ms, B: 3 * ms, StatusA: state.Done, StatusB: state.Done, Ratio: 3},
		},
		"faster": {
			step(oauth.StepToken, state.Done, 300*ms), step(oauth.StepToken, state.Done, 75*ms),
			state.Timing{Step: oauth.StepToken, A: 300 * ms, B: 75 * ms, StatusA: state.Done, StatusB: state.Done, Ratio: 0.25, Conspicuous: true},
		},
		"a person typed": {
			step(oauth.StepCallback, state.Done, 100*ms), step(oauth.StepCallback, state.Done, 900*ms),
			state.Timing{Step: oauth.StepCallback, A: 100 * ms, B: 900 * ms, StatusA: state.Done, StatusB: state.Done, Ratio: 9, AwaitsPerson: true},
		},
		"not reached": {
			step(oauth.StepToken, state.Done, 100*ms), step(oauth.StepToken, state.Pending, 0),
			state.Timing{Step: oauth.StepToken, A: 100 * ms, StatusA: state.Done, StatusB: state.Pending},
		},
		"of another scenario": {
			state.Run{},
			step(oauth.StepRevoke, state.Done, 100*ms),
			state.Timing{Step: oauth.StepRevoke, B: 100 * ms, StatusB: state.Done},
		},
	} {
		got := state.Compare(c.a, c.b)
		if len(got.Steps) != 1 || got.Steps[0] != c.want || !got.Same() {
			t.Errorf("%s: %+v\nwant %+v", name, got.Steps, c.want)
		}
	}
}

// "It worked on Monday": the recorded good sign-in against the one with a wrong
// secret.
func TestCompareRecordedRuns(t *testing.T) {
	run := func(name string) state.Run { return *state.State{}.Apply(replay(t, name)...).Of("demo").Run }
	got := state.Compare(run("sign_in"), run("wrong_secret"))
	if len(got.Request) != 0 || len(got.Discovery) != 0 {
		t.Errorf("the request and the provider are the same: %+v %+v", got.Request, got.Discovery)
	}
	if got.OutcomeB != flows.Failed || len(got.Faults) == 0 || got.Faults[len(got.Faults)-1].Code != "token.invalid_client" {
		t.Errorf("%+v", got.Faults)
	}
	want := state.Difference{Where: "token", Name: "status", Change: state.Changed, A: "200", B: "401"}
	if len(got.HTTP) != 1 || !reflect.DeepEqual(got.HTTP[0], want) {
		t.Errorf("%+v", got.HTTP)
	}
	if self := state.Compare(run("refresh"), run("refresh")); !self.Same() {
		t.Errorf("%+v", self)
	}
}

// BenchmarkCompare compares two sign-ins, as a press does on the window's thread.
func BenchmarkCompare(b *testing.B) {
	run := *state.State{}.Apply(replay(b, "sign_in")...).Of("demo").Run
	other := *state.State{}.Apply(replay(b, "wrong_secret")...).Of("demo").Run
	for b.Loop() {
		state.Compare(run, other)
	}
}

// BenchmarkApply applies a sign-in event by event.
func BenchmarkApply(b *testing.B) {
	events := replay(b, "sign_in")
	for b.Loop() {
		var s state.State
		for _, e := range events {
			s = s.Apply(e)
		}
	}
}
