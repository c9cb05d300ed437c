package view

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/jose"
	"signbench/flows/oauth"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// TokensActions are what the Tokens page reports.
type TokensActions struct {
	SignIn     func()
	Refresh    func()
	Inspect    func(value oauth.Secret) // opens the Inspect page; nil where that is not offered
	Copy       func(value string)       // of a claim: nothing secret
	CopySecret func(value oauth.Secret) // of a token
}

// TokensModel is what the Tokens page shows.
type TokensModel struct {
	Tokens state.Tokens
	Any    bool // there are tokens at all
	Kept   bool // the session is in the keychain
	Busy   bool // a run is under way
	Now    time.Time
}

// Tokens is the page of what came back.
type Tokens struct {
	on    TokensActions
	model TokensModel
	shown *state.Tokens // what the page was last filled with

	root   *fyne.Container
	empty  *widget.EmptyPage
	page   *widget.Columns
	notice *widget.ProseText

	id     *tokenPart
	header *widget.Table
	checks *checksPart

	access  *tokenPart
	refresh *refreshPart
	info    *infoPart
	side    *fyne.Container
}

// NewTokens makes the page.
func NewTokens(on TokensActions) *Tokens {
	t := &Tokens{on: on}
	t.empty = widget.NewEmptyPage(text.T("tokens.empty.title"), text.T("tokens.empty.detail"), text.T("action.sign_in"), on.SignIn)
	t.notice = widget.Prose("").SetColor(theme.ColorWarn)
	t.id = newTokenPart(text.T("tokens.id"), on, true)
	t.header = widget.NewStaticTable(claimColumns(text.T("tokens.column.member"), false)...).Unfold(text.T("action.copy"))
	t.header.OnCopy = on.Copy
	t.checks = newChecksPart(on)
	t.access = newTokenPart(text.T("tokens.access"), on, false)
	t.refresh = newRefreshPart(on)
	t.info = newInfoPart(on)
	t.side = container.New(widget.VStack(2 * theme.Grid))

	left := container.New(widget.VStack(theme.SectionGap), t.notice, t.id.root,
		container.New(widget.VStack(2*theme.Grid), widget.Section(text.T("tokens.header")), t.header))
	right := container.New(widget.VStack(theme.SectionGap+2*theme.Grid), t.access.root, t.refresh.root, t.info.root, t.side)
	t.page = widget.WideColumns(left, right, t.checks.root, 0.65)
	t.root = container.NewStack(t.empty, t.page)
	return t
}

// Object is the page.
func (t *Tokens) Object() fyne.CanvasObject { return t.root }

// Show shows the model. The page is filled anew only when the tokens are others.
func (t *Tokens) Show(m TokensModel) {
	t.model = m
	t.empty.Hidden, t.page.Hidden = m.Any, !m.Any
	if !m.Any {
		t.shown = nil
		t.root.Refresh()
		return
	}
	t.refresh.show(m)
	if t.shown != nil && sameTokens(*t.shown, m.Tokens) {
		t.Tick(m.Now)
		return
	}
	shown := m.Tokens
	t.shown = &shown
	t.fill(m)
	t.root.Refresh()
}

func sameTokens(a, b state.Tokens) bool {
	return a.Set == b.Set && a.Trust == b.Trust && a.Failed == b.Failed && len(a.Reports) == len(b.Reports) &&
		(a.UserInfo == nil) == (b.UserInfo == nil)
}

func (t *Tokens) fill(m TokensModel) {
	tokens := m.Tokens
	words := ""
	if tokens.Failed {
		words = text.T("tokens.failed")
	} else if len(tokens.SetAside) > 0 {
		words = text.T("set_aside.tokens", text.Params{"Rules": text.Allowances(tokens.SetAside)})
	}
	t.notice.Set(words)
	t.notice.Hidden = words == ""

	kind, badge := idBadge(tokens, m.Now)
	t.id.show(tokens.Decoded.ID, tokens.Set.IDToken, claimRows(tokens.Decoded.ID.Claims, tokens.Results("id_token")), m.Now)
	t.id.badge.Set(kind, badge)
	t.header.SetRows(headerRows(tokens.Decoded.ID.Header))
	t.checks.show(tokens.Reports)

	t.access.show(tokens.Decoded.Access, tokens.Set.AccessToken, claimRows(tokens.Decoded.Access.Claims, nil), m.Now)
	t.access.describe(accessWords(tokens))
	t.info.show(tokens.UserInfo)
	var info *jose.Object
	if tokens.UserInfo != nil {
		info, _ = jose.ParseObject(tokens.UserInfo.Claims)
	}
	t.compare(tokens.Decoded.ID.Claims, tokens.Decoded.Access.Claims, info)
}

