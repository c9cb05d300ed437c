package widget

// dataEnd keeps rows that grow at their end, as long as the view is there. Scrolled
// away from the end the view stays: somebody reads.
type dataEnd struct {
	rows   *dataRows
	follow bool
}

// notice looks where the view is, and tells whether there is one.
func (e *dataEnd) notice() bool {
	d := e.rows
	if d.scroll == nil || d.scroll.Size().Height <= 0 {
		return false
	}
	e.follow = d.scroll.Offset.Y+d.scroll.Size().Height >= d.total()-1
	return true
}

// keep scrolls to the end if the view was there.
func (e *dataEnd) keep() {
	if e.follow {
		e.rows.scrollTo(0, e.rows.total())
	}
}

// grow makes rows more without a look at those that are there already, and without
// losing what is under the pointer.
func (e *dataEnd) grow(n int) {
	d := e.rows
	d.length = n
	if d.scroll != nil {
		d.scroll.Refresh()
	}
	d.content.sync()
	e.keep()
}

// dataCall reports to whoever listens.
func dataCall(f func(int), i int) {
	if f != nil {
		f(i)
	}
}
