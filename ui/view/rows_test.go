package view

import (
	"strings"
	"testing"
	"time"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
	"signbench/flows/trace"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/widget"
)

func object(t *testing.T, s string) *jose.Object {
	t.Helper()
	o, err := jose.ParseObject([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.Local)

func TestClaimRowsKeepOrderAndFindTheirChecks(t *testing.T) {
	report := check.Report{
		{ID: "id_token.iss", Verdict: check.Pass},
		{ID: "id_token.nonce", Verdict: check.Fail, Reason: check.Different},
	}
	rows := claimRows(object(t, `{"sub":"u1","iss":"https://op","nonce":"n","name":"山田 太郎","roles":["a", "b"],"picture":null}`), report)
	var names []string
	for _, r := range rows {
		names = append(names, r.Name+"="+r.Value)
	}
	if got, want := strings.Join(names, " "), `sub=u1 iss=https://op nonce=n name=山田 太郎 roles=["a","b"] picture=null`; got != want {
		t.Errorf("rows = %s, want %s", got, want)
	}
	if c := rows[1].cells(noon)[3]; c.Tone != widget.CellTonePass || c.Sign != "✓" {
		t.Errorf("a passed check looks %+v", c)
	}
	if c := rows[2].cells(noon)[3]; c.Tone != widget.CellToneFail || c.Sign != "✕" || c.Text == "" {
		t.Errorf("a failed check looks %+v", c)
	}
	if c := rows[3].cells(noon)[3]; c.Sign != "" {
		t.Errorf("an unchecked claim looks %+v", c)
	}
	if rows := claimRows(nil, nil); rows != nil {
		t.Errorf("no claims give %v", rows)
	}
}

func TestTimesAreRead(t *testing.T) {
	for raw, want := range map[string]int64{"1795228464": 1795228464, "1795228464.5": 1795228464, "1795228464000": 1795228464} {
		if got := claimTime([]byte(raw)).Unix(); got != want {
			t.Errorf("%s is %d, want %d", raw, got, want)
		}
	}
	for _, raw := range []string{`"soon"`, "null", "-1", "{}"} {
		if got := claimTime([]byte(raw)); !got.IsZero() {
			t.Errorf("%s is %v", raw, got)
		}
	}
}

func TestExpiryCountsDown(t *testing.T) {
	row := claimRow{Name: "exp", When: noon.Add(58*time.Minute + 12*time.Second)}
	if got := row.meaning(noon).Text; got != "Expires in 58:12" {
		t.Errorf("before: %q", got)
	}
	late := row.meaning(noon.Add(2 * time.Hour))
	if late.Tone != widget.CellToneWarn || !strings.HasPrefix(late.Text, "Expired 61 min ago") {
		t.Errorf("after: %+v", late)
	}
}

func TestCountdownAndAgo(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second: "00:00", 59 * time.Second: "00:59", time.Hour: "1:00:00", 25*time.Hour + 30*time.Minute: "1 d 01:30",
	} {
		if got := countdown(d); got != want {
			t.Errorf("countdown(%v) = %q, want %q", d, got, want)
		}
	}
	for d, want := range map[time.Duration]string{
		time.Second: text.T("time.just_now"), 30 * time.Second: "30 s", 5 * time.Minute: "5 min", 5 * time.Hour: "5 h", 72 * time.Hour: "3 d",
	} {
		if got := ago(d); got != want {
			t.Errorf("ago(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestCompareMarksWhatDiffers(t *testing.T) {
	rows := compareRows(object(t, `{"sub":"u1","email":"a@x","nonce":"n"}`), nil, object(t, `{"sub":"u1","email":"b@x","roles":["r"]}`))
	want := map[string][]widget.CompareKind{
		"sub":   {widget.CompareValue, widget.CompareAbsent, widget.CompareSame},
		"email": {widget.CompareValue, widget.CompareAbsent, widget.CompareDiffers},
		"nonce": {widget.CompareValue, widget.CompareAbsent, widget.CompareAbsent},
		"roles": {widget.CompareAbsent, widget.CompareAbsent, widget.CompareValue},
	}
	if len(rows) != len(want) {
		t.Fatalf("%d rows", len(rows))
	}
	for _, row := range rows {
		for i, cell := range row.Cells {
			if cell.Kind != want[row.Claim][i] {
				t.Errorf("%s in place %d is %d, want %d", row.Claim, i, cell.Kind, want[row.Claim][i])
			}
		}
	}
}

func TestTheRequestIsListedInTheOrderOfTheSpecification(t *testing.T) {
	rows := requestRows(map[string][]string{
		"prompt": {"consent"}, "scope": {"openid"}, "client_id": {"a"}, "response_type": {"code"}, "resource": {"r1", "r2"}, "acr_values": {"x"},
	})
	var names []string
	for _, r := range rows {
		names = append(names, r[0].Text)
	}
	if got, want := strings.Join(names, " "), "response_type client_id scope state nonce code_challenge acr_values prompt resource resource"; got != want {
		t.Errorf("order = %s, want %s", got, want)
	}
}

// Every remedy of a fault has its button, and every sentence of a fault reads on.
func TestEveryFaultIsSaid(t *testing.T) {
	for _, e := range fault.Catalog() {
		code := e.Code
		f := fault.New(code, oauth.StepToken, map[string]string{"Field": "endpoint", "Problem": "empty"})
		if len(f.Checks) > 0 {
			f.Params["Reason"] = check.Reasons(f.Checks[0])[0]
		}
		for _, said := range []string{text.FaultTitle(f), text.FaultCause(f), text.FaultRemedy(f)} {
			if said == "" || strings.HasPrefix(said, "fault.") || strings.Contains(said, "<no value>") && strings.Contains(said, "{{") {
				t.Errorf("%s says %q", code, said)
			}
		}
	}
	for _, r := range []fault.Remedy{
		fault.CopyRedirectURI, fault.CopyPostLogout, fault.UsePort, fault.EditEndpoint, fault.EditClientID,
		fault.EditSecret, fault.EditRedirectURI, fault.UseIssuer, fault.UseAuthMethod,
	} {
		if a, ok := remedy(fault.Fault{Remedy: r, Params: map[string]string{}}); !ok || a.Label == "" {
			t.Errorf("%s has no button", r)
		}
	}
}

func TestDecodedAndVerifiedNeverLookTheSame(t *testing.T) {
	looks := map[string]state.Trust{}
	for _, trust := range []state.Trust{state.DecodedOnly, state.Rejected, state.Verified} {
		kind, words := idBadge(state.Tokens{Trust: trust}, noon)
		look := words + string(rune('0'+int(kind)))
		if other, twice := looks[look]; twice {
			t.Errorf("%s and %s look the same", trust, other)
		}
		looks[look] = trust
	}
	if kind, _ := idBadge(state.Tokens{Trust: state.DecodedOnly}, noon); kind == widget.KindPass {
		t.Error("an unverified token has a tick")
	}
}

// A failure is named in words, in the window and in what leaves it.
func TestFailuresAreNamedInWords(t *testing.T) {
	for _, code := range []trace.MessageCode{trace.CodeNoAnswer, trace.CodeBroken} {
		m := trace.Message{From: trace.Provider, To: trace.Signbench, Kind: trace.MessageLost, Code: code, Caption: string(trace.ClassDNS), Failed: true}
		if got := answered(widget.SequenceRow{}, m).Caption; !strings.HasSuffix(got, text.T("class.dns")) {
			t.Errorf("%s: %q", code, got)
		}
	}
	if got := messageCaption(trace.Message{Caption: "invalid_grant"}); got != "invalid_grant" {
		t.Errorf("the words of the wire became %q", got)
	}
}

// A request that was made twice is seen to be, also when it has been answered.
func TestASecondAttemptIsSeen(t *testing.T) {
	var exchanges []*trace.Exchange
	for i := range 2 {
		exchanges = append(exchanges, &trace.Exchange{
			ID: i + 1, Step: oauth.StepToken, Channel: trace.BackChannel, Attempt: i + 1,
			Request: trace.Request{Method: "POST", URL: "https://op.example/token"}, Response: &trace.Response{Status: 200},
		})
	}
	rows := sequenceRows(oauth.ScenarioSignIn, trace.Messages(exchanges)).rows
	if len(rows) != 2 || rows[0].Attempt != "" || rows[1].Attempt != "attempt 2" {
		t.Errorf("%+v", rows)
	}
}
