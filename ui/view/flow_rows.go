package view

import (
	"slices"
	"strconv"
	"strings"

	"signbench/flows/oauth"
	"signbench/flows/trace"
	"signbench/ui/text"
	"signbench/ui/widget"
)

// ActorLabel is the name of a column of the diagram of a run.
func ActorLabel(scenario oauth.Scenario, a trace.Actor) string {
	if scenario == oauth.ScenarioImported && a == trace.Signbench {
		return text.T("actor.application") // a recording is of somebody else's
	}
	return text.T("actor." + string(a))
}

// sequenceRows makes the messages of a run into the rows of the diagram. A request and
// its answer are one row: the answer is its caption.
func sequenceRows(scenario oauth.Scenario, messages []trace.Message) *FlowDrawing {
	upstream := slices.ContainsFunc(messages, func(m trace.Message) bool { return m.From == trace.Upstream || m.To == trace.Upstream })
	var actors []widget.Actor
	column := map[trace.Actor]int{}
	for _, a := range trace.Actors() {
		if a == trace.Upstream && !upstream {
			continue
		}
		column[a] = len(actors)
		actors = append(actors, widget.Actor{ID: string(a), Label: ActorLabel(scenario, a)})
	}
	d := &FlowDrawing{
		messages: messages, actors: actors, proofs: map[int]int{},
		rows: make([]widget.SequenceRow, 0, len(messages)), hops: make([]int, 0, len(messages)),
	}
	requests := map[int]int{} // exchange: row of its request
	for _, m := range messages {
		if at, ok := requests[m.Exchange]; ok && (m.Kind == trace.MessageAnswer || m.Kind == trace.MessageLost) {
			d.rows[at] = answered(d.rows[at], m)
			continue
		}
		if m.Kind == trace.MessageRequest {
			requests[m.Exchange] = len(d.rows)
		}
		if m.Kind != trace.MessageAnswer { // the page that the loopback shows proves nothing
			d.proofs[m.Exchange] = len(d.rows)
		}
		d.rows = append(d.rows, sequenceRow(m, column))
		d.hops = append(d.hops, m.Exchange)
	}
	return d
}

func sequenceRow(m trace.Message, column map[trace.Actor]int) widget.SequenceRow {
	row := widget.SequenceRow{From: column[m.From], To: column[m.To], Title: messageTitle(m), Caption: messageCaption(m), Group: stepLabel(m.Step)}
	switch m.Kind {
	case trace.MessageRedirect:
		row.Kind = widget.SequenceRedirect
	case trace.MessageGap:
		row.Kind = widget.SequenceBrowser
	}
	if m.Kind == trace.MessageGap && m.Took > 0 {
		row.Caption = text.T("flow.gap", text.Params{"Took": duration(m.Took)})
	}
	if m.Attempt > 1 { // the caption says so too, until the answer takes its place
		row.Attempt = text.T("message.attempt", text.Params{"N": strconv.Itoa(m.Attempt)})
	}
	if m.Failed {
		row.Tone, row.Sign = widget.CellToneFail, "✕"
	}
	return row
}

// answered puts the answer to a request under its arrow.
func answered(row widget.SequenceRow, m trace.Message) widget.SequenceRow {
	parts := []string{messageTitle(m)}
	if caption := messageCaption(m); caption != "" {
		parts = append(parts, caption)
	}
	if m.Took > 0 {
		parts = append(parts, duration(m.Took))
	}
	row.Caption = strings.Join(parts, " · ")
	if m.Failed {
		row.Tone, row.Sign = widget.CellToneFail, "✕"
	}
	return row
}

// messageTitle is the words of the wire, or ours where it has none.
func messageTitle(m trace.Message) string {
	if m.Code == "" {
		return m.Title
	}
	words := text.T("message." + string(m.Code))
	if m.Title == "" {
		return words
	}
	return m.Title + " · " + words
}

// messageCaption is the caption of a message; of a failure, the words for its class.
func messageCaption(m trace.Message) string {
	if m.Code == trace.CodeNoAnswer || m.Code == trace.CodeBroken {
		return text.T("class." + m.Caption)
	}
	return m.Caption
}
