package widget

import (
	"math"
	"testing"
	"time"
)

const ms = time.Millisecond

func TestAxisMapsTimeToX(t *testing.T) {
	type at map[time.Duration]float32
	for name, c := range map[string]struct {
		end   time.Duration
		gaps  []Gap
		width float32
		want  at
	}{
		"without gaps":       {100 * ms, nil, 500, at{-ms: 0, 0: 0, 10 * ms: 50, 50 * ms: 250, 100 * ms: 500, 999 * ms: 500}},
		"one gap":            {8100 * ms, []Gap{{60 * ms, 8060 * ms}}, 556, at{30 * ms: 150, 60 * ms: 300, 4060 * ms: 328, 8060 * ms: 356, 8100 * ms: 556}},
		"gap at the begin":   {10100 * ms, []Gap{{0, 10000 * ms}}, 156, at{0: 0, 10000 * ms: 56, 10050 * ms: 106, 10100 * ms: 156}},
		"gap at the end":     {10100 * ms, []Gap{{100 * ms, 10100 * ms}}, 156, at{50 * ms: 50, 100 * ms: 100, 10100 * ms: 156}},
		"gap past the end":   {10100 * ms, []Gap{{100 * ms, time.Hour}}, 156, at{50 * ms: 50, 100 * ms: 100, 10100 * ms: 156}},
		"gaps that overlap":  {10100 * ms, []Gap{{5000 * ms, 10100 * ms}, {100 * ms, 6000 * ms}}, 156, at{50 * ms: 50, 100 * ms: 100, 10100 * ms: 156}},
		"gap backwards":      {100 * ms, []Gap{{80 * ms, 20 * ms}, {50 * ms, 50 * ms}}, 500, at{50 * ms: 250}},
		"gap of little time": {100 * ms, []Gap{{50 * ms, 51 * ms}}, 500, at{50 * ms: 250, 51 * ms: 255, 75 * ms: 375}},
		"a long and a short": {10110 * ms, []Gap{{50 * ms, 10050 * ms}, {10060 * ms, 10070 * ms}}, 276, at{50 * ms: 100, 10050 * ms: 156, 10060 * ms: 176, 10070 * ms: 196, 10110 * ms: 276}},
		"nothing but a gap":  {1000 * ms, []Gap{{0, 1000 * ms}}, 500, at{0: 0, 500 * ms: 250, 1000 * ms: 500}},
		"no time":            {0, []Gap{{0, ms}}, 500, at{0: 0, ms: 0}},
		"no width":           {100 * ms, []Gap{{20 * ms, 80 * ms}}, 0, at{50 * ms: 0, 100 * ms: 0}},
		"less than no width": {100 * ms, nil, -5, at{50 * ms: 0, 100 * ms: 0}},
		"the longest time":   {math.MaxInt64, []Gap{{ms, math.MaxInt64 - ms}}, 500, at{0: 0, math.MaxInt64: 500}},
	} {
		t.Run(name, func(t *testing.T) {
			a := newTimeAxis(c.end, c.gaps, c.width)
			for at, want := range c.want {
				if got := a.x(at); math.Abs(float64(got-want)) > 0.01 {
					t.Errorf("%v is at %v, not %v", at, got, want)
				}
			}
		})
	}
}

func manyGaps(n int) []Gap {
	gaps := make([]Gap, n)
	for i := range gaps {
		gaps[i] = Gap{time.Duration(i*20+10) * ms, time.Duration(i*20+10)*ms + time.Duration(i%11)*ms}
	}
	return gaps
}

func TestAxisNeverRunsBackwards(t *testing.T) {
	for _, gaps := range [][]Gap{nil, manyGaps(1), manyGaps(7), manyGaps(500), {{0, time.Hour}, {time.Hour + ms, 2 * time.Hour}}} {
		for _, width := range []float32{1, 60, 333, 1200} {
			end := 2*time.Hour + ms
			if len(gaps) != 2 {
				end = 10_500 * ms
			}
			a := newTimeAxis(end, gaps, width)
			last := float32(0)
			for step := range 2001 {
				x := a.x(end / 2000 * time.Duration(step))
				if x < last-0.001 || x > width+0.01 {
					t.Fatalf("%d gaps in %v: %v after %v", len(gaps), width, x, last)
				}
				last = x
			}
			sum, long := float32(0), float32(0)
			for _, p := range a.pieces {
				sum += p.width
				if p.compressed {
					long += p.width
				}
			}
			if math.Abs(float64(sum-width)) > 0.5 || long > width/2+0.5 {
				t.Errorf("%d gaps in %v: pieces take %v, gaps %v", len(gaps), width, sum, long)
			}
		}
	}
}

