package widget

import (
	"time"

	"fyne.io/fyne/v2"
)

// After calls f on the window's thread after d. Widgets that change by themselves
// ("Copied", a notice that goes away, the spinner) use it, so that none of them
// holds a goroutine or a clock; tests put their own in its place. As it comes, it
// is an animation without frames, which Fyne runs on the window's thread. Where
// there are no animations, as in Fyne's test driver, nothing ever comes after.
var After = func(d time.Duration, f func()) {
	started, done := false, false
	fyne.NewAnimation(d, func(at float32) {
		if at >= 1 && started && !done {
			done = true
			f()
		}
	}).Start()
	started = true
}
