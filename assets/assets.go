// Package assets embeds what the binary carries: icons, the sentences of the
// window in every language, and the pages that the loopback shows in the browser.
package assets

import "embed"

// Translations holds translations/<language>.json, one flat object of stable keys.
//
//go:embed translations/*.json
var Translations embed.FS

// Pages holds the HTML templates that the loopback listener answers with.
//
//go:embed pages/*.html
var Pages embed.FS
