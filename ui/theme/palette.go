package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
)

// The roles of the palette that Fyne has no name for. Use them wherever a
// fyne.ThemeColorName is taken; they resolve to light or dark when drawn.
const (
	ColorSurface        fyne.ThemeColorName = "surface"        // pages and fields
	ColorSunken         fyne.ThemeColorName = "sunken"         // sidebar, code
	ColorBorder         fyne.ThemeColorName = "border"         // 1 px lines
	ColorOutline        fyne.ThemeColorName = "outline"        // of what is filled in or chosen from
	ColorSelected       fyne.ThemeColorName = "selected"       // behind the row, button or step that is
	ColorMuted          fyne.ThemeColorName = "muted"          // secondary text
	ColorAccent         fyne.ThemeColorName = "accent"         //
	ColorOnAccent       fyne.ThemeColorName = "onAccent"       // text on the accent
	ColorAccentHover    fyne.ThemeColorName = "accentHover"    // the accent under the pointer
	ColorPass           fyne.ThemeColorName = "pass"           //
	ColorPassBackground fyne.ThemeColorName = "passBackground" //
	ColorWarn           fyne.ThemeColorName = "warn"           //
	ColorWarnBackground fyne.ThemeColorName = "warnBackground" //
	ColorFail           fyne.ThemeColorName = "fail"           //
	ColorFailBackground fyne.ThemeColorName = "failBackground" //
	ColorTokenHeader    fyne.ThemeColorName = "tokenHeader"    // first segment of a JWS
	ColorTokenPayload   fyne.ThemeColorName = "tokenPayload"   // second
	ColorTokenSignature fyne.ThemeColorName = "tokenSignature" // third
)

// pair is one role in the light and in the dark variant.
type pair struct{ light, dark color.NRGBA }

func rgb(light, dark uint32) pair {
	at := func(v uint32) color.NRGBA {
		return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff} // #nosec G115 -- bytes of a colour
	}
	return pair{at(light), at(dark)}
}

var palette = map[fyne.ThemeColorName]pair{
	ColorSurface:        rgb(0xFFFFFF, 0x1B1F27),
	ColorSunken:         rgb(0xEDF0F4, 0x10131A),
	ColorBorder:         rgb(0xD8DEE7, 0x2D343F),
	ColorOutline:        rgb(0x7F8A9C, 0x667182),
	ColorSelected:       rgb(0xE4E9FB, 0x232B45),
	ColorMuted:          rgb(0x566274, 0x9BA6B5),
	ColorAccent:         rgb(0x3556D4, 0x7C9BFF),
	ColorOnAccent:       rgb(0xFFFFFF, 0x10131A),
	ColorAccentHover:    rgb(0x2A47B8, 0x93ADFF),
	ColorPass:           rgb(0x177745, 0x4CC38A),
	ColorPassBackground: rgb(0xE6F4EC, 0x16281F),
	ColorWarn:           rgb(0x8A5B00, 0xE2A93B),
	ColorWarnBackground: rgb(0xFBF1DC, 0x2B2314),
	ColorFail:           rgb(0xC0272D, 0xFF7B78),
	ColorFailBackground: rgb(0xFCE9E9, 0x2F1A1C),
	ColorTokenHeader:    rgb(0xA83A62, 0xF28BA8),
	ColorTokenPayload:   rgb(0x6340BF, 0xB79CFF),
	ColorTokenSignature: rgb(0x0B7285, 0x5CC8D6),
}
