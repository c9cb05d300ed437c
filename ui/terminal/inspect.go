package terminal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"signbench/flows"
	"signbench/flows/archive"
	"signbench/flows/fault"
	"signbench/flows/inspect"
	"signbench/flows/jose"
	"signbench/flows/oauth"
	"signbench/flows/trace"
	"signbench/ui/state"
	"signbench/ui/text"
)

// scrutiny is what the flags of inspect ask for.
type scrutiny struct {
	jwks     string // a file or a URL
	key      string // a file
	issuer   string
	audience string
	nonce    string
}

func (p Program) inspectCommand(open opener) *cobra.Command {
	var o output
	var s scrutiny
	c := &cobra.Command{
		Use: "inspect [FILE]", Short: text.T("terminal.inspect.short"), Long: text.T("terminal.inspect.long"),
		Example: "  pbpaste | signbench inspect\n  signbench inspect token.txt --issuer https://acme.logto.app/oidc --audience my-app\n  signbench inspect recording.har --report issue.md",
		Args:    cobra.MaximumNArgs(1),
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		ctx, stop := interruptible(c.Context())
		defer stop()
		c.SetContext(ctx)
		name, content, err := p.inspected(args)
		if err != nil {
			return err
		}
		bench, err := open()
		if err != nil {
			return err
		}
		t := &trial{program: p, bench: bench, voice: p.voice(o), target: target{profile: oauth.Profile{Name: name}}}
		d := inspect.Read(content)
		if d.Kind == inspect.HAR {
			return p.recording(c, t, o, name, content)
		}
		doc, err := p.look(ctx, t, s, d)
		if err != nil {
			return err
		}
		doc.Command = c.Name()
		return o.conclude(p, t, doc)
	}
	o.flags(c.Flags())
	f := c.Flags()
	f.StringVar(&s.jwks, "jwks", "", text.T("terminal.flag.jwks"))
	f.StringVar(&s.key, "key", "", text.T("terminal.flag.key", text.Params{"Variable": envSecret}))
	f.StringVar(&s.issuer, "issuer", "", text.T("terminal.flag.inspect_issuer"))
	f.StringVar(&s.audience, "audience", "", text.T("terminal.flag.audience"))
	f.StringVar(&s.nonce, "nonce", "", text.T("terminal.flag.nonce"))
	return c
}

// inspected reads the file, or standard input.
func (p Program) inspected(args []string) (name string, content []byte, err error) {
	const most = 256 << 20 // a recording may be large; the rest is bounded where it is read
	in := p.In
	if len(args) == 1 && args[0] != "-" {
		file, err := os.Open(args[0])
		if err != nil {
			return "", nil, usage("terminal.inspect.unreadable", text.Params{"Cause": err.Error()})
		}
		defer func() { _ = file.Close() }()
		name, in = filepath.Base(args[0]), file
	}
	content, err = io.ReadAll(io.LimitReader(in, most))
	if err != nil {
		return "", nil, usage("terminal.inspect.unreadable", text.Params{"Cause": err.Error()})
	}
	if len(bytes.TrimSpace(content)) == 0 {
		return "", nil, usage("terminal.inspect.empty")
	}
	return name, content, nil
}

// recording shows a HAR as the run that it is of.
func (p Program) recording(c *cobra.Command, t *trial, o output, name string, content []byte) error {
	exchanges, _, err := trace.ReadHAR(bytes.NewReader(content), trace.HARLimits{})
	if err != nil {
		return usage("terminal.inspect.har", text.Params{"Cause": err.Error()})
	}
	d := trace.NewDisarmer()
	t.runs = []tried{{run: disarmed(flows.Imported(name, exchanges), d), disarmer: d}}
	return o.finish(p, c, t, "")
}

// look takes a text apart and verifies what can be verified.
func (p Program) look(ctx context.Context, t *trial, s scrutiny, d inspect.Document) (Document, error) {
	doc := p.newDocument("")
	keys, given, err := p.keys(ctx, t, s)
	if err != nil {
		return doc, err
	}
	settings, _ := archive.LoadSettings(t.bench.Dir)
	want := inspect.Expect{
		Issuer: s.issuer, Audience: s.audience, Nonce: oauth.Secret(s.nonce), Now: time.Now(),
		Skew: time.Duration(settings.ClockToleranceSeconds) * time.Second,
	}
	verdict := inspect.NotSigned
	d.Walk(func(part inspect.Document) {
		doc.Documents = append(doc.Documents, newInspected(part))
		t.voice.inspected(part)
		doc.addReport(part.Report)
		t.note(&doc, append(slices.Clone(part.Faults), fault.FromReport(oauth.StepDiscovery, part.Report, nil)...))
		switch {
		case part.Encrypted() && given:
			inner, reason := inspect.Decrypt(part, keys)
			if reason != jose.Decrypted {
				verdict = inspect.Undecrypted
				t.voice.line(1, text.T("inspect.decrypt."+reason))
				return
			}
			doc.Documents = append(doc.Documents, newInspected(inner))
			t.voice.inspected(inner)
		case part.Signed() && given:
			report := inspect.Verify(part, keys, want)
			verdict = inspect.Judge(part, report)
			doc.addReport(report)
			t.note(&doc, fault.Order(fault.FromReport(oauth.StepVerify, report, nil)))
		case part.Signed():
			verdict = "" // decoded, and nothing to verify it with
		}
	})
	doc.Verdict.Title = text.T("terminal.inspect.decoded")
	if verdict != "" && verdict != inspect.NotSigned || given {
		doc.Verdict.Title = text.T("inspect.verdict." + string(verdict))
	}
	return doc, nil
}

