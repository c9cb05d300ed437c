package probe

import "testing"

func TestPace(t *testing.T) {
	if pace(slow-1) != "quick" || pace(slow) != "slow" {
		t.Error("the bound is elsewhere")
	}
}
