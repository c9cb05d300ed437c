package view

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/check"
	"signbench/flows/inspect"
	"signbench/flows/jose"
	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// InspectActions are what the Inspect page reports.
type InspectActions struct {
	Read       func(text string)
	Paste      func() // read the clipboard
	Open       func() // ask for a file
	Example    func()
	Clear      func()
	Verify     func(InspectRequest)
	Copy       func(value string)
	CopySecret func(value oauth.Secret)
}

// InspectModel is what the Inspect page shows.
type InspectModel struct {
	Shown    *Inspected // nil: nothing was pasted
	Issuer   string     // of the profile, for the expectations
	ClientID string
	Busy     bool
	Result   *InspectResult // of the last verification; nil: there was none
	Now      time.Time
}

// InspectResult is what a verification came to.
type InspectResult struct {
	Part    int
	Verdict inspect.Verdict
	Report  check.Report
	Cause   string // why there were no keys, or why a JWE stays closed
	RSA15   bool   // it stays closed because of RSA1_5, which can be opened on demand
}

// visibleClaims is how many rows a table of claims that scrolls by itself shows.
const visibleClaims = 12

// Inspect is the page where any token or document is taken apart and verified.
// What is pasted is shown in tables and never in an entry: a long line freezes one.
type Inspect struct {
	on     InspectActions
	model  InspectModel
	filled *Inspected
	part   int
	told   *InspectResult // the result that was brought into sight

	entry   *widget.FieldEntry
	clear   *widget.Button
	empty   *widget.EmptyPage
	chooser *fyne.Container
	body    *fyne.Container
	verify  *inspectVerify
	page    *widget.Columns
	root    *fyne.Container
	token   *tokenPart
	badge   *widget.Badge // how far the document may be believed
}

// NewInspect makes the page.
func NewInspect(on InspectActions) *Inspect {
	p := &Inspect{on: on}
	p.entry = widget.NewFieldEntry(nil).Words() // it is emptied at once: what is read here is the hint
	p.entry.SetPlaceHolder(text.T("inspect.paste.hint"))
	p.entry.OnPaste = p.pasted
	p.entry.OnEnter = func() { p.pasted(p.entry.Text) }
	p.clear = widget.NewButton(text.T("inspect.clear"), on.Clear)
	row := container.New(widget.Row(p.entry), p.entry,
		widget.NewButton(text.T("inspect.paste"), on.Paste), widget.NewButton(text.T("inspect.open"), on.Open), p.clear)

	p.empty = widget.NewEmptyPage(text.T("inspect.empty.title"), text.T("inspect.empty.detail"), text.T("inspect.example"), on.Example)
	p.chooser = container.New(widget.Flow(theme.Grid))
	p.body = container.New(widget.VStack(theme.SectionGap))
	p.verify = newInspectVerify(func(r InspectRequest) { r.Part = p.part; on.Verify(r) }, on)
	left := container.New(widget.VStack(theme.SectionGap), p.chooser, p.body)
	p.page = widget.TwoColumns(left, p.verify.root, 0.6)
	p.root = container.NewBorder(widget.HeadMargins(row), nil, nil, nil, container.NewStack(p.empty, p.page))
	return p
}

// Object is the page.
func (p *Inspect) Object() fyne.CanvasObject { return p.root }

// Focus puts the focus where to paste.
func (p *Inspect) Focus(c fyne.Canvas) { c.Focus(p.entry) }

// pasted hands over what was pasted, or typed, and leaves the entry empty.
func (p *Inspect) pasted(s string) string {
	if s != "" {
		p.on.Read(s)
	}
	p.entry.SetText("")
	return ""
}

// Show shows the model. The page is filled anew only when the text is another.
func (p *Inspect) Show(m InspectModel) {
	p.model = m
	p.empty.Hidden, p.page.Hidden = m.Shown != nil, m.Shown == nil
	enable(p.clear, m.Shown != nil)
	if m.Shown == nil {
		p.filled = nil
		p.verify.forget()
		p.root.Refresh()
		return
	}
	if p.filled != m.Shown {
		grown := p.filled != nil && m.Result != nil && p.filled.Len() < m.Shown.Len()
		p.filled = m.Shown
		if p.part = first(m.Shown); grown {
			p.part = m.Result.Part // what was just decrypted
		}
		p.choose(p.part)
	}
	p.showResult()
	p.root.Refresh()
	if r := p.resultHere(); r != nil && r != p.told {
		p.told = r
		p.page.ScrollTo(p.verify.root)
	}
}

// showResult says what came out, beside the document too.
func (p *Inspect) showResult() {
	r := p.resultHere()
	p.verify.result(r, p.model.Busy)
	p.badge.Hidden = !p.verify.doc.Signed()
	switch {
	case r == nil:
		p.badge.Set(widget.KindWarn, text.T("tokens.trust.decoded"))
	case r.Verdict == inspect.Good:
		p.badge.Set(widget.KindPass, text.T("tokens.trust.verified"))
	default:
		p.badge.Set(widget.KindFail, text.T("tokens.trust.rejected"))
	}
}

