package view

import (
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// beside is the right column: what has to be registered, what was checked, and
// what will be sent.
func (s *Setup) beside() fyne.CanvasObject {
	s.register = widget.NewRegisterBox(text.T("action.copy"), text.T("action.copied"))
	s.register.OnCopy = s.on.Copy
	s.exact = widget.MutedProse("")
	s.request = widget.NewStaticTable(
		widget.Column{Title: text.T("setup.request.parameter"), Width: widget.ColumnFit(180)},
		widget.Column{Title: text.T("tokens.column.value"), Width: widget.ColumnFlex(1, 120)},
	).Unfold(text.T("action.copy"))
	s.request.OnCopy = s.on.Copy
	s.checks = newCheckList(s.on.Copy)
	s.checks.SetFailingFirst(true)
	s.checks.Hide()
	s.plan = newProbePlan(s.on.Copy, func() { s.root.Refresh() })
	return container.New(widget.VStack(theme.SectionGap),
		container.New(widget.VStack(2*theme.Grid),
			widget.Section(text.T("setup.register")), s.register, s.exact),
		container.New(widget.VStack(2*theme.Grid), widget.Section(text.T("plan.title")), s.checks, s.plan.root),
		container.New(widget.VStack(2*theme.Grid),
			widget.Section(text.T("setup.request")), s.request),
	)
}

// Show shows what is known about the fields, and what follows from them.
func (s *Setup) Show(m SetupModel) {
	s.hints(m)
	s.messages(m)
	rows := []widget.RegisterRow{{Label: text.T("setup.register.redirect"), Value: m.Profile.Client.RedirectURI}}
	if uri := m.Profile.Client.PostLogoutRedirectURI; uri != "" {
		rows = append(rows, widget.RegisterRow{Label: text.T("setup.register.post_logout"), Value: uri})
	}
	s.register.SetRows(rows)
	key := "setup.register.exact"
	if m.Profile.Kind == oauth.KindDemo {
		key = "setup.register.demo"
	}
	s.exact.Set(text.T(key))
	s.request.SetRows(requestRows(m.Request))
	s.plan.show(m.Profile)
	if len(m.Probes) != s.probes {
		s.probes = len(m.Probes)
		s.checks.Set(probeChecks(m.Probes))
		s.checks.Hidden = s.probes == 0
		s.root.Refresh()
	}
}

// hints are what stands below a field while nothing is wrong with it.
func (s *Setup) hints(m SetupModel) {
	p := m.Profile
	switch {
	case !p.Kind.IsLogto():
		s.fields[oauth.FieldEndpoint].SetHint(text.T("setup.issuer.hint"))
	case p.Endpoint == "":
		s.fields[oauth.FieldEndpoint].SetHint(text.T("setup.endpoint.hint.empty"))
	default:
		s.fields[oauth.FieldEndpoint].SetHint(text.T("setup.endpoint.hint", text.Params{"Issuer": p.IssuerID()}))
	}
	key := "setup.secret." + string(m.Secret)
	if !p.Client.AuthMethod.NeedsSecret() {
		key = "setup.secret.unused"
	}
	s.fields[oauth.FieldSecret].SetHint(text.T(key, text.Params{"Backend": m.Backend}))
}

// messages stand beside the fields they are about: what is wrong first, then what
// was made of a pasted value.
func (s *Setup) messages(m SetupModel) {
	for name, field := range s.fields {
		kind, words := widget.KindNone, ""
		if notices := m.Notices[name]; len(notices) > 0 {
			kind, words = widget.KindInfo, noticeText(notices)
		}
		for _, e := range m.Errors {
			if formField(e.Field) != name || !m.Tried && unfilled(e) {
				continue
			}
			if e.Severity == oauth.SeverityError {
				kind, words = widget.KindFail, text.Field(e)
				break
			}
			if kind != widget.KindInfo {
				kind, words = widget.KindWarn, text.Field(e)
			}
		}
		field.SetMessage(kind, words)
	}
}

// unfilled reports whether the field is only not filled in yet: a new profile must
// not greet its user with errors.
func unfilled(e oauth.FieldError) bool {
	return e.Code == oauth.CodeEmpty || e.Code == oauth.CodeMissing
}

// formField is the field of the form in which a profile's field stands: endpoint
// and issuer share one.
func formField(f oauth.Field) oauth.Field {
	if f == oauth.FieldIssuer {
		return oauth.FieldEndpoint
	}
	return f
}

func noticeText(notices []oauth.Notice) string {
	var parts []string
	for _, n := range notices {
		parts = append(parts, text.T("notice."+n.Code, text.Params(n.Params)))
	}
	return strings.Join(parts, " ")
}

// requestRows lists the parameters of the authorization request in the order of
// the specifications, then the others by name.
func requestRows(params map[string][]string) [][]widget.Cell {
	order := []string{"response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge", "code_challenge_method"}
	rank := map[string]int{}
	for i, name := range order {
		rank[name] = i + 1
	}
	var names []string
	for name := range params {
		names = append(names, name)
	}
	names = append(names, "state", "nonce", "code_challenge")
	sort.Slice(names, func(i, j int) bool {
		a, b := rank[names[i]], rank[names[j]]
		if a == 0 {
			a = len(order) + 1
		}
		if b == 0 {
			b = len(order) + 1
		}
		if a != b {
			return a < b
		}
		return names[i] < names[j]
	})
	var rows [][]widget.Cell
	for _, name := range names {
		values, given := params[name]
		if !given {
			rows = append(rows, []widget.Cell{{Text: name, Style: widget.CellMono}, {Text: text.T("setup.request.random"), Style: widget.CellMuted}})
			continue
		}
		for _, v := range values {
			rows = append(rows, []widget.Cell{{Text: name, Style: widget.CellMono}, {Text: v, Style: widget.CellMono}})
		}
	}
	return rows
}
