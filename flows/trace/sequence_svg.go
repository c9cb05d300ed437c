package trace

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Theme chooses the colours of a drawing.
type Theme string

// The themes.
const (
	ThemeLight Theme = "light"
	ThemeDark  Theme = "dark"
)

// palette holds the colours of a theme; all text has a contrast of at least 4.5 on
// its ground (WCAG 2.2, 1.4.3).
type palette struct{ ground, box, line, ink, muted, arrow, fail, gap string }

var palettes = map[Theme]palette{
	ThemeLight: {"#ffffff", "#f2f4f7", "#c4cad4", "#1b2330", "#566073", "#2456b3", "#b3261e", "#f6f1e4"},
	ThemeDark:  {"#14181f", "#202732", "#465063", "#e8ecf2", "#a3adbd", "#82aaff", "#ff8a80", "#2b2a22"},
}

// Measures of the drawing, on a grid of 4.
const (
	svgMargin   = 24
	svgColumn   = 272 // from lifeline to lifeline
	svgActor    = 168 // width of an actor's box
	svgHead     = 72  // first row begins here
	svgRow      = 52
	svgSelf     = svgActor / 2
	svgTitle    = 13 // font sizes
	svgCaption  = 11
	titleGlyph  = 7.0 // average width of a character, generously
	detailGlyph = 6.0
)

// SVG draws the diagram. It is valid XML that needs nothing from elsewhere, and
// says everything by shape and words as well as by colour.
func SVG(w io.Writer, msgs []Message, labels ActorLabels, theme Theme) error {
	colours, ok := palettes[theme]
	if !ok {
		colours = palettes[ThemeLight]
	}
	actors := columns(msgs)
	d := svgDrawing{w: bufio.NewWriterSize(w, 32<<10), c: colours, labels: labels, at: map[Actor]int{}}
	for i, a := range actors {
		d.at[a] = svgMargin + svgActor/2 + i*svgColumn
	}
	d.width = 2*svgMargin + svgActor + (len(actors)-1)*svgColumn
	d.height = svgHead + max(1, len(msgs))*svgRow + svgMargin
	d.frame(actors)
	for i, m := range msgs {
		d.message(m, svgHead+i*svgRow+svgRow/2)
	}
	d.printf("</svg>\n")
	if d.err != nil {
		return d.err
	}
	return d.w.Flush()
}

type svgDrawing struct {
	w             *bufio.Writer
	c             palette
	labels        ActorLabels
	at            map[Actor]int
	width, height int
	err           error
}

func (d *svgDrawing) printf(format string, args ...any) {
	if d.err == nil {
		_, d.err = fmt.Fprintf(d.w, format, args...)
	}
}

// frame draws what stands behind the messages: styles, ground, actors, lifelines.
func (d *svgDrawing) frame(actors []Actor) {
	c := d.c
	d.printf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img">`+"\n", d.width, d.height, d.width, d.height)
	d.printf("<style>text{font-family:system-ui,'Segoe UI','Noto Sans','DejaVu Sans',sans-serif;fill:%s;text-anchor:middle;paint-order:stroke;stroke:%s;stroke-width:4px;stroke-linejoin:round}.a,.n{stroke:none}"+
		".a{font-size:14px;font-weight:600}.t{font-size:%dpx}.c{font-size:%dpx;fill:%s}.f{fill:%s}"+
		"line,path,rect{stroke:%s;fill:none}.m{stroke:%s;stroke-width:1.5}.m.x{stroke:%s}.d{stroke-dasharray:5 4}"+
		".b{fill:%s}.g{fill:%s;stroke-dasharray:2 3}.h{fill:%s;stroke:none}.h.x{fill:%s}</style>\n",
		c.ink, c.ground, svgTitle, svgCaption, c.muted, c.fail, c.line, c.arrow, c.fail, c.box, c.gap, c.arrow, c.fail)
	d.printf(`<rect width="%d" height="%d" style="fill:%s;stroke:none"/>`+"\n", d.width, d.height, c.ground)
	for _, a := range actors {
		x := d.at[a]
		d.printf(`<line x1="%d" y1="56" x2="%d" y2="%d"/>`+"\n", x, x, d.height-svgMargin/2)
		d.printf(`<rect class="b" x="%d" y="16" width="%d" height="40" rx="4"/><text class="a" x="%d" y="41">%s</text>`+"\n",
			x-svgActor/2, svgActor, x, xmlText(fit(d.labels.actor(a), svgActor-16, 8)))
	}
}

