package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/connector"
	"signbench/flows/oauth"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// benchParsed is what enterprise SSO takes from the discovery document, as Logto's
// console shows it.
type benchParsed struct {
	shown  *oauth.Metadata
	fields *fyne.Container
	root   *fyne.Container
}

func newBenchParsed() *benchParsed {
	p := &benchParsed{fields: container.New(widget.VStack(theme.Grid))}
	p.root = container.New(widget.VStack(2*theme.Grid),
		widget.Section(text.T("bench.parsed")), widget.MutedProse(text.T("bench.parsed.hint")), p.fields)
	p.root.Hidden = true
	return p
}

func (p *benchParsed) show(run *state.Run) {
	var doc *oauth.Metadata
	if run != nil && run.Benched != nil && run.Benched.Kind == connector.SSO {
		doc = run.Metadata
	}
	p.root.Hidden = doc == nil
	if doc == nil || doc == p.shown {
		return
	}
	p.shown = doc
	p.fields.RemoveAll()
	for _, member := range parsedMembers(*doc) {
		p.fields.Add(widget.NewField(member[0], widget.MonoProse(member[1]).SetLimit(4)))
	}
}

// parsedMembers are the members that Logto's schema keeps, with its names for them.
func parsedMembers(doc oauth.Metadata) [][2]string {
	var out [][2]string
	for _, member := range [][2]string{
		{"authorizationEndpoint", doc.AuthorizationEndpoint},
		{"tokenEndpoint", doc.TokenEndpoint},
		{"userinfoEndpoint", doc.UserInfoEndpoint},
		{"jwksUri", doc.JWKSURI},
		{"issuer", doc.Issuer},
	} {
		if member[1] != "" {
			out = append(out, member)
		}
	}
	return out
}
