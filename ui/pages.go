package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/oauth"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// page is what can be shown below the header.
type page interface{ Object() fyne.CanvasObject }

// late is a page that is made when it is first asked for: the window opens sooner,
// no piece of work on its thread is long, and what nobody looks at takes no memory.
type late[P page] struct {
	make func() P
	page P
	made bool
}

func (l *late[P]) get() P {
	if !l.made {
		l.page, l.made = l.make(), true
	}
	return l.page
}

// Object implements page.
func (l *late[P]) Object() fyne.CanvasObject { return l.get().Object() }

// bind says how each page is made.
func (s *shell) bind(b *Bench) {
	s.setup.make = b.newSetup
	s.tokens.make = func() *view.Tokens {
		return view.NewTokens(view.TokensActions{
			SignIn: b.signInPressed, Refresh: b.refreshPressed, Copy: b.copy, CopySecret: b.copySecret,
			Inspect: func(token oauth.Secret) { b.inspect(token.Reveal()) },
		})
	}
	s.flow.make = func() *view.Flow {
		return view.NewFlow(view.FlowActions{
			SignIn: b.signInPressed, Share: b.sharePressed, Curl: b.copyCurl, Copy: b.copy, Disarm: b.disarm, Find: b.findInTrace, Save: b.save,
		})
	}
	s.connectors.make = func() *view.Connectors {
		return view.NewConnectors(view.ConnectorsActions{Choose: b.chooseBench, Tenant: view.TenantActions{
			Read: b.readTenant, Check: b.examineConnector, Test: b.testConnector, Reveal: b.revealError, Route: b.routeAddress, Show: b.showRun, Copy: b.copy,
			AsAdministrator: b.readAsAdministrator, Why: b.readReasons, SetUp: b.showAdministrator,
		}, Admin: view.AdminActions{
			Changed: b.administratorTyped, Remove: b.removeAdministrator, Read: b.readAsAdministrator, Copy: b.copy, CopySecret: b.copySecret,
		}, Bench: view.BenchActions{
			Changed: b.benchTyped, JSONTyped: b.benchJSON, PasteJSON: b.pasteBenchJSON, CopyJSON: b.copyBenchJSON,
			Fill: b.discoverBench, Check: b.checkBench, SignIn: b.signInBench, Send: b.sendFromBench, Copy: b.copy, CopySecret: b.copySecret,
			There: view.ThereActions{
				Choose: b.chooseThere, Load: b.loadThere, Take: b.takeThere, Compare: b.compareThere, Write: b.writeThere,
				Drop: b.dropDifference, Send: b.sendByLogto, SetUp: b.showAdministrator,
			},
		}})
	}
	s.runsPage.make = func() *view.Runs {
		return view.NewRuns(view.RunsActions{
			Open: b.openRun, Compare: b.compareRuns, Delete: b.deleteRun, DeleteAll: b.deleteAllRuns, OpenHAR: b.openHAR, SignIn: b.signInPressed,
		})
	}
	s.inspectPage.make = func() *view.Inspect {
		return view.NewInspect(view.InspectActions{
			Read: b.inspect, Paste: b.pasteInspected, Open: b.openInspected, Example: b.inspectExample, Clear: b.clearInspection,
			Verify: b.verifyInspected, Copy: b.copy, CopySecret: b.copySecret,
		})
	}
	s.practicePage.make = func() *view.Practice {
		return view.NewPractice(view.PracticeActions{Run: b.practise, Show: b.showPractised})
	}
	s.comparison.make = func() *view.Comparison {
		return view.NewComparison(view.ComparisonActions{Back: func() { b.showPage(pageRuns) }, Copy: b.copy})
	}
	s.share.make = func() *view.Share {
		return view.NewShare(view.ShareActions{
			Choose: b.chooseShare, Copy: b.copy, Save: b.save, Back: func() { b.showPage(pageFlow) },
		})
	}
	s.settingPage.make = func() *view.Settings {
		return view.NewSettings(view.SettingsActions{
			Changed: b.preferencesChanged, Unlock: b.unlock, Probe: b.probeKeychain, Copy: b.copy,
		})
	}
	s.help.make = func() *view.Help { return view.NewHelp(shortcutRows()) }
}

// newSetup makes the form with the selected profile in it.
func (b *Bench) newSetup() *view.Setup {
	s := view.NewSetup(view.SetupActions{
		Changed: b.profileTyped, SecretChanged: b.secretTyped, Clean: b.clean, Copy: b.copy,
		CopySecret: func() { b.copySecret(b.secrets[b.selected].value) },
	})
	if p, ok := b.profile(b.selected); ok {
		s.Load(p)
		s.SetSecret(b.secrets[p.ID].value)
	}
	return s
}

// load fills the form with a profile, if it has been made.
func (b *Bench) load(p oauth.Profile) {
	if b.setup.made {
		b.setup.page.Load(p)
	}
}

// loadSecret does so with the secret of the selected profile.
func (b *Bench) loadSecret() {
	if b.setup.made {
		b.setup.page.SetSecret(b.secrets[b.selected].value)
	}
}

func (s *shell) pages() map[pageID]page {
	return map[pageID]page{
		pageSetup: &s.setup, pageFlow: &s.flow, pageTokens: &s.tokens, pageConnectors: &s.connectors,
		pageRuns: &s.runsPage, pageInspect: &s.inspectPage, pagePractice: &s.practicePage,
		pageCompare: &s.comparison, pageShare: &s.share, pageSettings: &s.settingPage, pageHelp: &s.help,
	}
}

// showPage shows a page below the header.
func (b *Bench) showPage(id pageID) {
	page, ok := b.pages()[id]
	if !ok {
		id, page = pageSetup, &b.setup
	}
	if id == pageSetup || id == pageConnectors || id == pageInspect || id == pagePractice || id == pageSettings || id == pageHelp {
		b.viewed = nil // these are about now
	}
	if _, nav := b.window.Canvas().Focused().(*widget.NavList); !nav && id != b.page {
		b.window.Canvas().Unfocus() // what has it is not to be seen any more
	}
	b.page = id
	strips := container.NewVBox(b.brokenStrip, b.waiting.Object(), b.kept.Object())
	b.frame.SetPage(container.NewBorder(strips, nil, nil, nil, page.Object()))
	b.render()
	b.repaint()
}
