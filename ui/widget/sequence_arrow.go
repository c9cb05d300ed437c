package widget

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2/canvas"
)

// sequenceHead is the shape at the end of an arrow.
type sequenceHead uint8

const (
	sequenceHeadFull  sequenceHead = iota // a message
	sequenceHeadOpen                      // the browser is sent on
	sequenceHeadCross                     // refused: the shape says it too
)

const (
	sequenceHeadSize = 12
	sequenceDash     = 4 // length of a dash, and of what is between two
)

// sequenceArrow is the arrow of one row: a solid shaft or a dashed one, and a head.
// Dashes and head are small pictures: a line of dashes as objects would be a
// hundred of them, and Fyne has no triangle that is not regular.
type sequenceArrow struct {
	solid *canvas.Rectangle
	dash  *canvas.Raster
	head  *canvas.Raster

	ink   color.Color
	shape sequenceHead
	left  bool
}

func newSequenceArrow() *sequenceArrow {
	a := &sequenceArrow{solid: canvas.NewRectangle(color.Transparent), ink: color.Transparent}
	a.dash = canvas.NewRaster(func(w, h int) image.Image { return dashPicture(w, h, a.dash.Size().Width, a.ink) })
	a.head = canvas.NewRaster(func(w, h int) image.Image { return headPicture(w, h, a.shape, a.left, a.ink) })
	return a
}

func (a *sequenceArrow) hide() {
	a.solid.Hide()
	a.dash.Hide()
	a.head.Hide()
}

// set draws the arrow from x to x, its line in the middle of y.
func (a *sequenceArrow) set(from, to, y float32, dashed bool, shape sequenceHead, ink color.Color) {
	left := to < from
	changed := ink != a.ink || shape != a.shape || left != a.left
	a.ink, a.shape, a.left = ink, shape, left

	short := float32(sequenceHeadSize) - 2 // the shaft ends inside the head
	if shape == sequenceHeadCross {
		short = sequenceHeadSize/2 + 2 // and in the middle of a cross
	}
	if shape == sequenceHeadOpen {
		short = 2
	}
	x, w := from, to-short-from
	if left {
		x, w = to+short, from-to-short
	}
	w = max(0, w)
	if dashed {
		a.solid.Hide()
		dataPut(a.dash, x, y-1, w, 2)
		a.dash.Show()
	} else {
		a.dash.Hide()
		dataSetFill(a.solid, ink)
		dataPut(a.solid, x, y-1, w, 2)
	}
	tip := to - sequenceHeadSize
	if left {
		tip = to + 1
	}
	if shape == sequenceHeadCross { // clear of the lifeline, or it would look like a star
		tip -= 2
		if left {
			tip += 4
		}
	}
	dataPut(a.head, tip, y-sequenceHeadSize/2, sequenceHeadSize, sequenceHeadSize)
	a.head.Show()
	if changed {
		a.head.Refresh()
		a.dash.Refresh()
	}
}

// dashPicture is a dashed line; width is its length without the scale of the screen.
func dashPicture(w, h int, width float32, ink color.Color) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, max(1, w), max(1, h)))
	c := color.NRGBAModel.Convert(ink).(color.NRGBA)
	dash := max(1, int(math.Round(float64(sequenceDash)*float64(w)/float64(max(1, width)))))
	for x := range w {
		if x/dash%2 == 0 {
			for y := range h {
				img.SetNRGBA(x, y, c)
			}
		}
	}
	return img
}

// headPicture draws a head that points right, or left, in a square.
func headPicture(w, h int, shape sequenceHead, left bool, ink color.Color) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, max(1, w), max(1, h)))
	base := color.NRGBAModel.Convert(ink).(color.NRGBA)
	const fine = 4 // samples per pixel and direction, for smooth edges
	for y := range h {
		for x := range w {
			hits := 0
			for k := range fine * fine {
				px := (float64(x) + (float64(k%fine)+0.5)/fine) / float64(w)
				py := (float64(y)+(float64(k/fine)+0.5)/fine)/float64(h) - 0.5
				if left {
					px = 1 - px
				}
				if shape.holds(px*sequenceHeadSize, math.Abs(py)*sequenceHeadSize) {
					hits++
				}
			}
			c := base
			c.A = uint8(int(base.A) * hits / (fine * fine)) // #nosec G115 -- at most base.A
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

// holds tells whether a point is inside a head that points right: x from its left
// edge, y from its axis, in pixels.
func (s sequenceHead) holds(x, y float64) bool {
	const size, thick = sequenceHeadSize, 1.0
	switch s {
	case sequenceHeadCross:
		return math.Abs(math.Abs(x-size/2)-y) <= thick*math.Sqrt2 && y <= size/2-0.5
	case sequenceHeadOpen:
		d := (size - 1 - x) - y*1.2 // distance from the slanted stroke, along x
		return math.Abs(d) <= thick*1.5 && y <= size/2-0.5
	default:
		return x >= 2 && y <= (size-x)*0.5
	}
}
