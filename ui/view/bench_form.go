package view

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// benchForm is the configuration of a connector as fields, made from the members
// that Logto's schema knows.
type benchForm struct {
	bench  *Bench
	fields map[string]*benchField // by path
	items  int                    // of the list of objects, as they are shown
	list   *fyne.Container
	more   *fyne.Container
	toggle *widget.Button
	about  *widget.ProseText // what is wrong with the whole
	fill   *benchFill
	root   *fyne.Container

	connectorID, redirectURI, domains *widget.FieldEntry
	domainField                       *widget.Field
	addresses                         map[string]*widget.FieldEntry
}

// benchField is one member as a field.
type benchField struct {
	member connector.Member
	field  *widget.Field
	set    func(connector.Config)
}

func newBenchForm(b *Bench) *benchForm {
	f := &benchForm{bench: b, fields: map[string]*benchField{}, addresses: map[string]*widget.FieldEntry{}, about: widget.Prose(""), fill: newBenchFill(b.on)}
	f.list = container.New(widget.VStack(theme.SectionGap - theme.Grid))
	f.more = container.New(widget.VStack(theme.SectionGap - theme.Grid))
	f.more.Hidden = true
	f.toggle = widget.NewQuiet(text.T("bench.more"), f.unfold)
	f.root = container.New(widget.VStack(theme.SectionGap-theme.Grid), widget.Section(text.T("bench.config")), f.about)
	for _, m := range connector.Members(b.kind) {
		if strings.Contains(m.Path, "[]") {
			continue // shown once for each object of the list
		}
		box := f.root
		if m.Advanced {
			box = f.more
		}
		switch m.Type {
		case connector.Object:
			box.Add(f.section(m))
		case connector.Objects:
			box.Add(f.section(m))
			box.Add(f.list)
			box.Add(container.New(widget.HStack(0), widget.NewButton(text.T("bench.add"), func() {
				f.change(func(c connector.Config) connector.Config { return c.Append(m.Path) })
			})))
		default:
			box.Add(f.add(m, m.Path))
		}
		if m.Path == issuerPath {
			box.Add(f.fill.root)
		}
	}
	f.addPlaces()
	f.root.Add(container.New(widget.HStack(0), f.toggle))
	f.root.Add(f.more)
	return f
}

// addPlaces adds what stands beside the configuration: where the connector is, and
// where the upstream is.
func (f *benchForm) addPlaces() {
	entry := func(set func(*connector.Setup, string)) *widget.FieldEntry {
		return widget.NewFieldEntry(func(v string) { f.bench.change(func(s *connector.Setup) { set(s, strings.TrimSpace(v)) }) })
	}
	f.connectorID = entry(func(s *connector.Setup, v string) { s.ConnectorID = v })
	f.redirectURI = entry(func(s *connector.Setup, v string) { s.RedirectURI = v })
	f.domains = entry(func(s *connector.Setup, v string) { s.Domains = strings.Fields(strings.ReplaceAll(v, ",", " ")) })
	if f.bench.kind == connector.SSO {
		f.domainField = widget.NewField(text.T("bench.domains"), f.domains).SetHint(text.T("bench.domains.hint"))
		f.root.Add(f.domainField)
	}
	if f.bench.kind != connector.Twilio {
		f.root.Add(widget.NewField(text.T("bench.connector_id"), f.connectorID).SetHint(text.T("bench.connector_id.hint")))
		f.root.Add(widget.NewField(text.T("bench.redirect_uri"), f.redirectURI).SetHint(text.T("bench.redirect_uri.hint")))
	}
	for _, a := range connector.Addresses(f.bench.kind) {
		e := entry(func(s *connector.Setup, v string) {
			addresses := map[string]string{}
			for name, address := range s.Addresses {
				addresses[name] = address
			}
			if addresses[a.Name] = v; v == "" {
				delete(addresses, a.Name)
			}
			s.Addresses = addresses
		})
		e.SetPlaceHolder(a.Default)
		f.addresses[a.Name] = e
		f.more.Add(widget.NewField(text.T("connector.address."+a.Name), e))
	}
}

func (f *benchForm) label(m connector.Member) string {
	return text.T("connector.label." + string(f.bench.kind) + "." + m.Path)
}

// section is the heading over the members of an object, with what it means.
func (f *benchForm) section(m connector.Member) fyne.CanvasObject {
	return container.New(widget.VStack(theme.Grid), widget.Section(f.label(m)), widget.MutedProse(f.hint(m)))
}

// hint is what a member means, of which type it is in Logto's JSON, and what Logto
// takes when it is absent.
func (f *benchForm) hint(m connector.Member) string {
	words := text.T("connector.member." + string(f.bench.kind) + "." + m.Path)
	params := text.Params{"Type": string(m.Type), "Value": strings.Trim(m.Default, `"`)}
	if m.Default == "" {
		return words + " " + text.T("bench.type", params)
	}
	return words + " " + text.T("bench.type.default", params)
}

func (f *benchForm) change(set func(connector.Config) connector.Config) {
	f.bench.change(func(s *connector.Setup) { s.Config = set(s.Config) })
}

