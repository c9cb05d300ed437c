package ui

import "testing"

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
