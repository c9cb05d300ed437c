package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

const (
	navPitch = theme.RowHeight + 2 // from row to row
	navTitle = 10 * theme.Grid     // the title above the rows
	navInset = 2 * theme.Grid      // a row's distance from the edge
)

// NavItem is one line of a NavList.
type NavItem struct {
	ID       string
	Label    string
	Trailing string         // "Logto", "Ctrl 1"
	Icon     theme.IconName // shown where the list is narrow; without one, initials
	Marker   Kind           // a small sign before Trailing; KindNone for none
}

// NavList is a list of the sidebar. It is one stop of the Tab key: arrows move,
// Enter and Space choose. Only the rows that are seen exist.
type NavList struct {
	fynewidget.BaseWidget
	OnSelect  func(id string)
	OnContext func(id string, at fyne.Position) // secondary tap, the Menu key or F10

	title    string
	items    []NavItem
	selected string
	quiet    bool
	narrow   bool

	first, cursor, hover int
	room                 int // how many rows were seen when it was last arranged
	focused, ring        bool
	titleText            *Text
	rule, bar            *canvas.Rectangle
	rows                 []*navRow
	drawn                []fyne.CanvasObject
}

var (
	_ fyne.Focusable         = (*NavList)(nil)
	_ fyne.Tappable          = (*NavList)(nil)
	_ fyne.SecondaryTappable = (*NavList)(nil)
	_ fyne.Scrollable        = (*NavList)(nil)
	_ desktop.Hoverable      = (*NavList)(nil)
)

// NewNavList makes a list below a title; without a title it has no room for one.
func NewNavList(title string) *NavList {
	n := &NavList{title: title, hover: -1, rule: newBox(), bar: newBox()}
	n.titleText = newText(title, theme.SizeCaption, fyne.TextStyle{Bold: true}, theme.ColorMuted, 16)
	n.ExtendBaseWidget(n)
	return n
}

// SetTitle changes the title.
func (n *NavList) SetTitle(title string) {
	n.title = title
	n.titleText.Set(title)
	n.Refresh()
}

// SetItems replaces the rows. The selection stays with its ID.
func (n *NavList) SetItems(items []NavItem) {
	n.items = append(n.items[:0:0], items...)
	n.cursor = max(0, min(n.cursor, len(items)-1))
	n.hover = -1
	n.Refresh()
}

// Items are the rows.
func (n *NavList) Items() []NavItem { return n.items }

// SetSelected marks a row and brings it into view, without a callback.
func (n *NavList) SetSelected(id string) {
	if id == n.selected {
		return
	}
	n.selected = id
	if i := n.index(id); i >= 0 {
		n.cursor = i
		n.reveal(i)
	}
	n.Refresh()
}

// Selected is the ID of the marked row.
func (n *NavList) Selected() string { return n.selected }

// SetNarrow shows icons or initials instead of words.
func (n *NavList) SetNarrow(on bool) {
	if on != n.narrow {
		n.narrow = on
		n.Refresh()
	}
}

func (n *NavList) index(id string) int {
	for i := range n.items {
		if n.items[i].ID == id {
			return i
		}
	}
	return -1
}

func (n *NavList) top() float32 {
	if n.title == "" {
		return 0
	}
	return navTitle
}

// visible is how many whole rows there is room for. Rows are never cut: the list
// scrolls by whole rows.
func (n *NavList) visible(s fyne.Size) int {
	return max(0, min(len(n.items), int((s.Height-n.top()+2)/navPitch)))
}

func (n *NavList) reveal(i int) {
	v := max(1, n.visible(n.Size()))
	if i < n.first {
		n.first = i
	} else if i >= n.first+v {
		n.first = i - v + 1
	}
}

func (n *NavList) choose(i int) {
	if i < 0 || i >= len(n.items) {
		return
	}
	n.cursor = i
	n.selected = n.items[i].ID
	n.reveal(i)
	n.Refresh()
	if n.OnSelect != nil {
		n.OnSelect(n.selected)
	}
}

// Fill is the height at which every row is seen.
func (n *NavList) Fill() float32 {
	if len(n.items) == 0 {
		return n.top()
	}
	return n.top() + float32(len(n.items))*navPitch
}

func (n *NavList) paint() {
	n.rule.FillColor = ink(n, theme.ColorBorder)
	n.bar.FillColor = ink(n, fynetheme.ColorNameScrollBar)
	n.bar.CornerRadius = 2
	n.titleText.Hidden = n.narrow || n.title == ""
	n.rule.Hidden = !n.narrow || n.title == ""
}

func (n *NavList) arrange(s fyne.Size) {
	place(n.titleText, 16, n.top()-25, s.Width-32, 16)
	place(n.rule, 16, n.top()-17, s.Width-32, 1)
	v := n.visible(s)
	if i := n.index(n.selected); i >= 0 && v != n.room {
		n.room = v
		n.reveal(i)
	}
	n.first = max(0, min(n.first, len(n.items)-v))
	for len(n.rows) < v {
		n.rows = append(n.rows, newNavRow())
	}
	n.drawn = append(n.drawn[:0], n.titleText, n.rule)
	for i := range v {
		at := n.first + i
		row := n.rows[i]
		row.bind(n, n.items[at], navState{
			selected: n.items[at].ID == n.selected, hovered: at == n.hover,
			ring: n.focused && n.ring && at == n.cursor,
		})
		row.arrange(n, navInset, n.top()+float32(i)*navPitch, s.Width-2*navInset)
		n.drawn = append(n.drawn, row.objects...)
	}
	n.bar.Hidden = v >= len(n.items)
	if !n.bar.Hidden {
		span := float32(v) * navPitch
		height := max(16, span*float32(v)/float32(len(n.items)))
		step := (span - height) / float32(len(n.items)-v)
		place(n.bar, s.Width-6, n.top()+float32(n.first)*step, 3, height)
		n.drawn = append(n.drawn, n.bar)
	}
}

// CreateRenderer implements fyne.Widget.
func (n *NavList) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: n, list: func() []fyne.CanvasObject { return n.drawn }, layout: n.arrange, paint: n.paint,
		min: func() fyne.Size {
			return fyne.NewSize(theme.SidebarNarrow-1, n.top()+float32(min(len(n.items), 2))*navPitch)
		},
	})
}
