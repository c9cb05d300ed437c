package ui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"signbench/ui/widget"
)

// A page costs nothing until somebody looks at it.
func TestPagesAreMadeWhenTheyAreLookedAt(t *testing.T) {
	d := newDesk(t)
	d.settle()
	b := d.bench
	made := func() []bool {
		return []bool{b.setup.made, b.flow.made, b.tokens.made, b.connectors.made, b.runsPage.made, b.inspectPage.made, b.practicePage.made, b.settingPage.made, b.help.made}
	}
	if got := made(); !slices.Equal(got, []bool{true, false, false, false, false, false, false, false, false}) {
		t.Errorf("after the start these are made: %v", got)
	}
	for id := range b.pages() {
		b.showPage(id)
		if b.page != id || b.frame.Page() == nil {
			t.Errorf("%s is not shown, but %s", id, b.page)
		}
	}
	if slices.Contains(made(), false) {
		t.Errorf("after all were shown these are made: %v", made())
	}
}

// The form knows the selected profile also where another page was open first, and
// what happened to both before it was made.
func TestTheFormIsMadeLateWithTheProfileInIt(t *testing.T) {
	const canary = "CANARY-late-form"
	d := newDesk(t)
	d.settle()
	d.bench.newProfile()
	p, _ := d.bench.profile(d.bench.selected)
	p.Client.ID = "app-late"
	d.bench.load(p)
	d.bench.profileTyped(p)
	d.bench.setup.get().SetSecret(canary)
	d.bench.secretTyped(canary)
	d.bench.showPage(pageRuns)
	d.settle()
	d.close()
	d.open()
	d.settle()
	if d.bench.page != pageRuns || d.bench.setup.made {
		t.Fatalf("%s is open, the form is made: %t", d.bench.page, d.bench.setup.made)
	}
	p.Client.RedirectURI = "http://localhost:4711/late"
	d.bench.profileTyped(p)
	d.bench.showPage(pageSetup)
	var texts []string
	for _, o := range test.LaidOutObjects(d.bench.setup.get().Object()) {
		if entry, ok := o.(*widget.FieldEntry); ok {
			texts = append(texts, entry.Text)
		}
	}
	for _, want := range []string{"app-late", "http://localhost:4711/late", canary} {
		if !slices.Contains(texts, want) {
			t.Errorf("no field has %q", want)
		}
	}
}
