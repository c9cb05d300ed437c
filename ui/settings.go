package ui

import (
	"signbench/flows/archive"
	"signbench/ui/theme"
)

// settingsChanged takes new settings into use at once, and writes them.
func (b *Bench) settingsChanged(s archive.Settings) {
	retheme := s.Theme != b.settings.Theme
	b.settings = s
	b.applySettings()
	b.saveSettings()
	if retheme {
		b.cfg.App.Settings().SetTheme(theme.New(theme.Variant(s.Theme)))
	}
	b.render()
}
