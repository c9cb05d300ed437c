// Package view holds the pages of the window, one file (or a few) per page. A page
// takes a model and shows it, and calls back when the user acts. It starts no
// goroutine, runs no flow and keeps nothing that the model does not say. What a
// page shows is first made as rows of data by pure functions, and then drawn.
package view
