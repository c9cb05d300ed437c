package ui

import (
	"signbench/ui/theme"
	"signbench/ui/view"
)

// preferences are the settings that the Settings page shows.
func (b *Bench) preferences() view.Preferences {
	return view.Preferences{
		Theme: b.settings.Theme, CallbackTimeout: b.settings.CallbackTimeoutSeconds, ClockTolerance: b.settings.ClockToleranceSeconds,
		KeptRuns: b.settings.KeptRuns, KeptMegabytes: b.settings.KeptMegabytes,
	}
}

// preferencesChanged takes new settings into use at once, and writes them.
func (b *Bench) preferencesChanged(p view.Preferences) {
	retheme := p.Theme != b.settings.Theme
	b.settings.Theme = p.Theme
	b.settings.CallbackTimeoutSeconds, b.settings.ClockToleranceSeconds = p.CallbackTimeout, p.ClockTolerance
	b.settings.KeptRuns, b.settings.KeptMegabytes = p.KeptRuns, p.KeptMegabytes
	b.applySettings()
	b.saveSettings()
	if retheme {
		b.cfg.App.Settings().SetTheme(theme.New(theme.Variant(p.Theme)))
	}
	b.render()
}
