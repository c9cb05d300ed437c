// Package logo reads the pictures that somebody else's connectors are shown with.
package logo

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // the formats that Logto's console takes
	_ "image/jpeg" //
	_ "image/png"  //
	"regexp"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // and what is served in place of them
)

// Limits of what is read: a logo of Logto's console has at most 500 KB.
const (
	maxBytes  = 512 << 10
	maxPixels = 4096 * 4096
)

var (
	errTooBig  = errors.New("the picture is too big")
	errEndless = errors.New("the picture may take for ever to draw")
	errNoSize  = errors.New("the picture has no size")
)

// A part that holds itself is followed without end, and dashes and curves of any
// length are drawn in pieces of any number: no logo needs these.
var (
	colours = regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b`) // look like numbers
	endless = regexp.MustCompile(`[<:]use\b|stroke-dasharray|[^.0-9][0-9]{7,}|[0-9][eE]\+?[0-9]`)
)

// Read draws a picture of the usual formats, SVG among them, into a square of side
// pixels. It is for a goroutine of the background: it may take a while. The error says
// why it is none; the bytes are not trusted, whatever they are.
func Read(data []byte, side int) (picture image.Image, err error) {
	defer func() { // the readers of pictures are not ours, and the bytes nobody's
		if broken := recover(); broken != nil {
			picture, err = nil, fmt.Errorf("the picture is damaged: %v", broken)
		}
	}()
	if len(data) > maxBytes {
		return nil, errTooBig
	}
	if bytes.Contains(data[:min(len(data), 1024)], []byte("<svg")) {
		return readSVG(data, side)
	}
	head, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if head.Width*head.Height > maxPixels {
		return nil, errTooBig
	}
	whole, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	out := image.NewRGBA(image.Rect(0, 0, side, side))
	draw.CatmullRom.Scale(out, fit(float64(head.Width), float64(head.Height), side), whole, whole.Bounds(), draw.Src, nil)
	return out, nil
}

// readSVG draws the parts of SVG that logos are made of.
func readSVG(data []byte, side int) (image.Image, error) {
	if endless.Match(colours.ReplaceAll(data, nil)) {
		return nil, errEndless
	}
	icon, err := oksvg.ReadIconStream(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if icon.ViewBox.W <= 0 || icon.ViewBox.H <= 0 {
		return nil, errNoSize
	}
	place := fit(icon.ViewBox.W, icon.ViewBox.H, side)
	icon.SetTarget(float64(place.Min.X), float64(place.Min.Y), float64(place.Dx()), float64(place.Dy()))
	out := image.NewRGBA(image.Rect(0, 0, side, side))
	icon.Draw(rasterx.NewDasher(side, side, rasterx.NewScannerGV(side, side, out, out.Bounds())), 1)
	return out, nil
}

// fit is where a picture of that shape stands in the middle of a square.
func fit(width, height float64, side int) image.Rectangle {
	scale := float64(side) / max(width, height)
	w, h := max(1, int(width*scale)), max(1, int(height*scale))
	at := image.Pt((side-w)/2, (side-h)/2)
	return image.Rectangle{Min: at, Max: at.Add(image.Pt(w, h))}
}
