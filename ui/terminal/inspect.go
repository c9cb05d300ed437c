package terminal

import (
	"bytes"
	"cmp"
	"context"
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
	state    string
	method   string // of the request that a DPoP proof was sent with
	url      string // of that request
	token    string // a file with the access token of that request
	rsa15    bool
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
		content, err := within(ctx, func() ([]byte, error) { return p.inspected(args) })
		if err != nil {
			return err
		}
		name := ""
		if fromFile(args) {
			name = filepath.Base(args[0])
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
		if o.har != "" || o.report != "" {
			return usage("terminal.inspect.no_run")
		}
		doc, err := p.look(ctx, t, s, d)
		if err != nil {
			return err
		}
		doc.Command = c.Name()
		return o.conclude(p, t, doc)
	}
	o.flags(c)
	f := c.Flags()
	f.StringVar(&s.jwks, "jwks", "", text.T("terminal.flag.jwks"))
	f.StringVar(&s.key, "key", "", text.T("terminal.flag.key", text.Params{"Variable": envSecret}))
	f.StringVar(&s.issuer, "issuer", "", text.T("terminal.flag.inspect_issuer"))
	f.StringVar(&s.audience, "audience", "", text.T("terminal.flag.audience"))
	f.StringVar(&s.nonce, "nonce", "", text.T("terminal.flag.nonce"))
	f.StringVar(&s.state, "state", "", text.T("terminal.flag.state"))
	f.StringVar(&s.method, "method", "", text.T("terminal.flag.method"))
	f.StringVar(&s.url, "url", "", text.T("terminal.flag.url"))
	f.StringVar(&s.token, "access-token", "", text.T("terminal.flag.access_token"))
	f.BoolVar(&s.rsa15, "allow-rsa1_5", false, text.T("terminal.flag.rsa1_5"))
	return c
}

// inspected reads the file, or standard input.
func (p Program) inspected(args []string) ([]byte, error) {
	const most = 256 << 20 // a recording may be large; the rest is bounded where it is read
	in := p.In
	if fromFile(args) {
		file, err := os.Open(args[0])
		if err != nil {
			return nil, usage("terminal.inspect.unreadable", text.Params{"Cause": err.Error()})
		}
		defer func() { _ = file.Close() }()
		in = file
	}
	content, err := io.ReadAll(io.LimitReader(in, most))
	if err != nil {
		return nil, usage("terminal.inspect.unreadable", text.Params{"Cause": err.Error()})
	}
	if len(bytes.TrimSpace(content)) == 0 {
		return nil, usage("terminal.inspect.empty")
	}
	return content, nil
}

// fromFile reports whether a file is named, and not standard input.
func fromFile(args []string) bool { return len(args) == 1 && args[0] != "-" }

// recording shows a HAR as the run that it is of.
func (p Program) recording(c *cobra.Command, t *trial, o output, name string, content []byte) error {
	exchanges, _, err := trace.ReadHAR(bytes.NewReader(content), trace.HARLimits{})
	if err != nil {
		return &problem{status: StatusUsage, err: errors.New(text.Recording(cmp.Or(name, text.T("terminal.inspect.stdin")), err))}
	}
	d := trace.NewDisarmer()
	t.runs = []tried{{run: disarmed(flows.Imported(name, exchanges), d), disarmer: d}}
	return o.finish(p, c, t, "")
}

// look takes a text apart and verifies what can be verified.
func (p Program) look(ctx context.Context, t *trial, s scrutiny, d inspect.Document) (Document, error) {
	l := &looking{trial: t, doc: p.newDocument("")}
	var err error
	if l.keys, err = p.keysFor(ctx, t, s, d); err != nil {
		return l.doc, err
	}
	settings, _ := archive.LoadSettings(t.bench.Dir)
	if l.want, err = s.expectation(settings); err != nil {
		return l.doc, err
	}
	d.Walk(l.at)
	l.doc.Verdict.Title = text.T("terminal.inspect.decoded")
	switch {
	case !l.provable && l.root != "":
		l.doc.Verdict.Title = l.root
	case !l.provable:
		l.doc.Verdict.Title = text.T("inspect.verdict." + string(inspect.NotSigned))
	case l.verdict != "":
		l.doc.Verdict.Title = text.T("inspect.verdict." + string(l.verdict))
	}
	return l.doc, nil
}

// expectation is what the flags ask of a token.
func (s scrutiny) expectation(settings archive.Settings) (inspect.Expect, error) {
	want := inspect.Expect{
		Issuer: s.issuer, Audience: s.audience, Nonce: oauth.Secret(s.nonce), State: oauth.Secret(s.state),
		Request: inspect.Request{Method: s.method, URL: s.url},
		Now:     time.Now(), Skew: time.Duration(settings.ClockToleranceSeconds) * time.Second,
	}
	if s.token == "" {
		return want, nil
	}
	content, err := os.ReadFile(s.token)
	if err != nil {
		return want, usage("terminal.inspect.unreadable", text.Params{"Cause": err.Error()})
	}
	want.Request.AccessToken = oauth.Secret(strings.TrimSpace(string(content)))
	return want, nil
}

// looking goes through the documents of a text.
type looking struct {
	*trial
	doc  Document
	keys keyring
	want inspect.Expect

	root     string          // what is wrong with a document, in one sentence
	provable bool            // there is a signature or a lock
	verdict  inspect.Verdict // of the last document that has one; empty: it was not tried
}

func (l *looking) at(part inspect.Document) {
	l.doc.Documents = append(l.doc.Documents, newInspected(part))
	l.voice.inspected(part)
	l.doc.addReport(part.Report)
	l.note(&l.doc, append(slices.Clone(part.Faults), fault.FromReport(oauth.StepDiscovery, part.Report, nil)...))
	if l.root == "" && len(part.Faults) > 0 {
		l.root = text.FaultTitle(part.Faults[0])
	}
	l.provable = l.provable || part.Signed() || part.Encrypted()
	switch {
	case part.Encrypted() && l.keys.opens:
		inner, outcome := inspect.Decrypt(part, l.keys.open)
		if outcome.Reason != jose.Decrypted {
			said := map[string]string{"Alg": outcome.Alg, "Enc": outcome.Enc}
			l.verdict = inspect.Undecrypted
			l.voice.line(1, text.T("inspect.decrypt."+outcome.Reason, text.Params(said)))
			l.note(&l.doc, []fault.Fault{fault.New(fault.JWEClosed, oauth.StepVerify, said)})
			return
		}
		inner.Walk(l.at)
	case part.BringsKey(), part.Signed() && l.keys.verifies:
		report := inspect.Verify(part, l.keys.verify, l.want)
		l.verdict = inspect.Judge(part, report)
		l.doc.addReport(report)
		for _, r := range report {
			l.voice.checked(r)
		}
		l.note(&l.doc, fault.Order(fault.FromReport(oauth.StepVerify, report, nil)))
	case part.Signed():
		l.verdict = "" // decoded, and nothing to verify it with
	}
}

// note tells faults and puts them into the document. No run is stopped by them, so there
// is nothing to go on with.
func (t *trial) note(doc *Document, faults []fault.Fault) {
	for _, f := range faults {
		f.Allowance = ""
		t.voice.fault(&state.Run{}, f)
		doc.addFault(f, wordsOf(&state.Run{}, f), 0)
	}
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
	for _, p := range d.Token.Problems {
		out.Notes = append(out.Notes, string(p.Code))
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
