package view

import (
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/widget"
)

func refusedToken() []fault.Fault {
	return fault.Order([]fault.Fault{
		fault.New("id_token.signature", oauth.StepVerify, nil, 5),
		fault.New("id_token.alg", oauth.StepVerify, nil, 4),
		fault.New("id_token.nonce", oauth.StepVerify, nil, 5),
	})
}

// The verdict tells the root cause, and what follows from it apart from what else is
// wrong.
func TestTheVerdictFoldsWhatFollows(t *testing.T) {
	run := &state.Run{Scenario: oauth.ScenarioSignIn, Ended: &flows.Ended{Outcome: flows.Failed, Step: oauth.StepVerify, Faults: refusedToken()}}
	v := failed(state.Bench{Run: run})
	if want := text.FaultClause(fault.New("id_token.alg", oauth.StepVerify, nil)); !strings.HasSuffix(v.Title, want) {
		t.Errorf("the title is %q, want %q", v.Title, want)
	}
	_, more, ok := strings.Cut(v.Detail, "\nFollows from this: 1 (the ID token's signature is not good). ")
	if !ok || !strings.HasPrefix(more, "Also: the ID token's nonce is not the one that was sent.") {
		t.Errorf("the detail is %q", v.Detail)
	}
}

// An exchange shows the faults that it proves. One whose cause was found elsewhere
// names it, so that nobody mends the symptom.
func TestAnExchangeNamesTheCauseThatIsElsewhere(t *testing.T) {
	found, all := proven(5, refusedToken())
	if len(found) != 2 || len(all) != 2 {
		t.Fatalf("found %+v", found)
	}
	if found[0].Code != "id_token.signature" || found[0].Because != "The ID token's algorithm is not acceptable" {
		t.Errorf("the follower is %+v", found[0])
	}
	if found[1].Code != "id_token.nonce" || found[1].Because != "" {
		t.Errorf("what stands by itself is %+v", found[1])
	}
	if found, _ := proven(4, refusedToken()); len(found) != 1 || len(found[0].Followers) != 1 {
		t.Errorf("the cause's exchange shows %+v", found)
	}
}

// A file in which the faults are missing may be opened like any other.
func TestAFailureWithoutAFault(t *testing.T) {
	run := &state.Run{Scenario: oauth.ScenarioSignIn, Ended: &flows.Ended{Outcome: flows.Failed, Step: oauth.StepVerify}}
	if v := NewVerdict(oauth.Profile{}, state.Bench{Run: run}, nil, noon); v.Kind != widget.KindFail || v.Title == "" {
		t.Errorf("%+v", v)
	}
}