// note tells faults and puts them into the document.
func (t *trial) note(doc *Document, faults []fault.Fault) {
	for _, f := range faults {
		t.voice.fault(&state.Run{}, f)
		doc.addFault(f, wordsOf(&state.Run{}, f), 0)
	}
}

// keys are what to verify with, and whether there are any.
func (p Program) keys(ctx context.Context, t *trial, s scrutiny) (keys inspect.Keys, given bool, err error) {
	var content []byte
	switch {
	case s.jwks != "" && s.key != "":
		return keys, false, usage("terminal.inspect.keys_twice")
	case strings.HasPrefix(s.jwks, "https://"), strings.HasPrefix(s.jwks, "http://"):
		content, err = t.bench.Engine.Fetch(ctx, s.jwks)
	case s.jwks != "":
		content, err = os.ReadFile(s.jwks)
	case s.key != "":
		content, err = os.ReadFile(s.key)
	case p.Getenv(envSecret) != "":
		return inspect.Keys{Secret: oauth.Secret(p.Getenv(envSecret))}, true, nil
	case s.issuer != "":
		content, err = t.bench.Engine.ProviderKeys(ctx, oauth.Profile{Kind: oauth.KindOIDC, Issuer: s.issuer})
	default:
		return keys, false, nil
	}
	if err == nil {
		keys.Text = oauth.Secret(content)
		_, err = inspect.ReadKeys(keys)
	}
	if err != nil && ctx.Err() != nil {
		return keys, false, ctx.Err()
	}
	if err != nil {
		return keys, false, cannot(errors.New(text.T("terminal.inspect.no_keys", text.Params{"Cause": err.Error()})))
	}
	return keys, true, nil
}

// newInspected lays a document out. Values that are no claims may be secrets: only
// their names are given.
func newInspected(d inspect.Document) Inspected {
	out := Inspected{Kind: string(d.Kind), Where: d.Where, Members: []string{}, Notes: []string{}}
	if d.Signed() || d.Encrypted() {
		out.Header = rawJSON(d.Token.Header.Raw)
		out.Claims = rawJSON(d.Token.Payload)
	}
	for _, m := range d.Members {
		out.Members = append(out.Members, m.Name)
	}
	for _, n := range d.Notes {
		out.Notes = append(out.Notes, n.Code)
	}
	return out
}

// conclude says what a look came to, and ends by it.
func (o output) conclude(p Program, t *trial, doc Document) error {
	t.voice.line(0, "")
	outcome := "ok"
	if !doc.OK {
		outcome = "failed"
	}
	t.voice.line(0, t.voice.paint.in(looks[outcome].colour, looks[outcome].sign)+" "+t.voice.paint.in(bold, doc.Verdict.Title))
	doc.expect(o.expect)
	if err := o.write(p, t, doc); err != nil {
		return err
	}
	if doc.Expect == nil && doc.OK || doc.Expect != nil && doc.Expect.Met {
		return nil
	}
	return verdict{StatusFaults}
}

// inspected tells what a document is and what it says.
func (v *voice) inspected(d inspect.Document) {
	title := text.T("inspect.kind." + string(d.Kind))
	if d.Where != "" {
		title += v.paint.in(dim, " · "+d.Where)
	}
	v.line(0, v.paint.in(bold, title))
	for _, n := range d.Notes {
		v.line(1, v.paint.in(dim, text.T("inspect.note."+n.Code, text.Params(n.Params))))
	}
	if d.Signed() || d.Encrypted() {
		v.json("header", d.Token.Header.Raw)
		v.json("payload", d.Token.Payload)
	}
	for _, m := range d.Members {
		meaning, _ := text.Lookup("inspect.member." + m.Name)
		v.line(1, pad(m.Name, 24)+v.paint.in(dim, meaning))
	}
	if d.Title != "" || d.Words != "" {
		v.line(1, strings.TrimSpace(d.Title+"\n"+d.Words))
	}
}

// json prints a part of a token that is JSON.
func (v *voice) json(name string, raw []byte) {
	var out bytes.Buffer
	if json.Indent(&out, raw, "    ", "  ") == nil && out.Len() > 0 {
		v.line(1, v.paint.in(dim, name))
		v.line(2, out.String())
	}
}
