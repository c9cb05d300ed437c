package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/inspect"
	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// inspectExpect are the fields for what a token is compared with: each kind of token has
// its own.
type inspectExpect struct {
	issuer, audience, nonce, state, method, target *widget.FieldEntry
	token                                          *widget.SecretEntry // that a proof was sent with
	fields                                         map[fyne.CanvasObject]func(inspect.Document) bool
	root                                           *fyne.Container
}

func newInspectExpect(on InspectActions) *inspectExpect {
	e := &inspectExpect{fields: map[fyne.CanvasObject]func(inspect.Document) bool{}}
	for _, entry := range []**widget.FieldEntry{&e.issuer, &e.audience, &e.nonce, &e.state, &e.method, &e.target} {
		*entry = widget.NewFieldEntry(nil)
	}
	e.method.SetPlaceHolder("POST")
	e.target.SetPlaceHolder("https://")
	e.token = widget.NewSecretEntry(nil, text.T("action.copy"), text.T("action.copied"))
	e.token.OnCopy = func() { on.CopySecret(oauth.Secret(e.token.Text())) }

	proof := inspect.Document.BringsKey
	party := func(d inspect.Document) bool { return !proof(d) }
	nonced := func(d inspect.Document) bool { return d.Kind != inspect.JARM && d.Kind != inspect.ClientAssertion }
	response := func(d inspect.Document) bool { return d.Kind == inspect.JARM }
	e.root = container.New(widget.VStack(2 * theme.Grid))
	for _, f := range []struct {
		key    string
		object fyne.CanvasObject
		shown  func(inspect.Document) bool
	}{
		{"inspect.issuer", e.issuer, party},
		{"inspect.audience", e.audience, party},
		{"inspect.method", e.method, proof},
		{"inspect.target", e.target, proof},
		{"inspect.access_token", e.token, proof},
		{"inspect.state", e.state, response},
		{"inspect.nonce", e.nonce, nonced},
	} {
		field := widget.NewField(text.T(f.key), f.object)
		e.fields[field] = f.shown
		e.root.Add(field)
	}
	e.root.Add(widget.MutedProse(text.T("inspect.expect.hint")))
	return e
}

// entries are all that can be typed into.
func (e *inspectExpect) entries() []*widget.FieldEntry {
	return []*widget.FieldEntry{e.issuer, e.audience, e.nonce, e.state, e.method, e.target, e.token.Entry}
}

// arrange shows the fields that go with a document.
func (e *inspectExpect) arrange(d inspect.Document) {
	e.root.Hidden = d.Token.Claims == nil
	for field, shown := range e.fields {
		if shown(d) {
			field.Show()
		} else {
			field.Hide()
		}
	}
}

// show begins with what the profile says, and with nothing of an earlier token.
func (e *inspectExpect) show(issuer, audience string) {
	for _, entry := range e.entries() {
		entry.SetText("")
	}
	e.issuer.SetText(issuer)
	e.audience.SetText(audience)
}

// request is what a token is to be compared with.
func (e *inspectExpect) request() InspectRequest {
	return InspectRequest{
		Issuer: e.issuer.Text, Audience: e.audience.Text, Nonce: oauth.Secret(e.nonce.Text), State: oauth.Secret(e.state.Text),
		Request: inspect.Request{Method: e.method.Text, URL: e.target.Text, AccessToken: oauth.Secret(e.token.Text())},
	}
}

// expected is what the profile says of the issuer and the audience of a token. An
// access token is for an API, and what the client itself signs is for the provider.
func expected(kind inspect.Kind, m InspectModel) (issuer, audience string) {
	switch kind {
	case inspect.DPoP:
		return "", ""
	case inspect.ClientAssertion:
		return m.ClientID, m.Issuer
	case inspect.AccessToken:
		return m.Issuer, ""
	}
	return m.Issuer, m.ClientID
}
