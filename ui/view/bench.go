package view

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/connector"
	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// BenchActions are what a connector bench reports.
type BenchActions struct {
	Changed    func(connector.Setup) // the set-up as it is now
	JSONTyped  func(string)
	PasteJSON  func()
	CopyJSON   func(secrets bool)
	Fill       func() // from the discovery document of the issuer
	Check      func()
	SignIn     func()
	Send       func(connector.Message)
	Copy       func(value string)
	CopySecret func(value oauth.Secret)
	There      ThereActions
}

// BenchModel is what a bench shows.
type BenchModel struct {
	Setup    connector.Setup
	Findings []connector.Finding
	Rows     []string              // IDs of the rows of a check, in the order in which they are shown
	Signs    bool                  // its connector signs users in
	Sends    bool                  // its connector sends messages
	JSON     string                // the configuration without its secrets, or what was typed in its place
	Problem  *connector.ParseError // why what was typed is no configuration
	Secrets  SecretPlace
	Backend  string     // what the platform's keychain is called
	Run      *state.Run // the last run on this bench; nil: none in this window
	Checked  *state.Run // the last check on it, which may be the same
	Busy     bool       // a run of the profile is going
	There    BenchThere
	Filling  bool // the discovery document is on its way
	Filled   Said // how filling in from it went
}

// Bench is one connector bench: the configuration as a form and as Logto's JSON,
// and what a check and a sign-in found.
type Bench struct {
	kind    connector.Kind
	on      BenchActions
	model   BenchModel
	loading bool // the fields are being filled in, not typed in

	form     *benchForm
	register *widget.RegisterBox
	replaced *widget.ProseText
	check    *widget.Button
	signIn   *widget.Button
	checks   *widget.CheckList
	parsed   *benchParsed
	result   *benchResult
	message  *benchMessage
	there    *benchThere
	json     *widget.CodeEntry
	problem  *widget.ProseText
	root     *widget.Columns
	drawn    drawnRows
}

// drawnRows tell whether the rows that are shown are still those of the model.
type drawnRows struct {
	checked, run oauth.RunID
	rows         int
}

func newBench(kind connector.Kind, on BenchActions) *Bench {
	b := &Bench{kind: kind, on: on}
	b.form = newBenchForm(b)
	b.register = widget.NewRegisterBox(text.T("action.copy"), text.T("action.copied"))
	b.register.OnCopy = on.Copy
	b.replaced = widget.Prose("")
	b.check = widget.NewPrimary(text.T("bench.check"), on.Check)
	b.signIn = widget.NewButton(text.T("bench.sign_in"), on.SignIn)
	b.checks = newCheckList(on.Copy)
	b.checks.SetFailingFirst(true)
	b.parsed, b.result, b.message, b.there = newBenchParsed(), newBenchResult(on), newBenchMessage(b, on), newBenchThere(kind, on)
	b.json = widget.NewCodeEntry(14, b.jsonTyped)
	b.json.OnTooLong = func(int) { on.PasteJSON() }
	b.problem = widget.Prose("")
	b.root = widget.TwoColumns(b.form.root, b.beside(), 0.46)
	return b
}

func (b *Bench) beside() fyne.CanvasObject {
	buttons := container.New(widget.HStack(2*theme.Grid), b.check, b.signIn)
	json := container.New(widget.VStack(2*theme.Grid),
		widget.Section(text.T("bench.json")), widget.MutedProse(text.T("bench.json.hint")), b.json, b.problem,
		container.New(widget.Flow(2*theme.Grid),
			widget.NewButton(text.T("bench.json.paste"), b.on.PasteJSON),
			widget.NewButton(text.T("bench.json.copy"), func() { b.on.CopyJSON(false) }),
			widget.NewQuiet(text.T("bench.json.copy_all"), func() { b.on.CopyJSON(true) })))
	return container.New(widget.VStack(theme.SectionGap),
		container.New(widget.VStack(2*theme.Grid), widget.Section(text.T("bench.try")), buttons, b.replaced),
		b.register,
		b.checks, b.parsed.root, b.result.root, b.there.root, b.message.root,
		json,
	)
}

func (b *Bench) jsonTyped(s string) {
	if !b.loading {
		b.on.JSONTyped(s)
	}
}

// change reports the set-up after a field was typed in.
func (b *Bench) change(set func(*connector.Setup)) {
	if b.loading {
		return
	}
	s := b.model.Setup
	set(&s)
	b.model.Setup = s
	b.on.Changed(s)
}

// show shows the model. Fields that have the focus keep what is typed in them.
func (b *Bench) show(m BenchModel) {
	b.loading = true
	defer func() { b.loading = false }()
	b.model = m
	b.form.show(m)
	b.json.SetText(m.JSON)
	b.problem.Set(parseWords(m.Problem))
	b.problem.Hidden = m.Problem == nil
	b.signIn.Hidden = !m.Signs
	b.message.show(m)
	b.there.show(m.There, m.Busy)
	enable(b.check, !m.Busy)
	enable(b.signIn, !m.Busy)
	b.showRegister(m.Setup)
	b.showReplaced(m.Setup)
	b.showRun(m)
	b.root.Refresh()
}

// showRegister lists what has to be registered upstream.
func (b *Bench) showRegister(s connector.Setup) {
	var rows []widget.RegisterRow
	for i, uri := range s.CallbackURIs() {
		key := "bench.callback"
		if i > 0 {
			key = "bench.callback.account"
		}
		rows = append(rows, widget.RegisterRow{Label: text.T(key), Value: uri})
	}
	if s.RedirectURI != "" && b.model.Signs {
		rows = append(rows, widget.RegisterRow{Label: text.T("bench.callback.here"), Value: s.RedirectURI})
	}
	b.register.SetRows(rows)
	b.register.Hidden = len(rows) == 0
}

// showReplaced says plainly which addresses are not the vendor's.
func (b *Bench) showReplaced(s connector.Setup) {
	var lines []string
	for _, a := range s.Replaced() {
		lines = append(lines, text.T("bench.replaced", text.Params{"Name": text.T("connector.address." + a.Name), "Address": a.Default}))
	}
	b.replaced.Set(strings.Join(lines, "\n"))
	b.replaced.Hidden = len(lines) == 0
}

func (b *Bench) showRun(m BenchModel) {
	var rows []probe.Row
	var now drawnRows
	if m.Checked != nil {
		rows, now.checked = m.Checked.Probes, m.Checked.ID
	}
	if m.Run != nil && m.Run != m.Checked {
		rows, now.run = slices.Concat(rows, m.Run.Probes), m.Run.ID
	}
	now.rows = len(rows)
	if now != b.drawn || m.Busy {
		b.drawn = now
		b.checks.Set(orderedChecks(rows, m.Rows))
	}
	b.checks.Hidden = len(rows) == 0
	b.parsed.show(m.Run)
	b.result.show(m.Run)
}

// parseWords says why and where a text is no configuration.
func parseWords(e *connector.ParseError) string {
	if e == nil {
		return ""
	}
	return text.T("connector.parse."+e.Code, text.Params(e.Params))
}

// secretsPlace says where the secrets of a bench are kept.
func secretsPlace(m BenchModel) string {
	return text.T("setup.secret."+string(m.Secrets), text.Params{"Backend": m.Backend})
}
