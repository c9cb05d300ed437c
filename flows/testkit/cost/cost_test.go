package cost

import "testing"

// Whoever is always first, or always after the same one, is not compared fairly.
func TestEveryWayHasEveryTurn(t *testing.T) {
	for _, n := range []int{2, 3, 4} {
		places, after := map[[2]int]int{}, map[[2]int]int{}
		for i := range 2 * n {
			order := turn(n, i)
			for place, way := range order {
				places[[2]int{way, place}]++
				if place > 0 {
					after[[2]int{way, order[place-1]}]++
				}
			}
		}
		for way := range n {
			for place := range n {
				if got := places[[2]int{way, place}]; got != 2 {
					t.Errorf("of %d ways, %d has place %d %d times", n, way, place, got)
				}
			}
			next, before := (way+1)%n, (way+n-1)%n
			if after[[2]int{way, next}] != after[[2]int{way, before}] {
				t.Errorf("of %d ways, %d comes after one neighbour more often than after the other", n, way)
			}
		}
	}
}
