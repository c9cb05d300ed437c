package view

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// SettingsActions are what the Settings page reports.
type SettingsActions struct {
	Changed func(Preferences)
	Unlock  func()
	Probe   func()
	Copy    func(string)
}

// Preferences are what the user chooses for all profiles.
type Preferences struct {
	Theme           string // system, light, dark
	CallbackTimeout int    // seconds
	ClockTolerance  int    // seconds
	KeptRuns        int    // at most
	KeptMegabytes   int    // of all kept runs, at most
}

// SettingsModel is what the Settings page shows.
type SettingsModel struct {
	Preferences Preferences
	Keychain    string // its state, as it stands in the translations under keychain.<state>
	Backend     string // what the platform calls it
	Dir         string
	Version     string
}

// States of the keychain that look different here.
const (
	KeychainAvailable = "available"
	KeychainLocked    = "locked"
)

// Settings is the page of what belongs to no profile.
type Settings struct {
	on      SettingsActions
	model   SettingsModel
	root    fyne.CanvasObject
	theme   *widget.SelectField
	timeout *numberField
	skew    *numberField
	most    *numberField
	size    *numberField
	badge   *widget.Badge
	status  *widget.ProseText
	unlock  *widget.Button
	dir     *widget.RegisterBox
	version *widget.Text
}

// NewSettings makes the page.
func NewSettings(on SettingsActions) *Settings {
	s := &Settings{on: on, badge: widget.NewBadge(widget.KindNone, ""), status: widget.MutedProse(""), version: widget.Caption("")}
	s.theme = widget.NewSelectField([]widget.Option{
		{ID: string(theme.System), Label: text.T("settings.theme.system")},
		{ID: string(theme.Light), Label: text.T("settings.theme.light")},
		{ID: string(theme.Dark), Label: text.T("settings.theme.dark")},
	}, func(id string) { s.change(func(v *Preferences) { v.Theme = id }) })
	s.timeout = newNumberField(text.T("settings.callback_timeout"), 5, 3600, func(n int) {
		s.change(func(v *Preferences) { v.CallbackTimeout = n })
	})
	s.skew = newNumberField(text.T("settings.clock_tolerance"), 0, 3600, func(n int) {
		s.change(func(v *Preferences) { v.ClockTolerance = n })
	})
	s.most = newNumberField(text.T("settings.kept_runs"), 1, 100_000, func(n int) { s.change(func(v *Preferences) { v.KeptRuns = n }) })
	s.size = newNumberField(text.T("settings.kept_megabytes"), 1, 100_000, func(n int) { s.change(func(v *Preferences) { v.KeptMegabytes = n }) })
	s.size.field.SetHint(text.T("settings.kept.hint"))
	s.skew.field.SetHint(text.T("settings.clock_tolerance.hint"))
	s.unlock = widget.NewButton(text.T("action.unlock"), on.Unlock)
	probe := widget.NewButton(text.T("action.check_again"), on.Probe)
	s.dir = widget.NewRegisterBox(text.T("action.copy"), text.T("action.copied"))
	s.dir.OnCopy = on.Copy

	left := container.New(widget.VStack(theme.SectionGap),
		container.New(widget.VStack(3*theme.Grid), widget.Section(text.T("settings.appearance")),
			widget.NewField(text.T("settings.theme"), s.theme)),
		container.New(widget.VStack(3*theme.Grid), widget.Section(text.T("settings.runs")), s.timeout.field, s.skew.field, s.most.field, s.size.field),
	)
	right := container.New(widget.VStack(theme.SectionGap),
		container.New(widget.VStack(2*theme.Grid),
			container.New(widget.HStack(2*theme.Grid), widget.Section(text.T("settings.keychain")), s.badge), s.status,
			container.New(widget.HStack(2*theme.Grid), s.unlock, probe)),
		container.New(widget.VStack(2*theme.Grid), widget.Section(text.T("settings.storage")), s.dir,
			widget.MutedProse(text.T("settings.files.hint"))),
		s.version,
	)
	s.root = widget.TwoColumns(left, right, 0.44)
	return s
}

// Object is the page.
func (s *Settings) Object() fyne.CanvasObject { return s.root }

func (s *Settings) change(set func(*Preferences)) {
	next := s.model.Preferences
	set(&next)
	if next != s.model.Preferences {
		s.model.Preferences = next
		s.on.Changed(next)
	}
}

// Show shows the settings as they are.
func (s *Settings) Show(m SettingsModel) {
	s.model = m
	s.theme.SetChosenID(m.Preferences.Theme)
	s.timeout.set(m.Preferences.CallbackTimeout)
	s.skew.set(m.Preferences.ClockTolerance)
	s.most.set(m.Preferences.KeptRuns)
	s.size.set(m.Preferences.KeptMegabytes)
	kind := widget.KindWarn
	if m.Keychain == KeychainAvailable {
		kind = widget.KindPass
	}
	s.badge.Set(kind, text.T("keychain.badge."+m.Keychain))
	s.status.Set(text.T("keychain."+m.Keychain, text.Params{"Backend": m.Backend}))
	s.unlock.Hidden = m.Keychain != KeychainLocked
	s.dir.SetRows([]widget.RegisterRow{{Label: text.T("settings.files"), Value: m.Dir}})
	s.version.Set(text.T("settings.version", text.Params{"Version": m.Version}))
	s.root.Refresh()
}

// numberField is a field for a whole number between two others.
type numberField struct {
	field       *widget.Field
	entry       *widget.FieldEntry
	least, most int
	changed     func(int)
}

func newNumberField(label string, least, most int, changed func(int)) *numberField {
	f := &numberField{least: least, most: most, changed: changed}
	f.entry = widget.NewFieldEntry(f.typed).Words()
	f.field = widget.NewField(label, f.entry)
	return f
}

func (f *numberField) typed(v string) {
	n, err := strconv.Atoi(v)
	if err != nil || n < f.least || n > f.most {
		f.field.SetMessage(widget.KindFail, text.T("settings.number", text.Params{"Least": strconv.Itoa(f.least), "Most": strconv.Itoa(f.most)}))
		return
	}
	f.field.SetMessage(widget.KindNone, "")
	f.changed(n)
}

// set shows a number, unless what is being typed is not one yet.
func (f *numberField) set(n int) {
	if kind, _ := f.field.Message(); kind != widget.KindFail {
		f.entry.SetText(strconv.Itoa(n))
	}
}
