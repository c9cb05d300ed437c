package terminal

import (
	"context"

	"github.com/spf13/cobra"

	"signbench/flows"
	"signbench/ui/text"
)

func (p Program) checkCommand(open opener) *cobra.Command {
	var a aim
	var o output
	j := journey{noBrowser: true}
	var wrongSecret bool
	c := &cobra.Command{
		Use: "check [PROFILE]", Short: text.T("terminal.check.short"), Long: text.T("terminal.check.long"),
		Example: "  signbench check demo\n  SIGNBENCH_APP_SECRET=… signbench check --endpoint https://acme.logto.app --app-id abc --json",
		Args:    cobra.MaximumNArgs(1), ValidArgsFunction: completeProfile(open),
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		ctx, stop := interruptible(c.Context())
		defer stop()
		c.SetContext(ctx)
		t, err := p.prepare(c, open, a, o, j, args)
		if err != nil {
			return err
		}
		t.run(ctx, func(e *flows.Engine, ctx context.Context) *flows.Run {
			request := t.request()
			request.AskWrongSecret = wrongSecret
			return e.CheckSetup(ctx, request)
		})
		return o.finish(p, c, t, "")
	}
	a.flags(c.Flags())
	j.requestFlag(c)
	o.flags(c)
	c.Flags().BoolVar(&wrongSecret, "try-wrong-secret", false, text.T("terminal.flag.wrong_secret"))
	return c
}
