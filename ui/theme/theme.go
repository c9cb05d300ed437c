// Package theme is the look of the bench: its palette in light and dark, sizes on
// a 4-pixel grid, and icons.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Sizes in pixels at scale 1.
const (
	SizeCaption   fyne.ThemeSizeName = "caption" // 11
	SizeHeading   fyne.ThemeSizeName = "heading" // 18
	SizeMono      fyne.ThemeSizeName = "mono"    // 12
	SizeBrand     fyne.ThemeSizeName = "brand"   // 15
	SizeStep      fyne.ThemeSizeName = "step"    // 12
	SizeVerdict   fyne.ThemeSizeName = "verdict" // 14
	Grid          float32            = 4
	PageMargin    float32            = 24
	SectionGap    float32            = 16
	RowHeight     float32            = 32
	ControlHeight float32            = 30
	Radius        float32            = 6
	BoxRadius     float32            = 8
	VerdictEdge   float32            = 4
	SidebarWidth  float32            = 208
	SidebarNarrow float32            = 56
	NarrowWindow  float32            = 1000 // below this width the sidebar collapses or two columns become one
	DefaultWidth  float32            = 1180
	DefaultHeight float32            = 760
	MinimumWidth  float32            = 900
	MinimumHeight float32            = 600
)

// Variant is the user's choice of brightness.
type Variant string

// The choices; System follows the desktop.
const (
	System Variant = "system"
	Light  Variant = "light"
	Dark   Variant = "dark"
)

// Bench is the theme of the window.
type Bench struct{ variant Variant }

// New returns the theme. Set it after app.New: Fyne completes an extended theme
// only then.
func New(v Variant) Bench { return Bench{variant: v} }

var _ fyne.Theme = Bench{}

// Dark reports whether it is dark on a desktop of that variant.
func (b Bench) Dark(v fyne.ThemeVariant) bool {
	switch b.variant {
	case Light:
		return false
	case Dark:
		return true
	default:
		return v == fynetheme.VariantDark
	}
}

// Color implements fyne.Theme.
func (b Bench) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	dark := b.Dark(v)
	pick := func(p pair) color.Color {
		if dark {
			return p.dark
		}
		return p.light
	}
	if p, ok := palette[name]; ok {
		return pick(p)
	}
	if p, ok := standard[name]; ok {
		return pick(p)
	}
	variant := fynetheme.VariantLight
	if dark {
		variant = fynetheme.VariantDark
	}
	return fynetheme.DefaultTheme().Color(name, variant)
}

// standard maps Fyne's own roles onto the palette.
var standard = map[fyne.ThemeColorName]pair{
	fynetheme.ColorNameBackground:          rgb(0xF6F7F9, 0x14171C),
	fynetheme.ColorNameForeground:          rgb(0x1A2230, 0xE6E9EF),
	fynetheme.ColorNamePrimary:             palette[ColorAccent],
	fynetheme.ColorNameForegroundOnPrimary: palette[ColorOnAccent],
	fynetheme.ColorNameHyperlink:           palette[ColorAccent],
	fynetheme.ColorNameFocus:               rgb(0xE4E9FB, 0x3A456B), // behind the item of a menu
	fynetheme.ColorNameSelection:           rgb(0xBFCBF6, 0x3D4C86), // of text in an entry, where there is no bold and no edge besides
	fynetheme.ColorNameHover:               rgb(0xEDF0F4, 0x232833),
	fynetheme.ColorNamePressed:             rgb(0xD8DEE7, 0x2D343F),
	fynetheme.ColorNameButton:              palette[ColorSurface],
	fynetheme.ColorNameDisabledButton:      rgb(0xF6F7F9, 0x1B1F27),
	fynetheme.ColorNameDisabled:            rgb(0x667184, 0x8A95A5),
	fynetheme.ColorNamePlaceHolder:         palette[ColorMuted],
	fynetheme.ColorNameInputBackground:     palette[ColorSurface],
	fynetheme.ColorNameInputBorder:         palette[ColorOutline],
	fynetheme.ColorNameSeparator:           palette[ColorBorder],
	fynetheme.ColorNameScrollBar:           rgb(0xB4BDCA, 0x4A5463),
	fynetheme.ColorNameMenuBackground:      rgb(0xFFFFFF, 0x2A303C), // a shadow is not seen on dark
	fynetheme.ColorNameOverlayBackground:   palette[ColorSurface],
	fynetheme.ColorNameHeaderBackground:    palette[ColorSunken],
	fynetheme.ColorNameError:               palette[ColorFail],
	fynetheme.ColorNameSuccess:             palette[ColorPass],
	fynetheme.ColorNameWarning:             palette[ColorWarn],
}

// Font implements fyne.Theme with the bundled fonts; Fyne falls back to the
// system's for scripts they lack.
func (b Bench) Font(s fyne.TextStyle) fyne.Resource {
	if s.Monospace {
		return mono()
	}
	return fynetheme.DefaultTheme().Font(s)
}

// Icon implements fyne.Theme.
func (b Bench) Icon(n fyne.ThemeIconName) fyne.Resource { return fynetheme.DefaultTheme().Icon(n) }

// Size implements fyne.Theme.
func (b Bench) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case fynetheme.SizeNameText:
		return 13
	case fynetheme.SizeNameCaptionText, SizeCaption:
		return 11
	case SizeBrand:
		return 15
	case SizeVerdict:
		return 14
	case SizeMono, SizeStep:
		return 12
	case fynetheme.SizeNameHeadingText, SizeHeading:
		return 18
	case fynetheme.SizeNameSubHeadingText:
		return 13
	case fynetheme.SizeNamePadding:
		return 4
	case fynetheme.SizeNameInnerPadding:
		return 7 // centres a line of text in a control of 30
	case fynetheme.SizeNameLineSpacing:
		return 4
	case fynetheme.SizeNameInputRadius, fynetheme.SizeNameSelectionRadius:
		return Radius
	case fynetheme.SizeNameInputBorder, fynetheme.SizeNameSeparatorThickness:
		return 1
	case fynetheme.SizeNameInlineIcon:
		return 16
	case fynetheme.SizeNameScrollBar:
		return 10
	case fynetheme.SizeNameScrollBarSmall:
		return 4
	}
	return fynetheme.DefaultTheme().Size(n)
}
