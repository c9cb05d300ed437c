package theme

import (
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// IconName names one of the bench's own icons.
type IconName string

// The icons. The signs come with a word beside them wherever they are used.
const (
	IconSetup        IconName = "setup"
	IconFlow         IconName = "flow"
	IconTokens       IconName = "tokens"
	IconConnectors   IconName = "connectors"
	IconRuns         IconName = "runs"
	IconInspect      IconName = "inspect"
	IconPractice     IconName = "practice"
	IconSettings     IconName = "settings"
	IconHelp         IconName = "help"
	IconPlus         IconName = "plus"
	IconCopy         IconName = "copy"
	IconCheck        IconName = "check"
	IconCross        IconName = "cross"
	IconWarning      IconName = "warning"
	IconQuestion     IconName = "question"
	IconInfo         IconName = "info"
	IconDash         IconName = "dash"
	IconDot          IconName = "dot"
	IconSkip         IconName = "skip"
	IconChevronDown  IconName = "chevron-down"
	IconChevronRight IconName = "chevron-right"
	IconEye          IconName = "eye"
	IconEyeOff       IconName = "eye-off"
	IconMark         IconName = "mark"
)

// SpinnerSteps is the number of pictures that make one turn of the spinner.
const SpinnerSteps = 8

// icons are drawn with strokes on a grid of 16: body of the SVG, in the colour %s.
var icons = map[IconName]string{
	IconSetup:        `<path d="M2.5 4.5H9M12 4.5H13.5M2.5 11.5H4M7 11.5H13.5"/><path d="M8.75 4.5A1.75 1.75 0 1 1 12.25 4.5A1.75 1.75 0 1 1 8.75 4.5Z"/><path d="M3.75 11.5A1.75 1.75 0 1 1 7.25 11.5A1.75 1.75 0 1 1 3.75 11.5Z"/>`,
	IconFlow:         `<path d="M2.5 5H13M10.5 2.5L13 5L10.5 7.5M13.5 11H3M5.5 8.5L3 11L5.5 13.5"/>`,
	IconTokens:       `<path d="M2.25 8A2.75 2.75 0 1 1 7.75 8A2.75 2.75 0 1 1 2.25 8Z"/><path d="M7.75 8H13.5V10.5M11 8V10"/>`,
	IconConnectors:   `<path d="M5.5 2.5V5.5M10.5 2.5V5.5M3.5 5.5H12.5V8A4.5 3.5 0 0 1 3.5 8ZM8 11.5V14"/>`,
	IconRuns:         `<path d="M2.25 8A5.75 5.75 0 1 1 13.75 8A5.75 5.75 0 1 1 2.25 8Z"/><path d="M8 4.75V8L10.25 9.5"/>`,
	IconInspect:      `<path d="M2.5 7A4.5 4.5 0 1 1 11.5 7A4.5 4.5 0 1 1 2.5 7ZM10.25 10.25L14 14"/>`,
	IconPractice:     `<path d="M9 2L3.5 9H7.5L7 14L12.5 7H8.5Z"/>`,
	IconSettings:     `<path d="M5.75 8A2.25 2.25 0 1 1 10.25 8A2.25 2.25 0 1 1 5.75 8Z"/><path d="M8 2V4M8 12V14M2 8H4M12 8H14M3.75 3.75L5.2 5.2M10.8 10.8L12.25 12.25M12.25 3.75L10.8 5.2M5.2 10.8L3.75 12.25"/>`,
	IconHelp:         `<path d="M2.25 8A5.75 5.75 0 1 1 13.75 8A5.75 5.75 0 1 1 2.25 8Z"/><path d="M6.25 6.5C6.25 4.25 9.75 4.25 9.75 6.5C9.75 7.75 8 7.75 8 9.25M8 11.1V11.4"/>`,
	IconPlus:         `<path d="M8 3.5V12.5M3.5 8H12.5"/>`,
	IconCopy:         `<path d="M5.5 5.5H13.5V13.5H5.5ZM10.5 5.5V2.5H2.5V10.5H5.5"/>`,
	IconCheck:        `<path d="M3 8.5L6.5 12L13 4.5" stroke-width="1.8"/>`,
	IconCross:        `<path d="M3.75 3.75L12.25 12.25M12.25 3.75L3.75 12.25" stroke-width="1.8"/>`,
	IconWarning:      `<path d="M8 2.75V9.25M8 12.6V12.9" stroke-width="2"/>`,
	IconQuestion:     `<path d="M5.25 5.5C5.25 1.9 10.75 1.9 10.75 5.5C10.75 7.6 8 7.6 8 9.75M8 12.9V13.1" stroke-width="1.8"/>`,
	IconInfo:         `<path d="M8 3.1V3.3M8 6.75V13" stroke-width="2"/>`,
	IconDash:         `<path d="M4 8H12"/>`,
	IconSkip:         `<path d="M3.5 8A4.5 4.5 0 1 1 12.5 8A4.5 4.5 0 1 1 3.5 8ZM5 11L11 5"/>`,
	IconDot:          `<path d="M4.5 8A3.5 3.5 0 1 1 11.5 8A3.5 3.5 0 1 1 4.5 8Z" fill="%[1]s"/>`,
	IconChevronDown:  `<path d="M4.5 6.25L8 9.75L11.5 6.25"/>`,
	IconChevronRight: `<path d="M6.25 4.5L9.75 8L6.25 11.5"/>`,
	IconEye:          `<path d="M1.75 8C4.25 3 11.75 3 14.25 8C11.75 13 4.25 13 1.75 8Z"/><path d="M6 8A2 2 0 1 1 10 8A2 2 0 1 1 6 8Z"/>`,
	IconEyeOff:       `<path d="M1.75 8C4.25 3 11.75 3 14.25 8C11.75 13 4.25 13 1.75 8ZM3 13L13 3"/>`,
	IconMark:         `<path d="M3 8.5L6.5 12L13 4.5" stroke-width="2.4"/>`,
}

func init() {
	for i := range SpinnerSteps {
		// Three quarters of a circle, turned by the step.
		icons[SpinnerIcon(i)] = fmt.Sprintf(`<g transform="rotate(%d 8 8)"><path d="M8 2.75A5.25 5.25 0 1 1 2.75 8" stroke-width="1.8"/></g>`, i*360/SpinnerSteps)
	}
}

// SpinnerIcon is one picture of the spinner.
func SpinnerIcon(step int) IconName {
	return IconName(fmt.Sprintf("spinner-%d", step%SpinnerSteps))
}

// Tinted is an icon in a colour of the theme. Fyne's own themed resources recolour
// what is filled; these icons are strokes.
type Tinted struct {
	Icon  IconName
	Color fyne.ThemeColorName
}

// Icon returns the icon in the colour of ordinary text.
func Icon(name IconName) Tinted { return Tinted{name, fynetheme.ColorNameForeground} }

var _ fyne.ThemedResource = Tinted{}

// In returns the icon in another colour.
func (t Tinted) In(color fyne.ThemeColorName) Tinted { return Tinted{t.Icon, color} }

// Name implements fyne.Resource.
func (t Tinted) Name() string { return string(t.Icon) + "-" + string(t.Color) + ".svg" }

// ThemeColorName implements fyne.ThemedResource.
func (t Tinted) ThemeColorName() fyne.ThemeColorName { return t.Color }

// Content implements fyne.Resource: the SVG in the colour that holds now.
func (t Tinted) Content() []byte { return svg(t.Icon, fynetheme.Color(t.Color)) }

func svg(name IconName, c color.Color) []byte {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	hex := fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
	body := strings.ReplaceAll(icons[name], "%[1]s", hex)
	// Every shape carries its own stroke, and is a path: Fyne's renderer inherits
	// no stroke from a group and fills a circle in spite of fill="none".
	stroke := fmt.Sprintf(`<path stroke="%s" stroke-linecap="round" stroke-linejoin="round"`, hex)
	if !strings.Contains(body, "fill=") {
		stroke += ` fill="none"`
	}
	if !strings.Contains(body, "stroke-width=") {
		stroke += ` stroke-width="1.4"`
	}
	body = strings.ReplaceAll(body, "<path", stroke)
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">` + body + `</svg>`)
}
