package flows_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/oauth"
	"signbench/flows/practice"
	"signbench/flows/trace"
)

// members takes the secrets out of a JSON document, wherever they stand in it.
func (s spoils) members(document []byte) {
	var v any
	if json.Unmarshal(document, &v) != nil {
		return // a form, or nothing
	}
	var walk func(name string, v any)
	walk = func(name string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, member := range v {
				walk(name, member)
			}
		case []any:
			for _, element := range v {
				walk(name, element)
			}
		case string:
			switch name {
			case "access_token", "refresh_token", "id_token", "app_access_token", "tenant_access_token", "client_secret", "app_secret", "code":
				s.token(name, v)
			}
		}
	}
	walk("", v)
}

// robExchanges takes every secret out of a run's bodies that are JSON.
func (s spoils) robExchanges(run *flows.Run) {
	for _, b := range every[flows.Exchanged](run) {
		s.members(b.Exchange.Request.Body.Bytes)
		if b.Exchange.Response != nil {
			s.members(b.Exchange.Response.Body.Bytes)
		}
	}
}

// export writes a run down in the forms in which others get it.
func export(t *testing.T, dir string, run *flows.Run) {
	t.Helper()
	d := trace.NewDisarmer(run.Secrets()...)
	var exchanges []*trace.Exchange
	for _, e := range every[flows.Exchanged](run) {
		d.LearnFrom(e.Exchange)
	}
	curls := ""
	for _, e := range every[flows.Exchanged](run) {
		exchanges = append(exchanges, d.Exchange(e.Exchange))
		curls += trace.Curl(e.Exchange, trace.CurlOptions{}) + "\n"
	}
	har, err := os.Create(filepath.Join(dir, string(run.ID())+".har"))
	if err != nil {
		t.Fatal(err)
	}
	if err := trace.WriteHAR(har, trace.HARMeta{Title: "A bench"}, exchanges); err != nil {
		t.Fatal(err)
	}
	if err := har.Close(); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{".curl": curls, ".mermaid": trace.Mermaid(trace.Messages(exchanges), trace.ActorLabels{})} {
		if err := os.WriteFile(filepath.Join(dir, string(run.ID())+name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// Nothing that a run on a connector bench leaves behind lets anybody in: neither
// where the connector works, nor where the upstream refuses and quotes what it got.
func TestNoSecretOfABenchReachesTheDisk(t *testing.T) {
	const canary = "CANARY-bench/with+signs&é"
	for _, kind := range connector.Kinds() {
		t.Run(string(kind), func(t *testing.T) {
			s := newStage(t)
			s.browser.Press = []string{"allow"}
			setup, err := s.engine.DemoConnector(t.Context(), kind)
			if err != nil {
				t.Fatal(err)
			}
			setup.ID, setup.Name, setup.RedirectURI = s.profile.ID, "A bench", s.profile.Client.RedirectURI
			if kind == connector.OIDC {
				setup.Config = setup.Config.SetJSON("customConfig", `{"api_key":"`+canary+`"}`)
			}
			dir := t.TempDir()
			runs := openRuns(t, dir)
			found := spoils{}
			found.add("canary", canary)
			keep := func(run *flows.Run) {
				closed := kept(t, runs, run)
				outcome(t, run)
				closed()
				found.rob(t, run)
				found.robExchanges(run)
				export(t, dir, run)
			}
			bare, secrets := setup.Config.WithoutSecrets()
			wrong := map[string]oauth.Secret{}
			for path, secret := range secrets {
				found.add("secret "+path, secret.Reveal())
				wrong[path] = canary
			}
			broken := setup
			broken.Config = bare.WithSecrets(wrong)
			for _, setup := range []connector.Setup{setup, broken} {
				keep(s.engine.CheckConnector(t.Context(), setup))
				if own := flows.Bench(kind); signs(own) {
					keep(s.engine.SignInUpstream(t.Context(), setup))
				}
				if kind == connector.Twilio {
					keep(s.engine.SendTest(t.Context(), setup, connector.Message{To: practice.Number, UsageType: "Generic"}))
				}
			}
			if len(secrets) == 0 || len(runs.List()) != 4 || len(found) < 4 {
				t.Fatalf("%d secrets of the configuration, %d runs, %d secrets", len(secrets), len(runs.List()), len(found))
			}
			delete(found, "signbench") // the state of Feishu's page when only its being there is asked: a word, for nobody
			found.search(t, dir)
		})
	}
}

func signs(bench connector.Bench) bool {
	_, ok := bench.(connector.SignIner)
	return ok
}
