package widget

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func TestSequenceSurvivesAwkwardRuns(t *testing.T) {
	s := newTestSequence(t, 0)
	for _, n := range []int{3, 0, 1, 4} {
		for _, width := range []float32{560, 440, 1400, 90, 0} {
			s.SetModel(SequenceModel{Actors: sequenceActors(n)})
			s.Resize(fyne.NewSize(width, 400))
			for i, text := range awkward {
				row := SequenceRow{From: i - 3, To: 7 - i, Title: text, Caption: text, Sign: text, Group: text, Attempt: text, Tone: CellTone(i % 7), Kind: SequenceKind(i % 6)}
				s.Append(row)
				s.Update(i, row)
			}
			s.Append(SequenceRow{Title: strings.Repeat("x/", 5000), Caption: strings.Repeat("y ", 5000)})
			s.SetActors([]Actor{{"", awkward[(n+18)%len(awkward)]}, {"", strings.Repeat("山", 5000)}})
			press(s.body, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp)
			for _, l := range s.body.content.live {
				r := l.row.(*sequenceRowView)
				if end := r.title.Position().X + r.title.Size().Width; width >= 440 && end > width {
					t.Errorf("%v wide: a title ends at %v", width, end)
				}
			}
		}
	}
	s.Update(-1, SequenceRow{})
	s.Update(9999, SequenceRow{})
	s.Select(9999)
	s.Append()
}

func TestSequenceBeforeItIsShown(t *testing.T) {
	dataBench(t)
	s := NewSequence()
	s.Append(sequenceRows(3)...)
	s.Select(2)
	s.SetModel(SequenceModel{sequenceActors(3), sequenceRows(50)})
	s.SetMatches([]int{3})
	s.FindNext()
	s.ScrollToEnd()
	s.SetVisibleRows(0)
	if s.MinSize().Height != sequenceHeaderHeight+sequenceRowHeight {
		t.Errorf("asks for %v", s.MinSize())
	}
}
