package terminal

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"signbench/flows/demo"
	"signbench/ui/text"
)

func (p Program) demoCommand(open opener) *cobra.Command {
	var faults []string
	var list bool
	c := &cobra.Command{
		Use: "demo", Short: text.T("terminal.demo.short"), Long: text.T("terminal.demo.long"),
		Example: "  signbench demo\n  signbench demo --fault " + firstSwitch() + "\n  signbench demo --list",
		Args:    cobra.NoArgs,
	}
	c.RunE = func(c *cobra.Command, _ []string) error {
		v := p.voice(output{})
		if list {
			for _, name := range switches() {
				v.line(0, name)
			}
			return nil
		}
		var names []string
		var on []demo.Fault
		for _, name := range faults {
			if !slices.Contains(switches(), name) {
				return usage("terminal.demo.unknown", text.Params{"Name": name})
			}
			if !slices.Contains(names, name) {
				names, on = append(names, name), append(on, demo.Fault(name))
			}
		}
		bench, err := open()
		if err != nil {
			return err
		}
		ctx, stop := interruptible(c.Context())
		defer stop()
		bench.Tenant.SetFaults(on...)
		endpoint, release, err := bench.Tenant.Acquire(ctx)
		if err != nil {
			return cannot(err)
		}
		defer release()
		for _, row := range [][2]string{
			{"terminal.demo.endpoint", endpoint},
			{"terminal.demo.issuer", endpoint + "/oidc"},
			{"terminal.demo.app_id", demo.AppID},
			{"terminal.demo.app_secret", demo.AppSecret},
			{"terminal.demo.faults", strings.Join(names, ", ")},
		} {
			if row[1] != "" {
				v.line(0, pad(text.T(row[0]), 14)+row[1])
			}
		}
		v.line(0, text.T("terminal.demo.until"))
		<-ctx.Done() // Ctrl-C is how this ends well
		return nil
	}
	c.Flags().StringArrayVar(&faults, "fault", nil, text.T("terminal.flag.fault"))
	c.Flags().BoolVar(&list, "list", false, text.T("terminal.flag.list"))
	_ = c.RegisterFlagCompletionFunc("fault", cobra.FixedCompletions(switches(), cobra.ShellCompDirectiveNoFileComp))
	return c
}

func switches() []string {
	var names []string
	for _, s := range demo.Switches() {
		names = append(names, string(s.Name))
	}
	return names
}

func firstSwitch() string { return switches()[0] }
