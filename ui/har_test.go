package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/storage"

	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// openFile opens a recording as the file dialog would.
func (d *desk) openFile(name, content string) {
	d.t.Helper()
	r, err := storage.Reader(storage.NewFileURI(writeFile(d.t, name, content)))
	if err != nil {
		d.t.Fatal(err)
	}
	d.bench.readHAR(r)
}

// writeFile writes a file for the test.
func writeFile(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestARecordingShowsWithTheSameExplanations(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.bench.secretTyped("CANARY-wrong")
	d.signIn()
	_, bench, _ := d.bench.shown()
	har, _ := d.bench.shared(bench.Run, d.bench.secretsOf(bench.Run), view.ShareHAR)

	d.openFile("somebody.har", har)
	d.until("the recording", func() bool { return d.bench.viewed != nil })
	if d.bench.page != pageFlow {
		t.Errorf("page = %s", d.bench.page)
	}
	_, imported, _ := d.bench.shown()
	if len(imported.Run.Exchanges) != len(bench.Run.Exchanges) {
		t.Errorf("%d exchanges, exported %d", len(imported.Run.Exchanges), len(bench.Run.Exchanges))
	}
	if labels := actorLabels(imported.Run.Scenario); labels.Signbench != text.T("actor.application") || labels.Provider != text.T("actor.provider") {
		t.Errorf("the columns are %+v", labels)
	}
	if m := d.verdict(); m.Kind != widget.KindFail || !strings.Contains(m.Title, "app secret is wrong") {
		t.Errorf("verdict = %q", m.Title)
	}
	d.bench.showPage(pageTokens)
	d.bench.live()
	if d.bench.viewed != nil {
		t.Error("the recording is still shown")
	}
}

func TestWhatIsNoRecordingIsSaid(t *testing.T) {
	for name, c := range map[string]struct{ content, want string }{
		"text.har":  {"this is not JSON", "not JSON"},
		"other.har": {`{"hello":"world"}`, "not a HAR"},
		"shop.har": {`{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[{"startedDateTime":"2026-01-02T03:04:05Z","time":1,
			"request":{"method":"GET","url":"https://shop.example/","httpVersion":"HTTP/1.1","headers":[],"queryString":[],"cookies":[],"headersSize":-1,"bodySize":0},
			"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","headers":[],"cookies":[],"content":{"size":0,"mimeType":"text/html"},"redirectURL":"","headersSize":-1,"bodySize":0},
			"cache":{},"timings":{"send":0,"wait":1,"receive":0}}]}}`, "no sign-in"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.settle()
			d.openFile(name, c.content)
			d.until("the notice", func() bool { return d.bench.frame.Banner.Model().Text != "" })
			if got := d.bench.frame.Banner.Model().Text; !strings.Contains(got, c.want) || !strings.Contains(got, name) {
				t.Errorf("notice = %q", got)
			}
		})
	}
}
