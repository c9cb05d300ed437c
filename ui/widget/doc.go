// Package widget holds the reusable parts of the window: text, buttons, the shell
// around a page, and the parts of a form.
//
// They show and report, and decide nothing: a widget takes plain structs and
// sentences, calls back through OnXxx, starts no goroutine and knows nothing of
// sign-in. Colours are theme names that are resolved whenever a widget is
// painted, so that a change between light and dark reaches all of them.
package widget