func TestTicksAreRoundApartAndOutsideGaps(t *testing.T) {
	for _, end := range []time.Duration{3 * time.Microsecond, ms, 37 * ms, 9999 * ms, 3 * time.Hour, math.MaxInt64} {
		for _, gaps := range [][]Gap{nil, {{end / 4, end / 4 * 3}}, manyGaps(40)} {
			a := newTimeAxis(end, gaps, 600)
			ticks, step := a.ticks()
			if len(gaps) == 0 && len(ticks) < 2 && end > 10*time.Microsecond {
				t.Errorf("%v has %d ticks", end, len(ticks))
			}
			for i, k := range ticks {
				if k.at%step != 0 {
					t.Errorf("%v: a tick at %v with the step %v", end, k.at, step)
				}
				if i > 0 && k.x-ticks[i-1].x < waterfallTickRoom-1 {
					t.Errorf("%v: ticks at %v and %v", end, ticks[i-1].x, k.x)
				}
				for _, p := range a.pieces {
					if p.compressed && k.at > p.from && k.at < p.to {
						t.Errorf("%v: a tick at %v in a gap", end, k.at)
					}
				}
			}
		}
	}
	if ticks, _ := newTimeAxis(0, nil, 500).ticks(); ticks != nil {
		t.Error("no time has ticks")
	}
}

func TestNiceSteps(t *testing.T) {
	for least, want := range map[time.Duration]time.Duration{
		0: time.Microsecond, 3 * ms: 5 * ms, 5 * ms: 5 * ms, 5*ms + 1: 10 * ms, 11 * ms: 20 * ms, 400 * ms: 500 * ms, 700 * ms: time.Second,
	} {
		if got := niceStep(least); got != want {
			t.Errorf("niceStep(%v) = %v", least, got)
		}
	}
	if niceStep(math.MaxInt64) <= 0 {
		t.Error("a step overflows")
	}
}

func TestTimesAreWritten(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0", 300: "1 µs", 250 * time.Microsecond: "250 µs", 1500 * time.Microsecond: "1.5 ms", 12 * ms: "12 ms", 9949 * time.Microsecond: "9.9 ms",
		9960 * time.Microsecond: "10 ms", 999 * ms: "999 ms", 8400 * ms: "8.4 s", 61 * time.Second: "61 s", 10 * time.Minute: "10 min", 3 * time.Hour: "3 h", -12 * ms: "-12 ms",
	} {
		if got := waterfallDuration(d); got != want {
			t.Errorf("%d is written %q, not %q", d, got, want)
		}
	}
	for _, c := range []struct {
		at, step time.Duration
		want     string
	}{{0, ms, "0"}, {20 * ms, 10 * ms, "20 ms"}, {8450 * ms, 50 * ms, "8.45 s"}, {8500 * ms, 50 * ms, "8.5 s"}, {8 * time.Second, time.Second, "8 s"}, {500 * time.Microsecond, 100 * time.Microsecond, "500 µs"}, {1200 * time.Microsecond, 200 * time.Microsecond, "1.2 ms"}} {
		if got := waterfallTick(c.at, c.step); got != c.want {
			t.Errorf("%v is written %q, not %q", c.at, got, c.want)
		}
	}
}

func TestBarsAreSeenAndInOrder(t *testing.T) {
	end := 10 * time.Second
	a := newTimeAxis(end, []Gap{{ms, 9 * time.Second}}, 300)
	us := time.Microsecond
	for name, row := range map[string]WaterfallRow{
		"short phases":   {Phases: []Phase{{PhaseDNS, 0, us}, {PhaseConnect, us, 2 * us}, {PhaseTLS, 2 * us, 3 * us}, {PhaseWait, 3 * us, 4 * us}}},
		"at the end":     {Start: end, End: end, Phases: []Phase{{PhaseWait, end - us, end}}},
		"no phases":      {Start: 3 * ms, End: 3 * ms},
		"ends before":    {Start: 3 * ms, End: ms},
		"before the run": {Start: -ms, End: -us},
		"after the run":  {Start: time.Hour, End: 2 * time.Hour},
		"empty phases":   {Start: ms, End: 2 * ms, Phases: []Phase{{PhaseDNS, ms, ms}, {PhaseTLS, 2 * ms, ms}}},
		"unknown phase":  {Phases: []Phase{{200, 0, end}}},
		"many phases":    {Phases: make100Phases()},
	} {
		bars := a.bars(row, nil)
		if len(bars) == 0 || len(bars) > waterfallBarMost {
			t.Errorf("%s: %d bars", name, len(bars))
		}
		next := float32(0)
		for _, b := range bars {
			if b.w < waterfallBarLeast || b.x < next || b.x > a.width || b.x != dataRound(b.x) || b.kind > PhaseKinds {
				t.Errorf("%s: %+v after %v", name, b, next)
			}
			next = b.x + b.w
		}
	}
}

func make100Phases() []Phase {
	phases := make([]Phase, 100)
	for i := range phases {
		phases[i] = Phase{PhaseKind(i % 5), time.Duration(i) * ms, time.Duration(i+1) * ms}
	}
	return phases
}