func (d *svgDrawing) message(m Message, y int) {
	from, to := d.at[m.From], d.at[m.To]
	title, detail := d.labels.line(m), d.labels.detail(m)
	d.printf("<g><title>%s</title>", xmlText(title+"\n"+detail))
	switch {
	case m.Kind == MessageGap:
		d.gap(min(from, to), max(from, to), y, title, detail)
	case from == to:
		d.texts(from+svgSelf+8, 2*svgColumn/3, y, title, detail, m.Failed)
	default:
		d.arrow(m, from, to, y)
		d.texts((from+to)/2, max(from, to)-min(from, to)-28, y, title, detail, m.Failed)
	}
	d.printf("</g>\n")
}

// gap is time that the network did not take: a box across both columns.
func (d *svgDrawing) gap(left, right, y int, title, detail string) {
	d.printf(`<rect class="g" x="%d" y="%d" width="%d" height="%d" rx="4"/>`, left-12, y-20, right-left+24, svgRow-10)
	text := title
	if detail != "" {
		text += " · " + detail
	}
	d.printf(`<text class="t n" x="%d" y="%d">%s</text>`, (left+right)/2, y+6, xmlText(fit(text, right-left, titleGlyph)))
}

// arrow points to the receiver. What failed ends in a cross, what nobody saw and
// every answer is dashed.
func (d *svgDrawing) arrow(m Message, from, to, y int) {
	class, head := "m", "h"
	if m.Failed {
		class, head = class+" x", head+" x"
	}
	if m.Inferred || m.Kind == MessageAnswer || m.Kind == MessageLost {
		class += " d"
	}
	step := 1
	if to < from {
		step = -1
	}
	if m.Kind == MessageLost { // it does not get there
		end := to - step*svgColumn/4
		d.printf(`<line class="%s" x1="%d" y1="%d" x2="%d" y2="%d"/>`, class, from, y, end, y)
		d.cross(end, y)
		return
	}
	d.printf(`<line class="%s" x1="%d" y1="%d" x2="%d" y2="%d"/>`, class, from, y, to-step*6, y)
	d.printf(`<path class="%s" d="M%d %dl%d -4v8z"/>`, head, to, y, -step*9)
	if m.Failed {
		d.cross(to-step*20, y)
	}
}

func (d *svgDrawing) cross(x, y int) {
	d.printf(`<path class="m x" d="M%d %dl10 10m0 -10l-10 10"/>`, x-5, y-5)
}

// texts writes the title above the line and the detail below it.
func (d *svgDrawing) texts(x, room, y int, title, detail string, failed bool) {
	class := ""
	if failed {
		class = " f"
	}
	d.printf(`<text class="t%s" x="%d" y="%d">%s</text>`, class, x, y-7, xmlText(fit(title, room, titleGlyph)))
	if detail != "" {
		d.printf(`<text class="c%s" x="%d" y="%d">%s</text>`, class, x, y+16, xmlText(fit(detail, room, detailGlyph)))
	}
}

// fit shortens a text to the room it has, by an estimate: a wide script counts
// double.
func fit(s string, room int, glyph float64) string {
	used := 0.0
	runes := []rune(s)
	for i, r := range runes {
		if used += glyph; unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
			used += 0.9 * glyph
		}
		if used > float64(room) {
			return strings.TrimSpace(string(runes[:max(0, i-1)])) + "…"
		}
	}
	return s
}

func xmlText(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder does not fail
	return b.String()
}
