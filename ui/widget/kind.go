package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"signbench/ui/theme"
)

// Kind is what a sign says. It is never said by colour alone: each kind has a sign
// of its own, and a word beside it.
type Kind int

// The kinds.
const (
	KindNone Kind = iota
	KindInfo
	KindPass
	KindWarn
	KindFail
	KindUnknown // cannot tell
	KindWorking
)

// tone is how a kind looks.
type tone struct {
	ink, back fyne.ThemeColorName
	icon      theme.IconName
}

var tones = map[Kind]tone{
	KindNone:    {theme.ColorMuted, theme.ColorSurface, theme.IconDash},
	KindInfo:    {theme.ColorAccent, theme.ColorSelected, theme.IconInfo},
	KindPass:    {theme.ColorPass, theme.ColorPassBackground, theme.IconCheck},
	KindWarn:    {theme.ColorWarn, theme.ColorWarnBackground, theme.IconWarning},
	KindFail:    {theme.ColorFail, theme.ColorFailBackground, theme.IconCross},
	KindUnknown: {theme.ColorMuted, theme.ColorSunken, theme.IconQuestion},
	KindWorking: {theme.ColorAccent, theme.ColorSelected, theme.SpinnerIcon(0)},
}

func (k Kind) tone() tone {
	if t, ok := tones[k]; ok {
		return t
	}
	return tones[KindNone]
}

// icon is a picture of the theme that is rendered anew only when the picture or
// its colour has changed: to render an SVG costs far more than to draw a text.
type icon struct {
	*canvas.Image
	drawn  theme.Tinted
	colour color.Color
}

func newIcon() *icon {
	img := &canvas.Image{FillMode: canvas.ImageFillContain}
	return &icon{Image: img}
}

// set shows a picture; w tells which theme holds.
func (i *icon) set(w fyne.Widget, t theme.Tinted) {
	c := ink(w, t.Color)
	if i.drawn == t && i.colour == c {
		return
	}
	i.drawn, i.colour = t, c
	i.Resource = t
	i.Image.Refresh()
}
