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

// tokenPart is one token: what it is, its raw text, its claims.
type tokenPart struct {
	badge   *widget.Badge
	words   *widget.ProseText
	raw     *widget.TokenView
	claims  *widget.Table
	copy    *widget.CopyButton
	inspect *widget.Button
	root    *fyne.Container

	rows  []claimRow
	whole oauth.Secret

	inspectable bool
}

func newTokenPart(title string, on TokensActions, checked bool) *tokenPart {
	p := &tokenPart{badge: widget.NewBadge(widget.KindNone, ""), words: widget.MutedProse("")}
	p.copy = widget.NewCopyButton(text.T("action.copy"), text.T("action.copied"), func() { on.CopySecret(p.whole) })
	p.inspect = widget.NewQuiet(text.T("nav.inspect"), func() { on.Inspect(p.whole) }).SetCompact(true)
	p.inspectable = on.Inspect != nil
	p.raw = widget.NewTokenView(widget.TokenLabels{Expand: text.T("action.more"), Collapse: text.T("action.less")})
	p.raw.OnCopy = func(string) { on.CopySecret(p.whole) }
	p.claims = widget.NewStaticTable(claimColumns(text.T("tokens.column.claim"), checked)...).Unfold(text.T("action.copy"))
	p.claims.OnCopy = on.Copy
	p.words.Hide()
	p.root = container.New(widget.VStack(2*theme.Grid), headRow(title, p.badge, container.New(widget.HStack(theme.Grid), p.inspect, p.copy)), p.words, p.raw, p.claims)
	return p
}

// headRow is a title with what stands behind it, or below where there is no room, and
// a button at the right end.
func headRow(title string, behind, right fyne.CanvasObject) fyne.CanvasObject {
	left := container.New(widget.Flow(2*theme.Grid), widget.Section(title), behind)
	return container.NewBorder(nil, nil, nil, container.New(widget.HStack(0), right), left)
}

func (p *tokenPart) show(t jose.Token, whole oauth.Secret, rows []claimRow, now time.Time) {
	p.rows, p.whole = rows, whole
	p.raw.Set(tokenModel(t))
	p.raw.Hidden = whole.Empty()
	p.copy.Hidden = whole.Empty()
	p.inspect.Hidden = whole.Empty() || !p.inspectable
	cells := make([][]widget.Cell, len(rows))
	for i, r := range rows {
		cells[i] = r.cells(now)
	}
	p.claims.SetRows(cells)
	p.claims.Hidden = len(rows) == 0
	p.root.Refresh()
}

func (p *tokenPart) describe(kind widget.Kind, badge, words string) {
	p.badge.Set(kind, badge)
	p.words.Set(words)
	p.words.Show()
}

const meaningColumn = 2

func (p *tokenPart) tick(now time.Time) {
	for i, r := range p.rows {
		if !r.When.IsZero() {
			p.claims.SetCell(i, meaningColumn, r.meaning(now))
		}
	}
}

var roles = map[string]widget.TokenRole{
	"header": widget.TokenHeader, "payload": widget.TokenPayload, "signature": widget.TokenSignature,
	"encrypted_key": widget.TokenEncryptedKey, "iv": widget.TokenIV, "ciphertext": widget.TokenCiphertext,
	"tag": widget.TokenTag, "opaque": widget.TokenOpaque,
}

func tokenModel(t jose.Token) widget.TokenModel {
	var m widget.TokenModel
	for _, s := range t.Segments {
		m.Segments = append(m.Segments, widget.TokenSegment{Text: s.Text, Role: roles[s.Name]})
	}
	return m
}

// refreshPart is the refresh token. It is never on the screen, only in the
// clipboard, when asked for.
type refreshPart struct {
	badge  *widget.Badge
	words  *widget.ProseText
	button *widget.Button
	copy   *widget.CopyButton
	root   *fyne.Container
	token  oauth.Secret
}

func newRefreshPart(on TokensActions) *refreshPart {
	p := &refreshPart{badge: widget.NewBadge(widget.KindNone, ""), words: widget.MutedProse("")}
	p.copy = widget.NewCopyButton(text.T("action.copy"), text.T("action.copied"), func() { on.CopySecret(p.token) })
	p.button = widget.NewButton(text.T("action.refresh"), on.Refresh)
	p.root = container.New(widget.VStack(2*theme.Grid),
		headRow(text.T("tokens.refresh"), p.badge, p.copy), p.words, container.New(widget.HStack(2*theme.Grid), p.button))
	return p
}

