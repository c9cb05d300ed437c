package terminal

import (
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"signbench/flows"
	"signbench/flows/archive"
	"signbench/flows/oauth"
	"signbench/flows/trace"
	"signbench/ui/state"
	"signbench/ui/text"
)

func (p Program) runsCommand(open opener) *cobra.Command {
	var o output
	var search string
	c := &cobra.Command{
		Use: "runs [RUN]", Short: text.T("terminal.runs.short"), Long: text.T("terminal.runs.long"),
		Example: "  signbench runs --search acme\n  signbench runs last --report issue.md",
		Args:    cobra.MaximumNArgs(1),
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		bench, err := open()
		if err != nil {
			return err
		}
		runs, _, err := archive.OpenRuns(bench.Dir, archive.RunLimits{})
		if runs == nil {
			return cannot(err)
		}
		if len(args) == 0 {
			return p.listRuns(c, runs, o, search)
		}
		run, err := readRun(runs, args[0])
		if err != nil {
			return err
		}
		t := &trial{program: p, bench: bench, voice: p.voice(o), target: target{profile: run.Profile}}
		d := trace.NewDisarmer() // what is kept has been disarmed
		t.runs = []tried{{run: run, disarmer: d, kept: true}}
		return o.finish(p, c, t, "")
	}
	o.flags(c)
	c.Flags().StringVar(&search, "search", "", text.T("terminal.flag.search"))
	return c
}

// listRuns prints a line for each kept run, the newest first.
func (p Program) listRuns(c *cobra.Command, runs *archive.Runs, o output, search string) error {
	v := p.voice(o)
	doc := p.newDocument(c.Name())
	for _, m := range runs.List() {
		if !m.Matches(search) {
			continue
		}
		outcome := m.Outcome
		if outcome == "" {
			outcome = string(state.Interrupted)
		}
		doc.Runs = append(doc.Runs, Run{
			ID: string(m.ID), Scenario: string(m.Scenario), Started: m.Started.UTC().Format(time.RFC3339Nano), Outcome: outcome, Kept: true,
		})
		if !o.json {
			v.line(0, strings.Join([]string{
				string(m.ID), m.Started.Local().Format("2006-01-02 15:04:05"), v.mark(outcome),
				pad(text.T("scenario."+string(m.Scenario)), 10), m.ProfileName, v.paint.in(dim, strings.Join(m.FaultCodes, " ")),
			}, "  "))
		}
	}
	if o.json {
		return written(doc.write(p.Out))
	}
	if len(doc.Runs) == 0 {
		v.line(0, text.T("terminal.runs.none"))
	}
	return nil
}

// lastRun is the argument that stands for the newest kept run.
const lastRun = "last"

// readRun reads a kept run by its ID.
func readRun(runs *archive.Runs, id string) (*state.Run, error) {
	if id == lastRun {
		list := runs.List()
		if len(list) == 0 {
			return nil, usage("terminal.runs.none")
		}
		id = string(list[0].ID)
	}
	lines, err := runs.Read(oauth.RunID(id))
	if errors.Is(err, archive.ErrNoRun) {
		return nil, usage("terminal.runs.unknown", text.Params{"ID": id})
	}
	var events []flows.Event
	if err == nil {
		for line, failed := range lines {
			var e flows.Event
			if err = failed; err == nil {
				e, err = flows.DecodeEvent(line)
			}
			if err != nil {
				break
			}
			events = append(events, e)
		}
	}
	run := state.Replay(events)
	if err != nil || run == nil {
		cause := archive.ErrNoRun.Error()
		if err != nil {
			cause = err.Error()
		}
		return nil, cannot(errors.New(text.T("runs.unreadable", text.Params{"Cause": cause})))
	}
	return run, nil
}
