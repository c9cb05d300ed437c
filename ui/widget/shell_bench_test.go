package widget

import (
	"fmt"
	"testing"
)

func BenchmarkVerdictBarSet(b *testing.B) {
	bench(b)
	v := NewVerdictBar()
	inWindow(b, v, 924, 100)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		v.Set(VerdictModel{
			Kind: Kind(1 + i%5), Title: fmt.Sprintf("Sign-in failed at Token (%d): the client secret is wrong", i%10),
			Detail: "The provider answered 401 invalid_client; app ID and redirect URI are fine.", Raw: `{"error":"invalid_client"}`,
			Actions: []Action{{"Show evidence", nil}, {"Copy report", nil}, {"Try again", nil}},
		})
	}
}

func BenchmarkStepRailSet(b *testing.B) {
	bench(b)
	r := NewStepRail()
	inWindow(b, r, 640, 32)
	steps := railSteps()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		steps[i%len(steps)].Status = StepStatus((i/6 + i) % 6)
		r.Set(steps)
	}
}

func BenchmarkPillCountdown(b *testing.B) {
	bench(b)
	p := NewPill()
	inWindow(b, p, 240, pillHeight)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p.Set(PillModel{KindPass, "Signed in", "alice", fmt.Sprintf("%02d:%02d", i/60%60, i%60)})
	}
}

func BenchmarkProseUnbroken(b *testing.B) {
	bench(b)
	p := Prose("")
	inWindow(b, p, 480, 500)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p.Set(fmt.Sprint(i) + hostile["unbroken"])
	}
}