func (p *refreshPart) show(m TokensModel) {
	p.token = m.Tokens.Set.RefreshToken
	none := p.token.Empty()
	p.copy.Hidden, p.badge.Hidden, p.button.Hidden = none, none || m.Tokens.Failed, none || m.Tokens.Failed
	if m.Busy {
		p.button.Disable()
	} else {
		p.button.Enable()
	}
	if none {
		p.words.Set(text.T("tokens.refresh.none"))
		return
	}
	key := "tokens.refresh.memory"
	if m.Kept {
		key = "tokens.refresh.kept"
	}
	p.badge.Set(widget.KindNone, text.T(key))
	p.words.Set(text.T("tokens.refresh.detail", text.Params{"Length": strconv.Itoa(p.token.Len())}))
}

// infoPart is the user info.
type infoPart struct {
	badge *widget.Badge
	words *widget.ProseText
	table *widget.Table
	copy  *widget.CopyButton
	root  *fyne.Container
	raw   string
}

func newInfoPart(on TokensActions) *infoPart {
	p := &infoPart{badge: widget.NewBadge(widget.KindNone, ""), words: widget.MutedProse(text.T("tokens.userinfo.none"))}
	p.copy = widget.NewCopyButton(text.T("action.copy"), text.T("action.copied"), func() { on.Copy(p.raw) })
	p.table = widget.NewStaticTable(
		widget.Column{Title: text.T("tokens.column.claim"), Width: widget.ColumnFit(170)},
		widget.Column{Title: text.T("tokens.column.value"), Width: widget.ColumnFlex(1, 120)},
	).Unfold(text.T("action.copy"))
	p.table.OnCopy = on.Copy
	p.root = container.New(widget.VStack(2*theme.Grid), headRow(text.T("tokens.userinfo"), p.badge, p.copy), p.words, p.table)
	return p
}

func (p *infoPart) show(info *oauth.UserInfo) {
	none := info == nil
	p.words.Hidden, p.table.Hidden, p.badge.Hidden, p.copy.Hidden = !none, none, none, none
	if none {
		return
	}
	p.raw = string(info.Claims)
	if info.Signed {
		p.badge.Set(widget.KindPass, text.T("tokens.userinfo.signed"))
	} else {
		p.badge.Set(widget.KindNone, text.T("tokens.userinfo.plain"))
	}
	o, _ := jose.ParseObject(info.Claims)
	var rows [][]widget.Cell
	for _, r := range claimRows(o, nil) {
		rows = append(rows, []widget.Cell{{Text: r.Name, Style: widget.CellMono}, {Text: r.Value, Style: widget.CellMono}})
	}
	p.table.SetRows(rows)
}

// checksPart lists the checks, one list for each thing that was checked.
type checksPart struct {
	on   TokensActions
	root *fyne.Container
}

func newChecksPart(on TokensActions) *checksPart {
	return &checksPart{on: on, root: container.New(widget.VStack(theme.SectionGap))}
}

// subjects is the order in which the lists stand: what a reader looks for first.
var subjects = []string{"id_token", "userinfo", "token_response", "authorization_response", "access_token", "discovery"}

func (p *checksPart) show(reports []state.Report) {
	p.root.RemoveAll()
	for _, subject := range subjects {
		for _, r := range reports {
			if r.Subject != subject || len(r.Results) == 0 {
				continue
			}
			list := newCheckList(p.on.Copy)
			list.Set(checkRows(r.Results))
			p.root.Add(container.New(widget.VStack(2*theme.Grid),
				container.New(widget.HStack(2*theme.Grid), widget.Section(text.T("tokens.checks")+" · "+text.T("subject."+subject)), widget.Muted(countWords(r.Results))),
				list))
		}
	}
}

func newCheckList(onCopy func(string)) *widget.CheckList {
	list := widget.NewCheckList(widget.CheckLabels{
		Found: text.T("tokens.check.found"), Expected: text.T("tokens.check.expected"),
		Clause: text.T("tokens.check.clause"), Sentence: text.T("tokens.check.name"), Copy: text.T("action.copy"),
	})
	list.OnCopy = onCopy
	return list
}
