package view

import (
	"fmt"
	"time"

	"signbench/ui/text"
)

// countdown is a remaining time as a clock shows it: 58:12, 1:02:03, 3 d 04:00.
func countdown(d time.Duration) string {
	if d < 0 {
		d = 0
	}
	s := int(d / time.Second)
	switch {
	case s >= 24*3600:
		return fmt.Sprintf("%d d %02d:%02d", s/86400, s%86400/3600, s%3600/60)
	case s >= 3600:
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s%3600/60, s%60)
	default:
		return fmt.Sprintf("%02d:%02d", s/60, s%60)
	}
}

// ago is a time span in its largest unit.
func ago(d time.Duration) string {
	switch {
	case d < 2*time.Second:
		return text.T("time.just_now")
	case d < 2*time.Minute:
		return fmt.Sprintf("%d s", int(d/time.Second))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min", int(d/time.Minute))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", int(d/time.Hour))
	default:
		return fmt.Sprintf("%d d", int(d/(24*time.Hour)))
	}
}

// Moment is a point in time in this machine's zone: the clock alone for today.
func Moment(t, now time.Time) string { return moment(t, now) }

func moment(t, now time.Time) string {
	t, now = t.Local(), now.Local()
	switch {
	case t.Year() == now.Year() && t.YearDay() == now.YearDay():
		return t.Format("15:04:05")
	case t.Year() == now.Year():
		return t.Format("2 Jan, 15:04")
	default:
		return t.Format("2 Jan 2006, 15:04")
	}
}
