package widget

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"signbench/ui/theme"
)

const (
	sequenceRowHeight  = 64
	sequenceRowCompact = 48
	sequenceInset      = 12 // between the edge and whatever is nearest to it
	sequenceGutter     = 78 // left of the first lifeline: room for the name of a group
	sequenceBoxLeast   = 88
	sequenceBoxMost    = 160
	sequenceBoxPad     = 12
	sequenceBoxGap     = 8
	sequenceSpread     = 360 // lifelines further apart than this are hard to connect by eye
)

// sequenceGeometry is where the lifelines stand, for a width. It is computed once
// per width and read by every row.
type sequenceGeometry struct {
	width   float32
	box     float32 // width of an actor's box
	centres []float32
}

// sequencePlace spreads actors over a width; widest is the width of the longest
// label.
func sequencePlace(actors int, widest, width float32) sequenceGeometry {
	g := sequenceGeometry{width: width, box: min(sequenceBoxMost, max(sequenceBoxLeast, widest+2*sequenceBoxPad))}
	if actors <= 0 {
		return g
	}
	left, right := g.margins()
	if actors == 1 {
		g.centres = []float32{dataRound(max(left, width/2))}
		return g
	}
	gaps := float32(actors - 1)
	apart := (width - left - right) / gaps
	if apart < g.box+sequenceBoxGap {
		// The boxes give way first, down to what still shows a name.
		g.box = max(32, min(g.box, (width-2*sequenceInset-gaps*sequenceBoxGap)/(gaps+1)))
		left, right = g.margins()
		apart = (width - left - right) / gaps
		g.box = max(32, min(g.box, apart-sequenceBoxGap))
	}
	apart = max(24, apart)
	if apart > sequenceSpread {
		left += (apart - sequenceSpread) * gaps / 2
		apart = sequenceSpread
	}
	for i := range actors {
		g.centres = append(g.centres, dataRound(left+float32(i)*apart))
	}
	return g
}

// margins is the room outside the outer lifelines.
func (g sequenceGeometry) margins() (left, right float32) {
	right = sequenceInset + g.box/2
	return max(sequenceGutter, right), right
}

// centre is the lifeline of an actor; an index that is none means the nearest.
func (g sequenceGeometry) centre(actor int) float32 {
	if len(g.centres) == 0 {
		return dataRound(g.width / 2)
	}
	return g.centres[max(0, min(actor, len(g.centres)-1))]
}

func dataRound(x float32) float32 { return float32(math.Round(float64(x))) }

// measure lays the columns for a width.
func (s *Sequence) measure(width float32) {
	face := sequenceActorFace()
	widest := float32(0)
	for _, a := range s.actors {
		shown, _ := face.fit(a.Label, sequenceBoxMost)
		widest = max(widest, face.width(shown))
	}
	s.geo = sequencePlace(len(s.actors), widest, width)
}

// CreateRenderer implements fyne.Widget.
func (s *Sequence) CreateRenderer() fyne.WidgetRenderer {
	return &sequenceRenderer{s, []fyne.CanvasObject{s.back, s.body, s.header}}
}

type sequenceRenderer struct {
	seq  *Sequence
	list []fyne.CanvasObject
}

func (r *sequenceRenderer) Destroy()                     {}
func (r *sequenceRenderer) Objects() []fyne.CanvasObject { return r.list }

func (r *sequenceRenderer) MinSize() fyne.Size {
	return fyne.NewSize(320, r.seq.body.MinSize().Height+sequenceHeaderHeight)
}

func (r *sequenceRenderer) Layout(size fyne.Size) {
	s := r.seq
	follow := s.end.follow
	s.measure(size.Width)
	dataSetFill(s.back, dataColor(theme.ColorSurface))
	dataPut(s.back, 0, 0, size.Width, size.Height)
	dataPut(s.header, 0, 0, size.Width, sequenceHeaderHeight)
	s.header.arrange()
	s.body.content.stale = true
	dataPut(s.body, 0, sequenceHeaderHeight, size.Width, max(0, size.Height-sequenceHeaderHeight))
	s.body.content.sync()
	s.end.follow = follow // a view that grew or shrank was not scrolled by anybody
	s.end.keep()
	s.scrolled()
}

func (r *sequenceRenderer) Refresh() {
	r.Layout(r.seq.Size())
	r.seq.header.Refresh()
	r.seq.body.Refresh()
	canvas.Refresh(r.seq)
}
