package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"signbench/flows/connector"
	"signbench/ui/theme"
)

// A clock tolerance of 0 that was typed reaches the engine as it is.
func TestNoClockToleranceReachesTheEngine(t *testing.T) {
	d := newDesk(t)
	p := d.bench.preferences()
	p.ClockTolerance = 0
	d.bench.preferencesChanged(p)
	if skew := d.bench.limits().Skew; skew == nil || *skew != 0 {
		t.Errorf("the tolerance is %v, want 0", skew)
	}
}

// Fyne repaints only what is in the window while the theme changes.
func TestAPageIsRepaintedWhenItComesInOtherColours(t *testing.T) {
	d := newDesk(t)
	repainted := 0
	d.app.Settings().AddListener(func(fyne.Settings) { repainted++ })
	shows := func(page pageID, want int) {
		t.Helper()
		repainted = 0
		d.bench.showPage(page)
		if repainted != want {
			t.Errorf("%s was repainted %d times, want %d", page, repainted, want)
		}
	}
	shows(pageSettings, 0)
	shows(pageRuns, 0)
	shows(pageConnectors, 0)
	shows(pageSettings, 0)
	p := d.bench.preferences()
	p.Theme = string(theme.Dark)
	d.bench.preferencesChanged(p)
	shows(pageRuns, 1)
	shows(pageFlow, 0) // is made now
	shows(pageRuns, 0)
	shows(pageConnectors, 1)
	repainted = 0
	d.bench.chooseBench(connector.OIDC) // was never shown, and made in the colours before
	if repainted != 1 {
		t.Errorf("a bench was repainted %d times, want 1", repainted)
	}
	shows(pageConnectors, 0)
}
