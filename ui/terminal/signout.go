package terminal

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"signbench/flows"
	"signbench/flows/oauth"
	"signbench/keychain"
	"signbench/ui/text"
)

// endSession signs out, and proves that the provider's session is over: a request
// with prompt=none must be answered login_required.
func (t *trial) endSession(ctx context.Context) {
	done := t.try(ctx, (*flows.Engine).SignOut)
	if goesOn(done.run) && done.run.CameBack() {
		t.try(ctx, (*flows.Engine).Prove)
	}
}

func (p Program) signOutCommand(open opener) *cobra.Command {
	var a aim
	var o output
	var j journey
	c := &cobra.Command{
		Use: "signout PROFILE", Short: text.T("terminal.signout.short"), Long: text.T("terminal.signout.long"),
		Example: "  signbench signout \"Acme dev\"",
		Args:    cobra.ExactArgs(1), ValidArgsFunction: completeProfile(open),
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		ctx, stop := interruptible(c.Context())
		defer stop()
		c.SetContext(ctx)
		t, err := p.prepare(c, open, a, o, j, args)
		if err != nil {
			return err
		}
		key := keychain.Key{Profile: string(t.target.profile.ID), Kind: keychain.KindSession}
		session, err := t.keptSession(ctx, key)
		if err != nil {
			return err
		}
		t.session = &session
		t.endSession(ctx)
		if t.signedOut {
			if err := t.bench.Keychain.Delete(ctx, key); err != nil && !errors.Is(err, keychain.ErrNotFound) {
				t.voice.warn(text.T("terminal.session.left", text.Params{"Cause": err.Error()}))
			}
		}
		return o.finish(p, c, t, "")
	}
	a.flags(c.Flags())
	j.flags(c)
	o.flags(c)
	return c
}

// keptSession is the session that the window has put into the keychain.
func (t *trial) keptSession(ctx context.Context, key keychain.Key) (oauth.Session, error) {
	if !t.target.saved {
		return oauth.Session{}, usage("terminal.session.not_saved")
	}
	value, _, err := t.bench.Keychain.Get(ctx, key)
	if errors.Is(err, keychain.ErrNotFound) && !errors.Is(err, keychain.ErrAbsent) {
		return oauth.Session{}, usage("terminal.session.none", text.Params{"Name": t.target.profile.Name})
	}
	if err != nil {
		return oauth.Session{}, cannot(errors.New(text.T("terminal.session.keychain", text.Params{"Cause": err.Error()})))
	}
	session, err := oauth.RestoreSession(oauth.Secret(value))
	if err != nil {
		return session, cannot(err)
	}
	return session, nil
}
