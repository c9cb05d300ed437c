package view

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/connector/tenant"
	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// TenantAdmin is what an administrator's credential shows of a tenant.
type TenantAdmin struct {
	Ready      bool // there is a credential
	Asking     bool
	Read       bool // whether the connectors were
	Connectors []tenant.Held
	Said       Said // how reading them went
	Reasons    map[oauth.RunID]TenantReasons
}

// TenantReasons is what the audit log says of a run that failed.
type TenantReasons struct {
	Reasons []tenant.Reason // the latest first
	Said    Said            // why there are none
}

// signature tells whether anything changed of what stands below the results.
func (a TenantAdmin) signature(tried TenantTried, busy bool) string {
	parts := []string{strconv.FormatBool(a.Ready), strconv.FormatBool(a.Asking || busy)}
	for _, r := range tried.Results {
		found := a.Reasons[r.Run]
		parts = append(parts, found.Said.Words)
		for _, reason := range found.Reasons {
			parts = append(parts, reason.ID)
		}
	}
	return strings.Join(parts, "\n")
}

// tenantAdmin is an enterprise connector as the administrator sees it.
type tenantAdmin struct {
	root   *fyne.Container
	hint   *widget.ProseText
	read   *widget.Button
	setUp  *widget.Button
	fields *fyne.Container
	drawn  string
}

func newTenantAdmin(on TenantActions) *tenantAdmin {
	a := &tenantAdmin{hint: widget.MutedProse(""), fields: container.New(widget.VStack(theme.Grid))}
	a.read = widget.NewButton(text.T("admin.read"), on.AsAdministrator)
	a.setUp = widget.NewButton(text.T("admin.set_up"), on.SetUp)
	a.root = container.New(widget.VStack(2*theme.Grid),
		widget.Section(text.T("admin.sees")), a.hint, a.fields, container.New(widget.HStack(0), a.read, a.setUp))
	return a
}

func (a *tenantAdmin) show(c tenant.Connector, m TenantAdmin, busy bool) {
	a.root.Hidden = c.Sort != tenant.SSO
	a.read.Hidden, a.setUp.Hidden = !m.Ready, m.Ready
	a.read.SetLabel(text.T(map[bool]string{false: "admin.read", true: "connectors.read_again"}[m.Read]))
	enable(a.read, !busy && !m.Asking)
	i := slices.IndexFunc(m.Connectors, func(h tenant.Held) bool { return h.ID == c.ID })
	var held tenant.Held
	words := ""
	switch {
	case !m.Ready:
		words = text.T("admin.sees.without")
	case m.Said.Kind == widget.KindFail:
		words = m.Said.Words
	case !m.Read:
		words = text.T("admin.sees.unread")
	case i < 0:
		words = text.T("admin.sees.gone")
	default:
		held = m.Connectors[i]
	}
	a.hint.Set(words)
	a.hint.Hidden, a.fields.Hidden = words == "", words != ""
	if drawn := held.ID + strings.Join(held.Domains, " ") + string(held.Provider); drawn != a.drawn {
		a.drawn = drawn
		a.fill(held)
	}
}

// fill lists the domains, and what Logto discovers of the provider now.
func (a *tenantAdmin) fill(h tenant.Held) {
	a.fields.RemoveAll()
	add := func(name, value string) {
		a.fields.Add(widget.NewField(name, widget.MonoProse(value).SetLimit(4)))
	}
	add(text.T("bench.domains"), firstOf(strings.Join(h.Domains, "\n"), text.T("admin.no_domains")))
	provider := map[string]json.RawMessage{}
	if json.Unmarshal(h.Provider, &provider) != nil || len(provider) == 0 {
		a.fields.Add(widget.NewField(text.T("admin.provider"), widget.Prose(text.T("admin.undiscovered"))))
		return
	}
	for _, name := range slices.Sorted(maps.Keys(provider)) {
		var plain string
		if json.Unmarshal(provider[name], &plain) != nil {
			plain = string(provider[name])
		}
		add(name, plain)
	}
}

// reasonsBox is what the audit log says of a run, below its result.
func reasonsBox(r TenantReasons, now time.Time) fyne.CanvasObject {
	box := container.New(widget.VStack(theme.Grid))
	if r.Said.Words != "" {
		box.Add(widget.Prose(r.Said.Words))
	}
	for _, reason := range r.Reasons {
		box.Add(widget.NewField(text.T("connectors.result", text.Params{"What": reason.Key, "When": moment(reason.At, now)}), widget.MonoProse(reasonWords(reason)).SetLimit(8)))
	}
	return box
}

// reasonWords is the code, where there is one, and the text of an entry.
func reasonWords(r tenant.Reason) string {
	switch {
	case r.Code == "":
		return firstOf(r.Text, text.T("admin.why.silent"))
	case r.Text == "":
		return r.Code
	}
	return r.Code + ": " + r.Text
}
