package view

import (
	"slices"

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
	Admin  AdminActions
}

// ConnectorsModel is what the Connectors page shows: the tenant's connectors, one of
// the benches, or the administrator's credential.
type ConnectorsModel struct {
	Kind   connector.Kind
	Tenant TenantModel // of TenantTab
	Admin  AdminModel  // of AdminTab
	Bench  BenchModel  // of the others
}

// Connectors is the page of the tenant's connectors, of the benches and of the
// administrator's credential. Each tab is made when it is first shown.
type Connectors struct {
	on      ConnectorsActions
	shown   *connector.Kind // nil: nothing yet
	tabs    map[connector.Kind]*widget.Button
	benches map[connector.Kind]*Bench
	tenant  *Tenant
	admin   *Admin
	place   *fyne.Container
	root    fyne.CanvasObject
}

// NewConnectors makes the page.
func NewConnectors(on ConnectorsActions) *Connectors {
	c := &Connectors{on: on, tabs: map[connector.Kind]*widget.Button{}, benches: map[connector.Kind]*Bench{}, place: container.NewStack()}
	row := container.New(widget.Flow(theme.Grid))
	for _, kind := range slices.Concat([]connector.Kind{TenantTab}, connector.Kinds(), []connector.Kind{AdminTab}) {
		tab := widget.NewButton(tabLabel(kind), func() { on.Choose(kind) })
		c.tabs[kind] = tab
		row.Add(tab)
	}
	c.root = container.NewBorder(widget.HeadMargins(row), nil, nil, nil, c.place)
	return c
}

func tabLabel(kind connector.Kind) string {
	switch kind {
	case TenantTab:
		return text.T("connectors.tab")
	case AdminTab:
		return text.T("admin.title")
	}
	return text.T("connector.kind." + string(kind))
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
	switch m.Kind {
	case TenantTab:
		c.tenant.show(m.Tenant)
	case AdminTab:
		c.admin.show(m.Admin)
	default:
		c.benches[m.Kind].show(m.Bench)
	}
}

// tab is what stands below the row of tabs.
func (c *Connectors) tab(kind connector.Kind) fyne.CanvasObject {
	switch kind {
	case TenantTab:
		if c.tenant == nil {
			c.tenant = newTenant(c.on.Tenant)
		}
		return c.tenant.root
	case AdminTab:
		if c.admin == nil {
			c.admin = newAdmin(c.on.Admin)
		}
		return c.admin.root
	}
	if c.benches[kind] == nil {
		c.benches[kind] = newBench(kind, c.on.Bench)
	}
	return c.benches[kind].root
}
