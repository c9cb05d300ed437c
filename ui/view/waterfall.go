package view

import (
	"net/url"

	"signbench/flows/trace"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/widget"
)

var phaseKinds = map[trace.PhaseKind]widget.PhaseKind{
	trace.PhaseDNS: widget.PhaseDNS, trace.PhaseConnect: widget.PhaseConnect, trace.PhaseTLS: widget.PhaseTLS,
	trace.PhaseWait: widget.PhaseWait, trace.PhaseReceive: widget.PhaseReceive,
}

// waterfall lays the exchanges of a run on one axis of time. What the user spent
// in the browser is a gap, so that it does not squash what the network did.
func waterfall(run *state.Run, messages []trace.Message) (widget.WaterfallModel, []int) {
	var (
		m    widget.WaterfallModel
		hops []int
	)
	for _, ex := range run.Exchanges {
		start := max(ex.Started.Sub(run.StartedAt), 0)
		row := widget.WaterfallRow{Label: ex.Request.Method + " " + pathOf(ex.Request.URL), Start: start, End: start + ex.Instants.Done}
		badge, kind := exchangeBadge(ex, nil)
		row.Detail = badge
		if ex.Instants.Done > 0 {
			row.Detail += " · " + duration(ex.Instants.Done)
		}
		if kind == widget.KindFail {
			row.Tone, row.Sign = widget.CellToneFail, "✕"
		}
		for _, p := range trace.Timings(ex) {
			row.Phases = append(row.Phases, widget.Phase{Kind: phaseKinds[p.Kind], From: start + p.From, To: start + p.To})
		}
		m.Rows = append(m.Rows, row)
		hops = append(hops, ex.ID)
	}
	for _, msg := range messages {
		if msg.Kind == trace.MessageGap && msg.Took > 0 {
			from := max(msg.At.Sub(run.StartedAt), 0)
			m.Gaps = append(m.Gaps, widget.Gap{From: from, To: from + msg.Took})
		}
	}
	m.Labels = widget.WaterfallLabels{Total: text.T("flow.total"), Hint: text.T("flow.waterfall.hint"), Duration: duration}
	for kind, key := range map[widget.PhaseKind]string{
		widget.PhaseDNS: "flow.phase.dns", widget.PhaseConnect: "flow.phase.connect", widget.PhaseTLS: "flow.phase.tls",
		widget.PhaseWait: "flow.phase.wait", widget.PhaseReceive: "flow.phase.receive", widget.PhaseBrowser: "flow.phase.browser",
	} {
		m.Labels.Phases[kind] = text.T(key)
	}
	return m, hops
}

// pathOf is a URL without what it carries.
func pathOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Path == "" {
		return raw
	}
	return u.Path
}
