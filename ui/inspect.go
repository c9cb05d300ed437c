package ui

import (
	"bytes"
	"context"
	"io"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"signbench/flows"
	"signbench/flows/inspect"
	"signbench/flows/jose"
	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/view"
)

// inspection is what was pasted, in memory and nowhere else.
type inspection struct {
	shown  *view.Inspected
	result *view.InspectResult
	issuer string // that is expected; empty: the profile's
	busy   bool
	turn   int // which text or verification was asked for last
}

// inspect shows a text on the Inspect page. It is taken apart in the background,
// and nothing of it is written anywhere.
func (b *Bench) inspect(content string) {
	b.showPage(pageInspect)
	b.inspectFrom(text.T("inspect.pasted"), bytes.NewReader([]byte(content)))
}

// inspectFrom reads a text and shows it; a recording goes to where recordings are
// shown.
func (b *Bench) inspectFrom(name string, r io.Reader) {
	turn := b.inspectAgain()
	b.crossing.background(func(context.Context) func() {
		content, err := io.ReadAll(io.LimitReader(r, inspect.MaxText+1))
		if err != nil {
			return func() { b.say(text.T("inspect.unreadable", text.Params{"Name": name, "Cause": err.Error()})) }
		}
		d := inspect.Read(content)
		if d.Kind == inspect.HAR {
			return b.importHAR(name, io.MultiReader(bytes.NewReader(content), r))
		}
		drawn := view.DrawInspected(d)
		return func() {
			if turn == b.inspection.turn {
				b.inspection = inspection{shown: drawn, turn: turn}
				b.render()
			}
		}
	})
}

// inspectAgain voids what is still being worked on.
func (b *Bench) inspectAgain() int {
	b.inspection.turn++
	return b.inspection.turn
}

func (b *Bench) clearInspection() {
	b.inspection = inspection{turn: b.inspectAgain()}
	b.render()
	b.inspectPage.get().Focus(b.window.Canvas())
}

// pasteInspected takes the clipboard.
func (b *Bench) pasteInspected() {
	content := b.cfg.App.Clipboard().Content()
	if content == "" {
		b.frame.Toast.Say(text.T("inspect.clipboard.empty"), noAction)
		return
	}
	b.inspect(content)
}

// openInspected asks for a file.
func (b *Bench) openInspected() {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err == nil && r != nil {
			b.inspectFile(r)
		}
	}, b.window)
	ask(d, text.T("inspect.open"))
}

// dropped takes a file that was dropped on the window.
func (b *Bench) dropped(_ fyne.Position, files []fyne.URI) {
	if len(files) == 0 || !b.begun() {
		return
	}
	r, err := storage.Reader(files[0])
	if err != nil {
		b.say(text.T("inspect.unreadable", text.Params{"Name": files[0].Name(), "Cause": err.Error()}))
		return
	}
	b.inspectFile(r)
}

func (b *Bench) inspectFile(r fyne.URIReadCloser) {
	b.showPage(pageInspect)
	b.inspectFrom(r.URI().Name(), closing{r})
}

// closing closes a file when it has been read to its end.
type closing struct{ io.ReadCloser }

func (c closing) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	if err != nil {
		_ = c.Close()
	}
	return n, err
}

// inspectExample shows a token of the demo tenant.
func (b *Bench) inspectExample() {
	turn := b.inspectAgain()
	b.crossing.background(func(ctx context.Context) func() {
		token, err := b.engine.Example(ctx)
		return func() {
			switch {
			case err != nil:
				b.say(text.T("inspect.no_example", text.Params{"Cause": err.Error()}))
			case turn == b.inspection.turn:
				b.inspect(token)
			}
		}
	})
}

// verifyInspected verifies a document, or decrypts it. The only thing that leaves
// this machine is the request for keys, where they are to be fetched.
func (b *Bench) verifyInspected(r view.InspectRequest) {
	shown := b.inspection.shown
	p, ok := b.profile(b.selected)
	if shown == nil || !ok {
		return
	}
	turn := b.inspectAgain()
	b.inspection.busy = true
	engine := b.engine
	want, issuer := b.expectation(r), b.inspection.issuer
	brings := shown.Document(r.Part).BringsKey()
	b.render()
	b.crossing.background(func(ctx context.Context) func() {
		var keys inspect.Keys
		if !brings {
			keys = keysFor(ctx, engine, p, r)
		}
		drawn, result := judge(shown, r, keys, want)
		return func() {
			if turn == b.inspection.turn {
				b.inspection = inspection{shown: drawn, result: result, issuer: issuer, turn: turn}
				b.render()
			}
		}
	})
}

// expectation is what a request asks of a token, now and by this clock.
func (b *Bench) expectation(r view.InspectRequest) inspect.Expect {
	return inspect.Expect{
		Issuer: r.Issuer, Audience: r.Audience, Nonce: r.Nonce, State: r.State, Request: r.Request, Now: b.now(),
		Skew: time.Duration(b.settings.ClockToleranceSeconds) * time.Second,
	}
}

// keysFor gets the keys from where the user said.
func keysFor(ctx context.Context, engine *flows.Engine, p oauth.Profile, r view.InspectRequest) inspect.Keys {
	var keys inspect.Keys
	var fetched []byte
	switch r.Source {
	case view.KeysOfProfile:
		fetched, keys.Err = engine.ProviderKeys(ctx, p)
		keys.Text = oauth.Secret(fetched)
	case view.KeysAtURL:
		fetched, keys.Err = engine.Fetch(ctx, r.URL)
		keys.Text = oauth.Secret(fetched)
	case view.KeysPasted:
		keys.Text = r.Text
	case view.KeysSecret:
		keys.Secret = r.Secret
	}
	return keys
}

// judge verifies one of the documents, or opens it and adds what it holds.
func judge(shown *view.Inspected, r view.InspectRequest, keys inspect.Keys, want inspect.Expect) (*view.Inspected, *view.InspectResult) {
	d := shown.Document(r.Part)
	result := &view.InspectResult{Part: r.Part}
	if d.Encrypted() {
		keys.RSA15 = r.RSA15
		inner, outcome := inspect.Decrypt(d, keys)
		if outcome.Reason == jose.Decrypted {
			result.Part = shown.Len()
			return shown.With(inner), nil
		}
		result.Verdict, result.RSA15 = inspect.Undecrypted, outcome.Reason == jose.RSA15
		result.Cause = text.T("inspect.decrypt."+outcome.Reason, text.Params{"Alg": outcome.Alg, "Enc": outcome.Enc})
		return shown, result
	}
	result.Report = inspect.Verify(d, keys, want)
	result.Verdict = inspect.Judge(d, result.Report)
	if keys.Secret.Empty() && !d.BringsKey() {
		if _, err := inspect.ReadKeys(keys); err != nil {
			result.Cause = view.KeysProblem(err)
		}
	}
	return shown, result
}

func (b *Bench) inspectModel() view.InspectModel {
	m := view.InspectModel{
		Shown: b.inspection.shown, Result: b.inspection.result, Busy: b.inspection.busy, Now: b.now(),
	}
	if p, ok := b.profile(b.selected); ok {
		m.Issuer, m.ClientID = p.IssuerID(), p.Client.ID
		if run := b.state.Of(p.ID).Run; p.Kind == oauth.KindDemo {
			m.Issuer = "" // it moves from port to port
			if run != nil && run.Metadata != nil {
				m.Issuer = run.Metadata.Issuer
			}
		}
	}
	if b.inspection.issuer != "" {
		m.Issuer = b.inspection.issuer
	}
	return m
}
