package widget

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"signbench/ui/theme"
)

// navRow is the drawing of one row; it is bound to another item when the list
// scrolls.
type navRow struct {
	back, ring *canvas.Rectangle
	label      *canvas.Text
	trailing   *canvas.Text
	image      *icon
	marker     *icon
	objects    []fyne.CanvasObject
	item       NavItem
	words      string
}

type navState struct{ selected, hovered, ring bool }

func newNavRow() *navRow {
	r := &navRow{
		back: newBox(), ring: newBox(),
		label: newLine(), trailing: newLine(),
		image: newIcon(), marker: newIcon(),
	}
	r.objects = []fyne.CanvasObject{r.back, r.label, r.trailing, r.image.Image, r.marker.Image, r.ring}
	return r
}

func (r *navRow) bind(n *NavList, item NavItem, s navState) {
	r.item = item
	fore := fynetheme.ColorNameForeground
	if n.quiet && !s.selected && !s.hovered {
		fore = theme.ColorMuted
	}
	r.back.CornerRadius = theme.Radius
	switch {
	case s.selected:
		r.back.FillColor = ink(n, theme.ColorSelected)
	case s.hovered:
		r.back.FillColor = ink(n, theme.ColorBorder)
	default:
		r.back.FillColor = ink(n, "")
	}
	paintRing(n, r.ring, s.ring, false)

	r.words = oneLine(item.Label)
	if n.narrow {
		r.words = initials(item.Label)
	}
	setLine(r.label, fynetheme.SizeForWidget(fynetheme.SizeNameText, n), s.selected, ink(n, fore))
	setLine(r.trailing, fynetheme.SizeForWidget(theme.SizeCaption, n), s.selected, ink(n, theme.ColorMuted))

	r.trailing.Hidden = n.narrow || item.Trailing == ""
	r.image.Hidden = !n.narrow || item.Icon == ""
	r.label.Hidden = !r.image.Hidden
	if !r.image.Hidden {
		r.image.set(n, theme.Icon(item.Icon).In(fore))
	}
	r.marker.Hidden = item.Marker == KindNone
	if t := item.Marker.tone(); !r.marker.Hidden {
		r.marker.set(n, theme.Icon(t.icon).In(t.ink))
	}
}

func (r *navRow) arrange(n *NavList, x, y, w float32) {
	place(r.back, x, y, w, theme.RowHeight)
	place(r.ring, x, y, w, theme.RowHeight)
	if n.narrow {
		place(r.image, x+(w-16)/2, y+8, 16, 16)
		f := face{r.label.TextSize, r.label.TextStyle}
		r.label.Text = onBaseline(f.elide(r.words, w-4))
		tw := f.width(r.label.Text)
		centred(r.label, x+(w-tw)/2, y, tw, theme.RowHeight)
		place(r.marker, x+w-12, y+2, 10, 10)
		return
	}
	right := x + w - 8
	if !r.trailing.Hidden {
		f := face{r.trailing.TextSize, r.trailing.TextStyle}
		r.trailing.Text = onBaseline(f.elide(oneLine(r.item.Trailing), w*0.45))
		tw := f.width(r.trailing.Text)
		right -= tw
		centred(r.trailing, right, y, tw, theme.RowHeight)
		right -= 8
	}
	if !r.marker.Hidden {
		right -= 12
		place(r.marker, right, y+10, 12, 12)
		right -= 4
	}
	room := right - x - 8
	r.label.Text = onBaseline(face{r.label.TextSize, r.label.TextStyle}.elide(r.words, room))
	centred(r.label, x+8, y, room, theme.RowHeight)
}

// initials stand for a name where there is no room for it: two of its words, or
// its first two characters.
func initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '_' || r == '.' })
	switch {
	case len(words) == 0:
		return "–"
	case len(words) == 1 || len(words[1]) == 0:
		w := words[0]
		i := nextCluster(w)
		if ideographic([]rune(w)[0]) || i == len(w) {
			return w[:i]
		}
		return w[:i+nextCluster(w[i:])]
	default:
		return words[0][:nextCluster(words[0])] + words[1][:nextCluster(words[1])]
	}
}
