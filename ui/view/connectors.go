package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/connector"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// ConnectorsActions are what the Connectors page reports.
type ConnectorsActions struct {
	Choose func(connector.Kind) // another bench
	Bench  BenchActions
}

// ConnectorsModel is what the Connectors page shows: one of the benches.
type ConnectorsModel struct {
	Kind  connector.Kind
	Bench BenchModel
}

// Connectors is the page of the connector benches. Each is made when it is first
// shown.
type Connectors struct {
	on      ConnectorsActions
	shown   connector.Kind
	tabs    map[connector.Kind]*widget.Button
	benches map[connector.Kind]*Bench
	place   *fyne.Container
	root    fyne.CanvasObject
}

// NewConnectors makes the page.
func NewConnectors(on ConnectorsActions) *Connectors {
	c := &Connectors{on: on, tabs: map[connector.Kind]*widget.Button{}, benches: map[connector.Kind]*Bench{}, place: container.NewStack()}
	row := container.New(widget.Flow(theme.Grid))
	for _, kind := range connector.Kinds() {
		tab := widget.NewButton(text.T("connector.kind."+string(kind)), func() { on.Choose(kind) })
		c.tabs[kind] = tab
		row.Add(tab)
	}
	c.root = container.NewBorder(widget.HeadMargins(row), nil, nil, nil, c.place)
	return c
}

// Object is the page.
func (c *Connectors) Object() fyne.CanvasObject { return c.root }

// Show shows the bench of the model.
func (c *Connectors) Show(m ConnectorsModel) {
	bench := c.benches[m.Kind]
	if bench == nil {
		bench = newBench(m.Kind, c.on.Bench)
		c.benches[m.Kind] = bench
	}
	if c.shown != m.Kind {
		c.shown = m.Kind
		for kind, tab := range c.tabs {
			tab.SetChosen(kind == m.Kind)
		}
		c.place.RemoveAll()
		c.place.Add(bench.root)
	}
	bench.show(m.Bench)
}
