package ui

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"signbench/ui/widget"
)

// observeEnv names a file to which the window writes what it shows. The toolkit
// offers nothing to screen readers, so this is the one way for a test of the real
// window to read it. Without the variable nothing here runs.
const observeEnv = "SIGNBENCH_TEST_STATE"

// observeEvery is well below what a user takes for a moment.
const observeEvery = 50 * time.Millisecond

// observed is what the window shows, read from the widgets themselves. There is
// nothing secret in it: no value of a field, no token, no URL of a button.
type observed struct {
	Page     string
	Pages    []string // of the list, in the order of their shortcuts
	Profile  string
	Profiles []string
	Pill     string
	Verdict  observedVerdict
	Rail     []string // "Token ok"
	Banner   string
	Toast    string // while it is seen
	Trust    string // how far the tokens of the profile may be believed; empty without tokens
	Secret   string // where the client secret is kept
	Busy     bool
	Menu     bool // a menu lies over the page
	Width    float32
	Height   float32
	Focus    observedFocus
	Shown    bool // the page's content is laid out
}

type observedVerdict struct {
	Kind, Title, Detail, Raw string
	Actions                  []string
}

// observedFocus is the control that has the keyboard, with its place in pixels.
type observedFocus struct {
	Type, Label         string
	X, Y, Width, Height int
	Turn                int // how often another control was seen with it
	Length              int // how many characters its text has
}

// observe writes a line of JSON to the file whenever something else is shown.
func (b *Bench) observe() {
	path := os.Getenv(observeEnv)
	if path == "" {
		return
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600) // #nosec G304 G703 -- the tester's own file
	if err != nil {
		fmt.Fprintln(os.Stderr, "signbench:", err)
		return
	}
	defer func() { _ = file.Close() }()
	seen, last := make(chan string, 1), ""
	for {
		select {
		case <-b.crossing.ctx.Done():
			return
		case <-time.After(observeEvery):
		}
		b.crossing.do(func() { seen <- b.observation() })
		select {
		case <-b.crossing.ctx.Done():
			return
		case line := <-seen:
			if line != last {
				_, _ = fmt.Fprintln(file, line)
				last = line
			}
		}
	}
}

func (b *Bench) observation() string {
	if !b.begun() {
		return ""
	}
	verdict, pill, canvas := b.header.Verdict.Model(), b.header.Profile.Pill.Model(), b.window.Canvas()
	size := canvas.Size()
	o := observed{
		Page: string(b.page), Pill: strings.TrimSpace(pill.Text + " " + pill.Strong),
		Verdict: observedVerdict{Kind: kindNames[verdict.Kind], Title: verdict.Title, Detail: verdict.Detail, Raw: verdict.Raw},
		Banner:  b.frame.Banner.Model().Text, Secret: string(b.secrets[b.selected].place),
		Busy: b.state.Of(b.selected).Run.Running(), Menu: canvas.Overlays().Top() != nil,
		Width: size.Width, Height: size.Height, Focus: b.observeFocus(canvas),
		Shown: b.frame.Page() != nil && b.frame.Page().Size().Height > 0,
	}
	for _, page := range benchPages {
		o.Pages = append(o.Pages, string(page))
	}
	for _, a := range verdict.Actions {
		o.Verdict.Actions = append(o.Verdict.Actions, a.Label)
	}
	for _, item := range b.sidebar.Profiles.Items() {
		o.Profiles = append(o.Profiles, item.Label)
		if item.ID == b.sidebar.Profiles.Selected() {
			o.Profile = item.Label
		}
	}
	for _, step := range b.header.Rail.Steps() {
		o.Rail = append(o.Rail, step.Label+" "+stepNames[step.Status])
	}
	if b.frame.Toast.Visible() {
		o.Toast = b.frame.Toast.Text()
	}
	if tokens, ok := b.state.Of(b.selected).Tokens(); ok {
		o.Trust = string(tokens.Trust)
	}
	line, _ := json.Marshal(o) // #nosec G117 -- Secret is where one is kept, not what it is; strings and numbers can not fail
	return string(line)
}

func (b *Bench) observeFocus(c fyne.Canvas) observedFocus {
	focused, ok := c.Focused().(fyne.CanvasObject)
	if focused != b.watched {
		b.watched, b.turn = focused, b.turn+1
	}
	if !ok {
		return observedFocus{Turn: b.turn}
	}
	at, size, scale := b.cfg.App.Driver().AbsolutePositionForObject(focused), focused.Size(), c.Scale()
	f := observedFocus{
		Type: reflect.TypeOf(focused).Elem().Name(),
		X:    int(at.X * scale), Y: int(at.Y * scale), Width: int(size.Width * scale), Height: int(size.Height * scale), Turn: b.turn,
	}
	if entry, ok := focused.(*widget.FieldEntry); ok {
		f.Length = utf8.RuneCountInString(entry.Text)
	}
	if labelled, ok := focused.(interface{ Label() string }); ok {
		f.Label = labelled.Label()
	}
	return f
}

var kindNames = map[widget.Kind]string{
	widget.KindNone: "none", widget.KindInfo: "info", widget.KindPass: "pass", widget.KindWarn: "warn",
	widget.KindFail: "fail", widget.KindUnknown: "unknown", widget.KindWorking: "working",
}

var stepNames = map[widget.StepStatus]string{
	widget.StepPending: "pending", widget.StepRunning: "running", widget.StepOK: "ok",
	widget.StepWarn: "warned", widget.StepFailed: "failed", widget.StepSkipped: "skipped",
}
