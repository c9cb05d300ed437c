package view

import (
	"testing"

	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/flows/trace"
	"signbench/ui/text"
)

// Codes that are put together with a prefix have their words, every one of them.
func TestEveryCodeOfATraceHasItsWords(t *testing.T) {
	var keys []string
	for _, k := range trace.Kinds() {
		keys = append(keys, "receipt.kind."+string(k))
	}
	for _, p := range trace.Places() {
		keys = append(keys, "receipt.place."+string(p))
	}
	for _, f := range trace.FactNames() {
		keys = append(keys, "fact."+string(f))
	}
	for _, m := range trace.MessageCodes() {
		keys = append(keys, "message."+string(m))
	}
	for _, c := range trace.Classes() {
		keys = append(keys, "class."+string(c))
	}
	for _, p := range trace.HARProblems() {
		keys = append(keys, "har."+string(p))
	}
	for _, a := range trace.Actors() {
		keys = append(keys, "actor."+string(a))
	}
	for _, s := range []oauth.Scenario{
		oauth.ScenarioSignIn, oauth.ScenarioSignUp, oauth.ScenarioRefresh, oauth.ScenarioSignOut, oauth.ScenarioProof, oauth.ScenarioImported, oauth.ScenarioCheck,
	} {
		keys = append(keys, "scenario."+string(s))
		for _, step := range s.Steps() {
			keys = append(keys, "step."+string(step), "guide."+string(step)+".title", "guide."+string(step)+".purpose", "guide."+string(step)+".look")
		}
	}
	for _, s := range []oauth.Scenario{oauth.ScenarioBench, oauth.ScenarioUpstream, oauth.ScenarioMessage, oauth.ScenarioConnector, oauth.ScenarioReveal} {
		keys = append(keys, "scenario."+string(s)) // their steps are all explained by guide.upstream
	}
	for _, step := range []oauth.Step{
		oauth.StepUpstreamDiscovery, oauth.StepUpstreamAuthorize, oauth.StepUpstreamCallback, oauth.StepUpstreamToken, oauth.StepUpstreamJWKS,
		oauth.StepUpstreamVerify, oauth.StepUpstreamUserInfo, oauth.StepUpstreamProfile, oauth.StepUpstreamAccount, oauth.StepUpstreamMessage,
	} {
		keys = append(keys, "step."+string(step))
	}
	for _, step := range []oauth.Step{probe.StepReach, probe.StepSignInExperience, oauth.StepExperience, oauth.StepManagement} {
		keys = append(keys, "step."+string(step), "guide."+string(step)+".title")
	}
	for _, step := range []oauth.Step{ // those with a rule that a run can go on without
		oauth.StepDiscovery, oauth.StepCallback, oauth.StepToken, oauth.StepRefresh, oauth.StepJWKS, oauth.StepVerify, oauth.StepUserInfo,
	} {
		keys = append(keys, "refused."+string(step))
	}
	for _, v := range []probe.Verdict{probe.Pass, probe.Warn, probe.Fail, probe.Unknown} {
		keys = append(keys, "probe.verdict."+string(v))
	}
	for _, o := range []string{"ok", "warned", "failed", "cancelled", "interrupted"} {
		keys = append(keys, "outcome."+o)
	}
	for _, k := range []string{
		"wrong_state", "missing_state", "late", "repeated", "foreign_host", "unknown_path", "wrong_method", "too_large", "empty", "malformed",
	} {
		keys = append(keys, "waiting.knock."+k)
	}
	for _, s := range []SecretPlace{SecretNone, SecretLoading, SecretSaving, SecretInKeychain, SecretInMemory, SecretDemo} {
		keys = append(keys, "setup.secret."+string(s))
	}
	for _, f := range []ShareFormat{ShareReport, ShareHAR, ShareMermaid, ShareSVG} {
		keys = append(keys, "share.format."+string(f))
		if f.Extension() == "" {
			t.Errorf("%s has no extension", f)
		}
	}
	for _, key := range keys {
		if _, ok := text.Lookup(key); !ok {
			t.Errorf("%q has no words", key)
		}
	}
}
