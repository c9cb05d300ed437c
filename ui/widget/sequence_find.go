package widget

import "slices"

// SetMatches marks the rows that a search found; it selects none of them.
func (s *Sequence) SetMatches(rows []int) {
	s.matches = s.matches[:0]
	for _, i := range rows {
		if i >= 0 && i < len(s.rows) {
			s.matches = append(s.matches, i)
		}
	}
	slices.Sort(s.matches)
	s.matches = slices.Compact(s.matches)
	s.body.reload()
}

// FindNext selects the match after the selected row, from the last to the first.
// It returns the number of the match, from 1, and 0 when there is none.
func (s *Sequence) FindNext() int {
	if len(s.matches) == 0 {
		return 0
	}
	k, _ := slices.BinarySearch(s.matches, s.body.selected+1)
	return s.goTo(k % len(s.matches))
}

// FindPrevious selects the match before the selected row.
func (s *Sequence) FindPrevious() int {
	n := len(s.matches)
	if n == 0 {
		return 0
	}
	k, _ := slices.BinarySearch(s.matches, max(0, s.body.selected))
	return s.goTo((k - 1 + n) % n)
}

func (s *Sequence) goTo(k int) int {
	s.body.choose(s.matches[k])
	return k + 1
}

func (s *Sequence) matched(row int) bool {
	_, found := slices.BinarySearch(s.matches, row)
	return found
}
