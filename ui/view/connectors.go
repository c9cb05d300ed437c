package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/connector"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// TenantTab is the tab of the tenant's own connectors, beside those of the kinds of
// which there is a bench.
const TenantTab connector.Kind = ""

// ConnectorsActions are what the Connectors page reports.
type ConnectorsActions struct {
	Choose func(connector.Kind) // another tab
	Tenant TenantActions
	Bench  BenchActions
}

// ConnectorsModel is what the Connectors page shows: the tenant's connectors, or one
// of the benches.
type ConnectorsModel struct {
	Kind   connector.Kind
	Tenant TenantModel // of TenantTab
	Bench  BenchModel  // of the others
}

// Connectors is the page of the tenant's connectors and of the benches. Each tab is
// made when it is first shown.
type Connectors struct {
	on      ConnectorsActions
	shown   *connector.Kind // nil: nothing yet
	tabs    map[connector.Kind]*widget.Button
	benches map[connector.Kind]*Bench
	tenant  *Tenant
	place   *fyne.Container
	root    fyne.CanvasObject
}

// NewConnectors makes the page.
func NewConnectors(on ConnectorsActions) *Connectors {
	c := &Connectors{on: on, tabs: map[connector.Kind]*widget.Button{}, benches: map[connector.Kind]*Bench{}, place: container.NewStack()}
	row := container.New(widget.Flow(theme.Grid))
	for _, kind := range append([]connector.Kind{TenantTab}, connector.Kinds()...) {
		label := text.T("connectors.tab")
		if kind != TenantTab {
			label = text.T("connector.kind." + string(kind))
		}
		tab := widget.NewButton(label, func() { on.Choose(kind) })
		c.tabs[kind] = tab
		row.Add(tab)
	}
	c.root = container.NewBorder(widget.HeadMargins(row), nil, nil, nil, c.place)
	return c
}

// Object is the page.
func (c *Connectors) Object() fyne.CanvasObject { return c.root }

// Show shows the tab of the model.
func (c *Connectors) Show(m ConnectorsModel) {
	if c.shown == nil || *c.shown != m.Kind {
		c.shown = &m.Kind
		for kind, tab := range c.tabs {
			tab.SetChosen(kind == m.Kind)
		}
		c.place.RemoveAll()
		c.place.Add(c.tab(m.Kind))
	}
	if m.Kind == TenantTab {
		c.tenant.show(m.Tenant)
		return
	}
	c.benches[m.Kind].show(m.Bench)
}

// tab is what stands below the row of tabs.
func (c *Connectors) tab(kind connector.Kind) fyne.CanvasObject {
	if kind == TenantTab {
		if c.tenant == nil {
			c.tenant = newTenant(c.on.Tenant)
		}
		return c.tenant.root
	}
	if c.benches[kind] == nil {
		c.benches[kind] = newBench(kind, c.on.Bench)
	}
	return c.benches[kind].root
}
