package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"
)

// wide is what has more to show than its minimal width; HStack gives it the room.
type wide interface{ NaturalWidth() float32 }

func naturalWidth(o fyne.CanvasObject) float32 {
	if w, ok := o.(wide); ok {
		return max(w.NaturalWidth(), o.MinSize().Width)
	}
	return o.MinSize().Width
}

type vstack struct{ gap float32 }

// VStack lays objects below each other at full width. It asks each for its height
// after it has its width, so that wrapped text takes what it needs.
func VStack(gap float32) fyne.Layout { return vstack{gap} }

// Layout implements fyne.Layout.
func (v vstack) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	spacers, used := 0, float32(0)
	each(objects, func(o fyne.CanvasObject, n int) {
		if n > 0 {
			used += v.gap
		}
		if s, ok := o.(layout.SpacerObject); ok && s.ExpandVertical() {
			spacers++
			return
		}
		if o.Size().Width != size.Width {
			o.Resize(fyne.NewSize(size.Width, max(o.Size().Height, o.MinSize().Height)))
		}
		o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
		used += o.Size().Height
	})
	y := float32(0)
	each(objects, func(o fyne.CanvasObject, _ int) {
		if s, ok := o.(layout.SpacerObject); ok && s.ExpandVertical() {
			o.Resize(fyne.NewSize(size.Width, max(0, size.Height-used)/float32(spacers)))
		}
		o.Move(fyne.NewPos(0, y))
		y += o.Size().Height + v.gap
	})
}

// MinSize implements fyne.Layout.
func (v vstack) MinSize(objects []fyne.CanvasObject) (s fyne.Size) {
	each(objects, func(o fyne.CanvasObject, n int) {
		m := o.MinSize()
		s.Width = max(s.Width, m.Width)
		s.Height += m.Height
		if n > 0 {
			s.Height += v.gap
		}
	})
	return s
}

type hstack struct{ gap float32 }

// HStack lays objects beside each other, each as wide as it would like to be;
// what can be shortened gives way when there is no room for all.
func HStack(gap float32) fyne.Layout { return hstack{gap} }

// Layout implements fyne.Layout.
func (h hstack) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	want, least, spacers := float32(0), float32(0), 0
	each(objects, func(o fyne.CanvasObject, n int) {
		if n > 0 {
			want += h.gap
			least += h.gap
		}
		if s, ok := o.(layout.SpacerObject); ok && s.ExpandHorizontal() {
			spacers++
			return
		}
		want += naturalWidth(o)
		least += o.MinSize().Width
	})
	share := float32(1) // of the width above the minimum that each gets
	if want > size.Width && want > least {
		share = max(0, (size.Width-least)/(want-least))
	}
	x := float32(0)
	each(objects, func(o fyne.CanvasObject, _ int) {
		m := o.MinSize()
		w := m.Width + (naturalWidth(o)-m.Width)*share
		if s, ok := o.(layout.SpacerObject); ok && s.ExpandHorizontal() {
			w = max(0, size.Width-want) / float32(spacers)
		}
		if o.Size().Width != w {
			o.Resize(fyne.NewSize(w, m.Height))
		}
		height := o.MinSize().Height
		place(o, x, max(0, (size.Height-height)/2), w, height)
		x += w + h.gap
	})
}

// MinSize implements fyne.Layout.
func (h hstack) MinSize(objects []fyne.CanvasObject) (s fyne.Size) {
	each(objects, func(o fyne.CanvasObject, n int) {
		m := o.MinSize()
		s.Height = max(s.Height, m.Height)
		s.Width += m.Width
		if n > 0 {
			s.Width += h.gap
		}
	})
	return s
}

// each calls f for the visible objects with their number among these.
func each(objects []fyne.CanvasObject, f func(o fyne.CanvasObject, n int)) {
	n := 0
	for _, o := range objects {
		if o.Visible() {
			f(o, n)
			n++
		}
	}
}
