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
	"github.com/spf13/pflag"

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

func (o *output) flags(f *pflag.FlagSet) {
	f.BoolVar(&o.json, "json", false, text.T("terminal.flag.json"))
	f.StringVar(&o.junit, "junit", "", text.T("terminal.flag.junit"))
	f.StringVar(&o.har, "har", "", text.T("terminal.flag.har"))
	f.StringVar(&o.report, "report", "", text.T("terminal.flag.report"))
	f.StringVar(&o.expect, "expect", "", text.T("terminal.flag.expect"))
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

// write writes the document, and the files that are made with it.
func (o output) write(p Program, t *trial, doc Document) error {
	if doc.Expect != nil {
		key := "terminal.expected"
		if !doc.Expect.Met {
			key = "terminal.not_expected"
		}
		t.voice.line(0, text.T(key, text.Params{"Code": o.expect}))
	}
	for path, content := range map[string]func() ([]byte, error){
		o.junit:  func() ([]byte, error) { return junit(doc) },
		o.har:    func() ([]byte, error) { return t.har() },
		o.report: func() ([]byte, error) { return t.markdown() },
	} {
		if path == "" {
			continue
		}
		data, err := content()
		if err == nil {
			err = os.WriteFile(path, data, 0o600)
		}
		if err != nil {
			return cannot(errors.New(text.T("terminal.not_written", text.Params{"Path": path, "Cause": err.Error()})))
		}
	}
	if o.json {
		return written(doc.write(p.Out))
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
	disarmer := trace.NewDisarmer()
	for _, done := range t.runs {
		all = append(all, done.run.Exchanges...)
		disarmer = done.disarmer
	}
	receipt := disarmer.Receipt()
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
