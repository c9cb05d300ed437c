// Package quiet keeps the log silent while the packages of the toolkit initialise.
//
// Fyne complains there about every locale that is no language, such as the C.UTF-8 of
// containers and CI jobs, also when a command is run that never opens a window. Of the
// packages that are ready, Go initialises the first by its path (Go specification,
// Program initialization): this one needs less than Fyne's lang does, and is before
// what that waits for, text/template.
package quiet

import (
	"io"
	"log"
)

func init() { log.SetOutput(io.Discard) }