// add makes the field of the member that stands at the path.
func (f *benchForm) add(m connector.Member, path string) fyne.CanvasObject {
	typed := func(v string) { f.change(func(c connector.Config) connector.Config { return c.Set(path, v) }) }
	label := f.label(m)
	if m.Required {
		label = text.T("bench.required", text.Params{"Name": label})
	}
	field := &benchField{member: m}
	f.fields[path] = field
	switch {
	case m.Secret:
		entry := widget.NewSecretEntry(func(v string) {
			f.change(func(c connector.Config) connector.Config { return c.SetSecret(path, oauth.Secret(v)) })
		}, text.T("action.copy"), text.T("action.copied"))
		entry.OnCopy = func() { f.bench.on.CopySecret(oauth.Secret(entry.Text())) }
		field.set = func(c connector.Config) { entry.SetText(c.Secret(path).Reveal()) }
		field.field = widget.NewField(label, entry)
	case len(m.Enum) > 0:
		options := []widget.Option{{ID: "", Label: text.T("bench.default", text.Params{"Value": strings.Trim(m.Default, `"`)})}}
		for _, v := range m.Enum {
			options = append(options, widget.Option{ID: v, Label: v})
		}
		choice := widget.NewSelectField(options, typed)
		field.set = func(c connector.Config) { choice.SetChosenID(c.Text(path)) }
		field.field = widget.NewField(label, choice)
	case m.Type == connector.Boolean:
		check := widget.NewCheckField(label, func(on bool) { typed(strconv.FormatBool(on)) })
		field.set = func(c connector.Config) { check.SetOn(c.Bool(path)) }
		field.field = widget.NewField("", check)
	default:
		entry := widget.NewFieldEntry(typed)
		if len(m.Suggest) > 0 {
			entry.SetPlaceHolder(strings.Join(m.Suggest[:min(3, len(m.Suggest))], ", "))
		}
		field.set = func(c connector.Config) { entry.SetText(c.Text(path)) }
		field.field = widget.NewField(label, entry)
	}
	field.field.SetHint(f.hint(m))
	return field.field
}

func (f *benchForm) unfold() {
	f.more.Hidden = !f.more.Hidden
	label := "bench.more"
	if !f.more.Hidden {
		label = "bench.less"
	}
	f.toggle.SetLabel(text.T(label))
	f.bench.root.Refresh()
}

func (f *benchForm) show(m BenchModel) {
	f.shape(m.Setup.Config)
	f.fill.show(m)
	for _, field := range f.fields {
		field.set(m.Setup.Config)
	}
	f.connectorID.SetText(m.Setup.ConnectorID)
	f.redirectURI.SetText(m.Setup.RedirectURI)
	if strings.Join(m.Setup.Domains, " ") != strings.Join(strings.Fields(strings.ReplaceAll(f.domains.Text, ",", " ")), " ") {
		f.domains.SetText(strings.Join(m.Setup.Domains, " "))
	}
	for name, e := range f.addresses {
		e.SetText(m.Setup.Addresses[name])
	}
	f.messages(m)
}

// shape makes as many groups of fields as the list has objects.
func (f *benchForm) shape(c connector.Config) {
	var list connector.Member
	for _, m := range connector.Members(f.bench.kind) {
		if m.Type == connector.Objects {
			list = m
		}
	}
	if list.Path == "" || c.Len(list.Path) == f.items {
		return
	}
	f.items = c.Len(list.Path)
	f.list.RemoveAll()
	for path := range f.fields {
		if strings.HasPrefix(path, list.Path+"[") {
			delete(f.fields, path)
		}
	}
	for i := range f.items {
		at := list.Path + "[" + strconv.Itoa(i) + "]"
		group := container.New(widget.VStack(2 * theme.Grid))
		for _, m := range connector.Members(f.bench.kind) {
			if name, ok := strings.CutPrefix(m.Path, list.Path+"[]."); ok {
				group.Add(f.add(m, at+"."+name))
			}
		}
		group.Add(container.New(widget.HStack(0), widget.NewQuiet(text.T("bench.remove"), func() {
			f.change(func(c connector.Config) connector.Config { return c.Unset(at) })
		})))
		f.list.Add(widget.NewCard("", group))
	}
}

// messages puts each finding beside its field, and those of no field above.
func (f *benchForm) messages(m BenchModel) {
	said := map[string][]connector.Finding{}
	var about []string
	for _, finding := range m.Findings {
		if f.fields[finding.Path] == nil && !(finding.Path == connector.DomainsPath && f.domainField != nil) {
			about = append(about, text.Finding(finding.Code, finding.Params))
			continue
		}
		said[finding.Path] = append(said[finding.Path], finding)
	}
	for path, field := range f.fields {
		if field.member.Secret {
			field.field.SetHint(f.hint(field.member) + " " + secretsPlace(m) + ".")
		}
		f.message(field.field, said[path])
	}
	if f.domainField != nil {
		f.message(f.domainField, said[connector.DomainsPath])
	}
	f.about.Set(strings.Join(about, "\n"))
	f.about.Hidden = len(about) == 0
}

func (f *benchForm) message(field *widget.Field, found []connector.Finding) {
	kind, words := widget.KindNone, ""
	if len(found) > 0 {
		worst := max(0, slices.IndexFunc(found, func(x connector.Finding) bool { return x.Severity == fault.Error }))
		kind, words = findingKind(found[worst]), text.Finding(found[worst].Code, found[worst].Params)
	}
	field.SetMessage(kind, words)
}

func findingKind(f connector.Finding) widget.Kind {
	if f.Severity == fault.Error {
		return widget.KindFail
	}
	return widget.KindWarn
}
