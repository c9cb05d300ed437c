package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"signbench/flows/oauth"
	"signbench/flows/trace"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// kept waits until so many runs are kept whole.
func (d *desk) kept(n int) {
	d.t.Helper()
	d.until("the kept runs", func() bool {
		whole := 0
		for _, m := range d.bench.cfg.Stores.Runs.List() {
			if m.Complete {
				whole++
			}
		}
		return whole >= n
	})
}

func TestRunsAreKeptOpenedComparedAndDeleted(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.signIn()
	d.kept(1)
	d.bench.secretTyped("CANARY-wrong")
	d.signIn()
	d.kept(2)
	noCanary(t, d.dir, "CANARY-wrong")

	d.bench.showPage(pageRuns)
	rows := d.bench.runsModel().Rows
	if len(rows) != 2 || rows[0].Outcome != "failed" || rows[1].Outcome != "warned" || rows[0].Faults[0] != "token.invalid_client" {
		t.Fatalf("rows: %+v", rows)
	}

	d.bench.openRun(rows[1].ID)
	d.until("the kept run", func() bool { return d.bench.viewed != nil })
	if d.bench.page != pageFlow || d.verdict().Kind != widget.KindPass {
		t.Errorf("page %s, verdict %q", d.bench.page, d.verdict().Title)
	}
	d.bench.showPage(pageTokens)
	if _, bench, _ := d.bench.shown(); bench.Run.Tokens == nil {
		t.Error("the kept run has no tokens to show")
	}
	d.bench.live()
	if d.verdict().Kind != widget.KindFail {
		t.Errorf("back from the kept run the verdict is %q", d.verdict().Title)
	}

	d.bench.compareRuns(rows[0].ID, rows[1].ID)
	d.until("the comparison", func() bool { return d.bench.page == pageCompare })

	d.bench.showPage(pageRuns)
	d.bench.deleteRun(rows[0].ID)
	d.until("one run less", func() bool { return len(d.bench.runsModel().Rows) == 1 })
	d.bench.deleteAllRuns()
	d.until("no runs", func() bool { return len(d.bench.runsModel().Rows) == 0 })
}

func TestTheLastRunIsThereAfterARestart(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.bench.secretTyped("CANARY-wrong")
	d.signIn()
	d.kept(1)
	d.close()
	d.open()
	d.until("the last run", func() bool { return d.bench.state.Of(d.bench.selected).Run != nil })
	if m := d.verdict(); m.Kind != widget.KindFail || !strings.Contains(m.Title, "Token") {
		t.Errorf("verdict = %q", m.Title)
	}
	d.press(text.T("action.show_evidence"))
	if d.bench.page != pageFlow {
		t.Errorf("page = %s", d.bench.page)
	}
}

// What is shared carries nothing secret, in any format, and shows what it is.
func TestWhatIsSharedIsDisarmed(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.signIn()
	_, bench, _ := d.bench.shown()
	secrets := d.bench.secretsOf(bench.Run)
	if len(secrets) < 5 {
		t.Fatalf("only %d secrets are known", len(secrets))
	}
	for _, format := range []view.ShareFormat{view.ShareReport, view.ShareHAR, view.ShareMermaid, view.ShareSVG} {
		content, receipt := d.bench.shared(bench.Run, secrets, format)
		if len(content) < 200 || len(receipt) == 0 {
			t.Errorf("%s: %d bytes, receipt %v", format, len(content), receipt)
		}
		for _, s := range append(secrets, bench.Session.Tokens.AccessToken, bench.Session.Tokens.RefreshToken, bench.Session.Tokens.IDToken) {
			if strings.Contains(content, s.Reveal()) {
				t.Errorf("%s holds a secret of %d characters", format, s.Len())
			}
		}
		if format == view.ShareReport && !strings.Contains(content, text.T("scenario.sign_in")) {
			t.Error("the report does not say what it is about")
		}
	}
	d.bench.sharePressed()
	d.until("the preview", func() bool { return d.bench.page == pageShare })
	d.settle()
	d.bench.copyReport()
	d.until("the copy", func() bool { return strings.HasPrefix(d.app.Clipboard().Content(), "# ") })
	for _, ex := range bench.Run.Exchanges {
		d.bench.copyCurl(ex, false)
		for _, s := range secrets {
			if strings.Contains(d.app.Clipboard().Content(), s.Reveal()) {
				t.Errorf("curl of %d holds a secret", ex.ID)
			}
		}
	}
}

// A diagram that leaves the window says why nothing came back in words.
func TestSharedDiagramsNameFailures(t *testing.T) {
	newDesk(t)
	for _, class := range trace.Classes() {
		lost := trace.Message{From: trace.Provider, To: trace.Signbench, Kind: trace.MessageLost, Code: trace.CodeNoAnswer, Caption: string(class), Failed: true}
		if words := text.T("class." + string(class)); !strings.Contains(trace.Mermaid([]trace.Message{lost}, actorLabels(oauth.ScenarioSignIn)), words) {
			t.Errorf("the diagram does not say %q", words)
		}
	}
}

func TestAFullDiskIsSaidAndTheRunGoesOn(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.settle()
	// A file where the folder should be: what a full or read-only disk does to a write.
	folder := filepath.Join(d.dir, "runs")
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d.signIn()
	if d.verdict().Kind != widget.KindPass {
		t.Errorf("verdict = %q", d.verdict().Title)
	}
	d.until("the banner", func() bool { return strings.Contains(d.bench.frame.Banner.Model().Text, "Runs") })
}

func TestTheRunsPageFilters(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.signIn()
	d.kept(1)
	d.bench.showPage(pageRuns)
	d.bench.runsPage.get().Search("demo works")
	if got := d.bench.runsPage.get().Shown(); len(got) != 1 {
		t.Errorf("%d rows match", len(got))
	}
	d.bench.runsPage.get().Search("invalid_client")
	if got := d.bench.runsPage.get().Shown(); len(got) != 0 {
		t.Errorf("%d rows match", len(got))
	}
}
