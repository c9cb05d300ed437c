package widget

import (
	"strconv"
	"strings"
	"time"
)

// PhaseKind is what a piece of time was spent on.
type PhaseKind uint8

// The phases of an exchange, in the order in which they happen, and time in the
// browser. PhaseKinds is their number.
const (
	PhaseDNS PhaseKind = iota
	PhaseConnect
	PhaseTLS
	PhaseWait
	PhaseReceive
	PhaseBrowser
	PhaseKinds
)

// Phase is a piece of a row's time, counted like Start from the begin of the run.
type Phase struct {
	Kind     PhaseKind
	From, To time.Duration
}

// Gap is time in which nothing happens here, because the user is in the browser.
type Gap struct{ From, To time.Duration }

// WaterfallRow is one exchange or hop. Without phases it is drawn as one bar.
type WaterfallRow struct {
	Label      string
	Detail     string // beside the bar: status, or how long it took
	Start, End time.Duration
	Phases     []Phase
	Tone       CellTone
	Sign       string
}

// WaterfallLabels are the words of a Waterfall. A phase without a word is left out
// of the legend.
type WaterfallLabels struct {
	Phases   [PhaseKinds]string
	Total    string                     // before the duration of a row; empty leaves it out
	Hint     string                     // while no row is selected
	Duration func(time.Duration) string // nil: 12 ms, 1.5 s
}

// WaterfallModel is the rows of a run on one axis of time.
type WaterfallModel struct {
	Rows   []WaterfallRow
	Gaps   []Gap
	Labels WaterfallLabels
}

// total is the end of what is known of a run.
func (m WaterfallModel) total() time.Duration {
	last := time.Duration(0)
	for _, r := range m.Rows {
		last = max(last, r.last())
	}
	for _, g := range m.Gaps {
		last = max(last, g.To)
	}
	return last
}

// last is the end of a row, also of one whose end is not known yet.
func (r WaterfallRow) last() time.Duration {
	end := max(r.Start, r.End)
	for _, p := range r.Phases {
		end = max(end, p.To)
	}
	return end
}

// duration writes a duration in the words of the page, or in SI units.
func (l WaterfallLabels) duration(d time.Duration) string {
	if l.Duration != nil {
		return l.Duration(d)
	}
	return waterfallDuration(d)
}

// numbers is a row in figures: what its colours say, without colour.
func (l WaterfallLabels) numbers(r WaterfallRow) string {
	var parts []string
	for _, p := range r.Phases {
		if p.Kind < PhaseKinds && p.To > p.From && len(parts) < 2*int(PhaseKinds) {
			parts = append(parts, strings.TrimSpace(l.Phases[p.Kind]+" "+l.duration(p.To-p.From)))
		}
	}
	all := l.duration(max(0, r.last()-r.Start))
	if l.Total != "" {
		all = l.Total + " " + all
	} else if len(parts) > 0 {
		all = ""
	}
	if all != "" {
		parts = append(parts, all)
	}
	return strings.Join(parts, " · ")
}

// waterfallDuration writes a duration with three figures at most.
func waterfallDuration(d time.Duration) string {
	switch {
	case d < 0:
		return "-" + waterfallDuration(-d)
	case d == 0:
		return "0"
	case d < time.Millisecond:
		return strconv.FormatInt(max(1, d.Microseconds()), 10) + " µs"
	case d < 9950*time.Microsecond:
		return trimZero(float64(d)/float64(time.Millisecond), 1) + " ms"
	case d < 999500*time.Microsecond:
		return strconv.FormatInt(d.Round(time.Millisecond).Milliseconds(), 10) + " ms"
	case d < 100*time.Second:
		return trimZero(d.Seconds(), 1) + " s"
	case d < 100*time.Minute:
		return trimZero(d.Minutes(), 1) + " min"
	}
	return trimZero(d.Hours(), 1) + " h"
}

// waterfallTick writes a time on the axis as exactly as the step between two ticks.
func waterfallTick(t, step time.Duration) string {
	switch {
	case t == 0:
		return "0"
	case t < time.Millisecond:
		return strconv.FormatInt(t.Microseconds(), 10) + " µs"
	case t < time.Second:
		return trimZero(float64(t)/float64(time.Millisecond), decimals(step, time.Millisecond)) + " ms"
	}
	return trimZero(t.Seconds(), decimals(step, time.Second)) + " s"
}

// decimals is how many decimals of a unit a step needs.
func decimals(step, unit time.Duration) int {
	n := 0
	for ; step > 0 && step < unit && n < 6; n++ {
		step *= 10
	}
	return n
}

func trimZero(v float64, decimals int) string {
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if decimals > 0 {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}
