// Package assets embeds what the binary carries: icons, the sentences of the
// window in every language, and the pages that the loopback shows in the browser.
package assets

import "embed"

// Translations holds translations/<language>/<area>.json: flat objects of stable
// keys, one file per area so that a translator can take them one at a time.
//
//go:embed translations/*/*.json
var Translations embed.FS

// Pages holds the HTML templates that the loopback listener answers with.
//
//go:embed pages/*.html
var Pages embed.FS
