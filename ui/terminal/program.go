package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"signbench/flows"
	"signbench/flows/demo"
	"signbench/keychain"
	"signbench/ui/text"
)

// Program is what the commands need of the world.
type Program struct {
	Version string
	In      io.Reader
	Out     io.Writer
	Err     io.Writer
	Getenv  func(string) string

	Open   func(dir string) (Bench, error) // dir is empty for the user's own folder
	Window func(Bench) error               // shows the window until it is closed
}

// Bench is what a window and a command alike work with.
type Bench struct {
	Dir      string // of profiles, settings and kept runs
	Engine   *flows.Engine
	Tenant   *demo.Tenant
	Keychain *keychain.Keychain
}

// problem ends a command with a status of its own.
type problem struct {
	status Status
	err    error
}

func (p *problem) Error() string { return p.err.Error() }
func (p *problem) Unwrap() error { return p.err }

// usage is a command that can not be understood.
func usage(key string, params ...text.Params) error {
	return &problem{status: StatusUsage, err: errors.New(text.T(key, params...))}
}

// cannot is a command that was understood and can not be carried out.
func cannot(err error) error { return &problem{status: StatusCannotRun, err: err} }

// verdict is a command that was carried out and says so by its status alone.
type verdict struct{ status Status }

func (v verdict) Error() string { return fmt.Sprintf("status %d", v.status) }

// Main runs the command of the arguments, which do not hold the program's name,
// and returns the status to exit with. Without a command it opens the window.
func Main(ctx context.Context, p Program, args []string) Status {
	// A reader that has gone away is no crash: writing fails, and the status tells.
	signal.Ignore(syscall.SIGPIPE)
	if len(args) == 0 { // a window that opens does not wait for commands to be put together
		return p.status(nil, p.show(""))
	}
	root := p.root()
	root.SetArgs(args)
	command, err := root.ExecuteContextC(ctx)
	return p.status(command, err)
}

func (p Program) status(command *cobra.Command, err error) Status {
	var said verdict
	var trouble *problem
	switch {
	case err == nil:
		return StatusOK
	case errors.As(err, &said):
		return said.status
	case errors.As(err, &trouble):
		p.complain(err)
		return trouble.status
	case errors.Is(err, context.Canceled):
		p.complain(errors.New(text.T("terminal.interrupted")))
		return StatusInterrupted
	default: // cobra's own errors are about flags and arguments
		p.complain(err)
		_, _ = fmt.Fprintln(p.Err, text.T("terminal.see_help", text.Params{"Command": command.CommandPath()}))
		return StatusUsage
	}
}

func (p Program) complain(err error) { _, _ = fmt.Fprintln(p.Err, "signbench: "+err.Error()) }

// interruptible ends a command's context at Ctrl-C or when it is told to end. A
// second signal ends the program at once.
func interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// within does what may wait for ever, as a read of standard input from a keyboard does, and
// leaves it behind when the command is interrupted.
func within[T any](ctx context.Context, do func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		value, err := do()
		done <- outcome{value, err}
	}()
	select {
	case <-ctx.Done():
		return *new(T), ctx.Err()
	case o := <-done:
		return o.value, o.err
	}
}

// show opens the window until it is closed.
func (p Program) show(dir string) error {
	bench, err := p.Open(dir)
	if err != nil {
		return cannot(err)
	}
	if err := p.Window(bench); err != nil {
		return cannot(err)
	}
	return nil
}

// root is the whole tree of commands.
func (p Program) root() *cobra.Command {
	var dir string
	root := &cobra.Command{
		Use: "signbench", Short: text.T("terminal.root.short"), Long: text.T("terminal.root.long"),
		Version: p.Version, Args: cobra.NoArgs, SilenceErrors: true, SilenceUsage: true,
		RunE: func(*cobra.Command, []string) error { return p.show(dir) },
	}
	root.PersistentFlags().StringVar(&dir, "config-dir", "", text.T("terminal.flag.config"))
	root.SetIn(p.In)
	root.SetOut(p.Out)
	root.SetErr(p.Err)
	root.SetUsageTemplate(usageTemplate())
	root.SetVersionTemplate("signbench {{.Version}}\n")
	cobra.EnableCommandSorting = false
	open := func() (Bench, error) {
		bench, err := p.Open(dir)
		if err != nil {
			return bench, cannot(err)
		}
		return bench, nil
	}
	for _, command := range []func(opener) *cobra.Command{
		p.checkCommand, p.signInCommand, p.signOutCommand, p.inspectCommand, p.connectorCommand, p.runsCommand, p.demoCommand,
	} {
		root.AddCommand(command(open))
	}
	root.AddCommand(p.manCommand(root))
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			inOurWords(c)
		}
	}
	return root
}

// inOurWords gives the command that cobra adds the sentences of the translations.
func inOurWords(completion *cobra.Command) {
	completion.Short, completion.Long = text.T("terminal.completion.short"), ""
	for _, shell := range completion.Commands() {
		shell.Short = text.T("terminal.completion.shell", text.Params{"Shell": shell.Name()})
	}
}

// opener opens the stores and builds the engine, when a command comes to that.
type opener func() (Bench, error)

// usageTemplate is cobra's, with our words.
func usageTemplate() string {
	return text.T("terminal.help.usage") + `
  {{if .Runnable}}{{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} [` + text.T("terminal.help.command") + `]{{end}}{{if .HasExample}}

` + text.T("terminal.help.examples") + `
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

` + text.T("terminal.help.commands") + `{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

` + text.T("terminal.help.flags") + `
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

` + text.T("terminal.help.global") + `
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`
}
