package terminal

import (
	"bytes"
	"errors"
	"io"
	"os"
	"runtime"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"signbench/flows/trace"
	"signbench/ui/report"
	"signbench/ui/text"
)

// output is where a command's findings go, besides the screen.
type output struct {
	json   bool
	junit  string
	har    string
	report string
	reveal string
	expect string
}

func (o *output) flags(c *cobra.Command) {
	f := c.Flags()
	f.BoolVar(&o.json, "json", false, text.T("terminal.flag.json"))
	f.StringVar(&o.junit, "junit", "", text.T("terminal.flag.junit"))
	f.StringVar(&o.har, "har", "", text.T("terminal.flag.har"))
	f.StringVar(&o.report, "report", "", text.T("terminal.flag.report"))
	f.Func("expect", text.T("terminal.flag.expect"), o.expects)
	_ = c.RegisterFlagCompletionFunc("expect", completeFault)
}

// voice is where a person is told what happens. Standard output is left to a
// document or a token.
func (p Program) voice(o output) *voice {
	v := &voice{out: p.Out, err: p.Err}
	if o.json || o.reveal != "" {
		v.out = p.Err
	}
	v.paint = paintFor(v.out, p.Getenv)
	return v
}

// give writes what the flags ask for, when all runs have ended.
func (o output) give(p Program, command *cobra.Command, t *trial) error {
	return o.write(p, t, t.document(command.Name(), o.expect))
}

// write writes the document, and the files that are made with it. A file that cannot be
// written takes neither the other files nor the document with it.
func (o output) write(p Program, t *trial, doc Document) error {
	if doc.Expect != nil {
		t.voice.line(0, doc.Expect.said())
	}
	var problems []error
	for _, file := range []struct {
		path    string
		content func() ([]byte, error)
	}{
		{o.junit, func() ([]byte, error) { return junit(doc) }},
		{o.har, t.har},
		{o.report, t.markdown},
	} {
		if file.path == "" {
			continue
		}
		data, err := file.content()
		if err == nil {
			err = os.WriteFile(file.path, data, 0o600)
		}
		if err != nil {
			problems = append(problems, errors.New(text.T("terminal.not_written", text.Params{"Path": file.path, "Cause": err.Error()})))
		}
	}
	if o.json {
		if err := written(doc.write(p.Out)); err != nil {
			return err
		}
	}
	if problems != nil {
		return cannot(errors.Join(problems...))
	}
	return nil
}

// written is the error of standard output. A reader that went away has seen what it
// wanted.
func written(err error) error {
	if err == nil || errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) {
		return nil
	}
	return cannot(err)
}

// har writes the exchanges of all runs.
func (t *trial) har() ([]byte, error) {
	var out bytes.Buffer
	var all []*trace.Exchange
	receipt := trace.NewDisarmer().Receipt()
	for _, done := range t.runs {
		all = append(all, done.run.Exchanges...)
		receipt = receipt.And(done.disarmer.Receipt())
	}
	err := trace.WriteHAR(&out, trace.HARMeta{
		Title: t.target.profile.Name, Version: t.program.Version,
		Comment: strings.Join(report.ReceiptLines(receipt), "\n"), Receipt: &receipt,
	}, all)
	return out.Bytes(), err
}

// markdown writes a report on each run.
func (t *trial) markdown() ([]byte, error) {
	var parts []string
	for _, done := range t.runs {
		parts = append(parts, report.Markdown(done.run, report.About{Version: t.program.Version, System: runtime.GOOS + "/" + runtime.GOARCH},
			report.ReceiptLines(done.disarmer.Receipt()), ""))
	}
	return []byte(strings.Join(parts, "\n---\n\n")), nil
}
