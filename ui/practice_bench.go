package ui

import (
	"context"
	"slices"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/oauth"
	"signbench/flows/practice"
)

// meetAtBench breaks what stands behind one of the demo tenant's connectors, and
// begins the run on the connector's bench that has to notice. What the user has set
// up on that bench is left alone.
func (b *Bench) meetAtBench(e practice.Exercise, p oauth.Profile) {
	kinds := connector.Kinds()
	kind := kinds[slices.IndexFunc(kinds, func(k connector.Kind) bool { return k.Bench() == e.Bench })]
	engine, tenant := b.engine, b.cfg.Tenant
	b.practice.broken = e
	b.crossing.background(func(ctx context.Context) func() {
		var setup connector.Setup
		err := tenant.BreakConnector(e.Bench, e.Upstream)
		if err == nil {
			setup, err = engine.DemoConnector(ctx, kind)
		}
		return func() {
			a := b.practice.attempt
			switch {
			case a == nil || a.exercise.ID != e.ID: // turned off meanwhile
				if !b.broken() {
					_ = tenant.BreakConnector("", "")
				}
			case err != nil:
				b.practiceFailed(e, err)
			default:
				named := exerciseProfile(e, p)
				setup.ID, setup.Name, setup.RedirectURI, setup.To = p.ID, named.Name, p.Client.RedirectURI, e.To
				a.run = b.runBench(setup, benchWays[e.Way]).ID()
				b.render()
			}
		}
	})
}

// benchFlow is one of the engine's runs on a bench.
type benchFlow func(*flows.Engine, context.Context, connector.Setup) *flows.Run

var benchWays = map[practice.Way]benchFlow{
	practice.ByBench:    (*flows.Engine).CheckConnector,
	practice.ByUpstream: (*flows.Engine).SignInUpstream,
	practice.ByMessage: func(e *flows.Engine, ctx context.Context, s connector.Setup) *flows.Run {
		return e.SendTest(ctx, s, connector.Message{To: s.To, UsageType: "Generic"})
	},
}
