package view

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// setupMore are the parameters that most sign-ins do without. They are folded away
// until one of them is used.
type setupMore struct {
	setup  *Setup
	toggle *widget.Button
	box    *fyne.Container

	resources *widget.FieldEntry
	prompt    *widget.FieldEntry
	loginHint *widget.FieldEntry
	acr       *widget.FieldEntry
	maxAge    *widget.FieldEntry
	mode      *widget.SelectField
	extra     *widget.MultiField
}

func newSetupMore(s *Setup) *setupMore {
	m := &setupMore{setup: s}
	m.toggle = widget.NewQuiet(text.T("setup.more"), func() { m.open(!m.box.Visible()) })
	m.resources = s.entry(oauth.FieldResources, func(p *oauth.Profile, v string) { p.Resources = oauth.ParseResources(v) })
	m.prompt = s.entry(oauth.FieldPrompt, func(p *oauth.Profile, v string) { p.Prompt = strings.TrimSpace(v) })
	m.loginHint = s.entry(fieldLoginHint, func(p *oauth.Profile, v string) { p.LoginHint = strings.TrimSpace(v) })
	m.acr = s.entry(fieldACR, func(p *oauth.Profile, v string) { p.ACRValues = strings.TrimSpace(v) })
	m.maxAge = widget.NewFieldEntry(m.maxAgeTyped)
	m.mode = widget.NewSelectField([]widget.Option{
		{ID: "", Label: text.T("setup.response_mode.default")},
		{ID: "query", Label: "query"},
		{ID: "form_post", Label: "form_post"},
		{ID: "fragment", Label: "fragment"},
	}, func(id string) { s.change(func(p *oauth.Profile) { p.ResponseMode = id }) })
	m.extra = widget.NewMultiField(m.extraTyped)
	m.box = container.New(widget.VStack(theme.SectionGap-theme.Grid),
		s.field(oauth.FieldResources, text.T("setup.resources"), m.resources).SetHint(text.T("setup.resources.hint")),
		s.field(oauth.FieldPrompt, text.T("setup.prompt"), m.prompt).SetHint(text.T("setup.prompt.hint")),
		s.field(fieldLoginHint, text.T("setup.login_hint"), m.loginHint),
		s.field(fieldACR, text.T("setup.acr_values"), m.acr),
		s.field(oauth.FieldMaxAge, text.T("setup.max_age"), m.maxAge),
		s.field(oauth.FieldResponseMode, text.T("setup.response_mode"), m.mode),
		s.field(oauth.FieldExtra, text.T("setup.extra"), m.extra).SetHint(text.T("setup.extra.hint")),
	)
	m.box.Hide()
	return m
}

// Fields that are never wrong.
const (
	fieldLoginHint oauth.Field = "login_hint"
	fieldACR       oauth.Field = "acr_values"
)

func (m *setupMore) open(on bool) {
	m.box.Hidden = !on
	m.toggle.SetLabel(text.T(map[bool]string{false: "setup.more", true: "setup.less"}[on]))
	if m.setup.root != nil {
		m.setup.root.Refresh()
	}
}

func (m *setupMore) load(p oauth.Profile) {
	m.resources.SetText(strings.Join(p.Resources, " "))
	m.prompt.SetText(p.Prompt)
	m.loginHint.SetText(p.LoginHint)
	m.acr.SetText(p.ACRValues)
	age := ""
	if p.MaxAge != nil {
		age = strconv.Itoa(*p.MaxAge)
	}
	m.maxAge.SetText(age)
	m.mode.SetChosenID(p.ResponseMode)
	m.extra.SetPairs(pairs(p.Extra))
}

func pairs(extra map[string]string) []widget.Pair {
	var out []widget.Pair
	for name, value := range extra {
		out = append(out, widget.Pair{Key: name, Value: value})
	}
	slices.SortFunc(out, func(a, b widget.Pair) int { return strings.Compare(a.Key, b.Key) })
	return out
}

// maxAgeTyped keeps what is not a number in the field, and says so there.
func (m *setupMore) maxAgeTyped(v string) {
	age, ok := number(v)
	if !ok {
		m.setup.fields[oauth.FieldMaxAge].SetMessage(widget.KindFail, text.T("setup.max_age.not_a_number"))
		return
	}
	m.setup.change(func(p *oauth.Profile) { p.MaxAge = age })
}

func (m *setupMore) extraTyped(typed []widget.Pair) {
	m.setup.change(func(p *oauth.Profile) {
		p.Extra = nil
		for _, pair := range typed {
			if p.Extra == nil {
				p.Extra = map[string]string{}
			}
			p.Extra[pair.Key] = pair.Value
		}
	})
}
