package view

import (
	"fmt"
	"time"

	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/widget"
)

// NewPill says whether somebody is signed in, who, and for how long.
func NewPill(s *state.Session, now time.Time) widget.PillModel {
	if s == nil {
		return widget.PillModel{Kind: widget.KindNone, Text: text.T("session.none")}
	}
	m := widget.PillModel{Kind: widget.KindPass, Text: text.T("session.in"), Strong: s.User()}
	if len(s.SetAside) > 0 {
		m.Kind, m.Text = widget.KindWarn, text.T("set_aside.pill")
	}
	switch end := s.ExpiresAt(); {
	case end.IsZero():
	case now.Before(end):
		m.Trailing = countdown(end.Sub(now))
	default:
		m.Kind, m.Text, m.Trailing = widget.KindWarn, text.T("session.expired"), ""
	}
	return m
}

// Rail shows the steps of a run; none where nothing was tried.
func Rail(r *state.Run) []widget.Step {
	if r == nil {
		return nil
	}
	steps := make([]widget.Step, 0, len(r.Steps))
	for _, s := range r.Steps {
		step := widget.Step{Label: text.T("step." + string(s.Step)), Status: railStatus[s.Status]}
		if s.Took > 0 {
			step.Detail = duration(s.Took)
		}
		steps = append(steps, step)
	}
	return steps
}

var railStatus = map[state.Status]widget.StepStatus{
	state.Pending: widget.StepPending, state.Running: widget.StepRunning, state.Done: widget.StepOK,
	state.Warned: widget.StepWarn, state.Failed: widget.StepFailed, state.Skipped: widget.StepSkipped,
	state.Stopped: widget.StepSkipped,
}

// duration is a measured time in three digits.
func duration(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	default:
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	}
}
