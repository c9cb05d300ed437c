package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// Shortcut is one row of the Help page.
type Shortcut struct{ Keys, Words string }

// Help is the page of shortcuts and first steps.
type Help struct{ root fyne.CanvasObject }

// NewHelp makes the page.
func NewHelp(shortcuts []Shortcut) *Help {
	table := widget.NewStaticTable(
		widget.Column{Title: text.T("help.column.keys"), Width: widget.ColumnFixed(190)},
		widget.Column{Title: text.T("help.column.what"), Width: widget.ColumnFlex(1, 160)},
	)
	var rows [][]widget.Cell
	for _, s := range shortcuts {
		rows = append(rows, []widget.Cell{{Text: s.Keys, Style: widget.CellMono}, {Text: s.Words}})
	}
	table.SetRows(rows)
	part := func(title string, paragraphs ...string) fyne.CanvasObject {
		box := container.New(widget.VStack(2*theme.Grid), widget.Section(text.T(title)))
		for _, key := range paragraphs {
			box.Add(widget.Prose(text.T(key)))
		}
		return box
	}
	left := container.New(widget.VStack(2*theme.Grid), widget.Section(text.T("help.shortcuts")), table)
	right := container.New(widget.VStack(theme.SectionGap+2*theme.Grid),
		part("help.first", "help.first.1", "help.first.2", "help.first.3"),
		part("help.secrets", "help.secrets.text"),
		part("help.limits", "help.limits.text"),
	)
	return &Help{root: widget.TwoColumns(left, right, 0.5)}
}

// Object is the page.
func (h *Help) Object() fyne.CanvasObject { return h.root }
