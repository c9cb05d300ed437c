package widget

import (
	"cmp"
	"slices"
	"sort"
	"time"
)

const (
	waterfallGapWidth = 56 // what a gap is compressed to
	waterfallTickRoom = 72 // the least distance between two ticks
)

// timeAxis maps time to x, piece by piece: time is in proportion everywhere but in
// long gaps, each of which has the same width. It is a value, computed once per
// width and handed to all rows.
type timeAxis struct {
	pieces []axisPiece // ascending, without holes, from 0 to the end
	end    time.Duration
	width  float32
}

// axisPiece is one straight piece of the mapping.
type axisPiece struct {
	from, to   time.Duration
	x, width   float32
	compressed bool
}

// newTimeAxis spreads the time from 0 to end over a width. Gaps may overlap, be
// empty, or lie outside.
func newTimeAxis(end time.Duration, gaps []Gap, width float32) timeAxis {
	end, width = max(0, end), max(0, width)
	a := timeAxis{end: end, width: width}
	if end == 0 {
		return a
	}
	gaps = mergeGaps(gaps, end)
	room := float32(waterfallGapWidth)
	if n := float32(len(gaps)); n*room > width/2 {
		room = width / 2 / n // the gaps together never take more than half
	}
	gaps, scale := longGaps(gaps, end, room, width)
	at, x := time.Duration(0), float32(0)
	add := func(to time.Duration, w float32, compressed bool) {
		if to > at {
			a.pieces = append(a.pieces, axisPiece{at, to, x, w, compressed})
			at, x = to, x+w
		}
	}
	for _, g := range gaps {
		add(g.From, float32(float64(g.From-at)*scale), false)
		add(g.To, room, true)
	}
	add(end, float32(float64(end-at)*scale), false)
	return a
}

// longGaps keeps the gaps that compressing makes shorter, and returns the pixels
// per nanosecond of all other time. A gap that stays in proportion takes less than
// the room it would have had, which leaves the rest more: so the shortest go first,
// and one pass is enough.
func longGaps(gaps []Gap, end time.Duration, room, width float32) ([]Gap, float64) {
	active := end
	for _, g := range gaps {
		active -= g.To - g.From
	}
	long := slices.Clone(gaps)
	slices.SortFunc(long, func(a, b Gap) int { return cmp.Compare(a.To-a.From, b.To-b.From) })
	scale := func() float64 { return float64(width-float32(len(long))*room) / float64(active) }
	for len(long) > 0 {
		length := long[0].To - long[0].From
		if active > 0 && float64(length)*scale() > float64(room) {
			break
		}
		active += length
		long = long[1:]
	}
	slices.SortFunc(long, byStart)
	return long, scale()
}

func byStart(a, b Gap) int { return cmp.Compare(a.From, b.From) }

// mergeGaps sorts gaps, cuts them to the axis and joins those that touch.
func mergeGaps(gaps []Gap, end time.Duration) []Gap {
	var out []Gap
	for _, g := range gaps {
		g = Gap{max(0, g.From), min(end, g.To)}
		if g.To > g.From {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, byStart)
	n := 0
	for _, g := range out {
		if n > 0 && g.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, g.To)
			continue
		}
		out[n] = g
		n++
	}
	return out[:n]
}

// x is where a time stands.
func (a timeAxis) x(t time.Duration) float32 {
	if t <= 0 || len(a.pieces) == 0 {
		return 0
	}
	if t >= a.end {
		return a.width
	}
	i := sort.Search(len(a.pieces), func(i int) bool { return a.pieces[i].to >= t })
	p := a.pieces[i]
	return p.x + p.width*float32(float64(t-p.from)/float64(p.to-p.from))
}

// broken tells whether compressed time lies between two places.
func (a timeAxis) broken(from, to float32) bool {
	i := sort.Search(len(a.pieces), func(i int) bool { return a.pieces[i].x+a.pieces[i].width > from })
	for ; i < len(a.pieces) && a.pieces[i].x < to; i++ {
		if a.pieces[i].compressed {
			return true
		}
	}
	return false
}

// axisTick is a mark on the axis.
type axisTick struct {
	at time.Duration
	x  float32
}

// ticks marks round times in the pieces that are in proportion, and returns the
// step between them.
func (a timeAxis) ticks() ([]axisTick, time.Duration) {
	scale := 0.0 // pixels per nanosecond
	for _, p := range a.pieces {
		if !p.compressed {
			scale = max(scale, float64(p.width)/float64(p.to-p.from))
		}
	}
	if scale <= 0 {
		return nil, 0
	}
	step := niceStep(time.Duration(min(waterfallTickRoom/scale, float64(1<<62))))
	var out []axisTick
	for _, p := range a.pieces {
		if p.compressed {
			continue
		}
		for t := (p.from + step - 1) / step * step; t <= p.to && t >= 0; t += step {
			x := a.x(t)
			if n := len(out); n > 0 && x-out[n-1].x < waterfallTickRoom-1 {
				continue
			}
			out = append(out, axisTick{t, x})
		}
	}
	return out, step
}

// niceStep is the first of 1, 2, 5, 10, 20, ... that is not less.
func niceStep(least time.Duration) time.Duration {
	step := time.Microsecond
	for {
		for _, m := range []time.Duration{1, 2, 5} {
			if step*m >= least || step > 1<<58 {
				return step * m
			}
		}
		step *= 10
	}
}
