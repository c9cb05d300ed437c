package e2e

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// leastColours is what a picture with any text in it has: its edges are smooth.
const leastColours = 16

// shot leaves a picture of the window. It fails when nothing is painted.
func (w *window) shot(name string) {
	w.t.Helper()
	dir := os.Getenv("SIGNBENCH_SHOTS")
	if dir == "" {
		dir = w.t.TempDir()
	}
	w.front()
	run(w.t, "xdotool", "mousemove", "--window", w.id, "4", "4") // nothing is hovered there
	picture := w.settled()
	path := filepath.Join(dir, name+".png")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(path, picture, 0o600); err != nil {
		w.t.Fatal(err)
	}
	decoded, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		w.t.Fatal(err)
	}
	if n := colours(decoded); n < leastColours {
		w.t.Errorf("%s has %d colours: nothing is painted", name, n)
	}
	if size := decoded.Bounds().Size(); size.X != int(w.now().Width) || size.Y != int(w.now().Height) {
		w.t.Errorf("%s is %v, the window %vx%v", name, size, w.now().Width, w.now().Height)
	}
}

// settled is a picture of the window that is the same twice: what is shown may be a
// frame behind what was decided, and the browser may have come to the front again. A
// countdown moves on, so it is tried a few times.
func (w *window) settled() []byte {
	w.t.Helper()
	var last []byte
	for range 10 {
		w.front()
		time.Sleep(10 * often)
		next, err := exec.Command("import", "-silent", "-window", w.id, "-define", "png:exclude-chunks=date,time", "png:-").Output()
		if err != nil {
			w.t.Fatalf("import: %v", err)
		}
		if bytes.Equal(next, last) {
			break
		}
		last = next
	}
	return last
}

// colours counts the colours of a picture, up to leastColours.
func colours(picture image.Image) int {
	seen := map[[3]uint32]bool{}
	bounds := picture.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			r, g, b, _ := picture.At(x, y).RGBA()
			seen[[3]uint32{r, g, b}] = true
			if len(seen) >= leastColours {
				return len(seen)
			}
		}
	}
	return len(seen)
}
