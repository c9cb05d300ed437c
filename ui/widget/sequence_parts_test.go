package widget

import (
	"image/color"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"signbench/ui/theme"
)

func TestSequencePlace(t *testing.T) {
	for _, c := range []struct {
		actors        int
		widest, width float32
		first, last   float32
	}{
		{3, 64, 560, 78, 504},
		{3, 64, 440, 78, 384},
		{4, 64, 440, 78, 384},
		{4, 64, 700, 78, 644},
		{3, 64, 2000, 651, 1371}, // no further apart than the eye connects
		{1, 64, 560, 280, 280},
	} {
		g := sequencePlace(c.actors, c.widest, c.width)
		if g.centre(0) != c.first || g.centre(c.actors-1) != c.last || len(g.centres) != c.actors {
			t.Errorf("%d actors in %v stand at %v", c.actors, c.width, g.centres)
		}
		if g.centre(-5) != c.first || g.centre(99) != c.last {
			t.Error("an index outside is not the nearest actor")
		}
	}
}

func TestSequenceBoxesNeverOverlap(t *testing.T) {
	for actors := 1; actors <= 6; actors++ {
		for width := float32(320); width < 1500; width += 7 {
			for _, widest := range []float32{0, 70, 400} {
				g := sequencePlace(actors, widest, width)
				for i, x := range g.centres {
					if x != dataRound(x) {
						t.Fatalf("lifeline at %v", x)
					}
					if i > 0 && actors <= 4 && x-g.centres[i-1] < g.box {
						t.Fatalf("%d boxes of %v in %v stand at %v", actors, g.box, width, g.centres)
					}
				}
				if actors <= 4 && g.centre(actors-1)+g.box/2 > width {
					t.Fatalf("%d boxes leave %v: %v", actors, width, g.centres)
				}
			}
		}
	}
}

func TestFitMiddleKeepsBothEnds(t *testing.T) {
	dataBench(t)
	face := sequenceTextFace()
	path := "GET /a/very/long/path/with/many/segments/user-info.json"
	shown, cut := face.fitMiddle(path, 200)
	if !cut || !strings.HasPrefix(shown, "GET /a/") || !strings.HasSuffix(shown, "info.json") || strings.Count(shown, dataEllipsis) != 1 {
		t.Errorf("shown %q", shown)
	}
	if shown, cut := face.fitMiddle("GET /short", 200); cut || shown != "GET /short" {
		t.Errorf("shown %q", shown)
	}
	for _, text := range append(awkward, strings.Repeat("/path", 2000), strings.Repeat("👩‍👩‍👧‍👦", 900)) {
		for _, width := range []float32{0, 5, 40, 222} {
			shown, _ := face.fitMiddle(text, width)
			if face.width(shown) > width+1 && !strings.ContainsRune(shown, '\u200d') {
				t.Errorf("fitMiddle(%.20q, %v) is %v wide", text, width, face.width(shown))
			}
			if !utf8.ValidString(shown) || strings.ContainsAny(shown, "\n\r\x00") {
				t.Errorf("fitMiddle(%.20q, %v) cannot be drawn: %q", text, width, shown)
			}
		}
	}
}

func TestTailNeverSplitsACluster(t *testing.T) {
	dataBench(t)
	face := sequenceTextFace()
	text := strings.Repeat("ที่เก้าน้ำ", 20)
	for room := float32(10); room < 200; room++ {
		tail := face.tail(text, room)
		if tail == "" {
			continue
		}
		if !strings.HasSuffix(text, tail) {
			t.Fatalf("%q is no end of the text", tail)
		}
		before, _ := utf8.DecodeLastRuneInString(text[:len(text)-len(tail)])
		if first, _ := utf8.DecodeRuneInString(tail); dataJoins(before, first) {
			t.Fatalf("cut between %q and %q", before, first)
		}
	}
}

// TestHeadsDiffer looks at the pictures: a head must be told from another by its
// shape, and point to where the message goes.
func TestHeadsDiffer(t *testing.T) {
	weigh := func(shape sequenceHead, left bool) (all, right int) {
		img := headPicture(24, 24, shape, left, color.Black)
		for y := range 24 {
			for x := range 24 {
				if _, _, _, a := img.At(x, y).RGBA(); a > 0x8000 {
					all++
					if x >= 12 {
						right++
					}
				}
			}
		}
		return all, right
	}
	full, fullRight := weigh(sequenceHeadFull, false)
	_, fullLeft := weigh(sequenceHeadFull, true)
	open, _ := weigh(sequenceHeadOpen, false)
	cross, crossRight := weigh(sequenceHeadCross, false)
	if fullRight*2 >= full || fullLeft*2 <= full {
		t.Errorf("a full head does not point: %d of %d, %d", fullRight, full, fullLeft)
	}
	if open*3 > full*2 || cross*3 > full*4 || cross == open {
		t.Errorf("heads weigh %d, %d, %d", full, open, cross)
	}
	if d := crossRight*2 - cross; d < -4 || d > 4 {
		t.Errorf("a cross is not even: %d of %d", crossRight, cross)
	}
	headPicture(0, 0, sequenceHeadFull, false, color.Black)
	dashPicture(0, 0, 0, color.Black)
	if img := dashPicture(16, 4, 8, color.Black); img.At(0, 0) == img.At(8, 0) || img.At(0, 0) != img.At(7, 3) {
		t.Error("a dash is not in the scale of the screen")
	}
}

func luminance(c color.Color) float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	part := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(n.R) + 0.7152*part(n.G) + 0.0722*part(n.B)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestSequenceContrast goes through every state that a row can be in.
func TestSequenceContrast(t *testing.T) {
	dataBench(t)
	for _, v := range []theme.Variant{theme.Light, theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(v))
		for tone := CellToneNone; tone <= CellToneAccent; tone++ {
			for state := range 8 {
				k := SequenceRow{Tone: tone}.inks(dataState{state&1 > 0, state&2 > 0, state&4 > 0})
				for _, ink := range []fyne.ThemeColorName{k.line, k.tone, k.caption, fynetheme.ColorNameForeground, theme.ColorMuted} {
					if got := contrast(dataColor(ink), dataColor(k.chip)); got < 4.5 {
						t.Errorf("%s: %s on %s has %.2f", v, ink, k.chip, got)
					}
				}
			}
		}
		if got := contrast(dataColor(fynetheme.ColorNameForeground), dataColor(theme.ColorWarnBackground)); got < 4.5 {
			t.Errorf("%s: a match has %.2f", v, got)
		}
	}
}

// TestPhaseContrast holds what is drawn to 3 to 1 against what it is drawn on, the
// measure for graphics.
func TestPhaseContrast(t *testing.T) {
	dataBench(t)
	grounds := []fyne.ThemeColorName{theme.ColorSurface, theme.ColorSunken, theme.ColorFailBackground, theme.ColorSelected, fynetheme.ColorNameHover}
	for _, v := range []theme.Variant{theme.Light, theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(v))
		for k := range PhaseKinds + 1 {
			for _, ground := range grounds {
				if got := contrast(dataColor(k.look().color), dataColor(ground)); got < 3 {
					t.Errorf("%s: phase %d on %s has %.2f", v, k, ground, got)
				}
			}
		}
	}
}
