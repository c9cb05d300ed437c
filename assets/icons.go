package assets

import _ "embed"

// Icon is the icon of the window and of the packages, 512 pixels square. It is
// drawn from IconSVG: `make icon`.
//
//go:embed icons/signbench.png
var Icon []byte

// IconSVG is the icon as it was drawn.
//
//go:embed icons/signbench.svg
var IconSVG []byte

// MarkSVG is the icon's mark in one colour and without its tile, for small places
// and for those that tint it.
//
//go:embed icons/signbench-mark.svg
var MarkSVG []byte
