package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// ShareFormat is a form in which a run is shared.
type ShareFormat string

// The formats, as they stand in the translations under share.format.<format>.
const (
	ShareReport  ShareFormat = "report"
	ShareHAR     ShareFormat = "har"
	ShareMermaid ShareFormat = "mermaid"
	ShareSVG     ShareFormat = "svg"
)

// Extension is what a file of the format is called by.
func (f ShareFormat) Extension() string {
	return map[ShareFormat]string{ShareReport: "md", ShareHAR: "har", ShareMermaid: "mmd", ShareSVG: "svg"}[f]
}

// ShareActions are what the Share page reports.
type ShareActions struct {
	Choose func(ShareFormat)
	Copy   func(content string)
	Save   func(name, content string)
	Back   func()
}

// ShareModel is what would be shared.
type ShareModel struct {
	Format  ShareFormat
	Name    string // of the file, without its extension
	Content string
	Receipt []string // what was removed
	Busy    bool
}

// Share shows what will be shared before it is: the very text, and what was
// removed from it.
type Share struct {
	on      ShareActions
	model   ShareModel
	root    fyne.CanvasObject
	formats map[ShareFormat]*widget.Button
	code    *widget.CodeView
	receipt *fyne.Container
	copy    *widget.CopyButton
	save    *widget.Button
}

// NewShare makes the page.
func NewShare(on ShareActions) *Share {
	s := &Share{on: on, formats: map[ShareFormat]*widget.Button{}, receipt: container.New(widget.VStack(theme.Grid))}
	row := container.New(widget.Flow(theme.Grid))
	for _, f := range []ShareFormat{ShareReport, ShareHAR, ShareMermaid, ShareSVG} {
		s.formats[f] = widget.NewButton(text.T("share.format."+string(f)), func() { on.Choose(f) })
		row.Add(s.formats[f])
	}
	s.code = widget.NewCodeView(widget.CodeLabels{
		Gate: text.T("flow.gate"), Reveal: text.T("flow.gate.reveal"), Save: text.T("flow.gate.save"), Copy: text.T("action.copy"),
	})
	s.code.SetWrap(true)
	s.code.OnCopy = on.Copy
	s.code.OnSave = func(string) { s.saveAll() }
	s.copy = widget.NewCopyButton(text.T("action.copy"), text.T("action.copied"), func() { on.Copy(s.model.Content) })
	s.copy.SetCompact(false)
	s.save = widget.NewButton(text.T("share.save"), s.saveAll)
	back := widget.NewButton(text.T("share.back"), on.Back)

	left := widget.Margins(container.NewBorder(container.New(widget.VStack(3*theme.Grid),
		container.NewBorder(nil, nil, nil, back, widget.Section(text.T("share.title"))), row,
		widget.Muted(text.T("share.preview"))), nil, nil, nil, s.code))
	right := widget.NewPageScroll(widget.Margins(container.New(widget.VStack(3*theme.Grid),
		container.New(widget.HStack(2*theme.Grid), s.copy, s.save),
		widget.Section(text.T("share.receipt")), s.receipt)))
	s.root = widget.NewPanes(left, right, 0.64)
	return s
}

// Object is the page.
func (s *Share) Object() fyne.CanvasObject { return s.root }

func (s *Share) saveAll() { s.on.Save(s.model.Name+"."+s.model.Format.Extension(), s.model.Content) }

// Show shows the model.
func (s *Share) Show(m ShareModel) {
	s.model = m
	for f, b := range s.formats {
		b.SetChosen(f == m.Format)
	}
	enable(s.copy, !m.Busy)
	enable(s.save, !m.Busy)
	if m.Busy {
		s.code.SetText(text.T("share.working"))
	} else {
		s.code.SetText(m.Content)
	}
	s.receipt.RemoveAll()
	for _, line := range m.Receipt {
		s.receipt.Add(widget.Prose(line))
	}
	s.root.Refresh()
}
