// Bare is linked with the packages of Signbench and does nothing: what a start
// costs before anything of ours is done.
package main

import (
	_ "signbench/ui/desktop"
	_ "signbench/ui/terminal"
)

func main() {}
