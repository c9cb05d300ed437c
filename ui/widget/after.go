package widget

import (
	"time"

	"fyne.io/fyne/v2"
)

// After calls f on the window's thread after d. Widgets that change by themselves
// ("Copied", a notice that goes away, the spinner) use it, so that none of them
// holds a goroutine or a clock; tests put their own in its place. As it comes, it
// is an animation without frames, which Fyne runs on the window's thread.
var After = func(d time.Duration, f func()) {
	done := false
	fyne.NewAnimation(d, func(at float32) {
		if at >= 1 && !done {
			done = true
			f()
		}
	}).Start()
}