// compare lays the claims side by side, in as many columns as there is something
// to read: an opaque access token has no claims to compare.
func (t *Tokens) compare(id, access, info *jose.Object) {
	t.side.RemoveAll()
	labels := widget.CompareLabels{
		Claim: text.T("tokens.column.claim"), Same: text.T("tokens.same"), Absent: text.T("tokens.absent"), DiffersSign: "≠",
	}
	var places []*jose.Object
	for _, place := range []struct {
		title  string
		object *jose.Object
	}{{"tokens.column.id", id}, {"tokens.column.access", access}, {"tokens.column.userinfo", info}} {
		if place.object != nil {
			labels.Places = append(labels.Places, text.T(place.title))
			places = append(places, place.object)
		}
	}
	if len(places) < 2 {
		return
	}
	table := widget.NewCompareTable(labels)
	table.Unfold(text.T("action.copy"))
	table.OnCopy = t.on.Copy
	table.SetRows(compareRows(places...))
	t.side.Add(widget.Section(text.T("tokens.side_by_side")))
	t.side.Add(table)
}

// Tick moves the countdowns on. It changes cells and nothing else.
func (t *Tokens) Tick(now time.Time) {
	if t.shown == nil {
		return
	}
	t.id.tick(now)
	t.access.tick(now)
}

// ScrollToTop shows the beginning of the page.
func (t *Tokens) ScrollToTop() { t.page.ScrollToTop() }

// idBadge says how far the ID token may be believed.
func idBadge(tokens state.Tokens, now time.Time) (widget.Kind, string) {
	alg := tokens.Decoded.ID.Header.Alg
	with := func(words string) string {
		if alg == "" {
			return words
		}
		return words + " · " + alg
	}
	switch tokens.Trust {
	case state.Verified:
		return widget.KindPass, with(text.T("tokens.trust.verified"))
	case state.VerifiedThen:
		return widget.KindPass, with(text.T("tokens.trust.verified_then", text.Params{"When": moment(tokens.Verified, now)}))
	case state.SetAside:
		return widget.KindFail, with(text.T("set_aside.trust"))
	case state.Rejected:
		return widget.KindFail, with(text.T("tokens.trust.rejected"))
	default:
		return widget.KindWarn, with(text.T("tokens.trust.decoded"))
	}
}

// accessWords says what an access token is good for.
func accessWords(tokens state.Tokens) (widget.Kind, string, string) {
	token := tokens.Decoded.Access
	switch {
	case tokens.Set.AccessToken.Empty():
		return widget.KindNone, text.T("tokens.opaque"), text.T("tokens.access.none")
	case token.Form == jose.JWT:
		audience, _ := token.Claims.Get("aud")
		return widget.KindWarn, text.T("tokens.trust.decoded"), text.T("tokens.access.jwt", text.Params{"Audience": plainValue(audience)})
	case token.Form == jose.JWE:
		return widget.KindNone, text.T("tokens.encrypted"), text.T("tokens.opaque.detail", text.Params{"Length": strconv.Itoa(tokens.Set.AccessToken.Len())})
	default:
		return widget.KindNone, text.T("tokens.opaque"), text.T("tokens.opaque.detail", text.Params{"Length": strconv.Itoa(tokens.Set.AccessToken.Len())})
	}
}

func headerRows(h jose.Header) [][]widget.Cell {
	if h.Object == nil {
		return nil
	}
	var rows [][]widget.Cell
	for _, m := range h.Object.Members {
		meaning, _ := text.Lookup("header." + m.Name)
		rows = append(rows, []widget.Cell{
			{Text: m.Name, Style: widget.CellMono}, {Text: plainValue(m.Raw), Style: widget.CellMono}, {Text: meaning},
		})
	}
	return rows
}

func claimColumns(title string, checked bool) []widget.Column {
	columns := []widget.Column{
		{Title: title, Width: widget.ColumnFit(150)},
		{Title: text.T("tokens.column.value"), Width: widget.ColumnFlex(2.8, 100)},
		{Title: text.T("tokens.column.meaning"), Width: widget.ColumnFlex(3.6, 110)},
	}
	if checked {
		columns = append(columns, widget.Column{Title: text.T("tokens.column.check"), Width: widget.ColumnFlex(3.1, 84)})
	}
	return columns
}

// ShowChecks brings the checks into sight.
func (t *Tokens) ShowChecks() { t.page.ScrollTo(t.checks.root) }
