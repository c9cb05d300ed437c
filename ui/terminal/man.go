package terminal

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"signbench/ui/text"
)

// manCommand prints the manual page, made from the commands themselves.
func (p Program) manCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use: "man", Short: text.T("terminal.man.short"), Args: cobra.NoArgs,
		Example: "  signbench man | man -l -",
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprint(p.Out, manual(root, p.Version))
			return written(err)
		},
	}
}

// manual is the page in the man macros of groff.
func manual(root *cobra.Command, version string) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line(".TH SIGNBENCH 1 \"\" \"Signbench %s\"", roff(version))
	line(".SH %s", roff(text.T("terminal.man.name")))
	line("signbench \\- %s", roff(root.Short))
	line(".SH %s", roff(text.T("terminal.man.synopsis")))
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() && !c.HasSubCommands() {
			line(".B signbench %s\n.br", roff(c.Use))
		}
	}
	line(".SH %s", roff(text.T("terminal.man.description")))
	paragraphs(line, root.Long)
	line(".SH %s", roff(text.T("terminal.man.commands")))
	for _, c := range root.Commands() {
		if !c.IsAvailableCommand() || c.Name() == "completion" || c.Name() == "help" {
			continue
		}
		line(".SS signbench %s", roff(c.Use))
		long := c.Long
		if long == "" {
			long = c.Short
		}
		paragraphs(line, long)
		options(line, c.LocalFlags())
		if c.Example != "" {
			line(".PP\n.nf\n%s\n.fi", roff(c.Example))
		}
	}
	line(".SH %s", roff(text.T("terminal.man.options")))
	options(line, root.PersistentFlags())
	line(".SH %s", roff(text.T("terminal.man.status")))
	for _, s := range []Status{StatusOK, StatusFaults, StatusUsage, StatusCannotRun, StatusInterrupted} {
		line(".TP\n.B %d\n%s", s, roff(text.T("terminal.status."+strconv.Itoa(int(s)))))
	}
	return b.String()
}

func paragraphs(line func(string, ...any), s string) {
	for _, p := range strings.Split(s, "\n\n") {
		line(".PP\n%s", roff(p))
	}
}

func options(line func(string, ...any), flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		line(".TP\n.B \\-\\-%s %s\n%s", roff(f.Name), roff(value), roff(usage))
	})
}

// roff escapes what the formatter would take for itself.
func roff(s string) string {
	s = strings.NewReplacer("\\", "\\e", "-", "\\-", "…", "...").Replace(s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = "\\&" + l
		}
	}
	return strings.Join(lines, "\n")
}
