package ui

import (
	"context"

	"signbench/flows/connector"
	"signbench/flows/connector/oidc"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// discoverBench fills the social bench in from the discovery document of its issuer, which
// only a press does: it replaces what is typed there.
func (b *Bench) discoverBench() {
	k := b.benchHere()
	d := b.draft(k)
	if d.filling {
		return
	}
	target, err := oidc.DocumentURL(d.setup.Config)
	if err != nil {
		d.filled = view.Said{Kind: widget.KindWarn, Words: text.T("bench.fill.no_issuer")}
		b.render()
		return
	}
	d.filling, d.filled = true, view.Said{}
	engine := b.engine
	b.crossing.background(func(ctx context.Context) func() {
		document, err := engine.Fetch(ctx, target)
		return func() {
			d.filling = false
			if b.benches[k] == d {
				b.benchFilled(k, target, document, err)
			}
			b.render()
		}
	})
	b.render()
}

// benchFilled takes the document over, or says why it can't be.
func (b *Bench) benchFilled(k benchKey, target string, document []byte, err error) {
	d := b.benches[k]
	var config connector.Config
	if err == nil {
		config, err = oidc.FillIn(d.setup.Config, document)
	}
	if err != nil {
		cause := fault.Transport(oauth.StepDiscovery, target, err).Params["Cause"]
		d.filled = view.Said{Kind: widget.KindFail, Words: text.T("bench.fill.failed", text.Params{"URL": target, "Cause": cause})}
		return
	}
	d.setup.Config, d.json, d.problem = config, "", nil
	d.there.outdated()
	b.saveBench(k)
	d.filled = view.Said{Kind: widget.KindPass, Words: text.T("bench.fill.done", text.Params{"URL": target})}
}
