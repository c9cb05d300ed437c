package logo

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

const side = 24

var red = color.RGBA{R: 0xd0, A: 0xff}

// picture is a wide red one.
func picture() image.Image {
	m := image.NewPaletted(image.Rect(0, 0, 200, 100), color.Palette{red})
	return m
}

func encoded(t *testing.T, encode func(*bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestThePicturesThatLogosAreMadeOf(t *testing.T) {
	for name, data := range map[string][]byte{
		"png":  encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, picture()) }),
		"jpeg": encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, picture(), nil) }),
		"gif":  encoded(t, func(b *bytes.Buffer) error { return gif.Encode(b, picture(), nil) }),
		"svg":  []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><path fill="#d00000" d="M0 0h200v100H0z"/></svg>`),
	} {
		m, err := Read(data, side)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if m.Bounds() != image.Rect(0, 0, side, side) {
			t.Errorf("%s is %v", name, m.Bounds())
		}
		if r, g, _, a := m.At(side/2, side/2).RGBA(); r < 0xc000 || g > 0x1000 || a != 0xffff {
			t.Errorf("%s: in the middle is %v", name, m.At(side/2, side/2))
		}
		if _, _, _, a := m.At(side/2, 2).RGBA(); a != 0 {
			t.Errorf("%s is stretched: %v above it", name, m.At(side/2, 2))
		}
	}
}

// What could be drawn for ever, or is no picture, is refused.
func TestNoPictures(t *testing.T) {
	svg := func(body string) []byte {
		return []byte(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">` + body + `</svg>`)
	}
	huge := encoded(t, func(b *bytes.Buffer) error {
		return png.Encode(b, image.NewPaletted(image.Rect(0, 0, 5000, 5000), color.Palette{red}))
	})
	for name, data := range map[string][]byte{
		"nothing":                         nil,
		"words":                           []byte("no picture"),
		"a page":                          []byte("<html><body>404</body></html>"),
		"half a png":                      encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, picture()) })[:40],
		"25 million pixels":               huge,
		"a megabyte":                      []byte("<svg " + strings.Repeat(" ", 1<<20) + "/>"),
		"a part in itself":                svg(`<defs><g id="a"><use x:href="#a"/></g></defs><use x:href="#a"/>`),
		"tiny dashes":                     svg(`<path stroke="#000000" stroke-dasharray="0.0001" d="M0 0h9"/>`),
		"a line of a thousand kilometres": svg(`<path d="M0 0c0 0 99999999 9 9 9"/>`),
		"the same, shorter":               svg(`<path d="M0 0c0 0 9e30 9 9 9"/>`),
		"no size":                         []byte(`<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>`),
		"unfinished":                      []byte(`<svg viewBox="0 0 9 9"><g>`),
	} {
		if m, err := Read(data, side); err == nil {
			t.Errorf("%s is drawn: %v", name, m.Bounds())
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`<svg viewBox="0 0 9 9"><g fill="red"><circle cx="3" cy="3" r="2"/><rect width="2" height="2" rx="1"/></g></svg>`))
	f.Add([]byte(`<svg viewBox="0 0 9 9"><defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs><path fill="url(#g)" d="M1 1a3 3 0 0 1 4 4z"/></svg>`))
	f.Add([]byte("\x89PNG\r\n\x1a\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Read(data, side)
		if (m == nil) == (err == nil) || err == nil && m.Bounds() != image.Rect(0, 0, side, side) {
			t.Errorf("%v, %v", m, err)
		}
	})
}