// resultHere is the result, when it is about the chosen document.
func (p *Inspect) resultHere() *InspectResult {
	if p.model.Result == nil || p.model.Result.Part != p.part {
		return nil
	}
	return p.model.Result
}

// first is the document to begin with: the first that can be verified.
func first(shown *Inspected) int {
	i := slices.IndexFunc(shown.parts, func(p inspectedPart) bool { return p.doc.Signed() })
	return max(0, i)
}

func (p *Inspect) choose(part int) {
	p.part = part
	p.chooser.RemoveAll()
	for i, each := range p.filled.parts {
		button := widget.NewButton(partName(each.doc), func() { p.choose(i) })
		button.SetChosen(i == part)
		p.chooser.Add(button)
	}
	p.chooser.Hidden = len(p.filled.parts) < 2
	shown := p.filled.parts[part]
	p.fill(shown)
	p.verify.show(shown.doc, p.model)
	p.showResult()
	p.page.ScrollToTop()
	p.root.Refresh()
}

// fill shows one document.
func (p *Inspect) fill(part inspectedPart) {
	p.body.RemoveAll()
	p.token = nil
	d := part.doc
	p.badge = widget.NewBadge(widget.KindNone, "")
	copyAll := widget.NewCopyButton(text.T("action.copy"), text.T("action.copied"), func() { p.on.CopySecret(d.Text) })
	about := container.New(widget.VStack(2*theme.Grid), headRow(text.T("inspect.kind."+string(d.Kind)), p.badge, copyAll),
		widget.Prose(text.T("inspect.about."+string(d.Kind))))
	if d.Title != "" {
		about.Add(widget.Prose(d.Title).SetLimit(3))
	}
	if d.Words != "" {
		about.Add(widget.MutedProse(d.Words).SetLimit(40))
	}
	for _, f := range part.faults {
		about.Add(widget.Prose(f.title).SetColor(theme.ColorFail).SetLimit(3))
		about.Add(widget.Prose(f.words).SetLimit(8))
	}
	for _, words := range part.notes {
		about.Add(widget.MutedProse(words).SetLimit(6))
	}
	p.body.Add(about)
	if d.Token.Form != "" && d.Token.Form != jose.Opaque {
		p.fillToken(part)
	}
	if d.Kind == inspect.Opaque {
		p.fillOpaque(d.Text)
	}
	p.fillRows(part)
	if len(part.checks) > 0 {
		list := newCheckList(p.on.Copy)
		list.Set(part.checks)
		p.body.Add(container.New(widget.VStack(2*theme.Grid), widget.Section(text.T("tokens.checks")), list))
	}
}

func (p *Inspect) fillToken(part inspectedPart) {
	actions := TokensActions{Copy: p.on.Copy, CopySecret: p.on.CopySecret}
	p.token = newTokenPart(text.T("inspect.token"), actions, false)
	p.token.show(part.doc.Token, part.doc.Text, part.claims, p.model.Now)
	p.token.copy.Hidden = true
	p.token.badge.Hidden = true
	p.token.claims.SetVisibleRows(visibleClaims)
	header := widget.NewStaticTable(claimColumns(text.T("tokens.column.member"), false)...).Unfold(text.T("action.copy"))
	header.OnCopy = p.on.Copy
	header.SetRows(headerRows(part.doc.Token.Header))
	p.body.Add(p.token.root)
	p.body.Add(container.New(widget.VStack(2*theme.Grid), widget.Section(text.T("tokens.header")), header))
}

// shownText is how many bytes of an opaque text are laid out.
const shownText = 16 << 10

func (p *Inspect) fillOpaque(whole oauth.Secret) {
	shown := whole.Reveal()
	if len(shown) > shownText {
		shown = strings.ToValidUTF8(shown[:shownText], "") + "…"
	}
	raw := widget.NewTokenView(widget.TokenLabels{Expand: text.T("action.more"), Collapse: text.T("action.less")})
	raw.OnCopy = func(string) { p.on.CopySecret(whole) }
	raw.Set(widget.TokenModel{Segments: []widget.TokenSegment{{Text: shown, Role: widget.TokenOpaque}}})
	p.body.Add(raw)
}

func (p *Inspect) fillRows(part inspectedPart) {
	if len(part.rows) == 0 {
		return
	}
	title, columns := "inspect.members", claimColumns(text.T("tokens.column.member"), false)
	if part.keys {
		title = "inspect.keys"
		columns = []widget.Column{
			{Title: text.T("inspect.column.kid"), Width: widget.ColumnFit(150)},
			{Title: text.T("inspect.column.key"), Width: widget.ColumnFit(150)},
			{Title: text.T("inspect.column.state"), Width: widget.ColumnFlex(2, 110)},
			{Title: text.T("inspect.column.thumbprint"), Width: widget.ColumnFlex(2, 90)},
		}
	}
	table := widget.NewStaticTable(columns...).Unfold(text.T("action.copy"))
	table.OnCopy = p.on.Copy
	table.SetRows(part.rows)
	p.body.Add(container.New(widget.VStack(2*theme.Grid), widget.Section(text.T(title)), table))
}

// Tick moves the countdowns on.
func (p *Inspect) Tick(now time.Time) {
	if p.token != nil {
		p.token.tick(now)
	}
}
