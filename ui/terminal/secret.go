package terminal

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"signbench/flows/demo"
	"signbench/flows/oauth"
	"signbench/keychain"
	"signbench/ui/text"
)

// secretOf takes the secret from standard input, the environment or the keychain,
// in this order, and from nowhere else: a flag can be read by others.
func (p Program) secretOf(ctx context.Context, bench Bench, a aim, t target) (oauth.Secret, error) {
	switch {
	case a.stdinSecret:
		return within(ctx, func() (oauth.Secret, error) { return firstLine(p.In) })
	case p.Getenv(envSecret) != "":
		return oauth.Secret(p.Getenv(envSecret)), nil
	case !t.profile.Client.AuthMethod.NeedsSecret():
		return "", nil
	case t.saved:
		value, _, err := bench.Keychain.Get(ctx, keychain.Key{Profile: string(t.profile.ID), Kind: keychain.KindClientSecret})
		if err == nil {
			return oauth.Secret(value), nil
		}
		if t.profile.Kind != oauth.KindDemo && (!errors.Is(err, keychain.ErrNotFound) || errors.Is(err, keychain.ErrAbsent)) {
			return "", cannot(errors.New(text.T("terminal.secret.keychain", text.Params{"Cause": err.Error(), "Variable": envSecret})))
		}
	}
	if t.profile.Kind == oauth.KindDemo {
		return demo.AppSecret, nil
	}
	return "", nil
}

// firstLine reads a secret from a pipe, without the line break that echo adds.
func firstLine(in io.Reader) (oauth.Secret, error) {
	line, err := bufio.NewReader(io.LimitReader(in, keychain.MaxValue)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", usage("terminal.secret.stdin", text.Params{"Cause": err.Error()})
	}
	line = strings.TrimRight(line, "\r\n")
	if line == "" {
		return "", usage("terminal.secret.stdin_empty")
	}
	return oauth.Secret(line), nil
}
