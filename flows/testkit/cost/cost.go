// Package cost measures in benchmarks what one way of doing something costs beyond
// another, on a machine that does other things too: all ways take turns, so that
// what slows one slows all of them, and medians are compared.
//
// It is for tests only.
package cost

import (
	"slices"
	"testing"
	"time"
)

// Way is a way of doing something.
type Way struct {
	Name string // as it stands in the units of the benchmark's metrics
	Do   func()
}

// Comparison says how ways are compared.
type Comparison struct {
	Round int         // how often each way goes before its median is taken
	Ready func(n int) // called before n goes, off the clock; may be nil
}

// Run reports "ns/<name>" of each way and, of the first beside each other one, how
// many per cent it costs more, as the median over rounds: "%over-<name>" is the time
// that passed, "%cpu-over-<name>" what the process had of the processors meanwhile,
// system calls, servers in the process and the garbage collector counted in.
func (c Comparison) Run(b *testing.B, ways ...Way) {
	b.Helper()
	c.ready(b, len(ways))
	for _, way := range ways {
		way.Do()
	}
	times, medians := make([][]float64, len(ways)), make([][]float64, len(ways))
	over, cpu := make([][]float64, len(ways)), make([][]float64, len(ways))
	for goes := 0; b.Loop(); goes++ {
		if goes%c.Round == 0 {
			c.ready(b, 2*c.Round*len(ways))
		}
		for _, i := range turn(len(ways), goes) {
			start := time.Now()
			ways[i].Do()
			times[i] = append(times[i], float64(time.Since(start)))
		}
		if len(times[0]) < c.Round {
			continue
		}
		for i := range ways {
			medians[i] = append(medians[i], median(times[i]))
			times[i] = times[i][:0]
		}
		spent := make([]float64, len(ways))
		for _, i := range turn(len(ways), len(cpu[0])) {
			before := processorTime()
			for range c.Round {
				ways[i].Do()
			}
			spent[i] = float64(processorTime() - before)
		}
		for i := range ways {
			over[i] = append(over[i], percent(medians[0][len(medians[0])-1], medians[i][len(medians[i])-1]))
			cpu[i] = append(cpu[i], percent(spent[0], spent[i]))
		}
	}
	if len(over[0]) == 0 {
		return // too few to say anything
	}
	b.ReportMetric(0, "ns/op") // of all ways together, it says nothing
	for i, way := range ways {
		b.ReportMetric(median(medians[i]), "ns/"+way.Name)
		if i > 0 {
			b.ReportMetric(median(over[i]), "%over-"+way.Name)
			b.ReportMetric(median(cpu[i]), "%cpu-over-"+way.Name)
		}
	}
}

func (c Comparison) ready(b *testing.B, n int) {
	if c.Ready != nil {
		b.StopTimer()
		c.Ready(n)
		b.StartTimer()
	}
}

// turn is in which order n ways have their turn the i-th time: each is first as often
// as the others, and after each of them as often.
func turn(n, i int) []int {
	order := make([]int, n)
	for k := range order {
		order[k] = (i/2 + k) % n
	}
	if i%2 == 1 {
		slices.Reverse(order)
	}
	return order
}

func percent(with, without float64) float64 { return 100 * (with/without - 1) }

func median(all []float64) float64 {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)/2]
}
