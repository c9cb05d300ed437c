package view

import (
	"errors"
	"strconv"

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

// KeySource says where the keys of a verification come from.
type KeySource string

// The sources.
const (
	KeysOfProfile KeySource = "profile" // what the provider of the profile publishes
	KeysAtURL     KeySource = "url"
	KeysPasted    KeySource = "pasted"
	KeysSecret    KeySource = "secret"
)

// InspectRequest asks for a verification. It lives as long as that takes.
type InspectRequest struct {
	Part     int
	Source   KeySource
	URL      string
	Text     oauth.Secret
	Secret   oauth.Secret
	Issuer   string
	Audience string
	Nonce    oauth.Secret
	State    oauth.Secret    // of an authorization response
	Request  inspect.Request // of a DPoP proof
	RSA15    bool            // open a JWE of RSA1_5 all the same
}

// maxKeyText bounds what is taken for keys, in bytes.
const maxKeyText = 1 << 20

// inspectVerify is the part of the page that verifies. What is typed or pasted here
// is kept nowhere and is gone when the page is cleared.
type inspectVerify struct {
	doc      inspect.Document
	text     oauth.Secret // the keys that were pasted
	ask      func(InspectRequest)
	root     *fyne.Container
	form     *fyne.Container
	none     *widget.ProseText
	source   *widget.SelectField
	choice   *widget.Field // around the source
	url      *widget.FieldEntry
	urlField *widget.Field
	keys     *widget.FieldEntry
	keyField *widget.Field
	secret   *widget.SecretEntry
	hidden   *widget.Field // around the secret
	expect   *inspectExpect
	button   *widget.Button
	verdict  *widget.VerdictBar
	checks   *widget.CheckList
}

func newInspectVerify(verify func(InspectRequest), on InspectActions) *inspectVerify {
	v := &inspectVerify{ask: verify, none: widget.MutedProse(text.T("inspect.verify.none")), verdict: widget.NewVerdictBar(), checks: newCheckList(on.Copy)}
	v.source = widget.NewSelectField([]widget.Option{
		{ID: string(KeysOfProfile), Label: text.T("inspect.source.profile")},
		{ID: string(KeysAtURL), Label: text.T("inspect.source.url")},
		{ID: string(KeysPasted), Label: text.T("inspect.source.pasted")},
		{ID: string(KeysSecret), Label: text.T("inspect.source.secret")},
	}, func(string) { v.arrange() })
	v.source.SetChosenID(string(KeysOfProfile))
	v.url = widget.NewFieldEntry(nil)
	v.url.SetPlaceHolder("https://")
	v.urlField = widget.NewField(text.T("inspect.url"), v.url).SetHint(text.T("inspect.url.hint"))
	v.keys = widget.NewFieldEntry(nil)
	v.keys.SetPlaceHolder(text.T("inspect.keys.hint"))
	v.keys.OnPaste = v.keysPasted
	v.keyField = widget.NewField(text.T("inspect.keys.field"), v.keys)
	v.secret = widget.NewSecretEntry(nil, text.T("action.copy"), text.T("action.copied"))
	v.secret.OnCopy = func() { on.CopySecret(oauth.Secret(v.secret.Text())) }
	v.hidden = widget.NewField(text.T("inspect.secret"), v.secret).SetHint(text.T("inspect.secret.hint"))
	v.expect = newInspectExpect(on)
	press := func() { verify(v.request()) }
	for _, e := range append([]*widget.FieldEntry{v.url, v.secret.Entry}, v.expect.entries()...) {
		e.OnEnter = press
	}
	v.button = widget.NewPrimary(text.T("inspect.verify"), press)
	v.choice = widget.NewField(text.T("inspect.source"), v.source)
	v.form = container.New(widget.VStack(3*theme.Grid), v.choice,
		v.urlField, v.keyField, v.hidden, v.expect.root, container.New(widget.HStack(0), v.button))
	v.root = container.New(widget.VStack(3*theme.Grid), widget.Section(text.T("inspect.verify.title")), v.none, v.verdict, v.form, v.checks)
	v.arrange()
	return v
}

// arrange shows the fields of the chosen source.
func (v *inspectVerify) arrange() {
	source := KeySource(v.source.ChosenID())
	if v.choice.Hidden = v.doc.BringsKey(); v.choice.Hidden {
		source = ""
	}
	v.urlField.Hidden, v.keyField.Hidden, v.hidden.Hidden = source != KeysAtURL, source != KeysPasted, source != KeysSecret
	v.expect.arrange(v.doc)
	can := v.doc.Signed() || v.doc.Encrypted()
	v.none.Hidden, v.form.Hidden = can, !can
	v.root.Refresh()
}

// show prepares the form for a document: what it may be expected to say.
func (v *inspectVerify) show(d inspect.Document, m InspectModel) {
	v.doc = d
	v.expect.show(expected(d.Kind, m))
	v.button.SetLabel(text.T("inspect.verify"))
	if d.Encrypted() {
		v.button.SetLabel(text.T("inspect.decrypt"))
		if s := KeySource(v.source.ChosenID()); s == KeysOfProfile || s == KeysAtURL {
			v.source.SetChosenID(string(KeysPasted)) // what is published decrypts nothing
		}
	}
	v.tellKeys()
	v.arrange()
}

// forget empties every field: secrets are not kept.
func (v *inspectVerify) forget() {
	v.doc, v.text = inspect.Document{}, ""
	for _, e := range append([]*widget.FieldEntry{v.url, v.keys, v.secret.Entry}, v.expect.entries()...) {
		e.SetText("")
	}
	v.tellKeys()
	v.result(nil, false)
	v.arrange()
}

func (v *inspectVerify) request() InspectRequest {
	r := v.expect.request()
	r.Source, r.URL = KeySource(v.source.ChosenID()), v.url.Text
	switch r.Source {
	case KeysPasted:
		if r.Text = v.text; r.Text.Empty() {
			r.Text = oauth.Secret(v.keys.Text)
		}
	case KeysSecret:
		r.Secret = oauth.Secret(v.secret.Text())
	}
	return r
}

// keysPasted takes keys out of the way of the entry, which is one line.
func (v *inspectVerify) keysPasted(s string) string {
	v.text = ""
	if len(s) > maxKeyText {
		v.keyField.SetMessage(widget.KindFail, text.T("inspect.keys.too_large"))
		return ""
	}
	v.text = oauth.Secret(s)
	v.keys.SetText("")
	v.tellKeys()
	return ""
}

// tellKeys says what the pasted keys are.
func (v *inspectVerify) tellKeys() {
	if v.text.Empty() {
		v.keyField.SetMessage(widget.KindNone, "")
		return
	}
	if v.doc.Encrypted() {
		v.tellOpener()
		return
	}
	set, err := inspect.ReadKeys(inspect.Keys{Text: v.text})
	switch {
	case err != nil:
		v.keyField.SetMessage(widget.KindFail, KeysProblem(err))
	default:
		usable := 0
		for _, k := range set.Keys {
			if k.Usable {
				usable++
			}
		}
		kind := widget.KindPass
		if usable == 0 {
			kind = widget.KindFail
		}
		v.keyField.SetMessage(kind, text.T("inspect.keys.read", text.Params{"Count": strconv.Itoa(len(set.Keys)), "Usable": strconv.Itoa(usable)}))
	}
}

// tellOpener says whether what was pasted can open an encrypted token.
func (v *inspectVerify) tellOpener() {
	if reason := jose.Opens([]byte(v.text.Reveal())); reason != "" {
		v.keyField.SetMessage(widget.KindFail, text.T("inspect.decrypt."+reason, text.Params{"Alg": v.doc.Token.Header.Alg, "Enc": v.doc.Token.Header.Enc}))
		return
	}
	v.keyField.SetMessage(widget.KindPass, text.T("inspect.keys.decrypts"))
}

// KeysProblem says why there are no keys.
func KeysProblem(err error) string {
	for known, key := range map[error]string{
		jose.ErrKeysUnknown: "inspect.keys.unknown", jose.ErrKeysPEM: "inspect.keys.pem", jose.ErrKeysPrivate: "inspect.keys.private",
		jose.ErrKeysSymmetric: "inspect.keys.symmetric", jose.ErrKeySetNotJSON: "inspect.keys.unknown", jose.ErrKeySetNoKeys: "inspect.keys.unknown",
		inspect.ErrNoKeys: "inspect.keys.none",
	} {
		if errors.Is(err, known) {
			return text.T(key)
		}
	}
	return text.T("inspect.keys.unreachable", text.Params{"Cause": err.Error()})
}

// result shows what a verification came to, in one sentence and as a list.
func (v *inspectVerify) result(r *InspectResult, busy bool) {
	enable(v.button, !busy)
	v.checks.Hidden = r == nil || len(r.Report) == 0
	switch {
	case busy:
		v.verdict.Set(widget.VerdictModel{Kind: widget.KindWorking, Title: text.T("inspect.working")})
	case r == nil:
		v.verdict.Set(widget.VerdictModel{})
	default:
		v.verdict.Set(widget.VerdictModel{
			Kind: verdictKinds[r.Verdict], Title: text.T("inspect.verdict." + string(r.Verdict)),
			Detail: firstOf(r.Cause, firstFailure(r.Report)), Actions: v.ways(r),
		})
		v.checks.Set(checkRows(r.Report))
	}
	v.root.Refresh()
}

// ways are the ways around what was refused.
func (v *inspectVerify) ways(r *InspectResult) []widget.Action {
	if !r.RSA15 {
		return nil
	}
	return []widget.Action{{Label: text.T("inspect.decrypt.all_the_same"), OnTap: func() {
		request := v.request()
		request.RSA15 = true
		v.ask(request)
	}}}
}

// firstFailure is the sentence about what failed first.
func firstFailure(report check.Report) string {
	for _, r := range report {
		if r.Verdict == check.Fail {
			return ResultText(r)
		}
	}
	return ""
}

var verdictKinds = map[inspect.Verdict]widget.Kind{
	inspect.Good: widget.KindPass, inspect.BadClaims: widget.KindFail, inspect.BadSigned: widget.KindFail,
	inspect.NotSigned: widget.KindWarn, inspect.Undecrypted: widget.KindFail,
}
