package ui

import (
	"bytes"
	"context"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"signbench/flows/oauth"
	"signbench/flows/trace"
	"signbench/ui/report"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/view"
)

// disarmer knows every secret that the run has shown so far, those that the
// engine used and those that stand in its exchanges.
func disarmer(run *state.Run, secrets []oauth.Secret) *trace.Disarmer {
	d := trace.NewDisarmer(secrets...)
	for _, ex := range run.Exchanges {
		d.LearnFrom(ex)
	}
	return d
}

// secretsOf are the values that the engine knows to be secret in a run of this
// window; a kept run has none.
func (b *Bench) secretsOf(run *state.Run) []oauth.Secret {
	for _, live := range b.runs {
		if live.ID() == run.ID {
			return live.Secrets()
		}
	}
	return nil
}

// disarm prepares an exchange of the shown run as it may be looked at by others, in
// the background: what has to be known for that of a long run takes longer than a
// frame. What was asked for last wins.
func (b *Bench) disarm(ex *trace.Exchange, then func(*trace.Exchange)) {
	_, bench, _ := b.shown()
	run := bench.Run
	if run == nil {
		return
	}
	known, secrets := b.screenOf(run), b.secretsOf(run)
	b.disarming.background(func(ctx context.Context) func() {
		shown := known.upTo(ctx, run, secrets).Exchange(ex)
		return func() { then(shown) }
	})
}

// findInTrace looks for something in a run as it is shown, in the background.
func (b *Bench) findInTrace(run *state.Run, look func(context.Context, func(*trace.Exchange) *trace.Exchange) func()) {
	known, secrets := b.screenOf(run), b.secretsOf(run)
	b.finding.background(func(ctx context.Context) func() {
		return look(ctx, known.upTo(ctx, run, secrets).Exchange)
	})
}

// screen is what is known of the secrets of the run that is shown. It is kept as long
// as the run is the same, so that each exchange is learned from once.
type screen struct {
	run      oauth.RunID
	disarmer *trace.Disarmer

	mu      sync.Mutex
	learned int // exchanges
}

func (b *Bench) screenOf(run *state.Run) *screen {
	if b.screen == nil || b.screen.run != run.ID {
		b.screen = &screen{run: run.ID, disarmer: trace.NewDisarmer()}
	}
	return b.screen
}

// upTo learns what is new in the run, until nobody waits for it any more.
func (s *screen) upTo(ctx context.Context, run *state.Run, secrets []oauth.Secret) *trace.Disarmer {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.disarmer.Learn(secrets...)
	for s.learned < len(run.Exchanges) && ctx.Err() == nil {
		s.disarmer.LearnFrom(run.Exchanges[s.learned])
		s.learned++
	}
	return s.disarmer
}

// copyCurl copies an exchange as a command; with secrets only where the user has
// asked to see them.
func (b *Bench) copyCurl(ex *trace.Exchange, reveal bool) {
	command := trace.Curl(ex, trace.CurlOptions{Reveal: reveal})
	if reveal {
		b.copySecret(oauth.Secret(command))
		return
	}
	b.copy(command)
}

// sharePressed opens the Share page with the report.
func (b *Bench) sharePressed() {
	b.chooseShare(view.ShareReport)
	b.showPage(pageShare)
}

// chooseShare prepares a format in the background and shows it.
func (b *Bench) chooseShare(format view.ShareFormat) {
	_, bench, ok := b.shown()
	if !ok || bench.Run == nil {
		return
	}
	run := bench.Run
	name := "signbench-" + string(run.Scenario) + "-" + stamp(run.StartedAt)
	b.share.get().Show(view.ShareModel{Format: format, Name: name, Busy: true})
	b.sharing++
	asked := b.sharing
	secrets := b.secretsOf(run)
	b.crossing.background(func(context.Context) func() {
		content, receipt := b.shared(run, secrets, format)
		return func() {
			if asked == b.sharing {
				b.share.get().Show(view.ShareModel{Format: format, Name: name, Content: content, Receipt: receipt})
			}
		}
	})
}

// shared is a run in a form that can be shown to anybody, and what was removed
// from it. Everything that leaves is searched once more as text, so that nothing
// depends on a secret standing where one was expected.
func (b *Bench) shared(run *state.Run, secrets []oauth.Secret, format view.ShareFormat) (string, []string) {
	d := disarmer(run, secrets)
	disarmed := *run
	disarmed.Exchanges = make([]*trace.Exchange, len(run.Exchanges))
	for i, ex := range run.Exchanges {
		disarmed.Exchanges[i] = d.Exchange(ex)
	}
	receipt := d.Receipt()
	lines := append(report.SetAsideLines(run), report.ReceiptLines(receipt)...)
	messages := trace.Messages(disarmed.Exchanges)
	var out bytes.Buffer
	switch format {
	case view.ShareHAR:
		title := text.T("scenario."+string(run.Scenario)) + " · " + run.Profile.Name
		if err := trace.WriteHAR(&out, trace.HARMeta{Title: title, Version: b.cfg.Version, Comment: strings.Join(lines, "\n"), Receipt: &receipt}, disarmed.Exchanges); err != nil {
			return err.Error(), lines
		}
	case view.ShareMermaid:
		out.WriteString(trace.Mermaid(messages, actorLabels(run.Scenario)))
	case view.ShareSVG:
		if err := trace.SVG(&out, messages, actorLabels(run.Scenario), trace.ThemeLight); err != nil {
			return err.Error(), lines
		}
	default:
		out.WriteString(report.Markdown(&disarmed, report.About{Version: b.cfg.Version, System: system()}, lines, trace.Mermaid(messages, actorLabels(run.Scenario))))
	}
	return d.Text(out.String()), lines
}

// copyReport copies the report of the shown run.
func (b *Bench) copyReport() {
	_, bench, ok := b.shown()
	if !ok || bench.Run == nil {
		return
	}
	run, secrets := bench.Run, b.secretsOf(bench.Run)
	b.crossing.background(func(context.Context) func() {
		content, _ := b.shared(run, secrets, view.ShareReport)
		return func() { b.copy(content) }
	})
}

// save asks where a file is to be written, and writes it.
func (b *Bench) save(name, content string) {
	d := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
		if err != nil || w == nil {
			return
		}
		b.crossing.background(func(context.Context) func() {
			_, err := w.Write([]byte(content))
			if closed := w.Close(); err == nil {
				err = closed
			}
			return func() {
				if err != nil {
					b.say(text.T("share.not_saved", text.Params{"Name": w.URI().Name(), "Cause": err.Error()}))
					return
				}
				b.frame.Toast.Say(text.T("share.saved", text.Params{"Name": w.URI().Name()}), noAction)
			}
		})
	}, b.window)
	d.SetFileName(name)
	ask(d, text.T("share.save"))
}

// actorLabels are the words of a diagram that leaves the window.
func actorLabels(scenario oauth.Scenario) trace.ActorLabels {
	words := map[trace.MessageCode]string{}
	for _, code := range trace.MessageCodes() {
		words[code] = text.T("message." + string(code))
	}
	classes := map[trace.Class]string{}
	for _, class := range trace.Classes() {
		classes[class] = text.T("class." + string(class))
	}
	return trace.ActorLabels{
		Browser: view.ActorLabel(scenario, trace.Browser), Signbench: view.ActorLabel(scenario, trace.Signbench),
		Provider: view.ActorLabel(scenario, trace.Provider), Upstream: view.ActorLabel(scenario, trace.Upstream),
		Words: words, Classes: classes, Inferred: text.T("message.inferred"),
	}
}
