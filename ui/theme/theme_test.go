package theme

import (
	"encoding/binary"
	"image/color"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
)

// luminance is that of WCAG 2.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	part := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f <= 0.03928 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}

func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	if la < lb {
		la, lb = lb, la
	}
	return (la + 0.05) / (lb + 0.05)
}

// Each text colour with every background that a widget uses it on.
var pairs = map[fyne.ThemeColorName][]fyne.ThemeColorName{
	fynetheme.ColorNameForeground: {
		fynetheme.ColorNameBackground, ColorSurface, ColorSunken, ColorBorder, ColorSelected, fynetheme.ColorNameSelection, fynetheme.ColorNameMenuBackground, fynetheme.ColorNameFocus,
		fynetheme.ColorNameHover, fynetheme.ColorNamePressed, ColorPassBackground, ColorWarnBackground, ColorFailBackground,
	},
	ColorMuted: {
		fynetheme.ColorNameBackground, ColorSurface, ColorSunken, ColorSelected, ColorBorder,
		fynetheme.ColorNameHover,
	},
	ColorAccent:                    {fynetheme.ColorNameBackground, ColorSurface, ColorSunken, ColorSelected},
	ColorOnAccent:                  {ColorAccent, ColorAccentHover},
	ColorPass:                      {fynetheme.ColorNameBackground, ColorSurface, ColorPassBackground, ColorSelected},
	ColorWarn:                      {fynetheme.ColorNameBackground, ColorSurface, ColorWarnBackground, ColorSelected},
	ColorFail:                      {fynetheme.ColorNameBackground, ColorSurface, ColorFailBackground, ColorSelected},
	ColorTokenHeader:               {ColorSurface, ColorSunken},
	ColorTokenPayload:              {ColorSurface, ColorSunken},
	ColorTokenSignature:            {ColorSurface, ColorSunken},
	fynetheme.ColorNamePlaceHolder: {fynetheme.ColorNameInputBackground},
	fynetheme.ColorNameDisabled:    {fynetheme.ColorNameDisabledButton, fynetheme.ColorNameInputBackground, ColorSurface},
}

func TestTextCanBeRead(t *testing.T) {
	for _, v := range []Variant{Light, Dark} {
		th := New(v)
		for text, backs := range pairs {
			for _, back := range backs {
				if got := contrast(th.Color(text, 0), th.Color(back, 0)); got < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.2f, below 4.5", v, text, back, got)
				}
			}
		}
		// A control is known by its outline (WCAG 2.2, 1.4.11).
		if got := contrast(th.Color(ColorOutline, 0), th.Color(ColorSurface, 0)); got < 3 {
			t.Errorf("%s: the outline of a field has a contrast of %.2f, below 3", v, got)
		}
		// The ring and the edges of a verdict are no text, but must be seen.
		for _, back := range []fyne.ThemeColorName{ColorSurface, ColorSunken, fynetheme.ColorNameBackground} {
			if got := contrast(th.Color(ColorAccent, 0), th.Color(back, 0)); got < 3 {
				t.Errorf("%s: the focus ring on %s has a contrast of %.2f", v, back, got)
			}
		}
	}
}

func TestSystemVariantFollowsTheDesktop(t *testing.T) {
	th := New(System)
	light := th.Color(ColorSurface, fynetheme.VariantLight)
	dark := th.Color(ColorSurface, fynetheme.VariantDark)
	if light == dark || light != New(Light).Color(ColorSurface, fynetheme.VariantDark) {
		t.Error("System must follow the variant, Light must not")
	}
}

func TestIconsTakeTheColourOfTheTheme(t *testing.T) {
	app := test.NewApp()
	for name := range icons {
		app.Settings().SetTheme(New(Light))
		light := string(Icon(name).In(ColorFail).Content())
		app.Settings().SetTheme(New(Dark))
		dark := string(Icon(name).In(ColorFail).Content())
		if !strings.Contains(light, "#c0272d") || !strings.Contains(dark, "#ff7b78") {
			t.Errorf("%s is not in the colour of the theme: %s", name, light)
		}
		if strings.Contains(light, "%!") {
			t.Errorf("%s has a broken format: %s", name, light)
		}
	}
	if SpinnerIcon(SpinnerSteps) != SpinnerIcon(0) {
		t.Error("the spinner must come round")
	}
}

func TestMonospaceHasRoomForItsUnderscore(t *testing.T) {
	before := fynetheme.DefaultTheme().Font(fyne.TextStyle{Monospace: true}).Content()
	after := New(Light).Font(fyne.TextStyle{Monospace: true}).Content()
	descender := func(font []byte) int16 {
		return int16(binary.BigEndian.Uint16(table(font, "hhea", 36)[6:])) // #nosec G115 -- the field is signed
	}
	if b, a := descender(before), descender(after); a >= b {
		t.Errorf("descender is %d, was %d", a, b)
	}
	if got := withRoomBelow([]byte("no font")); string(got) != "no font" {
		t.Error("what is no font must come back as it is")
	}
	if got := New(Light).Font(fyne.TextStyle{Bold: true}).Name(); got != fynetheme.DefaultTheme().Font(fyne.TextStyle{Bold: true}).Name() {
		t.Errorf("bold text is drawn with %s", got)
	}
}
