package view

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/connector"
	"signbench/flows/connector/twilio"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// benchMessage is where a test message is sent from, which nothing does but a press,
// and where what becomes of it is told. Above it stands what each template comes to.
type benchMessage struct {
	to        *widget.FieldEntry
	number    *widget.Field
	usage     *widget.SelectField
	send      *widget.Button
	logto     *widget.Button // lets the tenant send
	sent      *saidBox       // what became of that
	byLogto   *fyne.Container
	state     *widget.ProseText
	templates *fyne.Container
	sendable  bool   // by Logto, if the number is good
	told      string // the templates as they were told last
	root      *fyne.Container
}

func newBenchMessage(b *Bench, on BenchActions) *benchMessage {
	m := &benchMessage{state: widget.MonoProse("")}
	m.to = widget.NewFieldEntry(func(v string) {
		m.check()
		b.change(func(s *connector.Setup) { s.To = strings.TrimSpace(v) })
	})
	m.to.SetPlaceHolder("+")
	m.number = widget.NewField(text.T("bench.message.to"), m.to)
	var usages []widget.Option
	for _, u := range connector.UsageTypes() {
		usages = append(usages, widget.Option{ID: u, Label: u})
	}
	m.usage = widget.NewSelectField(usages, func(string) {})
	m.usage.SetChosenID(usages[0].ID)
	m.send = widget.NewButton(text.T("bench.message.send"), func() {
		on.Send(connector.Message{To: strings.TrimSpace(m.to.Text), UsageType: m.usage.ChosenID()})
	})
	m.logto = widget.NewButton(text.T("admin.send"), func() { on.There.Send(m.to.Text) })
	m.sent = newSaidBox()
	m.byLogto = container.New(widget.VStack(2*theme.Grid),
		widget.MutedProse(text.T("admin.send.hint")), container.New(widget.HStack(0), m.logto), m.sent.root)
	m.templates = container.New(widget.VStack(2 * theme.Grid))
	m.root = container.New(widget.VStack(2*theme.Grid),
		widget.Section(text.T("bench.templates")), m.templates,
		widget.Section(text.T("bench.message")), widget.MutedProse(text.T("bench.message.hint")),
		m.number, widget.NewField(text.T("bench.message.usage"), m.usage),
		container.New(widget.HStack(2*theme.Grid), m.send), m.state,
		m.byLogto)
	m.root.Hidden = true
	return m
}

// check says what is wrong with the number, beside it.
func (m *benchMessage) check() {
	kind, words := widget.KindNone, ""
	if typed := strings.TrimSpace(m.to.Text); typed != "" {
		if found := connector.ReadPhoneNumber(typed).Found; found != nil {
			kind, words = findingKind(*found), text.Finding(found.Code, found.Params)
		}
	}
	m.number.SetMessage(kind, words)
	enable(m.logto, m.sendable && kind != widget.KindFail && strings.TrimSpace(m.to.Text) != "")
}

func (m *benchMessage) show(b BenchModel) {
	m.root.Hidden = !b.Sends
	if !b.Sends {
		return
	}
	enable(m.send, !b.Busy)
	m.byLogto.Hidden = !b.There.Ready || b.There.Elsewhere
	m.sendable = !b.Busy && !b.There.Asking
	m.sent.set(b.There.Sent)
	m.to.SetText(b.Setup.To)
	m.check()
	m.tellTemplates(b.Setup.Config)
	words := ""
	if b.Run != nil && b.Run.Message != nil {
		d := b.Run.Message
		words = text.T("bench.message.state", text.Params{"Status": d.Status, "SID": d.SID})
	}
	m.state.Set(words)
	m.state.Hidden = words == ""
}

// tellTemplates says of each usage type what is sent for it, with a code that signs
// nobody in, and in how many segments.
func (m *benchMessage) tellTemplates(c connector.Config) {
	messages := twilio.Messages(c)
	told := fmt.Sprint(messages)
	if told == m.told {
		return
	}
	m.told = told
	m.templates.RemoveAll()
	for _, r := range messages {
		hint := text.T("bench.template.none")
		if r.From != "" {
			hint = text.T("bench.template", text.Params{"Segments": text.N("bench.segments", r.Size.Segments), "Encoding": string(r.Size.Encoding)})
		}
		if r.From != "" && r.From != r.UsageType {
			hint = text.T("bench.template.fallback") + " " + hint
		}
		if r.Size.Forced != 0 {
			hint += " " + text.T("bench.template.forced", text.Params{"Character": string(r.Size.Forced)})
		}
		m.templates.Add(widget.NewField(r.UsageType, widget.MonoProse(r.Text).SetLimit(4)).SetHint(hint))
	}
}
